//! What is new to a run of a saved query: rows that none of its runs before has shown.
//!
//! What was shown is remembered by what it is, not by when it came in: a quote by its key, which is made of its words and its
//! article and stays when that is read again; a relationship likewise; any other row by its values. So nothing is shown twice,
//! and nothing is missed, whatever its date, and whether it is new because its article is, because that was replaced, or because
//! a correction made it fit. What copies of an article print again is not new.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Error;
use crate::query::audience::Audience;
use crate::query::failure::read_error;
use crate::query::notes::Notes;
use crate::query::output::{Cell, Sink, as_text};
use crate::query::question::Question;
use crate::query::saved::parameter::Value;
use crate::query::{answer, keys};
use crate::store::{Reader, ShownRows};

const RUN: &str = "SELECT id FROM saved_runs WHERE query = :query AND parameters = :parameters";

const SHOWN: &str = "SELECT row_key FROM saved_shown WHERE run_id = :run";

/// The keys of all quotes that are one statement: in copies of an article, else the quote alone.
const STATEMENT: &str = "
SELECT key FROM quotes WHERE id = :id
UNION
SELECT printed.key FROM reprints AS mine
JOIN reprints AS print ON print.statement_id = mine.statement_id
JOIN quotes AS printed ON printed.id = print.quote_id
WHERE mine.quote_id = :id";

const RELATIONSHIP: &str = "SELECT coalesce(key, 'relationship ' || id) FROM relationships WHERE id = :id";

/// The run of a query with these values: what it has shown is known by its id, 0 where it has never been asked what is new.
pub fn run_of(db: &Connection, query: &str, values: &[Value]) -> Result<(i64, ShownRows), Error> {
    let values: BTreeMap<&str, &str> =
        values.iter().map(|value| (value.name.as_str(), value.text.trim())).collect();
    let parameters = serde_json::to_string(&values)
        .map_err(|cause| Error::new("cannot write values as JSON").because(cause))?;
    let named = named_params! {":query": query, ":parameters": parameters};
    let id = db.query_row(RUN, named, |row| row.get(0)).optional().map_err(read_error)?;
    Ok((id.unwrap_or(0), ShownRows { query: query.to_owned(), parameters, keys: Vec::new() }))
}

/// Answers a question with what is new to a run; gives the keys of all that fits, to be noted once it is printed.
pub fn new_rows_of_question(
    db: &Connection,
    question: &Question,
    run: i64,
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<(Notes, Vec<String>), Error> {
    if question.count.is_some() {
        return Err(Error::usage("the question counts quotes, and --new needs the quotes themselves")
            .hint("save a question that lists them: what did {who} say?"));
    }
    let news = Question { seen: Some(run), limit: Some(0), ..question.clone() };
    // Both see the same database, whoever writes meanwhile.
    let work = db.unchecked_transaction().map_err(read_error)?;
    let notes = answer(&work, &news, audience, sink)?;
    // Of what was shown before too: it may have copies since, which are not new though what they copy may go.
    let keys = keys(&work, question)?;
    work.commit().map_err(read_error)?;
    Ok((notes, keys))
}

/// Hands on the rows of a SELECT that are new to a run, and keeps the keys of all.
pub struct NewRows<'s> {
    db: Reader,
    sink: &'s mut dyn Sink,
    query: String,
    shown: HashSet<String>,
    /// The columns that say which quotes or relationships a row is of; the whole row says it where there are none.
    ids: Vec<(usize, &'static str)>,
    /// Of all rows.
    pub keys: Vec<String>,
}

impl<'s> NewRows<'s> {
    /// For the rows of the query of that name; `db` is not the connection that answers it.
    pub fn new(db: Reader, query: &str, run: i64, sink: &'s mut dyn Sink) -> Result<Self, Error> {
        let shown = {
            let mut statement = db.prepare(SHOWN).map_err(read_error)?;
            let shown = statement.query_map(named_params! {":run": run}, |row| row.get(0));
            shown.and_then(Iterator::collect).map_err(read_error)?
        };
        Ok(NewRows { db, sink, query: query.to_owned(), shown, ids: Vec::new(), keys: Vec::new() })
    }

    /// All keys by which a row may have been shown before; the first is the one that is kept.
    fn keys_of(&self, values: &[Cell]) -> Result<Vec<String>, Error> {
        let mut kept = Vec::new();
        for (column, sql) in &self.ids {
            let Some(Cell::Integer(id)) = values.get(*column) else { continue };
            let mut statement = self.db.prepare_cached(sql).map_err(read_error)?;
            let keys = statement.query_map(named_params! {":id": id}, |row| row.get::<_, String>(0));
            let keys: Vec<String> = keys.and_then(Iterator::collect).map_err(read_error)?;
            kept.extend((!keys.is_empty()).then_some(keys));
        }
        Ok(match kept.len() {
            0 => vec![hash(values)],
            1 => kept.remove(0),
            // A pair is one thing: the same quote beside another is a new row.
            _ => vec![kept.iter().map(|keys| keys[0].as_str()).collect::<Vec<_>>().join(" ")],
        })
    }
}

/// A row by its values.
fn hash(values: &[Cell]) -> String {
    let mut hasher = blake3::Hasher::new();
    for value in values {
        let text = as_text(value);
        hasher.update(&[u8::from(matches!(value, Cell::Null))]);
        hasher.update(&text.len().to_le_bytes());
        hasher.update(text.as_bytes());
    }
    format!("row {}", hasher.finalize().to_hex())
}

impl Sink for NewRows<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        let kind = |name: &str| match name {
            _ if name == "quote_id" || name.ends_with("_quote_id") => Some(STATEMENT),
            _ if name == "relationship_id" || name.ends_with("_relationship_id") => Some(RELATIONSHIP),
            _ => None,
        };
        self.ids = names.iter().enumerate().filter_map(|(at, name)| Some((at, kind(name)?))).collect();
        let of_article = names.iter().any(|name| *name == "article_id" || name.ends_with("_article_id"));
        if self.ids.is_empty() && !of_article {
            return Err(Error::usage(format!("--new cannot tell which rows of {} are new", self.query))
                .because("they have no column quote_id, relationship_id or article_id")
                .hint("let its SQL select one of these, such as quotes.id AS quote_id"));
        }
        self.sink.columns(names)
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        let keys = self.keys_of(values)?;
        let was_shown = keys.iter().any(|key| self.shown.contains(key));
        // Those of what was shown before too, as for a question.
        self.keys.extend(keys);
        if was_shown { Ok(()) } else { self.sink.row(values) }
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.sink.finish()
    }
}
