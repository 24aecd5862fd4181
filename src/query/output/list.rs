//! Quotes and relationships made for reading: one after the other at the full width; any other rows as a table.
//!
//! ```text
//! 2020-03-09 · The Courier · Ferry to Valdora runs again
//!   Ana Ruiz (said): “We act now.”
//!   about Northwind · quote 88
//!
//! 2020-03-09 · The Courier · Ferry to Valdora runs again
//!   Ana Ruiz · accused · Northwind (of hiding the leak)
//!   On Monday, Ana Ruiz accused Northwind of hiding the leak.
//!   in 2 articles, 2020-03-01 – 2020-03-09 · relationship 12
//! ```
//!
//! No word is broken. Long as the words may be, a quote is never cut.

use std::io::Write;

use textwrap::{Options, WordSplitter};

use crate::error::Error;
use crate::query::output::cell::Cell;
use crate::query::output::screen::Screen;
use crate::query::output::sink::{Sink, for_people};
use crate::query::output::table::TableSink;

/// The columns of a quote as this format wants them.
pub(crate) const QUOTE: [&str; 14] = [
    "published",
    "publisher",
    "title",
    "speaker",
    "cue",
    "quote",
    "about",
    "quote_id",
    "mode",
    "confidence",
    "vouched",
    "elsewhere",
    "in_article_about",
    "context",
];

/// The columns of a relationship as this format wants them.
pub(crate) const RELATIONSHIP: [&str; 15] = [
    "published",
    "publisher",
    "title",
    "name",
    "predicate",
    "other",
    "detail",
    "evidence",
    "articles",
    "seen",
    "term",
    "status",
    "claimant",
    "relationship_id",
    "quote_id",
];

/// The width where no terminal tells it.
const USUAL_WIDTH: u16 = 100;

/// What stands before the second and every later line of a quote.
const INDENT: &str = "  ";

/// Writes each quote or relationship as it comes; keeps other rows for a table.
pub(super) struct ListSink<'o> {
    screen: Screen,
    out: Option<&'o mut dyn Write>,
    table: Option<TableSink<'o>>,
    of_relationships: bool,
    rows: u64,
}

/// Parts of a quote that a terminal shows in colors (ECMA-48).
#[derive(Clone, Copy)]
enum Color {
    Speaker,
    Words,
    Subject,
    Place,
}

impl Color {
    fn on(self) -> &'static str {
        match self {
            Color::Speaker => "\u{1b}[1;36m",
            Color::Words => "\u{1b}[32m",
            Color::Subject => "\u{1b}[33m",
            Color::Place => "\u{1b}[2m",
        }
    }
}

const OFF: &str = "\u{1b}[0m";

impl<'o> ListSink<'o> {
    pub(super) fn new(screen: Screen, out: &'o mut dyn Write) -> Self {
        ListSink { screen, out: Some(out), table: None, of_relationships: false, rows: 0 }
    }

    fn quote(&mut self, cells: &[Cell]) -> Result<(), Error> {
        let text: Vec<String> = cells.iter().map(for_people).collect();
        let [
            published,
            publisher,
            title,
            speaker,
            cue,
            quote,
            about,
            id,
            mode,
            confidence,
            vouched,
            elsewhere,
            in_article_about,
            context,
        ] = &text[..]
        else {
            return Err(Error::new("a quote has other columns than its list"));
        };
        let mut lines = self.heading([published, publisher, title]);
        let speaker = if speaker.is_empty() { "nobody named" } else { speaker };
        let cue = if cue.is_empty() { String::new() } else { format!(" ({cue})") };
        let said = format!("{speaker}{cue}: {quote}");
        let parts =
            [(0..speaker.len(), Color::Speaker), (said.len() - quote.len()..said.len(), Color::Words)];
        lines.extend(self.wrapped(&said, INDENT, &parts));

        if !context.is_empty() {
            lines.extend(self.wrapped(&format!("in the article: {context}"), INDENT, &[]));
        }
        let mut tail = if about.is_empty() { String::new() } else { format!("about {about} · ") };
        let subjects = tail.len().min("about ".len())..tail.len().saturating_sub(" · ".len());
        if !in_article_about.is_empty() {
            tail.push_str(&format!("in an article about {in_article_about} · "));
        }
        if !elsewhere.is_empty() {
            tail.push_str(elsewhere);
            tail.push_str(" · ");
        }
        if mode != "speech" {
            tail.push_str(mode);
            tail.push_str(" · ");
        }
        if vouched == "0" {
            tail.push_str(&format!("not vouched for, {confidence} · "));
        }
        tail.push_str(&format!("quote {id}"));
        lines.extend(self.wrapped(&tail, INDENT, &[(subjects, Color::Subject)]));
        self.write(lines)
    }

    fn relationship(&mut self, cells: &[Cell]) -> Result<(), Error> {
        let text: Vec<String> = cells.iter().map(for_people).collect();
        let [
            published,
            publisher,
            title,
            name,
            predicate,
            other,
            detail,
            evidence,
            articles,
            seen,
            term,
            status,
            claimant,
            id,
            quote_id,
        ] = &text[..]
        else {
            return Err(Error::new("a relationship has other columns than its list"));
        };
        let predicate = &predicate.replace('_', " ");
        // Of an entity itself there is no statement, but who it is and where it was mentioned.
        let mut lines =
            if predicate.is_empty() { Vec::new() } else { self.heading([published, publisher, title]) };
        let mut link: Vec<&str> = vec![name];
        link.extend([predicate, other].map(String::as_str).into_iter().filter(|part| !part.is_empty()));
        let mut said = link.join(" · ");
        if !detail.is_empty() {
            said.push_str(&format!(" ({detail})"));
        }
        let whom = name.len() + " · ".len() + predicate.len() + " · ".len();
        let whom = whom.min(said.len())..(whom + other.len()).min(said.len());
        let parts = [(0..name.len(), Color::Speaker), (whom, Color::Subject)];
        lines.extend(self.wrapped(&said, INDENT, &parts));
        if !evidence.is_empty() {
            lines.extend(self.wrapped(evidence, INDENT, &[(0..evidence.len(), Color::Words)]));
        }
        let mut tail =
            if articles == "1" { "in 1 article".to_owned() } else { format!("in {articles} articles") };
        if !seen.is_empty() {
            tail.push_str(&format!(", {seen}"));
        }
        if !term.is_empty() {
            tail = format!("{term} · {tail}");
        }
        if !matches!(status.as_str(), "" | "asserted") {
            tail.push_str(&format!(" · {status}"));
            if !claimant.is_empty() {
                tail.push_str(&format!(" by {claimant}"));
            }
        }
        if !id.is_empty() {
            tail.push_str(&format!(" · relationship {id}"));
        }
        if !quote_id.is_empty() {
            tail.push_str(&format!(" · quote {quote_id}"));
        }
        lines.extend(self.wrapped(&tail, INDENT, &[]));
        self.write(lines)
    }

    /// The line on the article: date, outlet and headline, as far as they are known.
    fn heading(&self, parts: [&String; 3]) -> Vec<String> {
        let place: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let place = if place.is_empty() { "no date, no title".to_owned() } else { place.join(" · ") };
        self.wrapped(&place, "", &[(0..place.len(), Color::Place)])
    }

    /// Writes the lines of a row, apart from those of the row before.
    fn write(&mut self, mut lines: Vec<String>) -> Result<(), Error> {
        if self.rows > 0 {
            lines.insert(0, String::new());
        }
        self.rows += 1;
        let Some(out) = &mut self.out else { return Ok(()) };
        lines.iter().try_for_each(|line| writeln!(out, "{line}")).map_err(Error::output)
    }

    /// The lines of a text, each behind `indent`; `parts` are in colors, if there are any.
    fn wrapped(&self, text: &str, indent: &str, parts: &[(std::ops::Range<usize>, Color)]) -> Vec<String> {
        let width = usize::from(self.screen.width.unwrap_or(USUAL_WIDTH)).saturating_sub(indent.len());
        let options = Options::new(width).break_words(false).word_splitter(WordSplitter::NoHyphenation);
        let mut at = 0;
        let mut lines = Vec::new();
        for line in textwrap::wrap(text, options) {
            // What is left out between two lines is space.
            at += text[at..].find(line.as_ref()).unwrap_or_default();
            let line_range = at..at + line.len();
            lines.push(format!("{indent}{}", self.colored(&line, &line_range, parts)));
            at = line_range.end;
        }
        lines
    }

    fn colored(
        &self,
        line: &str,
        range: &std::ops::Range<usize>,
        parts: &[(std::ops::Range<usize>, Color)],
    ) -> String {
        if !self.screen.colors {
            return line.to_owned();
        }
        let mut colored = String::new();
        let mut written = 0;
        for (part, color) in parts {
            let from = part.start.clamp(range.start, range.end) - range.start;
            let to = part.end.clamp(range.start, range.end) - range.start;
            if from < to {
                colored.push_str(&line[written..from]);
                colored.push_str(color.on());
                colored.push_str(&line[from..to]);
                colored.push_str(OFF);
                written = to;
            }
        }
        colored.push_str(&line[written..]);
        colored
    }
}

impl Sink for ListSink<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.of_relationships = names == RELATIONSHIP;
        if names != QUOTE
            && !self.of_relationships
            && let Some(out) = self.out.take()
        {
            let mut table = TableSink::new(self.screen.width, out);
            table.columns(names)?;
            self.table = Some(table);
        }
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), Error> {
        match &mut self.table {
            Some(table) => table.row(cells),
            None if self.of_relationships => self.relationship(cells),
            None => self.quote(cells),
        }
    }

    fn finish(&mut self) -> Result<(), Error> {
        match (&mut self.table, &mut self.out) {
            (Some(table), _) => table.finish(),
            (None, Some(out)) => out.flush().map_err(Error::output),
            (None, None) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(screen: Screen, rows: &[[&str; QUOTE.len()]]) -> Result<String, Error> {
        let mut out = Vec::new();
        let mut sink = ListSink::new(screen, &mut out);
        sink.columns(&QUOTE)?;
        for row in rows {
            let cells: Vec<Cell> = row.iter().map(|text| Cell::Text((*text).to_owned())).collect();
            sink.row(&cells)?;
        }
        sink.finish()?;
        drop(sink);
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    const ROW: [&str; QUOTE.len()] = [
        "2020-03-09",
        "The Courier",
        "Ferry runs again",
        "Ana Ruiz",
        "said",
        "“We act now, whatever the weather says.”",
        "Northwind; Porto",
        "88",
        "speech",
        "0.9",
        "1",
        "",
        "",
        "",
    ];

    #[test]
    fn a_quote_takes_the_full_width_and_no_word_is_broken() -> Result<(), Error> {
        let narrow = Screen { width: Some(40), ..Screen::default() };
        assert_eq!(
            listed(narrow, &[ROW])?,
            "2020-03-09 · The Courier · Ferry runs\nagain\n  Ana Ruiz (said): “We act now, whatever\n  the weather says.”\n  \
             about Northwind; Porto · quote 88\n"
        );
        let mut doubtful = ROW;
        (doubtful[0], doubtful[1], doubtful[3], doubtful[4], doubtful[6]) = ("", "", "", "", "");
        (doubtful[8], doubtful[9], doubtful[10], doubtful[11]) = ("thought", "0.31", "0", "in 3 outlets");
        assert_eq!(
            listed(Screen::default(), &[ROW, doubtful])?,
            "2020-03-09 · The Courier · Ferry runs again\n  Ana Ruiz (said): “We act now, whatever the weather says.”\n  \
             about Northwind; Porto · quote 88\n\nFerry runs again\n  nobody named: “We act now, whatever the weather says.”\n  \
             in 3 outlets · thought · not vouched for, 0.31 · quote 88\n"
        );
        Ok(())
    }

    #[test]
    fn what_names_no_topic_and_what_stands_around_it_are_said() -> Result<(), Error> {
        let mut row = ROW;
        (row[6], row[12], row[13]) = ("", "Porto", "On Monday she said: “We act now.”");
        assert_eq!(
            listed(Screen::default(), &[row])?,
            "2020-03-09 · The Courier · Ferry runs again\n  Ana Ruiz (said): “We act now, whatever the weather says.”\n  \
             in the article: On Monday she said: “We act now.”\n  in an article about Porto · quote 88\n"
        );
        Ok(())
    }

    #[test]
    fn colors_show_speaker_words_and_subject_and_change_no_letter() -> Result<(), Error> {
        let colors = Screen { width: Some(40), colors: true, ..Screen::default() };
        let shown = listed(colors, &[ROW])?;
        assert!(
            shown.contains("\u{1b}[1;36mAna Ruiz\u{1b}[0m (said): \u{1b}[32m“We act now, whatever\u{1b}[0m"),
            "{shown:?}"
        );
        assert!(shown.contains("about \u{1b}[33mNorthwind; Porto\u{1b}[0m"), "{shown:?}");
        let mut plain = shown;
        for code in ["\u{1b}[1;36m", "\u{1b}[32m", "\u{1b}[33m", "\u{1b}[2m", OFF] {
            plain = plain.replace(code, "");
        }
        assert_eq!(plain, listed(Screen { colors: false, ..colors }, &[ROW])?);
        Ok(())
    }

    #[test]
    fn stored_text_cannot_act_on_a_terminal() -> Result<(), Error> {
        let mut row = ROW;
        row[5] = "\u{1b}[31m\u{202e}";
        assert!(!listed(Screen::default(), &[row])?.contains(['\u{1b}', '\u{202e}']));
        Ok(())
    }
}
