//! Queries that are kept under a name: those of the database, and those that come with the program.
//!
//! Knows how their parameters are found and filled in. Writing them is the store's.

use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

use crate::dates::Dates;
use crate::error::Error;
use crate::name_key::name_key;
use crate::query::failure::read_error;
use crate::query::question::{Question, parse};
use crate::query::shipped;

/// A query under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuery {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it asks.
    pub asks: Asks,
    /// Whether it comes with the program.
    pub shipped: bool,
}

/// What a saved query asks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Asks {
    /// A question in English, with `{name}` for its parameters.
    Question(String),
    /// A SELECT, with `:name` for its parameters.
    Sql(String),
}

/// Values for parameters, by name, as they were typed.
pub type Values = [(String, String)];

const ALL: &str = "SELECT name, description, question, sql FROM saved_queries ORDER BY name";
const ONE: &str = "SELECT name, description, question, sql FROM saved_queries WHERE name = :name";

/// All queries: those of the database first, each part sorted by name.
pub fn list(db: &Connection) -> Result<Vec<SavedQuery>, Error> {
    let mut statement = db.prepare(ALL).map_err(read_error)?;
    let own = statement.query_map([], from_row).map_err(read_error)?;
    let mut all = own.collect::<Result<Vec<_>, _>>().map_err(read_error)?;
    all.extend(shipped::SHIPPED.iter().map(|(name, sql)| of_program(name, sql)));
    Ok(all)
}

/// The query of that name; fails with the nearest names where there is none.
pub fn find(db: &Connection, name: &str) -> Result<SavedQuery, Error> {
    if let Some((name, sql)) = shipped::SHIPPED.iter().find(|(shipped, _)| *shipped == name) {
        return Ok(of_program(name, sql));
    }
    match db.query_row(ONE, named_params! {":name": name}, from_row) {
        Ok(query) => Ok(query),
        Err(rusqlite::Error::QueryReturnedNoRows) => Err(unknown(name, &list(db)?)),
        Err(cause) => Err(read_error(cause)),
    }
}

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<SavedQuery> {
    let question: Option<String> = row.get("question")?;
    let asks = match question {
        Some(question) => Asks::Question(question),
        None => Asks::Sql(row.get("sql")?),
    };
    Ok(SavedQuery { name: row.get("name")?, description: row.get("description")?, asks, shipped: false })
}

fn of_program(name: &str, sql: &str) -> SavedQuery {
    SavedQuery {
        name: name.to_owned(),
        description: Some(shipped::description(sql).to_owned()),
        asks: Asks::Sql(sql.to_owned()),
        shipped: true,
    }
}

fn unknown(name: &str, all: &[SavedQuery]) -> Error {
    let mut near: Vec<&str> = all.iter().map(|query| query.name.as_str()).collect();
    near.sort_by(|one, other| strsim::jaro_winkler(name, other).total_cmp(&strsim::jaro_winkler(name, one)));
    near.truncate(3);
    Error::usage(format!("there is no saved query `{name}`"))
        .hint(format!("near it: {}", near.join(", ")))
        .hint("list all with: onrecord saved list")
}

/// Fails where a query cannot be kept under this name.
pub fn check_name(name: &str) -> Result<(), Error> {
    let plain = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.');
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Error::usage(format!("`{name}` cannot be the name of a query"))
            .hint("use letters, digits, `_`, `-` and `.`"));
    }
    if shipped::names().any(|shipped| shipped == name) {
        return Err(
            Error::usage(format!("`{name}` is a query that comes with onrecord")).hint("choose another name")
        );
    }
    Ok(())
}

/// The parameters of a question: the words between braces, each once, in order.
pub fn parameters_of_question(question: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in question.split('{').skip(1) {
        let Some((name, _)) = part.split_once('}') else { continue };
        if is_parameter(name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn is_parameter(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// The question with values for its parameters; fails where one is missing or unknown.
///
/// A value is one name or one date, whatever words it holds: it cannot change what is asked.
pub fn fill_in(question: &str, values: &Values, today: NaiveDate) -> Result<Question, Error> {
    let names = parameters_of_question(question);
    if let Some((unknown, _)) = values.iter().find(|(name, _)| !names.contains(&name.as_str())) {
        let has =
            if names.is_empty() { "it has none".to_owned() } else { format!("it has: {}", names.join(", ")) };
        return Err(Error::usage(format!("the question has no parameter {{{unknown}}}")).hint(has));
    }
    let mut filled = String::new();
    let mut rest = question;
    while let Some((before, name, after)) = next_parameter(rest) {
        let value = values.iter().rev().find(|(given, _)| given == name);
        let Some((_, value)) = value else {
            return Err(Error::usage(format!("the parameter {{{name}}} has no value"))
                .hint(format!("give it as {name}=VALUE")));
        };
        filled.push_str(before);
        let is_quoted = before.ends_with(MARKS) && after.starts_with(MARKS);
        filled.push_str(&if is_quoted { value.replace(MARKS, " ") } else { as_one_word(value, today) });
        rest = after;
    }
    filled.push_str(rest);
    parse::parse(&filled, today)
}

/// What may stand around a parameter in a question: `who said "{words}"?`.
const MARKS: [char; 5] = ['"', '“', '”', '«', '»'];

/// The text before the next parameter, its name, and the text after it.
fn next_parameter(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('{').find_map(|(start, _)| {
        let (name, after) = text[start + 1..].split_once('}')?;
        is_parameter(name).then_some((&text[..start], name, after))
    })
}

/// A date as it is; anything else in quotation marks that it does not hold itself.
fn as_one_word(value: &str, today: NaiveDate) -> String {
    if Dates::parse(value, today).is_ok() {
        return value.to_owned();
    }
    let free = [('"', '"'), ('“', '”'), ('«', '»')]
        .into_iter()
        .find(|(open, close)| !value.contains(*open) && !value.contains(*close));
    match free {
        Some((open, close)) => format!("{open}{value}{close}"),
        None => format!("\"{}\"", value.replace('"', " ")),
    }
}

/// Fails where a question is not understood, whatever its parameters stand for.
pub fn check_question(question: &str, today: NaiveDate) -> Result<(), Error> {
    const MOST_PARAMETERS: usize = 6;
    let names = parameters_of_question(question);
    if names.len() > MOST_PARAMETERS {
        return Err(Error::usage(format!("a question has at most {MOST_PARAMETERS} parameters")));
    }
    // Each parameter may stand for a name or for a date.
    let mut result = Ok(());
    for choice in 0..1_usize << names.len() {
        let value = |index: usize| if choice >> index & 1 == 0 { "Ana Ruiz" } else { "2017" };
        let values: Vec<(String, String)> = names
            .iter()
            .enumerate()
            .map(|(index, name)| ((*name).to_owned(), value(index).to_owned()))
            .collect();
        match fill_in(question, &values, today).and_then(|question| question.subject_matter()) {
            Ok(_) => return Ok(()),
            Err(error) => result = Err(error),
        }
    }
    // The error speaks of what was asked, not of the values that were tried.
    result.map_err(|error| parse::parse(question, today).err().unwrap_or(error))
}

/// The values for a query of the program, with names in the form in which they are compared.
pub fn values_for(query: &SavedQuery, values: &Values) -> Vec<(String, String)> {
    let names: Vec<&str> = match &query.asks {
        Asks::Sql(sql) if query.shipped => shipped::parameters(sql)
            .into_iter()
            .filter(|(_, is_name)| *is_name)
            .map(|(name, _)| name)
            .collect(),
        _ => Vec::new(),
    };
    let folded =
        |name: &str, value: &str| if names.contains(&name) { name_key(value) } else { value.to_owned() };
    values.iter().map(|(name, value)| (name.clone(), folded(name, value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn filled(question: &str, pairs: &[(&str, &str)]) -> String {
        match fill_in(question, &values(pairs), NaiveDate::default()) {
            Ok(question) => question.to_flags(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn values_take_the_place_of_parameters() {
        for (question, pairs, meaning) in [
            ("who said what about {x}?", &[("x", "Ana Ruiz")][..], "--about 'Ana Ruiz'"),
            (
                "what did {who} say about {x} since {year}?",
                &[("who", "Ana"), ("x", "Porto"), ("year", "March 2017")],
                "--speaker Ana --about Porto --since 2017-03-01",
            ),
            // A value is one thing, whatever it holds.
            ("who said what about {x}?", &[("x", "Porto since 2017")], "--about 'Porto since 2017'"),
            ("who said what about {x}?", &[("x", "the \"Quay\" {x}")], "--about 'the \"Quay\" {x}'"),
            ("who said \"{words}\"?", &[("words", "never \"again\"")], "--match 'never  again'"),
            ("who said {words}?", &[("words", "never again")], "--match 'never again'"),
            ("who said what about {x}?", &[], "error: the parameter {x} has no value"),
            (
                "who said what about {x}?",
                &[("x", "a"), ("y", "b")],
                "error: the question has no parameter {y}",
            ),
        ] {
            assert_eq!(filled(question, pairs), meaning, "{question}");
        }
    }

    #[test]
    fn nonsense_is_refused_before_it_is_kept() {
        let today = NaiveDate::default();
        for question in ["who said what in {year} about {x}?", "who is {x}?", "who said what about Porto?"] {
            assert!(check_question(question, today).is_ok(), "{question}");
        }
        for question in ["{x}", "tell {x} that {y}", "", "who said wat about {x}?"] {
            assert!(check_question(question, today).is_err(), "{question}");
        }
        let error = check_question("tell {x} that {y}", today).map_err(|error| error.to_string());
        assert!(error.is_err_and(|error| error.contains("{x}") && !error.contains("2017")));
    }

    #[test]
    fn names_are_plain_and_not_taken() {
        for (name, good) in
            [("porto_2017", true), ("", false), ("a b", false), ("said_by", false), ("\u{1b}", false)]
        {
            assert_eq!(check_name(name).is_ok(), good, "{name}");
        }
    }

    #[test]
    fn parameters_are_found_once_and_in_order() {
        assert_eq!(parameters_of_question("{b} and {a} and {b} and { } and {"), ["b", "a"]);
    }
}
