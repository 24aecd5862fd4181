//! A byline, as printed → the names in it.
//!
//! Says nothing about who is a real person: it takes off what stands around names (`By`, `Staff Writer`, a date) and parts what
//! stands between them (`and`, `;`, `|`). What it does not understand it leaves as it is.

use crate::calendar;

/// The longest line that may be a byline, in bytes.
const LONGEST_BYLINE: usize = 200;

/// With what bylines begin, in lower case.
const BEGINNINGS: &[&str] = &[
    "by ",
    "by: ",
    "written by ",
    "reported by ",
    "reporting by ",
    "story by ",
    "words by ",
    "text by ",
    "posted by ",
    "published by ",
    "author: ",
    "authors: ",
    "byline: ",
];

/// Words of offices: what holds one is no name.
const OFFICES: &[&str] = &[
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "columnist",
    "contributor",
    "contributors",
    "staff",
    "bureau",
    "producer",
    "journalist",
    "intern",
    "chief",
];

/// Small words that stand in names.
const PARTICLES: &[&str] = &[
    "de", "da", "di", "do", "dos", "del", "della", "der", "den", "van", "von", "zu", "la", "le", "el", "al",
    "bin", "bint", "ibn", "y", "e", "ter", "ten", "du", "des",
];

/// What stands behind a name and belongs to it.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "md", "phd", "esq"];

/// A list of authors in one string as one string of names parted by `, `: without `By`, each name once.
pub(crate) fn joined(byline: &str) -> Option<String> {
    let names = distinct(names(byline));
    (!names.is_empty()).then(|| names.join(", "))
}

/// Each name once, whatever its case; the first spelling counts.
pub(crate) fn distinct(names: Vec<String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    names
        .into_iter()
        .filter(|name| {
            let folded = name.to_lowercase();
            let is_new = !seen.contains(&folded);
            if is_new {
                seen.push(folded);
            }
            is_new
        })
        .collect()
}

/// The names in a field that holds authors. What cannot be parted is one name.
pub(crate) fn names(field: &str) -> Vec<String> {
    let field = without_beginning(field.trim());
    let mut parts: Vec<&str> = field.split([';', '|', '\n', '•', '·']).collect();
    parts = parts.into_iter().flat_map(by_commas).flat_map(by_conjunction).collect();
    let parts =
        parts.into_iter().map(|part| without_beginning(part.trim().trim_end_matches([',', '=', '<'])));
    parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The parts between commas where each is a name of at least two words, or an office that goes with the one before; else the
/// whole.
fn by_commas(list: &str) -> Vec<&str> {
    let parts: Vec<&str> = list.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_last = |part: &str| part.starts_with("and ") || part.starts_with("& ");
    let are_names = parts.len() > 1
        && parts.iter().all(|part| {
            let part = part.trim_start_matches("and ").trim_start_matches("& ");
            is_office(part) || part.split(" and ").flat_map(|part| part.split(" & ")).all(is_full_name)
        });
    if !are_names {
        return vec![list];
    }
    let names = parts.iter().filter(|part| !is_office(part));
    names
        .map(|part| if is_last(part) { part.split_once(' ').map_or(*part, |(_, name)| name) } else { part })
        .collect()
}

/// The parts around `and`, `&`, `with` and `/` where both are full names; else the whole.
fn by_conjunction(list: &str) -> Vec<&str> {
    for mark in [" and ", " AND ", " And ", " & ", " with ", "/"] {
        let parts: Vec<&str> = list.split(mark).collect();
        if parts.len() > 1 && parts.iter().all(|part| is_full_name(part.trim())) {
            return parts;
        }
    }
    vec![list]
}

fn without_beginning(byline: &str) -> &str {
    let found = BEGINNINGS.iter().find(|beginning| {
        byline.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
    });
    found.map_or(byline, |beginning| byline[beginning.len()..].trim())
}

fn is_office(part: &str) -> bool {
    let part = part.to_lowercase();
    part.starts_with("special to ") || part.split([' ', '-']).any(|word| OFFICES.contains(&word))
}

/// Whether a text may be the first and last name of somebody.
fn is_full_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=5).contains(&words.len()) && !is_office(text) && words.iter().all(|word| is_name_word(word))
}

fn is_name_word(word: &str) -> bool {
    let word = word.trim_matches([',', '.', '“', '”', '"', '(', ')']);
    let is_small = PARTICLES.contains(&word) || SUFFIXES.contains(&word.to_lowercase().as_str());
    is_small
        || word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|mark| mark.is_alphabetic() || matches!(mark, '\'' | '’' | '-' | '.'))
}

/// The names in a line that stands by itself, if it is a byline: `By Ana Ruiz, Staff Writer | May 6, 2024`.
pub(crate) fn in_line(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    let named = without_beginning(line);
    if line.len() > LONGEST_BYLINE || named.len() == line.len() {
        return None;
    }
    in_words(named)
}

/// The names that a text begins with: as far as its words may be names, before an office, a place or a date.
pub(crate) fn in_words(text: &str) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    let mut take = |name: &mut Vec<&str>| {
        while name.last().is_some_and(|word| PARTICLES.contains(word)) {
            name.pop();
        }
        let full = name.join(" ");
        let full = full.trim_end_matches([',', ':', ';']);
        let known = name.len() <= 5 && (name.len() >= 2 || names.is_empty());
        if !name.is_empty() && known && !is_office(full) {
            names.push(full.to_owned());
        }
        name.clear();
    };
    let first = text.split(['|', '•', '·', '—', '–', '(', '\n', '\t']).next().unwrap_or_default();
    let words: Vec<&str> = first.split_whitespace().collect();
    let (mut ended, mut further) = (false, Vec::new());
    for (at, word) in words.iter().enumerate() {
        let ends = word.ends_with([',', ';', ':']);
        let bare = word.trim_end_matches([',', ';', ':']);
        if is_between(bare) {
            take(&mut name);
            continue;
        }
        let follows_number =
            words.get(at + 1).is_some_and(|next| next.starts_with(|mark: char| mark.is_ascii_digit()));
        let is_of_date = follows_number && calendar::month(|month| is_start_of(bare, month.name)).is_some()
            || calendar::WEEKDAYS.iter().any(|day| bare.to_lowercase() == *day);
        let is_rest = matches!(
            bare.to_lowercase().as_str(),
            "published" | "updated" | "posted" | "last" | "for" | "in" | "of" | "at" | "on"
        );
        let is_title = is_office(bare) && !name.is_empty();
        if is_of_date || is_rest || is_title || !is_name_word(bare) || bare.is_empty() {
            // A sentence goes on in small letters: `By Christmas the bridge …`.
            let is_small = bare.starts_with(char::is_lowercase) && !is_rest && !is_office(bare);
            if is_small && !at.checked_sub(1).is_some_and(|before| words[before].ends_with([',', ';'])) {
                return None;
            }
            ended = true;
            if bare == "in" {
                further = behind_place(&words[at + 1..]);
            }
            break;
        }
        name.push(bare);
        if ends {
            take(&mut name);
        }
    }
    take(&mut name);
    let is_sentence = ended && text.trim_end().ends_with(['.', '!', '?', '”', '"']) && words.len() > 6;
    names.extend(further);
    let names = distinct(names);
    // `By land and sea`: of several names each has two words.
    let is_phrase = names.iter().any(|name| !name.contains(' ')) && words.iter().any(|word| is_between(word));
    (!names.is_empty() && !is_sentence && !is_phrase).then_some(names)
}

/// The longest name of a place, in words.
const LONGEST_PLACE: usize = 4;

/// Words that names of places begin with, and those of people hardly ever.
const OF_PLACES: &[&str] = &[
    "New", "San", "Santa", "Los", "Las", "Saint", "St.", "North", "South", "East", "West", "Northern",
    "Southern", "Eastern", "Western", "Central", "Upper", "Lower", "Fort", "Port", "Cape", "Mount", "Lake",
    "Hong", "Tel", "Abu", "Buenos", "Rio", "Sri", "Saudi", "United", "Great", "Costa", "Puerto",
];

/// The names behind the place of the author before them: `Port Merrow and Leo Brandt`, `Port Merrow, Leo Brandt in Sereno`.
/// `Trinidad and Tobago`, `London and New York` and `Albany, New York` are places.
fn behind_place(words: &[&str]) -> Vec<String> {
    let Some(end) = words.iter().position(|word| is_between(word) || word.ends_with([',', ';'])) else {
        return Vec::new();
    };
    let is_listed = !is_between(words[end]);
    let place = end + usize::from(is_listed);
    let is_place = (1..=LONGEST_PLACE).contains(&place)
        && words[..place].iter().all(|word| word.starts_with(char::is_uppercase));
    let rest = &words[end + 1..];
    let rest = if is_listed { rest.strip_prefix(&["and"]).unwrap_or(rest) } else { rest };
    // A place of its own shows that the next is a name and no part of this place.
    let has_place =
        rest.iter().position(|word| *word == "in").is_some_and(|at| is_full_name(&rest[..at].join(" ")));
    let is_further = rest.first().is_some_and(|word| !OF_PLACES.contains(word)) && (has_place || !is_listed);
    let names = if is_place && is_further { in_words(&rest.join(" ")) } else { None };
    names.filter(|names| names.iter().all(|name| name.contains(' '))).unwrap_or_default()
}

/// Whether a word stands between names.
fn is_between(word: &str) -> bool {
    matches!(word, "and" | "And" | "AND" | "&" | "with")
}

fn is_start_of(word: &str, month: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    word.len() >= 3 && month.starts_with(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_authors_in_one_string_are_parted() {
        for (field, expected) in [
            ("By Ana Ruiz", "Ana Ruiz"),
            ("Ana Ruiz and Leo Brandt", "Ana Ruiz, Leo Brandt"),
            ("Ana Ruiz, Leo Brandt and Mia Chen", "Ana Ruiz, Leo Brandt, Mia Chen"),
            ("Ana Ruiz, Leo Brandt, and Mia Chen", "Ana Ruiz, Leo Brandt, Mia Chen"),
            ("ANA RUIZ; Leo Brandt | Ana Ruiz", "ANA RUIZ, Leo Brandt"),
            ("Ana Ruiz & Leo Brandt", "Ana Ruiz, Leo Brandt"),
            ("Ana Ruiz, Staff Writer", "Ana Ruiz"),
            ("Ludwig van der Berg/Ana Ruiz", "Ludwig van der Berg, Ana Ruiz"),
            ("Ruiz, Ana", "Ruiz, Ana"),
            ("Ana Ruiz, Associated Press", "Ana Ruiz, Associated Press"),
            ("Food and Drug Administration", "Food and Drug Administration"),
            ("The editors", "The editors"),
            ("Tidewell Post", "Tidewell Post"),
        ] {
            assert_eq!(joined(field).as_deref(), Some(expected), "{field}");
        }
        assert_eq!(joined(" "), None);
    }

    #[test]
    fn a_byline_is_told_from_a_sentence() {
        for (line, expected) in [
            ("By Ana Ruiz", &["Ana Ruiz"][..]),
            ("BY ANA RUIZ AND LEO BRANDT", &["ANA RUIZ", "LEO BRANDT"]),
            ("By Ana Ruiz, Staff Writer | May 6, 2024", &["Ana Ruiz"]),
            ("By Ana Ruiz May 6, 2024 10:15 am", &["Ana Ruiz"]),
            ("By Ana Ruiz Staff Writer", &["Ana Ruiz"]),
            ("By Staffan Berg", &["Staffan Berg"]),
            ("Written by Ana Ruiz for the Tidewell Post", &["Ana Ruiz"]),
            ("By Ana Ruiz in Port Merrow and Leo Brandt", &["Ana Ruiz", "Leo Brandt"]),
            (
                "By Ana Ruiz in Port Merrow, Leo Brandt in Sereno and Mia Chen",
                &["Ana Ruiz", "Leo Brandt", "Mia Chen"],
            ),
            ("By Ana Ruiz in London and New York", &["Ana Ruiz"]),
            ("By Ana Ruiz in Albany, New York, in May", &["Ana Ruiz"]),
            ("By Ana Ruiz in Sereno, Merrow County", &["Ana Ruiz"]),
            ("By Ana Ruiz in Trinidad and Tobago", &["Ana Ruiz"]),
            ("By Ana Ruiz in Port Merrow with help from Leo Brandt", &["Ana Ruiz"]),
            ("By April Mayer", &["April Mayer"]),
        ] {
            assert_eq!(
                in_line(line).as_deref(),
                Some(&expected.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()[..]),
                "{line}"
            );
        }
        for line in [
            "By Monday the bridge over the Tidewell had been closed.",
            "By the time she came, it was closed.",
            "By Christmas the bridge will be closed.",
            "By Land and Sea",
            "Ana Ruiz",
            "By 2024",
        ] {
            assert_eq!(in_line(line), None, "{line}");
        }
    }
}
