//! What the archive itself calls a topic besides the words asked for: `the Affordable Care Act, known as Obamacare`.
//!
//! Read from the articles that have the words when a question asks, by the phrases in which print introduces another name.
//! A name counts where two articles give it.

use std::collections::BTreeMap;

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::name_key::name_key;
use crate::query::answer::full_text;
use crate::query::answer::statement::for_each_row;
use crate::query::failure::read_error;

/// So many articles are looked at, so that a common word costs no noticeable time.
const MOST_ARTICLES: i64 = 200;

/// So many articles have to give a name.
const FEWEST: usize = 2;

/// So many names are taken, those of most articles.
const MOST_NAMES: usize = 3;

const WITH_WORDS: &str = "
    SELECT articles.body FROM (SELECT rowid AS id FROM articles_fts WHERE articles_fts MATCH :words LIMIT :most) AS found
    CROSS JOIN articles ON articles.id = found.id";

/// Words behind which print gives another name of a thing, and before which it gives the first.
const INTRODUCE: [&str; 8] = [
    "known as ",
    "called ",
    "referred to as ",
    "dubbed ",
    "nicknamed ",
    "branded ",
    "or simply ",
    "formally named ",
];

/// Words that may stand before those of [`INTRODUCE`].
const QUALIFY: [&str; 11] = [
    "also ",
    "better ",
    "commonly ",
    "widely ",
    "popularly ",
    "often ",
    "informally ",
    "formally ",
    "officially ",
    "sometimes ",
    "otherwise ",
];

/// Marks that a name may stand in.
const MARKS: [char; 6] = ['“', '”', '"', '‘', '’', '\''];

/// How far around the words another name is looked for, in bytes.
const REACH: usize = 100;

/// The other names of a topic, those of most articles first.
pub(super) fn of(db: &Connection, topic: &str) -> Result<Vec<String>, Error> {
    let bare = ["the ", "The ", "a ", "an "].iter().find_map(|article| topic.strip_prefix(article));
    let bare = bare.unwrap_or(topic).trim();
    if bare.chars().filter(|character| character.is_alphabetic()).count() < 3 {
        return Ok(Vec::new());
    }
    let mut articles: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let words = format!("{{body}} : {}", full_text::phrase(bare));
    for_each_row(db, WITH_WORDS, named_params! {":words": words, ":most": MOST_ARTICLES}, |row| {
        let body: String = row.get(0).map_err(read_error)?;
        let mut here: BTreeMap<String, String> = BTreeMap::new();
        for (before, after) in places(&body, bare) {
            for name in [name_before(before), name_behind(after), initials(after, bare)].into_iter().flatten()
            {
                here.insert(name_key(name), name.to_owned());
            }
        }
        for (key, name) in here {
            articles.entry(key).or_insert((0, name)).0 += 1;
        }
        Ok(true)
    })?;
    let own = name_key(bare);
    let mut names: Vec<(usize, String)> = articles
        .into_iter()
        .filter(|(key, (count, _))| *count >= FEWEST && *key != own && !key.is_empty())
        .map(|(_, counted)| counted)
        .collect();
    names.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    names.truncate(MOST_NAMES);
    Ok(names.into_iter().map(|(_, name)| name).collect())
}

/// The text before and behind every place that has the words of a topic, whatever their case.
fn places<'t>(body: &'t str, topic: &str) -> Vec<(&'t str, &'t str)> {
    // Bytes are compared: letters of other scripts have to be in the case that was asked for.
    let lower = body.to_ascii_lowercase();
    let within = |at: usize| (at..=body.len()).find(|at| body.is_char_boundary(*at)).unwrap_or(body.len());
    let whole = |at: usize, end: usize| {
        !body[..at].ends_with(char::is_alphanumeric) && !body[end..].starts_with(char::is_alphanumeric)
    };
    lower
        .match_indices(&topic.to_ascii_lowercase())
        .map(|(at, found)| (at, at + found.len()))
        .filter(|(at, end)| whole(*at, *end))
        // What print begins with a small letter is no name, and has no other.
        .filter(|(at, _)| body[*at..].starts_with(char::is_uppercase))
        .map(|(at, end)| {
            (&body[within(at.saturating_sub(REACH))..at], &body[end..within((end + REACH).min(body.len()))])
        })
        .collect()
}

/// The name behind a topic: `…, also known as the Quay Law`, `…, or Quay Law,`.
fn name_behind(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(MARKS).trim_start_matches(',').trim_start_matches(MARKS).trim_start();
    if let Some(rest) = text.strip_prefix("or ")
        && !rest.starts_with("simply ")
    {
        let name = name_at_start(rest)?;
        // `…, or Ana Ruiz said` goes on: only between commas is it another name.
        return rest.split_once(name)?.1.trim_start_matches(MARKS).starts_with(',').then_some(name);
    }
    let text = QUALIFY.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    name_at_start(INTRODUCE.iter().find_map(|words| text.strip_prefix(words))?)
}

/// The name before a topic: `the Quay Law, formally known as …`.
fn name_before(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(MARKS);
    let text = text.strip_suffix("the ").unwrap_or(text).trim_end_matches(MARKS);
    if let Some(rest) = text.strip_suffix(", or ") {
        return name_at_end(rest);
    }
    let rest = INTRODUCE.iter().find_map(|words| text.strip_suffix(words))?;
    let rest = QUALIFY.iter().find_map(|word| rest.strip_suffix(word)).unwrap_or(rest);
    name_at_end(rest.trim_end().trim_end_matches(','))
}

/// The initials of a topic in brackets behind it: `Ferry Workers Union (FWU)`.
fn initials<'t>(text: &'t str, topic: &str) -> Option<&'t str> {
    let inside = text.trim_start_matches(MARKS).strip_prefix(" (")?.split_once(')')?.0;
    let of_topic: String = topic
        .split_whitespace()
        .filter(|word| !JOINTS.contains(&word.to_lowercase().as_str()))
        .filter_map(|word| word.chars().next())
        .collect();
    (inside.len() > 1 && inside.eq_ignore_ascii_case(&of_topic)).then_some(inside)
}

/// Words that stand within a name in small letters.
const JOINTS: [&str; 6] = ["of", "the", "for", "and", "on", "in"];

/// So many words has a name at most.
const LONGEST_NAME: usize = 6;

fn is_capitalized(word: &str) -> bool {
    word.trim_start_matches(MARKS).starts_with(char::is_uppercase)
}

/// The capitalized words that a text begins with.
fn name_at_start(text: &str) -> Option<&str> {
    let text = text.strip_prefix("the ").unwrap_or(text).trim_start_matches(MARKS);
    let mut end = 0;
    let mut at = 0;
    for word in text.split(' ').take(LONGEST_NAME) {
        let bare = word.trim_end_matches(|mark: char| !mark.is_alphanumeric());
        if is_capitalized(word) {
            end = at + bare.len();
        } else if end == 0 || !JOINTS.contains(&word) {
            break;
        }
        // A mark behind a word ends the name.
        if bare.len() < word.len() {
            break;
        }
        at += word.len() + 1;
    }
    (end > 1).then(|| &text[..end])
}

/// The capitalized words that a text ends with.
fn name_at_end(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(MARKS);
    let mut start = text.len();
    let mut at = text.len();
    for (number, word) in text.rsplit(' ').take(LONGEST_NAME).enumerate() {
        at = text.len().min(at) - word.len();
        // A mark behind a word ends what came before the name.
        if number > 0 && word.ends_with(|mark: char| !mark.is_alphanumeric()) {
            break;
        }
        if is_capitalized(word) {
            start = at + word.len() - word.trim_start_matches(MARKS).len();
        } else if start == text.len() || !JOINTS.contains(&word) {
            break;
        }
        at = at.saturating_sub(1);
    }
    (start < text.len()).then(|| &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, topic: &str) -> Vec<String> {
        let of_place = |(before, after): (&str, &str)| {
            [name_before(before), name_behind(after), initials(after, topic)]
                .into_iter()
                .flatten()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        places(text, topic).into_iter().flat_map(of_place).collect()
    }

    #[test]
    fn print_introduces_other_names() {
        for (text, found) in [
            ("the Harbor Act, also known as the Quay Law, was", &["Quay Law"][..]),
            ("the Harbor Act, known as “Quaycare,” was", &["Quaycare"]),
            ("the Harbor Act, or Quay Law, was", &["Quay Law"]),
            ("the Quay Law, formally known as the Harbor Act, was", &["Quay Law"]),
            ("the Quay Law, or the Harbor Act, was", &["Quay Law"]),
            ("the harbor act (HA) was", &[]),
            ("the Harbor Act (HA) was", &["HA"]),
            ("the Harbor Act dubbed Quay Law of Porto by all", &["Quay Law of Porto"]),
            ("the Harbor Act, or Ana Ruiz will resign", &[]),
            ("the Harbor Act (Tuesday) was", &[]),
            ("the Harbor Act, called a disaster by", &[]),
            ("the Harbor Actors, known as Quay", &[]),
            ("Harbor Act", &[]),
        ] {
            assert_eq!(names(text, "Harbor Act"), found, "{text}");
        }
    }
}
