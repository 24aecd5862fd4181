//! Who is meant by a speaker: entities, and sources that bear no name.
//!
//! `police`, `a senior official` and `Democrats` are nobody's name: they are looked up in the sources as printed. Of a list each
//! name is taken by itself. A misspelled name stands for the nearest only where it can be read in no other way.

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::full_text;
use crate::query::answer::statement::number;
use crate::query::names;
use crate::query::notes::Notes;
use crate::query::stored_entity::StoredEntity;

/// Those who may have said it: any of them.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Whom the archive knows.
    pub(super) known: Vec<StoredEntity>,
    /// The others, as printed, for FTS5.
    pub(super) printed: Option<String>,
}

impl Sources {
    /// Whether there is nobody at all.
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.printed.is_none()
    }
}

/// Whom a name or a list of names stands for; notes say who was taken and who is unknown.
pub(super) fn find(db: &Connection, name: &str, each: bool, notes: &mut Notes) -> Result<Sources, Error> {
    let mut sources = Sources::default();
    let mut printed = Vec::new();
    for name in names::listed_names(db, name)? {
        let known = names::meant(db, name, each, notes)?;
        if !known.is_empty() {
            sources.known.extend(known);
        } else if let Some(words) = as_printed(db, name)? {
            notes.add(format!(
                "\"{name}\" is not a name in this database; looked for it in the sources as printed"
            ));
            printed.push(words);
        } else {
            let nearest = names::misspelled(db, name, each, notes)?;
            if nearest.is_empty() {
                notes.add(names::note_on_unknown(db, name)?);
            }
            sources.known.extend(nearest);
        }
    }
    sources.printed = (!printed.is_empty()).then(|| printed.join(" OR "));
    Ok(sources)
}

/// The words of a source that is nobody's name, for FTS5; `None` where no source has them.
fn as_printed(db: &Connection, name: &str) -> Result<Option<String>, Error> {
    const ARTICLES: [&str; 3] = ["the ", "a ", "an "];
    const HAS: &str = "SELECT EXISTS (SELECT 1 FROM sources_fts WHERE sources_fts MATCH :source)";
    let lower = name.to_lowercase();
    let article = ARTICLES.into_iter().find(|article| lower.starts_with(article)).unwrap_or_default();
    let words = full_text::phrase(name.get(article.len()..).unwrap_or(name));
    Ok((number(db, HAS, &[(":source", &words)])? != 0).then_some(words))
}
