//! Notes in Markdown, one for each person, organization and place of whom something is told, linked with wikilinks: a vault for
//! Obsidian, or for whatever reads a folder of notes.
//!
//! Knows what is told of an entity. Which name its file has is for `file_names`, how it is laid out for `page`.

mod file_names;
mod page;
mod told;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::query::answer::statement;
use crate::query::export::notes::file_names::FileNames;
use crate::query::export::notes::page::Page;
use crate::query::export::notes::told::{Noted, Said, Tie};
use crate::query::failure::read_error;

/// Everybody at an edge of the network; whom a note links to has a note.
const ENTITIES: &str = "
SELECT id, kind, name, description, mention_count, quote_count FROM entities
WHERE EXISTS (SELECT 1 FROM quotes WHERE speaker_id = entities.id AND vouched = 1)
   OR EXISTS (SELECT 1 FROM quote_subjects JOIN quotes ON quotes.id = quote_id WHERE entity_id = entities.id AND vouched = 1)
   OR EXISTS (SELECT 1 FROM relationships WHERE subject_id = entities.id AND status IN ('asserted', 'reported', 'ended'))
   OR EXISTS (SELECT 1 FROM relationships WHERE object_id = entities.id AND status IN ('asserted', 'reported', 'ended'))
ORDER BY id";

const ALIASES: &str =
    "SELECT alias FROM aliases WHERE entity_id = :id AND alias <> :name ORDER BY article_count DESC, alias";

/// As the view `who_is` counts them, and from the other side as well; of one entity, along the indexes.
const TIES: &str = "
SELECT forward, predicate, other.id, other.name, max(detail), min(status), min(published_at), max(published_at),
    count(DISTINCT article_id)
FROM (
    SELECT 1 AS forward, predicate, object_id AS other_id, detail, status, article_id
    FROM relationships WHERE subject_id = :id
    UNION ALL
    SELECT predicates.symmetric, predicate, subject_id, detail, status, article_id
    FROM relationships JOIN predicates ON predicates.name = predicate WHERE object_id = :id
)
JOIN articles ON articles.id = article_id
LEFT JOIN entities AS other ON other.id = other_id
WHERE status IN ('asserted', 'reported', 'ended')
GROUP BY forward, predicate, other_id, lower(detail), status = 'ended'
ORDER BY forward DESC, predicate, other.name, other.id, max(detail), min(status)";

/// What the entity said, and whom each is about.
const SAID: &str = "
SELECT quotes.text, quotes.published_at, articles.publisher, articles.title, articles.url,
    (SELECT json_group_array(json_array(entities.id, entities.name)) FROM quote_subjects
     JOIN entities ON entities.id = entity_id WHERE quote_subjects.quote_id = quotes.id),
    min(quotes.id) AS quote_id -- SQLite takes the other columns from the row that min() is from
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN reprints ON reprints.quote_id = quotes.id
WHERE quotes.speaker_id = :id AND quotes.vouched = 1
GROUP BY coalesce(reprints.statement_id, quotes.id)
ORDER BY quotes.published_at DESC, quote_id DESC";

/// What others said about the entity, and who.
const SAID_ABOUT: &str = "
SELECT quotes.text, quotes.published_at, articles.publisher, articles.title, articles.url,
    json_array(json_array(quotes.speaker_id, coalesce(speaker.name, quotes.speaker_text, 'somebody'))),
    min(quotes.id) AS quote_id
FROM quote_subjects
JOIN quotes ON quotes.id = quote_subjects.quote_id
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
LEFT JOIN reprints ON reprints.quote_id = quotes.id
WHERE quote_subjects.entity_id = :id AND quotes.vouched = 1 AND quotes.speaker_id IS NOT :id
GROUP BY coalesce(reprints.statement_id, quotes.id)
ORDER BY quotes.published_at DESC, quote_id DESC";

/// Hands the path and the text of each note to `put`; gives their number.
pub fn notes(db: &Connection, put: &mut dyn FnMut(&Path, &str) -> Result<(), Error>) -> Result<u64, Error> {
    let mut names = FileNames::default();
    each(db, |noted| {
        names.add(noted.id, &noted.name);
        Ok(())
    })?;
    let mut count = 0;
    each(db, |noted| {
        let folder = match noted.kind.as_str() {
            "person" => "people",
            "organization" => "organizations",
            _ => "places",
        };
        let path = PathBuf::from(folder).join(format!("{}.md", names.of(noted.id, &noted.name)));
        count += 1;
        put(&path, &page(db, &noted, &names)?)
    })?;
    Ok(count)
}

fn each(db: &Connection, mut take: impl FnMut(Noted) -> Result<(), Error>) -> Result<(), Error> {
    statement::for_each_row(db, ENTITIES, &[], |row| {
        take(Noted::read(row).map_err(read_error)?)?;
        Ok(true)
    })
}

fn page(db: &Connection, noted: &Noted, names: &FileNames) -> Result<String, Error> {
    let mut aliases = Vec::new();
    statement::for_each_row(db, ALIASES, named_params! { ":id": noted.id, ":name": noted.name }, |row| {
        aliases.push(row.get::<_, String>(0).map_err(read_error)?);
        Ok(true)
    })?;
    let mut page = Page::new(names);
    page.front(noted, &aliases);
    let mut ties = Vec::new();
    statement::for_each_row(db, TIES, named_params! { ":id": noted.id }, |row| {
        ties.push(Tie::read(row).map_err(read_error)?);
        Ok(true)
    })?;
    page.ties(&ties);
    for (heading, sql, link) in [("Said", SAID, "about"), ("Said by others", SAID_ABOUT, "by")] {
        page.heading(heading);
        statement::for_each_row(db, sql, named_params! { ":id": noted.id }, |row| {
            page.said(&Said::read(row).map_err(read_error)?, link);
            Ok(true)
        })?;
    }
    Ok(page.finish())
}
