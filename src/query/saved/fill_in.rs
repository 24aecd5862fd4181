//! Parameters of a question: how they are found, and how values take their place.

use chrono::NaiveDate;

use crate::dates::Dates;
use crate::error::Error;
use crate::query::question::parse::{self, Reading};
use crate::query::question::vocabulary::Vocabulary;
use crate::query::saved::parameter::{ParameterKind, Value, is_name};

/// The parameters of a question: the words between braces, each once, in order.
pub fn parameters_of(question: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in question.split('{').skip(1) {
        let Some((name, _)) = part.split_once('}') else { continue };
        if is_name(name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The question with values for its parameters; fails where one is missing or unknown.
///
/// A value is one name or one date, whatever words it holds: it cannot change what is asked.
pub fn fill_in(
    question: &str,
    values: &[Value],
    today: NaiveDate,
    archive: &dyn Vocabulary,
) -> Result<Reading, Error> {
    let names = parameters_of(question);
    if let Some(unknown) = values.iter().find(|value| !names.contains(&value.name.as_str())) {
        let has =
            if names.is_empty() { "it has none".to_owned() } else { format!("it has: {}", names.join(", ")) };
        return Err(Error::usage(format!("the question has no parameter {{{}}}", unknown.name)).hint(has));
    }
    let mut filled = String::new();
    let mut rest = question;
    while let Some((before, name, after)) = next_parameter(rest) {
        let Some(value) = values.iter().rev().find(|value| value.name == name) else {
            return Err(Error::usage(format!("the parameter {{{name}}} has no value"))
                .hint(format!("give it as {name}=VALUE")));
        };
        filled.push_str(before);
        let is_quoted = before.ends_with(MARKS) && after.starts_with(MARKS);
        filled.push_str(&if is_quoted { value.text.replace(MARKS, " ") } else { as_one_word(value, today) });
        rest = after;
    }
    filled.push_str(rest);
    parse::read(&filled, today, archive)
}

/// What may stand around a parameter in a question: `who said "{words}"?`.
const MARKS: [char; 5] = ['"', '“', '”', '«', '»'];

/// The text before the next parameter, its name, and the text after it.
fn next_parameter(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices('{').find_map(|(start, _)| {
        let (name, after) = text[start + 1..].split_once('}')?;
        is_name(name).then_some((&text[..start], name, after))
    })
}

/// A date or a number as it is; anything else in quotation marks that it does not hold itself.
fn as_one_word(value: &Value, today: NaiveDate) -> String {
    let text = &value.text;
    let is_bare = match value.kind {
        Some(ParameterKind::Date | ParameterKind::Number) => true,
        Some(ParameterKind::Name | ParameterKind::Text) => false,
        None => Dates::parse(text, today).is_ok(),
    };
    if is_bare {
        return text.trim().to_owned();
    }
    let free = [('"', '"'), ('“', '”'), ('«', '»')]
        .into_iter()
        .find(|(open, close)| !text.contains(*open) && !text.contains(*close));
    match free {
        Some((open, close)) => format!("{open}{text}{close}"),
        None => format!("\"{}\"", text.replace('"', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::question::vocabulary::NoArchive;

    fn filled(question: &str, pairs: &[(&str, &str)], kind: Option<ParameterKind>) -> String {
        let value =
            |(name, text): &(&str, &str)| Value { name: (*name).to_owned(), text: (*text).to_owned(), kind };
        let values: Vec<Value> = pairs.iter().map(value).collect();
        match fill_in(question, &values, NaiveDate::default(), &NoArchive) {
            Ok(reading) => reading.question.to_flags(),
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
            assert_eq!(filled(question, pairs, None), meaning, "{question}");
        }
    }

    #[test]
    fn a_name_is_no_date_whatever_it_looks_like() {
        let (question, march) = ("who said what about {x}?", [("x", "March 2017")]);
        assert_eq!(filled(question, &march, Some(ParameterKind::Name)), "--about 'March 2017'");
        let since = "who said what about Porto since {x}?";
        let date = filled(since, &march, Some(ParameterKind::Date));
        assert_eq!(date, "--about Porto --since 2017-03-01");
    }

    #[test]
    fn parameters_are_found_once_and_in_order() {
        assert_eq!(parameters_of("{b} and {a} and {b} and { } and {"), ["b", "a"]);
    }
}
