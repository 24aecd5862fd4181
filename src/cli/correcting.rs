//! Where corrections are given: finds what is meant, hands it to the store, says what came of it.

use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::cli::streams::remark;
use crate::error::Error;
use crate::query::{Reader, lookup};
use crate::store::{self, Changes, Corrected, Correction, EntityName, Store, Verdict};

/// What may be written beside every correction.
#[derive(clap::Args)]
pub(super) struct Note {
    /// Why
    #[arg(long, value_name = "WORDS")]
    note: Option<String>,
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

    /// Gives corrections, says what they changed, and closes the database.
    pub(crate) fn give(self, verdicts: Vec<Verdict>, note: &Note) -> Result<Outcome, Error> {
        let Desk { settings, reader, mut store } = self;
        // A reader would keep the log beside the database from being folded into it.
        drop(reader);
        give(&mut store, verdicts, note.note.as_deref(), settings)?;
        store.close();
        Ok(Outcome::Done)
    }
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
    let parts =
        [(changes.mentions, "mention"), (changes.quotes, "quote"), (changes.relationships, "relationship")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| counted(*count, what)).collect();
    format!("changed {} in {}", parts.join(", "), counted(changes.articles, "article"))
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
