//! Offices asked for as if they were names: `who is the attorney general?`, `who was finance minister of Valdora in 2015?`
//!
//! Knows the offices of the archive and what its people are called; a name that somebody bears is that name.

use rusqlite::Connection;

use crate::error::Error;
use crate::facts::country_of_people;
use crate::query::answer::relations::narrow;
use crate::query::names;
use crate::query::notes::Notes;
use crate::query::question::Question;

/// What the holder of an office is to whatever it is of.
const HOLDS: [&str; 3] = ["leads", "holds_office", "spokesperson_for"];

/// The question for the holders of an office that a question for a name means; none where it means a name.
pub(super) fn meant(
    db: &Connection,
    question: &Question,
    notes: &mut Notes,
) -> Result<Option<Question>, Error> {
    let Some(who) = &question.who else { return Ok(None) };
    let is_name = !names::find(db, who)?.is_empty();
    // `the president` may be what an article calls somebody; it is an office all the same.
    let is_described = who.get(..4).is_some_and(|first| first.eq_ignore_ascii_case("the "));
    if is_name && !is_described {
        return Ok(None);
    }
    let (office, place) = parts(who);
    let Some(_) = narrow::office(db, &office)? else { return Ok(None) };
    let place = place.filter(|place| names::find(db, place).is_ok_and(|known| !known.is_empty()));
    notes.add(match &place {
        Some(place) => format!("\"{who}\" is an office: these hold or held it in {place}"),
        None => format!(
            "\"{who}\" is an office: these hold or held it, anywhere; add the country or body to narrow it"
        ),
    });
    Ok(Some(Question {
        who: None,
        predicates: HOLDS.map(str::to_owned).to_vec(),
        detail: Some(office),
        object: place,
        ..question.clone()
    }))
}

/// An office and what it is of: `finance minister of Valdora`, `the Valdoran finance minister`.
fn parts(words: &str) -> (String, Option<String>) {
    for link in [" of ", " for ", " at ", " in "] {
        if let Some((office, place)) = words.split_once(link) {
            return (office.to_owned(), Some(place.to_owned()));
        }
    }
    let without_article = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
    let Some((first, rest)) = without_article.split_once(' ') else { return (words.to_owned(), None) };
    match country_of_people(first) {
        Some(country) => (rest.to_owned(), Some(country)),
        None => (words.to_owned(), None),
    }
}
