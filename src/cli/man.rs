//! `onrecord man`: the manual pages, made from the same definitions as the help.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Command;

use crate::cli::outcome::Outcome;
use crate::error::Error;

/// Print the manual, or write a page for each command into a folder
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord man | man -l -
  onrecord man ~/.local/share/man/man1")]
pub(super) struct ManArgs {
    /// Where to write a page for each command; made if it is not there
    folder: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &ManArgs, program: Command) -> Result<Outcome, Error> {
    let mut program = program.disable_help_subcommand(true);
    program.build();
    match &args.folder {
        Some(folder) => write_pages(&program, folder)?,
        None => {
            let mut pages = Vec::new();
            for command in with_subcommands(&program) {
                pages.extend(page(command)?);
            }
            io::stdout().lock().write_all(&pages).map_err(Error::output)?;
        }
    }
    Ok(Outcome::Done)
}

/// The program and all its commands, in the order of its help.
fn with_subcommands(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().flat_map(with_subcommands);
    std::iter::once(command).chain(below).collect()
}

fn page(command: &Command) -> Result<Vec<u8>, Error> {
    let mut page = Vec::new();
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let man = clap_mangen::Man::new(command.clone()).title(name.to_uppercase());
    man.render(&mut page).map_err(|cause| Error::new("cannot make the manual page").because(cause))?;
    Ok(page)
}

fn write_pages(program: &Command, folder: &Path) -> Result<(), Error> {
    let failed = |path: &Path| {
        let message = format!("cannot write {}", path.display());
        move |cause: io::Error| Error::new(message).because(cause)
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    for command in with_subcommands(program) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let path = folder.join(format!("{name}.1"));
        std::fs::write(&path, page(command)?).map_err(failed(&path))?;
    }
    Ok(())
}
