//! Lines in the program by which the person reads long texts.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cite::Page;
use crate::error::Error;

/// The pager where `$PAGER` names none.
const USUAL: &str = "less";

/// Shows a page in the person's pager, from the line on that it is about; without any pager it is printed.
pub(super) fn page(page: &Page) -> Result<(), Error> {
    let asked = std::env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
    let asked = asked.unwrap_or_else(|| USUAL.to_owned());
    let mut words = asked.split_whitespace();
    let program = words.next().unwrap_or(USUAL);
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    // Others take a number for a file.
    if Path::new(program).file_stem().is_some_and(|name| name == USUAL) {
        command.arg(format!("+{}", page.at + 1));
    }
    let text = page.lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let Ok(mut pager) = command.spawn() else {
        return io::stdout().lock().write_all(text.as_bytes()).map_err(Error::output);
    };
    if let Some(mut input) = pager.stdin.take() {
        // Who has read enough leaves before the end.
        let _ = input.write_all(text.as_bytes());
    }
    let ended =
        pager.wait().map_err(|cause| Error::new(format!("cannot wait for {program}")).because(cause))?;
    match ended.success() {
        true => Ok(()),
        false => Err(Error::new(format!("the pager {program} failed")).hint("set PAGER to one that works")),
    }
}
