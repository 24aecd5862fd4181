//! [`Parameter`]: what a saved query asks of whoever runs it, and the values that it gets.
//!
//! On the command line a parameter is written `NAME:TYPE=DEFAULT: DESCRIPTION`, of which only the name has to be there.

use chrono::NaiveDate;

use crate::dates::Dates;
use crate::error::Error;

/// What the values of a parameter are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// Any words.
    Text,
    /// The name of a person, an organization or a place; SQL gets it as `aliases.alias_key` has it.
    Name,
    /// A date in the words that `--since` understands; SQL gets its first day, YYYY-MM-DD.
    Date,
    /// A number.
    Number,
}

impl ParameterKind {
    /// All of them, in the order in which help lists them.
    pub const ALL: [ParameterKind; 4] =
        [ParameterKind::Text, ParameterKind::Name, ParameterKind::Date, ParameterKind::Number];

    /// The word for it, here and in the database.
    pub fn name(self) -> &'static str {
        match self {
            ParameterKind::Text => "text",
            ParameterKind::Name => "name",
            ParameterKind::Date => "date",
            ParameterKind::Number => "number",
        }
    }

    /// The kind that a word stands for.
    pub fn named(word: &str) -> Option<ParameterKind> {
        ParameterKind::ALL.into_iter().find(|kind| kind.name() == word)
    }

    /// A value of this kind.
    pub fn example(self) -> &'static str {
        match self {
            ParameterKind::Text | ParameterKind::Name => "Ana Ruiz",
            ParameterKind::Date => "2017",
            ParameterKind::Number => "3",
        }
    }

    /// Fails where a value is of another kind.
    fn check(self, parameter: &str, value: &str, today: NaiveDate) -> Result<(), Error> {
        let wrong = || {
            let what = self.name();
            Error::usage(format!("`{value}` is no {what}, and the parameter {parameter} is a {what}"))
        };
        match self {
            ParameterKind::Text => Ok(()),
            ParameterKind::Name if value.trim().is_empty() => {
                Err(wrong().hint("give a name, such as Ana Ruiz"))
            }
            ParameterKind::Name => Ok(()),
            ParameterKind::Date => Dates::parse(value, today)
                .map(|_| ())
                .map_err(|error| error.hints().iter().cloned().fold(wrong(), Error::hint)),
            ParameterKind::Number if number(value).is_none() => {
                Err(wrong().hint("write it in figures, such as 3, -2 or 0.5"))
            }
            ParameterKind::Number => Ok(()),
        }
    }
}

/// A number in figures: a sign, digits, and at most one point.
pub(super) fn number(value: &str) -> Option<f64> {
    let plain = value.trim().bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    value.trim().parse().ok().filter(|number: &f64| plain && number.is_finite())
}

/// A parameter of a saved query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameter {
    /// What it is called, without braces or colon.
    pub name: String,
    /// What its values are; `None` where each is what it looks like.
    pub kind: Option<ParameterKind>,
    /// Its value where none is given.
    pub default: Option<String>,
    /// What it is, in words.
    pub description: Option<String>,
}

impl Parameter {
    /// Reads `NAME:TYPE=DEFAULT: DESCRIPTION`; a default that holds `: ` stands in double quotes.
    pub fn read(text: &str) -> Result<Parameter, Error> {
        let wrong = |reason: String| {
            Error::usage(format!("`{text}` is no parameter"))
                .because(reason)
                .hint("write NAME:TYPE=DEFAULT: DESCRIPTION, such as who:name=Ana Ruiz: who speaks")
        };
        let end = text.find([':', '=']).unwrap_or(text.len());
        let name = text[..end].trim();
        if !is_name(name) {
            return Err(wrong("a name has letters without accents, digits and `_`".into()));
        }
        let mut parameter = Parameter { name: name.to_owned(), ..Parameter::default() };
        let mut rest = &text[end..];
        if let Some(kind) = rest.strip_prefix(':')
            && !kind.starts_with(char::is_whitespace)
        {
            let end = kind.find([':', '=']).unwrap_or(kind.len());
            let word = kind[..end].trim();
            let known = ParameterKind::ALL.map(ParameterKind::name).join(", ");
            let kind_of_value = ParameterKind::named(word)
                .ok_or_else(|| wrong(format!("`{word}` is no type; the types are {known}")))?;
            parameter.kind = Some(kind_of_value);
            rest = &kind[end..];
        }
        if let Some(default) = rest.strip_prefix('=') {
            let (value, behind) = split_default(default)
                .ok_or_else(|| wrong("the quotation mark before its default is never closed".into()))?;
            parameter.default = Some(value.to_owned());
            rest = behind;
        }
        match rest.strip_prefix(':').map(str::trim) {
            Some(description) if !description.is_empty() => {
                parameter.description = Some(description.to_owned());
            }
            _ if rest.trim().is_empty() => {}
            _ => return Err(wrong(format!("`{}` is not understood", rest.trim()))),
        }
        Ok(parameter)
    }

    /// That of a shipped query: name, type and description.
    pub(super) fn of_program((name, kind, description): (&str, &str, &str)) -> Parameter {
        let name = name.to_owned();
        let kind = ParameterKind::named(kind);
        Parameter { name, kind, default: None, description: Some(description.to_owned()) }
    }

    /// The same on one line: `who (name; Ana Ruiz unless given): who speaks`.
    pub fn described(&self) -> String {
        let kind = self.kind.map(|kind| kind.name().to_owned());
        let default = self.default.as_ref().map(|default| match default.is_empty() {
            true => "empty unless given".to_owned(),
            false => format!("{default} unless given"),
        });
        let known: Vec<String> = kind.into_iter().chain(default).collect();
        let mut text = self.name.clone();
        if !known.is_empty() {
            text.push_str(&format!(" ({})", known.join("; ")));
        }
        if let Some(description) = &self.description {
            text.push_str(&format!(": {description}"));
        }
        text
    }

    /// Fails where its default is none of its values.
    pub(super) fn check_default(&self, today: NaiveDate) -> Result<(), Error> {
        match (&self.default, self.kind) {
            (Some(default), Some(kind)) => kind.check(&self.name, default, today),
            _ => Ok(()),
        }
    }
}

/// What stands before `: ` or the end, or in double quotes, and what follows.
fn split_default(text: &str) -> Option<(&str, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        return quoted.split_once('"');
    }
    let end = text.find(": ").unwrap_or(text.len());
    Some((text[..end].trim(), &text[end..]))
}

/// Whether a word can be the name of a parameter.
pub(super) fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// A value for a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Of which parameter.
    pub name: String,
    /// As it was typed.
    pub text: String,
    /// What it is; `None` for what it looks like.
    pub kind: Option<ParameterKind>,
}

/// The values that parameters get: those that are given, and defaults; fails where one is of another kind than its parameter.
///
/// `known` are parameters of which more is known than their names. Whether a value is missing, or given for no parameter at all,
/// shows when the values are filled in.
pub fn values(
    known: &[Parameter],
    given: &[(String, String)],
    today: NaiveDate,
) -> Result<Vec<Value>, Error> {
    let mut values = Vec::new();
    for parameter in known {
        let typed = given.iter().rev().find(|(name, _)| *name == parameter.name).map(|(_, value)| value);
        let Some(text) = typed.or(parameter.default.as_ref()) else { continue };
        if let Some(kind) = parameter.kind {
            kind.check(&parameter.name, text, today)?;
        }
        values.push(Value { name: parameter.name.clone(), text: text.clone(), kind: parameter.kind });
    }
    for (name, text) in given {
        if !known.iter().any(|parameter| parameter.name == *name) {
            values.push(Value { name: name.clone(), text: text.clone(), kind: None });
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_as_they_are_described() {
        for (text, described) in [
            ("who", "who"),
            ("who:name", "who (name)"),
            ("who:name=Ana Ruiz: who speaks", "who (name; Ana Ruiz unless given): who speaks"),
            ("year:date=2015", "year (date; 2015 unless given)"),
            ("year=2015: from when on", "year (2015 unless given): from when on"),
            ("who: who speaks", "who: who speaks"),
            ("words:text=\"so: be it\": what is said", "words (text; so: be it unless given): what is said"),
            ("words:text=", "words (text; empty unless given)"),
            ("least:number=-0.5 : how sure", "least (number; -0.5 unless given): how sure"),
        ] {
            let read = Parameter::read(text).map(|parameter| parameter.described());
            assert_eq!(read.ok().as_deref(), Some(described), "{text}");
        }
    }

    #[test]
    fn what_is_no_parameter_says_why() {
        for (text, reason) in [
            ("", "a name has letters"),
            ("two words", "a name has letters"),
            ("who:nam=x", "the types are text, name, date, number"),
            ("who:name=\"x", "never closed"),
            ("who:name=\"x\" y", "`y` is not understood"),
        ] {
            let error = Parameter::read(text).map_err(|error| error.to_string());
            assert!(error.as_ref().is_err_and(|error| error.contains(reason)), "{text}: {error:?}");
        }
    }

    #[test]
    fn values_are_of_the_kind_of_their_parameter() -> Result<(), Error> {
        let known = ["who:name=Ana Ruiz", "year:date", "least:number", "words:text"];
        let known = known.into_iter().map(Parameter::read).collect::<Result<Vec<_>, _>>()?;
        let given = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        for (name, value, good) in [
            ("who", "Porto", true),
            ("who", " ", false),
            ("year", "March 2017", true),
            ("year", "last week", true),
            ("year", "Marchh", false),
            ("least", "0.5", true),
            ("least", "-3", true),
            ("least", "three", false),
            ("least", "inf", false),
            ("least", "1-2", false),
            ("words", "", true),
            ("else", "anything", true),
        ] {
            let checked = values(&known, &given(name, value), NaiveDate::default());
            assert_eq!(checked.is_ok(), good, "{name}={value}");
        }
        let all = values(&known, &given("year", "2017"), NaiveDate::default())?;
        let all: Vec<(&str, &str)> =
            all.iter().map(|value| (value.name.as_str(), value.text.as_str())).collect();
        assert_eq!(all, [("who", "Ana Ruiz"), ("year", "2017")]);
        Ok(())
    }
}
