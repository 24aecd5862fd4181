//! The names of an archive, for reading questions: see [`Vocabulary`].

use std::cell::RefCell;
use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::name_key::name_key;
use crate::query::names;
use crate::query::question::vocabulary::Vocabulary;

/// Whether any name is the same without regard to case, accents and marks.
const IS_NAME: &str = "SELECT 1 FROM aliases WHERE alias_key = :key LIMIT 1";

/// How many articles have a word, up to some thousands.
const FREQUENCY: &str =
    "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :word LIMIT 5000)";

/// The names in a database. What it was asked once it remembers: one question tries the same words again and again.
pub struct Archive<'c> {
    db: &'c Connection,
    names: RefCell<HashMap<String, bool>>,
    outlets: RefCell<HashMap<String, bool>>,
}

impl<'c> Archive<'c> {
    /// The names in this database.
    pub fn new(db: &'c Connection) -> Self {
        Archive { db, names: RefCell::default(), outlets: RefCell::default() }
    }
}

impl Vocabulary for Archive<'_> {
    fn is_name(&self, words: &str) -> bool {
        /// No name is longer.
        const LONGEST: usize = 200;
        if words.len() > LONGEST {
            return false;
        }
        let key = name_key(words);
        *self.names.borrow_mut().entry(key).or_insert_with_key(|key| {
            let found = self.db.prepare_cached(IS_NAME).and_then(|mut statement| {
                statement.query_row(named_params! {":key": key}, |_| Ok(())).optional()
            });
            // A database that cannot be read says so when the question is answered.
            !key.is_empty() && found.is_ok_and(|found| found.is_some())
        })
    }

    fn is_publisher(&self, words: &str) -> bool {
        *self
            .outlets
            .borrow_mut()
            .entry(name_key(words))
            .or_insert_with(|| names::find_publishers(self.db, words).is_ok_and(|known| !known.is_empty()))
    }

    fn frequency(&self, word: &str) -> usize {
        let phrase = format!("\"{}\"", word.replace('"', " "));
        let found = self.db.prepare_cached(FREQUENCY).and_then(|mut statement| {
            statement.query_row(named_params! {":word": phrase}, |row| row.get::<_, usize>(0))
        });
        found.unwrap_or_default()
    }
}
