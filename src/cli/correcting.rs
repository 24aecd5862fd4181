//! Where corrections are given: finds what is meant, hands it to the store, says what came of it.

use std::io::{self, IsTerminal, Write};

use crate::cli::answers::Answers;
use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::cli::streams::{remark, standard_output};
use crate::error::Error;
use crate::query::{Reader, lookup};
use crate::store::{self, Changes, Corrected, Correction, EntityName, Preview, Store, Verdict};
use crate::terminal::one_line;

/// A correction that changes more facts than this is shown before it is given.
const MANY: usize = 20;

/// How many articles are listed of those that it changes.
const LISTED: usize = 5;

/// What may be written beside every correction.
#[derive(clap::Args)]
pub(super) struct Note {
    /// Why
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,

    /// Do not ask, also where more than 20 mentions, quotes and relationships change
    #[arg(long)]
    yes: bool,
}

/// Where corrections are given: the database, open for looking and for writing.
pub(super) struct Desk<'s> {
    settings: &'s Settings,
    pub(crate) reader: Reader,
    pub(crate) store: Store,
}

impl<'s> Desk<'s> {
    /// Opens the database; a mistyped path must not make a new one.
    pub(crate) fn open(settings: &'s Settings) -> Result<Self, Error> {
        let reader = store::open_read_only(&settings.db)?;
        let store = Store::open(&settings.db)?;
        Ok(Desk { settings, reader, store })
    }

    /// The entity that is named.
    pub(crate) fn entity(&self, who: &str) -> Result<EntityName, Error> {
        self.store.entity_name(lookup::entity(&self.reader, who)?.id)
    }

    /// The article that is named.
    pub(crate) fn article(&self, article: &str) -> Result<String, Error> {
        self.store.article_identity(lookup::article(&self.reader, article)?)
    }

    /// Gives corrections, says what they changed, and closes the database. Where that is much, a person is asked before.
    pub(crate) fn give(mut self, verdicts: Vec<Verdict>, note: &Note) -> Result<Outcome, Error> {
        let is_agreed = note.yes || self.is_agreed(&verdicts)?;
        let Desk { settings, reader, mut store } = self;
        // A reader would keep the log beside the database from being folded into it.
        drop(reader);
        if is_agreed {
            give(&mut store, verdicts, note.note.as_deref(), settings)?;
        } else {
            remark(settings, "nothing was changed");
        }
        store.close();
        Ok(Outcome::Done)
    }

    /// Whether few facts change, or a person on a terminal says yes to what is shown of them.
    fn is_agreed(&mut self, verdicts: &[Verdict]) -> Result<bool, Error> {
        let Some((scope, lines)) = self.what_is_much(verdicts)? else { return Ok(true) };
        if !io::stdin().is_terminal() {
            let error = Error::usage(format!("this would change {scope}; nothing was changed"));
            let error = lines.into_iter().fold(error, Error::hint);
            return Err(error.hint("give --yes if that is meant"));
        }
        is_meant(&scope, &lines, &mut Answers::new())
    }

    /// The same of a person who answers questions already.
    pub(super) fn is_agreed_by(
        &mut self,
        verdicts: &[Verdict],
        answers: &mut Answers,
    ) -> Result<bool, Error> {
        match self.what_is_much(verdicts)? {
            Some((scope, lines)) => is_meant(&scope, &lines, answers),
            None => Ok(true),
        }
    }

    /// What changes, in all and in the articles where most does; none where few facts change.
    fn what_is_much(&mut self, verdicts: &[Verdict]) -> Result<Option<(String, Vec<String>)>, Error> {
        let corrections: Vec<Correction> =
            verdicts.iter().map(|verdict| Correction::new(verdict.clone(), None)).collect();
        let Preview { mut articles } = self.store.preview(&corrections)?;
        let changes = Preview { articles: articles.clone() }.changes();
        if changes.facts() <= MANY {
            return Ok(None);
        }
        // Those of which most changes come first.
        articles.sort_by_key(|(id, changes)| (std::cmp::Reverse(changes.facts()), *id));
        let mut lines = Vec::new();
        for (article, changes) in articles.iter().take(LISTED) {
            lines.push(format!("{}: {}", lookup::headline(&self.reader, *article)?, facts(*changes)));
        }
        if articles.len() > LISTED {
            lines.push(format!("and {} more", counted(articles.len() - LISTED, "article")));
        }
        Ok(Some((format!("{} in {}", facts(changes), counted(changes.articles, "article")), lines)))
    }
}

/// Shows what changes, and asks whether it is to.
fn is_meant(scope: &str, lines: &[String], answers: &mut Answers) -> Result<bool, Error> {
    let mut text = format!("This changes {}:\n", one_line(scope));
    for line in lines {
        text.push_str(&format!("  {}\n", one_line(line)));
    }
    standard_output().write_all(text.as_bytes()).map_err(Error::output)?;
    let answer = answers.ask("Change them? y or n")?.unwrap_or_default();
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}

/// Gives corrections and says what they changed.
pub(crate) fn give(
    store: &mut Store,
    verdicts: Vec<Verdict>,
    note: Option<&str>,
    settings: &Settings,
) -> Result<(), Error> {
    let corrections: Vec<Correction> =
        verdicts.into_iter().map(|verdict| Correction::new(verdict, note)).collect();
    let corrected = store.correct(&corrections)?;
    if corrected.numbers.is_empty() {
        remark(settings, "nothing to do: that is the last word already");
        return Ok(());
    }
    for correction in &corrections {
        remark(settings, &correction.verdict.to_string());
    }
    remark(settings, &format!("{}; {}", numbered(&corrected), described(corrected.changes)));
    Ok(())
}

/// What the corrections are called, for `undo`.
fn numbered(corrected: &Corrected) -> String {
    match &corrected.numbers[..] {
        [number] => format!("correction {number} (onrecord undo {number})"),
        numbers => {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            format!("corrections {} (each can be undone)", numbers.join(", "))
        }
    }
}

/// What was changed, in words.
pub(crate) fn described(changes: Changes) -> String {
    if changes == Changes::default() {
        return "no fact of an article changes".to_owned();
    }
    format!("changed {} in {}", facts(changes), counted(changes.articles, "article"))
}

fn facts(changes: Changes) -> String {
    let parts =
        [(changes.mentions, "mention"), (changes.quotes, "quote"), (changes.relationships, "relationship")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(*count, what)).collect();
    parts.join(", ")
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
