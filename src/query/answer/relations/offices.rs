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

/// What a candidate is to an office.
const STANDS_FOR: &str = "candidate_for";

/// What the holder of an office is to whatever it is of.
const HOLDS: [&str; 3] = ["leads", "holds_office", "spokesperson_for"];

/// The question for the holders of an office that a question for a name, or for an office of a name, means; none where it means
/// a name.
pub(super) fn meant(
    db: &Connection,
    question: &Question,
    notes: &mut Notes,
) -> Result<Option<Question>, Error> {
    // `who ran for president?`: the office is what they stand for, and not whom.
    if question.predicates == [STANDS_FOR]
        && let (None, Some(office)) = (&question.detail, &question.object)
        && names::find(db, office)?.is_empty()
        && narrow::is_detail_of(db, STANDS_FOR, office)?
    {
        return Ok(Some(Question { object: None, detail: Some(office.clone()), ..question.clone() }));
    }
    let asked = match (&question.who, &question.detail, &question.object) {
        (Some(who), ..) => who.clone(),
        // `the secretary of state` is no secretary of something called State.
        (None, Some(office), Some(place)) => {
            let whole = format!("{office} of {place}");
            if narrow::office(db, &whole)?.is_none() {
                return Ok(None);
            }
            whole
        }
        _ => return Ok(None),
    };
    // `the president` may be what an article calls somebody; it is an office all the same.
    let is_described = asked.get(..4).is_some_and(|first| first.eq_ignore_ascii_case("the "));
    if !is_described && !names::find(db, &asked)?.is_empty() {
        return Ok(None);
    }
    let Some((office, place)) = parts(db, &asked)? else { return Ok(None) };
    notes.add(match &place {
        Some(place) => format!("\"{asked}\" is an office: these hold or held it in {place}"),
        None => format!(
            "\"{asked}\" is an office: these hold or held it, anywhere; add the country or body to narrow it"
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

/// An office and what it is of, as most of the archive has it: `secretary of state`, `finance minister of Valdora`, `the Valdoran finance
/// minister`, `the Harbor Bank spokeswoman`; none where the archive has no such office.
fn parts(db: &Connection, words: &str) -> Result<Option<(String, Option<String>)>, Error> {
    let bare = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
    let of_people = bare.split_once(' ').and_then(|(first, rest)| Some((rest, country_of_people(first)?)));
    let mut readings: Vec<(&str, Option<String>)> = vec![(words, None)];
    readings.extend(of_people.map(|(office, country)| (office, Some(country))));
    let gaps = bare.match_indices(' ').map(|(gap, _)| bare.split_at(gap));
    readings.extend(gaps.map(|(place, office)| (office.trim_start(), Some(place.to_owned()))));
    for link in [" of ", " for ", " at ", " in "] {
        readings.extend(words.rsplit_once(link).map(|(office, place)| (office, Some(place.to_owned()))));
    }
    let mut best = (0, None);
    for (office, place) in readings {
        let held = narrow::held(db, office, place.as_deref())?;
        if held > best.0 {
            best = (held, Some((office.to_owned(), place)));
        }
    }
    Ok(best.1)
}
