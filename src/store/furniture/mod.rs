//! Furniture that shows over many articles only: lines that recur in an outlet are marked, and what was found in them goes.
//!
//! How a line is worded tells most furniture apart (`annotate::layout`), and a house's own does not: its slogans, the names below
//! its pictures, who else worked on the story. `recurring` says which lines those are, `taking` takes facts from them.
//! Runs at the end of ingest, over what is stored; a stop at any moment leaves the rest to the next run. Start reading at
//! [`Store::mark_furniture`].

mod recurring;
mod taking;

use std::collections::{BTreeMap, HashSet};

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::span::CodePoints;
use crate::store::corrections::overrule::InForce;
use crate::store::database::Store;
use crate::store::failure::sqlite;
use crate::store::furniture::recurring::{Compared, Recurring};
use crate::store::furniture::taking::take;
use crate::store::tables::articles;

/// How many articles from before the run are looked through again, of each outlet: a run of a day's news alone may be too
/// small to tell what recurs.
const EARLIER: usize = 200;

/// How many articles are changed in one transaction.
const AT_ONCE: usize = 256;

/// What was stored or analyzed since the articles of its outlet were last looked through, in the order of the input.
const NEW: &str = "
SELECT publisher, id FROM articles
WHERE publisher IS NOT NULL AND run_id IN (SELECT id FROM ingest_runs WHERE compared_at IS NULL)
ORDER BY id";

const BEFORE: &str = "
SELECT id FROM articles WHERE publisher = :publisher AND id < :first ORDER BY id DESC LIMIT :earlier";

const KNOWN: &str = "SELECT line FROM furniture_lines WHERE publisher = :publisher";

const SAID: &str = "
SELECT 1 FROM quotes
WHERE article_id = :article AND vouched = 1 AND speaker_id IS NOT NULL AND start >= :start AND end <= :end";

const KEEP: &str = "
INSERT INTO furniture_lines (publisher, line, articles) VALUES (:publisher, :line, :articles)
ON CONFLICT DO UPDATE SET articles = excluded.articles WHERE excluded.articles > articles";

impl Store {
    /// Marks the lines that recur in the outlets of a run, and takes away what was found in them. Doing it twice changes nothing.
    pub fn mark_furniture(&mut self) -> Result<(), Error> {
        let failed = || sqlite("cannot mark what recurs in the articles");
        for (publisher, articles) in by_outlet(&self.connection).map_err(failed())? {
            self.mark_outlet(&publisher, articles).map_err(failed())?;
        }
        Ok(())
    }

    fn mark_outlet(&mut self, publisher: &str, mut articles: Vec<i64>) -> rusqlite::Result<()> {
        let connection = &self.connection;
        articles.splice(0..0, before(connection, publisher, articles.first().copied().unwrap_or_default())?);
        let mut recurring = Recurring::default();
        for id in &articles {
            recurring.count(&articles::body(connection, *id)?);
        }
        self.keep_lines(publisher, &articles, recurring.compare())?;
        let connection = &self.connection;
        let lines = known(connection, publisher)?;
        let mut in_force = InForce::default();
        for some in articles.chunks(AT_ONCE).filter(|_| !lines.is_empty()) {
            let transaction = self.connection.unchecked_transaction()?;
            in_force.refresh(&transaction)?;
            for id in some {
                take(&transaction, &in_force.rulings, *id, &lines)?;
            }
            transaction.commit()?;
        }
        Ok(())
    }

    /// Keeps the lines that recur in articles that are no versions of each other, all at once.
    fn keep_lines(&self, publisher: &str, articles: &[i64], mut compared: Compared) -> rusqlite::Result<()> {
        if compared.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.unchecked_transaction()?;
        for id in articles {
            compared.count(&articles::body(&transaction, *id)?);
        }
        for (line, count, first) in compared.lines() {
            if is_said(&transaction, articles[first], line)? {
                continue;
            }
            let parameters = named_params! { ":publisher": publisher, ":line": line, ":articles": count };
            transaction.prepare_cached(KEEP)?.execute(parameters)?;
        }
        transaction.commit()
    }
}

/// The articles to look through, by their outlets.
fn by_outlet(connection: &Connection) -> rusqlite::Result<BTreeMap<String, Vec<i64>>> {
    let mut outlets: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let mut articles = connection.prepare_cached(NEW)?;
    let mut rows = articles.query([])?;
    while let Some(row) = rows.next()? {
        outlets.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(outlets)
}

/// The latest articles of an outlet before the first new one, the oldest first.
fn before(connection: &Connection, publisher: &str, first: i64) -> rusqlite::Result<Vec<i64>> {
    let mut before = connection.prepare_cached(BEFORE)?;
    let parameters = named_params! { ":publisher": publisher, ":first": first, ":earlier": EARLIER };
    let mut ids = before.query_map(parameters, |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    ids.reverse();
    Ok(ids)
}

/// Whether somebody known is vouched for to say something in a line of an article: what a paper prints again as background.
fn is_said(connection: &Connection, article: i64, line: &str) -> rusqlite::Result<bool> {
    let body = articles::body(connection, article)?;
    let points = CodePoints::new(&body);
    let mut said = connection.prepare_cached(SAID)?;
    for span in recurring::spans(&body, &HashSet::from([line.to_owned()])) {
        let (start, end) = points.of(span);
        if said.exists(named_params! { ":article": article, ":start": start, ":end": end })? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn known(connection: &Connection, publisher: &str) -> rusqlite::Result<HashSet<String>> {
    let mut known = connection.prepare_cached(KNOWN)?;
    known.query_map(named_params! { ":publisher": publisher }, |row| row.get(0))?.collect()
}
