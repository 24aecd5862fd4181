//! The statements that copies of one article print again: which of their quotes are one statement.
//!
//! Two quotes of copies are one statement if they have the same words; where several quotes of an article have, as
//! where two people say something together, the speakers and then the order tell which is which.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use rusqlite::{Connection, named_params};

use crate::name_key::name_key;

/// What the first article and so many copies print is looked for in all others: to compare each copy with each would take
/// the square of their number.
const COMPARED: usize = 33;

const FIRST: &str = "SELECT coalesce(duplicate_of, id) FROM articles WHERE id = :id";

/// The first article, and its copies.
const WITH_ONE_TEXT: &str = "
SELECT :first UNION ALL SELECT id FROM articles WHERE duplicate_of = :first ORDER BY 1";

const QUOTES: &str = "SELECT id, text, speaker_id FROM quotes WHERE article_id = :article ORDER BY start, id";

const DELETE: &str = "
DELETE FROM reprints WHERE quote_id IN (SELECT id FROM quotes WHERE article_id = :article)";

const INSERT: &str = "
INSERT INTO reprints (quote_id, statement_id) VALUES (:quote, :statement) ON CONFLICT DO NOTHING";

/// A quote that is compared.
struct Printed {
    id: i64,
    words: String,
    speaker: Option<i64>,
}

/// The statements of copies of one article, each as the quote that printed it first.
#[derive(Default)]
struct Statements(HashMap<String, Vec<Printed>>);

impl Statements {
    /// The statements that the quotes of one more article print again: each quote with the one that printed it first.
    fn printed_again(&self, quotes: &[Printed]) -> BTreeMap<i64, i64> {
        let mut by_words: HashMap<&str, Vec<&Printed>> = HashMap::new();
        for quote in quotes.iter().filter(|quote| self.0.contains_key(&quote.words)) {
            by_words.entry(&quote.words).or_default().push(quote);
        }
        let mut again = BTreeMap::new();
        for (words, quotes) in by_words {
            let known = self.0.get(words).map(Vec::as_slice).unwrap_or_default();
            let mut by_speaker: HashMap<Option<i64>, VecDeque<i64>> = HashMap::new();
            known.iter().for_each(|first| by_speaker.entry(first.speaker).or_default().push_back(first.id));
            let mut others = Vec::new();
            for quote in quotes {
                match by_speaker.get_mut(&quote.speaker).and_then(VecDeque::pop_front) {
                    Some(first) => drop(again.insert(quote.id, first)),
                    None => others.push(quote.id),
                }
            }
            let free: HashSet<i64> = by_speaker.into_values().flatten().collect();
            let free = known.iter().map(|first| first.id).filter(|first| free.contains(first));
            again.extend(others.into_iter().zip(free));
        }
        again
    }

    /// Adds the quotes that print nothing again.
    fn add(&mut self, quotes: Vec<Printed>, again: &BTreeMap<i64, i64>) {
        for quote in quotes.into_iter().filter(|quote| !again.contains_key(&quote.id)) {
            self.0.entry(quote.words.clone()).or_default().push(quote);
        }
    }
}

/// Notes anew which statements are printed more than once by the articles that have the texts of these.
pub(in crate::store) fn count_once(
    connection: &Connection,
    articles: &BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let firsts: rusqlite::Result<BTreeSet<i64>> =
        articles.iter().map(|article| first(connection, *article)).collect();
    for first in firsts? {
        let members = members(connection, first)?;
        among(connection, &members, &members)?;
    }
    Ok(())
}

/// The same for one article whose quotes have changed, or that is new.
pub(in crate::store) fn count_once_in(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    let members = members(connection, first(connection, article)?)?;
    match members.iter().position(|member| *member == article) {
        _ if members.len() < 2 => Ok(()),
        // What stands in later ones rests on it.
        Some(place) if place < COMPARED => among(connection, &members, &members),
        _ => among(connection, &members, &[article]),
    }
}

fn first(connection: &Connection, article: i64) -> rusqlite::Result<i64> {
    connection.prepare_cached(FIRST)?.query_row(named_params! { ":id": article }, |row| row.get(0))
}

fn members(connection: &Connection, first: i64) -> rusqlite::Result<Vec<i64>> {
    let mut find = connection.prepare_cached(WITH_ONE_TEXT)?;
    find.query_map(named_params! { ":first": first }, |row| row.get(0))?.collect()
}

/// Notes which quotes of `anew` print again what one of `members` printed before; what was noted of them is forgotten.
fn among(connection: &Connection, members: &[i64], anew: &[i64]) -> rusqlite::Result<()> {
    let mut delete = connection.prepare_cached(DELETE)?;
    for article in anew {
        delete.execute(named_params! { ":article": article })?;
    }
    if members.len() < 2 {
        return Ok(());
    }
    let mut statements = Statements::default();
    let mut insert = connection.prepare_cached(INSERT)?;
    let only = anew.first().filter(|_| anew.len() < members.len());
    let compared = &members[..members.len().min(COMPARED)];
    for article in compared.iter().chain(only.map_or(&members[compared.len()..], std::slice::from_ref)) {
        let quotes = quotes(connection, *article)?;
        let again = statements.printed_again(&quotes);
        if only.is_none_or(|only| only == article) {
            for (quote, first) in &again {
                insert.execute(named_params! { ":quote": first, ":statement": first })?;
                insert.execute(named_params! { ":quote": quote, ":statement": first })?;
            }
        }
        if compared.contains(article) {
            statements.add(quotes, &again);
        }
    }
    Ok(())
}

/// The quotes of an article that have words.
fn quotes(connection: &Connection, article: i64) -> rusqlite::Result<Vec<Printed>> {
    let mut find = connection.prepare_cached(QUOTES)?;
    let read = |row: &rusqlite::Row<'_>| {
        let words = name_key(row.get_ref(1)?.as_str()?);
        Ok(Printed { id: row.get(0)?, words, speaker: row.get(2)? })
    };
    let quotes = find.query_map(named_params! { ":article": article }, read)?;
    quotes.filter(|quote| !quote.as_ref().is_ok_and(|quote| quote.words.is_empty())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(id: i64, words: &str, speaker: Option<i64>) -> Printed {
        Printed { id, words: words.to_owned(), speaker }
    }

    #[test]
    fn speakers_and_then_the_order_tell_equal_words_apart() {
        let mut statements = Statements::default();
        statements
            .add(vec![printed(1, "we sail", Some(7)), printed(2, "we sail", Some(8))], &BTreeMap::new());
        // As it is, with one speaker who is somebody else here, and with one of the two left out.
        for (quotes, again) in [
            (vec![(5, Some(8)), (6, Some(7))], vec![(5, 2), (6, 1)]),
            (vec![(5, Some(9)), (6, Some(7))], vec![(6, 1), (5, 2)]),
            (vec![(5, None)], vec![(5, 1)]),
            (vec![(5, Some(7)), (6, Some(8)), (7, None)], vec![(5, 1), (6, 2)]),
        ] {
            let quotes: Vec<Printed> =
                quotes.into_iter().map(|(id, speaker)| printed(id, "we sail", speaker)).collect();
            assert_eq!(statements.printed_again(&quotes), BTreeMap::from_iter(again));
        }
        assert!(statements.printed_again(&[printed(5, "we stay", Some(7))]).is_empty());
    }
}
