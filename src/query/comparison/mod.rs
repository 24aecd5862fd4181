//! What is otherwise in one database than in another: quotes and relationships, article by article.
//!
//! Knows two files that hold the same archive, read by two versions of the extractor, or before and after corrections. Reads
//! both in the order of what articles are known by, one article at a time, and writes to neither. Start reading at [`compare`];
//! `quotes` and `relationships` tell two lists apart, `side` reads them, `rows` and `list` write what was found.

mod difference;
mod list;
mod quotes;
mod relationships;
mod rows;
mod side;

use std::cmp::Ordering;

use rusqlite::Connection;

use crate::error::Error;
pub use crate::query::comparison::difference::{Difference, Tally};
pub use crate::query::comparison::list::{write_counts, write_text};
pub use crate::query::comparison::rows::{begin, write_row};
use crate::query::comparison::side::{ArticleRow, Side};
use crate::query::failure::read_error;

/// Hands each difference to `take` and counts all; `all` asks also for those of quotes that neither vouches for.
pub fn compare(
    before: &Connection,
    after: &Connection,
    all: bool,
    mut take: impl FnMut(&Difference) -> Result<(), Error>,
) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    let (old, new) = (Side::new(before), Side::new(after));
    let (mut old_articles, mut new_articles) = (old.articles()?, new.articles()?);
    let mut old_rows = old_articles.query([]).map_err(read_error)?;
    let mut new_rows = new_articles.query([]).map_err(read_error)?;
    let mut one = side::next(&mut old_rows)?;
    let mut other = side::next(&mut new_rows)?;
    loop {
        let order = match (&one, &other) {
            (None, None) => return Ok(tally),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(one), Some(other)) => one.identity.cmp(&other.identity),
        };
        let pair = (one.as_ref().filter(|_| order.is_le()), other.as_ref().filter(|_| order.is_ge()));
        tally.count_article(pair.0.is_some(), pair.1.is_some());
        for difference in differences(&old, &new, pair, all, &mut tally)? {
            tally.count(difference.change);
            take(&difference)?;
        }
        if order.is_le() {
            one = side::next(&mut old_rows)?;
        }
        if order.is_ge() {
            other = side::next(&mut new_rows)?;
        }
    }
}

/// What is otherwise of one article, which may be in one of the two alone.
fn differences(
    old: &Side,
    new: &Side,
    (one, other): (Option<&ArticleRow>, Option<&ArticleRow>),
    all: bool,
    tally: &mut Tally,
) -> Result<Vec<Difference>, Error> {
    // Places in two texts are the same place only if the texts are the same.
    let is_same_text = matches!((one, other), (Some(one), Some(other)) if one.body_hash == other.body_hash);
    let quotes = |side: &Side, article: Option<&ArticleRow>| match article {
        Some(article) => side.quotes(article.id),
        None => Ok(Vec::new()),
    };
    let (before, after) = (quotes(old, one)?, quotes(new, other)?);
    let mut found = quotes::differences(&before, &after, is_same_text, all, tally);
    let relationships = |side: &Side, article: Option<&ArticleRow>| match article {
        Some(article) => side.relationships(article.id),
        None => Ok(Vec::new()),
    };
    let (before, after) = (relationships(old, one)?, relationships(new, other)?);
    found.extend(relationships::differences(&before, &after, tally));
    if !found.is_empty() {
        let article = match (one, other) {
            (_, Some(other)) => new.article(other.id)?,
            (Some(one), None) => old.article(one.id)?,
            (None, None) => return Ok(found),
        };
        found.iter_mut().for_each(|difference| difference.article = article.clone());
    }
    Ok(found)
}
