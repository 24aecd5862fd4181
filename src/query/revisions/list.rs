//! Changes made for reading, one version after the other. All of it is safe to show.
//!
//! ```text
//! article 12 · 2020-03-09 · The Courier · Ferry runs again
//!   version 2, read 2026-11-24T09:00:01Z
//!     headline         Ferry sails → Ferry runs again
//!     text replaced    … will run again from [-Monday,-] {+Thursday,+} the mayor said …
//!     quote removed    Ana Ruiz: “We act now.”
//! ```

use std::io::{self, Write};

use textwrap::{Options, WordSplitter};

use crate::query::output::Screen;
use crate::query::revisions::change::{Change, Piece};
use crate::query::revisions::step::Step;
use crate::terminal::one_line;

/// The width where no terminal tells it.
const USUAL_WIDTH: u16 = 100;

/// How wide the column of labels is, with the space before it.
const LABELS: usize = 26;

/// ECMA-48: what is gone, what is new, and the end of both.
pub(crate) const RED: &str = "\u{1b}[31m";
pub(crate) const GREEN: &str = "\u{1b}[32m";
const OFF: &str = "\u{1b}[0m";

/// Writes what changed in a version; `is_first` of its article also which article that is.
pub fn write_text(step: &Step, is_first: bool, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
    if is_first {
        let place: Vec<String> = [&step.published_at, &step.publisher, &step.title]
            .into_iter()
            .flatten()
            .map(|part| one_line(part).into_owned())
            .collect();
        let place = if place.is_empty() { "no date, no title".to_owned() } else { place.join(" · ") };
        wrapped(&format!("article {} · {place}", step.article_id), "", "  ", screen, out)?;
        if let Some(url) = &step.url {
            writeln!(out, "  {}", one_line(url))?;
        }
    }
    writeln!(out, "  version {}, read {}", step.version, one_line(&step.changed_at))?;
    if step.changes.is_empty() && step.quotes_are_known {
        writeln!(out, "    nothing that is compared")?;
    }
    for change in &step.changes {
        let label = format!("    {:<width$}", change.what, width = LABELS - 4);
        wrapped(&in_words(change, screen.colors), &label, &" ".repeat(LABELS), screen, out)?;
    }
    if !step.quotes_are_known {
        writeln!(out, "    {:<width$}not known", "quotes", width = LABELS - 4)?;
    }
    Ok(())
}

/// A change in one line.
fn in_words(change: &Change, colors: bool) -> String {
    if !change.context.is_empty() {
        return shown_pieces(&change.context, colors);
    }
    let of_quote = change.what.starts_with("quote") || change.what.starts_with("speaker");
    let text = match (&change.before, &change.after) {
        (Some(before), Some(after)) if before != after => {
            let (before, after) = (one_line(before), one_line(after));
            format!("{} → {}", colored(&before, RED, colors), colored(&after, GREEN, colors))
        }
        (Some(before), None) if !of_quote => format!("{} → nothing", one_line(before)),
        (None, Some(after)) if !of_quote => format!("nothing → {}", one_line(after)),
        (before, after) => {
            after.as_ref().or(before.as_ref()).map(|text| one_line(text).into_owned()).unwrap_or_default()
        }
    };
    if !of_quote {
        return text;
    }
    let source = change.sources().unwrap_or_else(|| "nobody named".to_owned());
    let id = change.quote_id.map(|id| format!(" · quote {id}")).unwrap_or_default();
    format!("{}: {text}{id}", one_line(&source))
}

/// Pieces in one line, what is gone and what is new in marks, and in colors where they are wanted.
pub(crate) fn shown_pieces(pieces: &[Piece], colors: bool) -> String {
    let shown = pieces.iter().map(|piece| match piece {
        Piece::Same(text) => one_line(text).into_owned(),
        Piece::Removed(text) => colored(&format!("[-{}-]", one_line(text)), RED, colors),
        Piece::Added(text) => colored(&format!("{{+{}+}}", one_line(text)), GREEN, colors),
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// A text in a color of [`RED`] and [`GREEN`], where colors are wanted.
pub(crate) fn colored(text: &str, color: &str, colors: bool) -> String {
    if colors { format!("{color}{text}{OFF}") } else { text.to_owned() }
}

/// Writes a text behind `first`, its further lines behind `indent`.
pub(crate) fn wrapped(
    text: &str,
    first: &str,
    indent: &str,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = usize::from(screen.width.unwrap_or(USUAL_WIDTH));
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(indent)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation);
    if text.is_empty() {
        return writeln!(out, "{}", first.trim_end());
    }
    textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(changes: Vec<Change>) -> Step {
        Step {
            article_id: 12,
            title: Some("Ferry runs\u{1b}[31m again".to_owned()),
            publisher: Some("The Courier".to_owned()),
            published_at: Some("2020-03-09".to_owned()),
            url: None,
            version: 2,
            changed_at: "2026-11-24T09:00:01Z".to_owned(),
            changes,
            quotes_are_known: true,
        }
    }

    fn written(step: &Step, screen: Screen) -> String {
        let mut out = Vec::new();
        write_text(step, true, screen, &mut out).expect("memory takes it");
        String::from_utf8(out).expect("is text")
    }

    #[test]
    fn a_change_is_read_at_once_and_safe_to_show() {
        let some = |text: &str| Some(text.to_owned());
        let changes = vec![
            Change {
                what: "headline",
                before: some("Ferry sails"),
                after: some("Ferry\u{202e}"),
                ..Change::default()
            },
            Change { what: "author", after: some("June Okoro"), ..Change::default() },
            Change {
                what: "text replaced",
                context: vec![
                    Piece::Same("… from".to_owned()),
                    Piece::Removed("Monday".to_owned()),
                    Piece::Added("Thursday".to_owned()),
                ],
                ..Change::default()
            },
            Change {
                what: "quote removed",
                before: some("“No.”"),
                speaker_before: some("Ana Ruiz"),
                ..Change::default()
            },
            Change {
                what: "speaker changed",
                before: some("“Yes.”"),
                after: some("“Yes.”"),
                speaker_before: some("Ana Ruiz"),
                speaker_after: some("Leo Brandt"),
                quote_id: Some(7),
                ..Change::default()
            },
        ];
        let expected = "\
article 12 · 2020-03-09 · The Courier · Ferry runs\\u{1b}[31m again
  version 2, read 2026-11-24T09:00:01Z
    headline              Ferry sails → Ferry\\u{202e}
    author                nothing → June Okoro
    text replaced         … from [-Monday-] {+Thursday+}
    quote removed         Ana Ruiz: “No.”
    speaker changed       Ana Ruiz → Leo Brandt: “Yes.” · quote 7
";
        let step = step(changes);
        assert_eq!(written(&step, Screen::default()), expected);
        let colors = written(&step, Screen { colors: true, ..Screen::default() });
        assert!(
            colors.contains("\u{1b}[31m[-Monday-]\u{1b}[0m \u{1b}[32m{+Thursday+}\u{1b}[0m"),
            "{colors:?}"
        );
        let plain = [RED, GREEN, OFF].iter().fold(colors, |text, code| text.replace(code, ""));
        assert_eq!(plain, expected);
    }

    #[test]
    fn what_is_not_known_is_said() {
        let unknown = Step { quotes_are_known: false, ..step(Vec::new()) };
        assert!(written(&unknown, Screen::default()).ends_with("    quotes                not known\n"));
        assert!(written(&step(Vec::new()), Screen::default()).ends_with("    nothing that is compared\n"));
    }
}
