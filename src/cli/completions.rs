//! `onrecord completions`: a script that lets a shell complete commands and flags.

use std::io::{self, Write};

use clap_complete::Shell;

use crate::cli::outcome::Outcome;
use crate::error::Error;

/// Print a script that completes commands and flags in your shell
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
  onrecord completions zsh > ~/.zfunc/_onrecord
  onrecord completions fish > ~/.config/fish/completions/onrecord.fish")]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Runs the command.
pub(crate) fn run(args: &CompletionsArgs, mut program: clap::Command) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "onrecord", &mut script);
    io::stdout().lock().write_all(&script).map_err(Error::output)?;
    Ok(Outcome::Done)
}
