//! Rows on standard output, remarks on standard error.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::cli::outcome::Outcome;
use crate::cli::pager::Paged;
use crate::cli::settings::Settings;
use crate::cli::streams::{has_colors, say};
use crate::error::{Error, ErrorKind};
use crate::query::output::{Counted, OutputFormat, Screen, Sink, TemplateSink};
use crate::query::{Audience, Notes, output};

/// Prints the rows that `write` hands to a sink, and on standard error what has to be said about them.
pub(super) fn print_rows(
    settings: &Settings,
    write: impl FnOnce(Audience, &mut dyn Sink) -> Result<Notes, Error>,
) -> Result<Outcome, Error> {
    let audience = match settings.format {
        _ if settings.template.is_some() => Audience::Programs,
        OutputFormat::List => Audience::Readers,
        format if format.is_for_people() => Audience::People,
        _ => Audience::Programs,
    };
    let (notes, rows) = match paged(settings) {
        Some(mut paged) => {
            let written = written(settings, audience, &mut paged, write);
            paged.close()?;
            match written {
                // The person has read enough.
                Err(error) if error.kind() == ErrorKind::ClosedPipe => return Ok(Outcome::Done),
                written => written?,
            }
        }
        None => written(settings, audience, &mut io::stdout().lock(), write)?,
    };
    if !settings.quiet {
        notes.iter().for_each(|note| say(&format!("note: {note}")));
        if rows == 0 && audience != Audience::Programs {
            say("note: no rows");
        }
    }
    Ok(Outcome::Done)
}

/// Writes all rows to `out`; what has to be said about them, and how many they were.
fn written(
    settings: &Settings,
    audience: Audience,
    out: &mut dyn Write,
    write: impl FnOnce(Audience, &mut dyn Sink) -> Result<Notes, Error>,
) -> Result<(Notes, u64), Error> {
    let mut out = BufWriter::new(out);
    let sink: Box<dyn Sink> = match &settings.template {
        Some(template) => Box::new(TemplateSink::new(template, screen(), &mut out)?),
        None => output::writer(settings.format, screen(), &mut out),
    };
    let mut sink = Counted::new(sink);
    let notes = write(audience, &mut sink)?;
    let rows = sink.rows();
    drop(sink);
    out.flush().map_err(Error::output)?;
    Ok((notes, rows))
}

/// The pager, where rows go to a terminal and the person has not said otherwise.
fn paged(settings: &Settings) -> Option<Paged> {
    let is_read = !settings.no_pager && io::stdout().is_terminal();
    let (columns, rows) = terminal_size::terminal_size().filter(|_| is_read)?;
    Some(Paged::new(columns.0, rows.0))
}

/// The width is what `COLUMNS` or the terminal gives; none in a pipe, whose content should not depend on a window.
pub(super) fn screen() -> Screen {
    let is_terminal = io::stdout().is_terminal();
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let shown = || {
        let (width, _) = terminal_size::terminal_size().filter(|_| is_terminal)?;
        Some(width.0)
    };
    let width = asked.or_else(shown).map(|width: u16| width.clamp(40, 1000));
    Screen { is_terminal, width, colors: has_colors() }
}
