//! What the archive itself calls a topic besides the words asked for: `the Affordable Care Act, known as Obamacare`.
//!
//! Read from the articles that have the words when a question asks, by the phrases in which print introduces another name.
//! A name counts where two articles give it.

use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};
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

/// How print says that a thing has another name.
const KNOWN_AS: &str = r"(?:,? (?:also|better|commonly|widely|popularly|often|informally|formally|officially|sometimes|otherwise)? ?(?:known as|called|referred to as|dubbed|nicknamed|branded)| or simply)";

/// A name as print writes it, capitals throughout.
const NAME: &str =
    r#"(?:the )?[“"'‘]?((?:\p{Lu}[\p{L}\p{N}’'.-]*)(?: (?:of|the|for|and|on|\p{Lu}[\p{L}\p{N}’'.-]*)){0,5})"#;

/// The other names of a topic, those of most articles first.
pub(super) fn of(db: &Connection, topic: &str) -> Result<Vec<String>, Error> {
    let bare = ["the ", "The ", "a ", "an "].iter().find_map(|article| topic.strip_prefix(article));
    let bare = bare.unwrap_or(topic).trim();
    let Some((own_words, patterns)) = patterns(bare) else { return Ok(Vec::new()) };
    let mut articles: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let words = format!("{{body}} : {}", full_text::phrase(bare));
    for_each_row(db, WITH_WORDS, named_params! {":words": words, ":most": MOST_ARTICLES}, |row| {
        let body: String = row.get(0).map_err(read_error)?;
        let mut here: BTreeMap<String, String> = BTreeMap::new();
        for passage in own_words.find_iter(&body).filter_map(|place| around(&body, place.range())) {
            for found in patterns.iter().filter_map(|pattern| pattern.captures(passage)?.get(1)) {
                let name = trimmed(found.as_str());
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

/// The words around a place, if any of them may introduce another name: most places have none, and need no closer look.
fn around(body: &str, place: std::ops::Range<usize>) -> Option<&str> {
    const REACH: usize = 100;
    const MAY_INTRODUCE: [&str; 9] =
        ["known as", "called", "referred to as", "dubbed", "nicknamed", "branded", " or ", " (", "or simply"];
    let mut start = place.start.saturating_sub(REACH);
    while !body.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (place.end + REACH).min(body.len());
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let passage = &body[start..end];
    MAY_INTRODUCE.iter().any(|words| passage.contains(words)).then_some(passage)
}

/// The pattern of a topic itself, and those in which it and another name stand side by side; `None` for what is too short or too long to be one.
fn patterns(topic: &str) -> Option<(Regex, Vec<Regex>)> {
    const LONGEST: usize = 100;
    if topic.len() > LONGEST || topic.chars().filter(|character| character.is_alphabetic()).count() < 3 {
        return None;
    }
    let words: Vec<String> = topic.split_whitespace().map(regex::escape).collect();
    let topic = format!("(?i:{})", words.join(r"\s+"));
    let forms = [
        // The Harbor Act, also known as the Quay Law
        format!(r#"\b{topic}[”"’']?{KNOWN_AS} {NAME}"#),
        // the Quay Law, formally known as the Harbor Act
        format!(r#"{NAME}[”"’']?{KNOWN_AS} (?:the )?[“"'‘]?{topic}\b"#),
        // the Harbor Act, or Quay Law,
        format!(r#"\b{topic}, or {NAME}[”"’']?,"#),
        format!(r#"{NAME}, or (?:the )?[“"'‘]?{topic}[”"’']?,"#),
        // the Harbor Act (HA)
        format!(r"\b{topic} \((\p{{Lu}}{{2,6}})\)"),
    ];
    let read = |form: &String| RegexBuilder::new(form).size_limit(4 << 20).build().ok();
    let own_words = read(&format!(r"\b{topic}\b"))?;
    let forms = forms.iter().map(read).collect::<Option<Vec<_>>>()?;
    Some((own_words, forms))
}

/// A name without the words that only join it to what follows.
fn trimmed(name: &str) -> &str {
    let mut name = name.trim_end_matches(['.', ',', '’', '\'']);
    while let Some(shorter) =
        [" of", " the", " for", " and", " on"].iter().find_map(|end| name.strip_suffix(end))
    {
        name = shorter;
    }
    name
}
