//! Whether a query can be kept: its name, its question or SQL, its parameters, what it expects.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::error::Error;
use crate::query::question::parse;
use crate::query::question::vocabulary::Vocabulary;
use crate::query::sandbox::Sandbox;
use crate::query::saved::fill_in::{fill_in, parameters_of};
use crate::query::saved::parameter::{Parameter, ParameterKind, Value};
use crate::query::saved::saved_query::{Asks, SavedQuery};
use crate::query::shipped;

/// Fails where a query cannot be kept as it is, or could never be run.
pub fn check(
    query: &SavedQuery,
    sandbox: &Sandbox,
    archive: &dyn Vocabulary,
    today: NaiveDate,
) -> Result<(), Error> {
    check_name(&query.name)?;
    let names: Vec<String> = match &query.asks {
        Asks::Question(question) => {
            check_question(question, &query.parameters, today, archive)?;
            parameters_of(question).into_iter().map(str::to_owned).collect()
        }
        Asks::Sql(sql) => sandbox.parameter_names(sql)?,
    };
    let mut described = BTreeSet::new();
    for parameter in &query.parameters {
        let name = &parameter.name;
        if !names.contains(name) {
            let has = match names.as_slice() {
                [] => "it has none".to_owned(),
                names => format!("it has: {}", names.join(", ")),
            };
            return Err(Error::usage(format!("the query has no parameter `{name}`")).hint(has));
        }
        if !described.insert(name) {
            return Err(Error::usage(format!("the parameter `{name}` is described twice")));
        }
        parameter.check_default(today)?;
    }
    let has_default =
        |name: &&String| query.parameters.iter().any(|known| known.name == **name && known.default.is_some());
    match names.iter().find(|name| !has_default(name)) {
        Some(name) if !query.expectations.is_empty() => Err(Error::usage(format!(
            "what the answer is expected to hold cannot be tested: the parameter `{name}` has no default"
        ))
        .hint(format!("give it one, such as --parameter \"{name}=VALUE\""))),
        _ => Ok(()),
    }
}

/// Fails where a query cannot be kept under this name.
pub fn check_name(name: &str) -> Result<(), Error> {
    let plain = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.');
    if name.is_empty() || name.starts_with('-') || !name.chars().all(plain) {
        return Err(Error::usage(format!("`{name}` cannot be the name of a query"))
            .hint("use letters, digits, `_`, `.` and, but for its beginning, `-`"));
    }
    if shipped::names().any(|shipped| shipped == name) {
        return Err(
            Error::usage(format!("`{name}` is a query that comes with onrecord")).hint("choose another name")
        );
    }
    Ok(())
}

/// Fails where a question is not understood, whatever its parameters stand for.
fn check_question(
    question: &str,
    known: &[Parameter],
    today: NaiveDate,
    archive: &dyn Vocabulary,
) -> Result<(), Error> {
    const MOST_PARAMETERS: usize = 6;
    let names = parameters_of(question);
    if names.len() > MOST_PARAMETERS {
        return Err(Error::usage(format!("a question has at most {MOST_PARAMETERS} parameters")));
    }
    let kind = |name: &str| known.iter().find(|known| known.name == name).and_then(|known| known.kind);
    // Each parameter of which nothing is known may stand for a name or for a date.
    let mut result = Ok(());
    for choice in 0..1_usize << names.len() {
        let value = |(index, name): (usize, &&str)| {
            let usual = if choice >> index & 1 == 0 { ParameterKind::Name } else { ParameterKind::Date };
            let text = kind(name).unwrap_or(usual).example().to_owned();
            Value { name: (*name).to_owned(), text, kind: kind(name) }
        };
        let values: Vec<Value> = names.iter().enumerate().map(value).collect();
        match fill_in(question, &values, today, archive).and_then(|read| read.question.subject_matter()) {
            Ok(_) => return Ok(()),
            Err(error) => result = Err(error),
        }
    }
    // The error speaks of what was asked, not of the values that were tried.
    result.map_err(|error| parse::parse(question, today).err().unwrap_or(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::question::vocabulary::NoArchive;

    fn check_question(question: &str, known: &[Parameter], today: NaiveDate) -> Result<(), Error> {
        super::check_question(question, known, today, &NoArchive)
    }

    #[test]
    fn nonsense_is_refused_before_it_is_kept() -> Result<(), Error> {
        let today = NaiveDate::default();
        for question in ["who said what in {year} about {x}?", "who is {x}?", "who said what about Porto?"] {
            assert!(check_question(question, &[], today).is_ok(), "{question}");
        }
        for question in ["{x}", "tell {x} that {y}", "", "who sang what about {x}?"] {
            assert!(check_question(question, &[], today).is_err(), "{question}");
        }
        let error = check_question("tell {x} that {y}", &[], today).map_err(|error| error.to_string());
        assert!(error.is_err_and(|error| error.contains("{x}") && !error.contains("2017")));
        let question = "who said what about Porto since {year}?";
        assert!(check_question(question, &[Parameter::read("year:date")?], today).is_ok());
        let question = "how are Porto and {x} related?";
        assert!(check_question(question, &[Parameter::read("x:name")?], today).is_ok());
        Ok(())
    }

    #[test]
    fn names_are_plain_and_not_taken() {
        for (name, good) in [
            ("porto_2017", true),
            ("", false),
            ("a b", false),
            ("-a", false),
            ("said_by", false),
            ("\u{1b}", false),
        ] {
            assert_eq!(check_name(name).is_ok(), good, "{name}");
        }
    }
}
