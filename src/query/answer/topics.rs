//! What a quote is to be about: entities by their names, anything else by words.
//!
//! `A and B` is both, `A or B` either. Of words the archive itself tells other names: `the Affordable Care Act`, where articles
//! say that it is known as `Obamacare`.

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::statement::number;
use crate::query::answer::{full_text, other_names};
use crate::query::names;
use crate::query::notes::Notes;
use crate::query::stored_entity::StoredEntity;

/// One thing that a quote has to be about.
#[derive(Debug)]
pub(super) enum Topic {
    /// One of these.
    Entities(Vec<StoredEntity>),
    /// Has these words, for FTS5.
    Words(String),
    /// One of these, or has these words.
    Either(Vec<StoredEntity>, String),
}

/// What a name, words or a list of them stand for; a quote has to be about all.
pub(super) fn find(db: &Connection, about: &str, each: bool, notes: &mut Notes) -> Result<Vec<Topic>, Error> {
    let whole = names::meant(db, about, each, notes)?;
    if !whole.is_empty() {
        return single(db, about, whole, notes).map(|topic| vec![topic]);
    }
    let alternatives: Vec<&str> =
        about.split(" or ").map(str::trim).filter(|part| !part.is_empty()).collect();
    if alternatives.len() > 1 {
        return either(db, &alternatives, each, notes).map(|topic| vec![topic]);
    }
    if let Some((owner, thing)) = about.replace('’', "'").split_once("'s ")
        && !thing.trim().is_empty()
    {
        // `Lia Okafor's resignation`: about her, in these words.
        let known = names::meant(db, owner, each, notes)?;
        if !known.is_empty() {
            return Ok(vec![Topic::Entities(known), Topic::Words(words(db, thing, notes)?)]);
        }
    }
    let parts: Vec<&str> = names::split_list(about);
    if parts.len() < 2 {
        return unknown(db, about, each, notes).map(|topic| vec![topic]);
    }
    let mut part_notes = Notes::default();
    let mut known = 0;
    let mut topics = Vec::new();
    for part in &parts {
        let meant = names::meant(db, part, each, &mut part_notes)?;
        if meant.is_empty() {
            topics.push(unknown(db, part, each, &mut part_notes)?);
        } else {
            known += 1;
            topics.push(Topic::Entities(meant));
        }
    }
    // Words alone are no list: `war and peace` is one topic.
    if known == 0 {
        return unknown(db, about, each, notes).map(|topic| vec![topic]);
    }
    notes.extend(part_notes);
    let all = if parts.len() == 2 { "both" } else { "all" };
    let what = if known == parts.len() { "names" } else { "topics" };
    notes.add(format!("\"{about}\" was taken for {} {what}: a quote has to be about {all}", parts.len()));
    Ok(topics)
}

/// A name that somebody bears, or a word that hardly ever is one.
fn single(db: &Connection, about: &str, known: Vec<StoredEntity>, notes: &mut Notes) -> Result<Topic, Error> {
    if is_rather_a_word(db, about, known.iter().map(|one| one.mentions).sum())? {
        notes.add(format!(
            "quotes have \"{about}\" more often than it names anybody; looked for these words in them"
        ));
        return words(db, about, notes).map(Topic::Words);
    }
    Ok(Topic::Entities(known))
}

/// Any of several names and words.
fn either(db: &Connection, parts: &[&str], each: bool, notes: &mut Notes) -> Result<Topic, Error> {
    let (mut entities, mut expressions) = (Vec::new(), Vec::new());
    for part in parts {
        let meant = names::meant(db, part, each, notes)?;
        let topic =
            if meant.is_empty() { unknown(db, part, each, notes)? } else { single(db, part, meant, notes)? };
        match topic {
            Topic::Entities(known) => entities.extend(known),
            Topic::Words(expression) => expressions.push(format!("({expression})")),
            Topic::Either(known, expression) => {
                entities.extend(known);
                expressions.push(format!("({expression})"));
            }
        }
    }
    let expression = expressions.join(" OR ");
    Ok(match (entities.is_empty(), expression.is_empty()) {
        (true, _) => Topic::Words(expression),
        (_, true) => Topic::Entities(entities),
        _ => Topic::Either(entities, expression),
    })
}

/// What is no name: words, if any quote has them, else the name that they are nearest to.
fn unknown(db: &Connection, about: &str, each: bool, notes: &mut Notes) -> Result<Topic, Error> {
    const HAS: &str = "SELECT EXISTS (SELECT 1 FROM quotes_fts WHERE quotes_fts MATCH :words)";
    let expression = words(db, about, notes)?;
    if number(db, HAS, &[(":words", &expression)])? == 0 {
        let nearest = names::misspelled(db, about, each, notes)?;
        if !nearest.is_empty() {
            return Ok(Topic::Entities(nearest));
        }
    }
    let note = names::note_on_unknown(db, about)?;
    notes.add(format!("{note}; looked for these words in the quotes"));
    Ok(Topic::Words(expression))
}

/// The words of a topic, and those by which the archive calls it else.
fn words(db: &Connection, about: &str, notes: &mut Notes) -> Result<String, Error> {
    let own = full_text::all_words(about);
    let others = other_names::of(db, about)?;
    if others.is_empty() {
        return Ok(own);
    }
    let quoted: Vec<String> = others.iter().map(|name| format!("\"{name}\"")).collect();
    notes.add(format!("articles call \"{about}\" {} too; looked for these words as well", quoted.join(", ")));
    let others: Vec<String> = others.iter().map(|name| full_text::phrase(name)).collect();
    Ok(format!("(({own}) OR {})", others.join(" OR ")))
}

/// Whether more quotes have some words than articles mention anybody by them: to this archive they are no name, though once or
/// twice they were read as one.
fn is_rather_a_word(db: &Connection, words: &str, mentions: i64) -> Result<bool, Error> {
    /// Who is mentioned more often is a name, without a look at the quotes.
    const CERTAIN: i64 = 1000;
    const QUOTES: &str = "
        SELECT count(*) FROM (SELECT 1 FROM quotes_fts WHERE quotes_fts MATCH :words LIMIT :most)";
    if mentions >= CERTAIN {
        return Ok(false);
    }
    let phrase = full_text::phrase(words);
    let most = mentions + 1;
    Ok(number(db, QUOTES, &[(":words", &phrase), (":most", &most)])? > mentions)
}
