//! Rows of an answer, judged one at a time by single letters.

use std::io::Write;

use crate::cli::answers::Answers;
use crate::cli::correcting::{Desk, described};
use crate::cli::editing::edit;
use crate::cli::outcome::Outcome;
use crate::cli::rows::screen;
use crate::cli::settings::Settings;
use crate::cli::streams::{remark, say_error, standard_output};
use crate::error::{Error, ErrorKind};
use crate::query::review::rows::{self, ReviewRow};
use crate::store::{Correction, QuoteChange, Verdict};
use crate::terminal::one_line;

/// What is written beside each correction.
const NOTE: &str = "review";

/// How wide a passage is where neither a terminal nor `COLUMNS` says it.
const USUAL_WIDTH: usize = 100;

const HELP: &str = "\
y  right, as it is shown
n  none: it goes
e  change it: speaker, subjects, act, first and last words
s  skip it, as Enter does
u  take back the last answer
b  back to the row before
q  end; what was answered stays";

/// What was said of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judgement {
    Right,
    Wrong,
    Changed,
}

impl Judgement {
    fn word(self) -> &'static str {
        match self {
            Judgement::Right => "right",
            Judgement::Wrong => "wrong",
            Judgement::Changed => "changed",
        }
    }
}

/// One answer: of which row, and the corrections that it gave.
struct Given {
    row: usize,
    judgement: Judgement,
    numbers: Vec<i64>,
}

/// Goes through rows.
pub(super) struct Session<'s> {
    desk: Desk<'s>,
    rows: Vec<ReviewRow>,
    /// What each row showed last: one that was rejected is not in the database.
    seen: Vec<Vec<String>>,
    /// The answers that hold, in the order in which they were given.
    given: Vec<Given>,
    answers: Answers,
}

impl<'s> Session<'s> {
    /// Begins with the first of `rows`.
    pub(super) fn new(desk: Desk<'s>, rows: Vec<ReviewRow>) -> Self {
        let seen = vec![Vec::new(); rows.len()];
        Session { desk, rows, seen, given: Vec::new(), answers: Answers::new() }
    }

    /// Asks until the last row is answered, or the person has enough.
    pub(super) fn run(mut self, settings: &Settings) -> Result<Outcome, Error> {
        let mut at = 0;
        let mut to_show = true;
        while !self.rows.is_empty() {
            let is_end = at == self.rows.len();
            if to_show && !is_end {
                self.show(at)?;
            }
            let prompt = if is_end { "that was the last row: u, b, q?" } else { "y, n, e, s, u, b, q or ?" };
            let Some(answer) = self.answers.ask(prompt)? else { break };
            let before = at;
            match (answer.to_lowercase().as_str(), is_end) {
                ("q" | "quit", _) | ("", true) => break,
                ("u" | "undo", _) => at = self.take_back_last()?.unwrap_or(at),
                ("b" | "back", _) => at = at.saturating_sub(1),
                ("s" | "skip" | "", false) => at += 1,
                ("y" | "yes", false) => at += usize::from(self.judge(at, Judgement::Right)?),
                ("n" | "no", false) => at += usize::from(self.judge(at, Judgement::Wrong)?),
                ("e" | "edit", false) => {
                    self.change(at)?;
                    to_show = true;
                    continue;
                }
                ("?" | "h" | "help", _) => {
                    self.print(&HELP.lines().map(str::to_owned).collect::<Vec<_>>())?
                }
                _ => {}
            }
            to_show = at != before || matches!(answer.to_lowercase().as_str(), "u" | "undo" | "b" | "back");
        }
        let summary = self.summary();
        let Desk { reader, store, .. } = self.desk;
        drop(reader);
        store.close();
        remark(settings, &summary);
        Ok(Outcome::Done)
    }

    /// What was said of a row last.
    fn judgement(&self, at: usize) -> Option<Judgement> {
        self.given.iter().rev().find(|given| given.row == at).map(|given| given.judgement)
    }

    fn show(&mut self, at: usize) -> Result<(), Error> {
        let judgement = self.judgement(at);
        if judgement != Some(Judgement::Wrong) {
            match rows::shown(&self.desk.reader, self.rows[at]) {
                Ok(lines) => self.seen[at] = lines,
                // Another program, or an answer on another row, has taken it away meanwhile.
                Err(error) if error.kind() == ErrorKind::Usage => self.seen[at] = vec![error.to_string()],
                Err(error) => return Err(error),
            }
        }
        let (ReviewRow::Quote(id) | ReviewRow::Relationship(id)) = self.rows[at];
        let kind = if matches!(self.rows[at], ReviewRow::Quote(_)) { "quote" } else { "relationship" };
        let said = judgement.map(|judgement| format!(" ({})", judgement.word())).unwrap_or_default();
        let mut lines = vec![String::new(), format!("{} of {}, {kind} {id}{said}", at + 1, self.rows.len())];
        lines.extend(self.seen[at].iter().cloned());
        self.print(&lines)
    }

    /// Prints lines that are safe to show, broken between words.
    fn print(&self, lines: &[String]) -> Result<(), Error> {
        let width = screen().width.map_or(USUAL_WIDTH, usize::from);
        let mut text = String::new();
        for line in lines {
            for part in textwrap::wrap(&one_line(line), textwrap::Options::new(width).subsequent_indent("  "))
            {
                text.push_str(&part);
                text.push('\n');
            }
        }
        standard_output().write_all(text.as_bytes()).map_err(Error::output)
    }

    /// Says of a row that it is right or wrong; false where that cannot be said.
    fn judge(&mut self, at: usize, judgement: Judgement) -> Result<bool, Error> {
        let was_wrong = self.judgement(at) == Some(Judgement::Wrong);
        if was_wrong && judgement == Judgement::Wrong {
            return Ok(true);
        }
        if was_wrong {
            self.take_back_rejection(at)?;
        }
        let verdict = match (judgement, self.rows[at]) {
            (Judgement::Wrong, ReviewRow::Quote(id)) => {
                self.desk.store.quote_name(id).map(Verdict::RejectQuote)
            }
            (Judgement::Wrong, ReviewRow::Relationship(id)) => {
                self.desk.store.relationship_name(id).map(Verdict::RejectRelationship)
            }
            (_, row) => self.as_it_is(row, QuoteChange::default()),
        };
        let Some(numbers) = self.give(verdict.map(|verdict| vec![verdict]))? else { return Ok(false) };
        self.given.push(Given { row: at, judgement, numbers });
        Ok(true)
    }

    /// Changes a row. What a person has looked at and changed is right, as it is then.
    fn change(&mut self, at: usize) -> Result<(), Error> {
        // To be looked at a row has to be there; where nothing is changed it is wrong as before.
        let was_wrong = self.judgement(at) == Some(Judgement::Wrong);
        if was_wrong {
            self.take_back_rejection(at)?;
        }
        let row = self.rows[at];
        let given = match edit(&self.desk, row, &mut self.answers)? {
            Some(edited) => self.give(Ok(edited.verdicts))?.map(|numbers| (edited.change, numbers)),
            None => None,
        };
        let Some((change, mut numbers)) = given else {
            if was_wrong {
                self.judge(at, Judgement::Wrong)?;
            }
            return Ok(());
        };
        let confirmed = self.as_it_is(row, change);
        numbers.extend(self.give(confirmed.map(|verdict| vec![verdict]))?.unwrap_or_default());
        self.given.push(Given { row: at, judgement: Judgement::Changed, numbers });
        Ok(())
    }

    /// The verdict that a row is right as it is shown, but for `change`.
    fn as_it_is(&self, row: ReviewRow, change: QuoteChange) -> Result<Verdict, Error> {
        match row {
            ReviewRow::Quote(id) => self.desk.store.as_it_is(id, change),
            ReviewRow::Relationship(id) => self.desk.store.relationship_as_it_is(id),
        }
    }

    /// Gives corrections and tells their numbers; none, and the reason said, where they cannot be given.
    fn give(&mut self, verdicts: Result<Vec<Verdict>, Error>) -> Result<Option<Vec<i64>>, Error> {
        let verdicts = match verdicts {
            Err(error) if error.kind() == ErrorKind::Usage => {
                say_error(&error);
                return Ok(None);
            }
            verdicts => verdicts?,
        };
        let corrections: Vec<Correction> =
            verdicts.into_iter().map(|verdict| Correction::new(verdict, Some(NOTE))).collect();
        let corrected = self.desk.store.correct(&corrections)?;
        if !corrected.numbers.is_empty() {
            let numbers: Vec<String> = corrected.numbers.iter().map(i64::to_string).collect();
            self.print(&[format!("correction {}: {}", numbers.join(", "), described(corrected.changes))])?;
        }
        Ok(Some(corrected.numbers))
    }

    /// Takes back the last answer; its row, if there was any.
    fn take_back_last(&mut self) -> Result<Option<usize>, Error> {
        let Some(last) = self.given.pop() else {
            self.print(&["there is no answer to take back".to_owned()])?;
            return Ok(None);
        };
        self.undo(&last.numbers)?;
        self.print(&[format!("taken back: {} of row {}", last.judgement.word(), last.row + 1)])?;
        Ok(Some(last.row))
    }

    /// Takes back that a row is wrong, so that it is there again.
    fn take_back_rejection(&mut self, at: usize) -> Result<(), Error> {
        if let Some(place) = self.given.iter().rposition(|given| given.row == at) {
            let given = self.given.remove(place);
            self.undo(&given.numbers)?;
        }
        Ok(())
    }

    fn undo(&mut self, numbers: &[i64]) -> Result<(), Error> {
        for number in numbers.iter().rev() {
            match self.desk.store.undo(*number) {
                // Another program was faster.
                Err(error) if error.kind() == ErrorKind::Usage => {}
                undone => {
                    undone?;
                }
            }
        }
        Ok(())
    }

    /// How many rows were judged, and how.
    fn summary(&self) -> String {
        if self.rows.is_empty() {
            return "there is nothing to judge".to_owned();
        }
        let judged: Vec<Judgement> = (0..self.rows.len()).filter_map(|at| self.judgement(at)).collect();
        let count = |wanted: Judgement| judged.iter().filter(|judgement| **judgement == wanted).count();
        format!(
            "{} of {} judged: {} right, {} wrong, {} changed",
            judged.len(),
            self.rows.len(),
            count(Judgement::Right),
            count(Judgement::Wrong),
            count(Judgement::Changed)
        )
    }
}
