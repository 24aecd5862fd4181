//! Saved queries as a file that people read, change and keep beside their other work: TOML.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::query::saved::expectation::{Expectation, RowCount};
use crate::query::saved::parameter::{Parameter, ParameterKind};
use crate::query::saved::saved_query::{Asks, SavedQuery};

const HEADING: &str =
    "# Saved queries of onrecord. `onrecord saved import FILE` takes them into a database.\n\n";

/// The whole file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    query: Vec<Query>,
}

/// A query.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    name: String,
    description: Option<String>,
    question: Option<String>,
    sql: Option<String>,
    /// A whole number is as good as text.
    expect_rows: Option<Vec<Figure>>,
    expect: Option<Vec<String>>,
    created_at: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parameter: Vec<QueryParameter>,
}

/// A parameter of a query.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct QueryParameter {
    name: String,
    r#type: Option<String>,
    default: Option<Figure>,
    description: Option<String>,
}

/// Text, or a number for which quotation marks were left out.
#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "expected text in quotation marks, or a number")]
enum Figure {
    Text(String),
    Integer(i64),
    Real(f64),
}

impl Figure {
    fn text(self) -> String {
        match self {
            Figure::Text(text) => text,
            Figure::Integer(number) => number.to_string(),
            Figure::Real(number) => number.to_string(),
        }
    }
}

/// Queries as TOML, which [`from_toml`] reads again as they were.
pub fn to_toml(queries: &[SavedQuery]) -> Result<String, Error> {
    let file = File { query: queries.iter().map(written).collect() };
    let text = toml::to_string_pretty(&file)
        .map_err(|cause| Error::new("cannot write the saved queries").because(cause))?;
    Ok(format!("{HEADING}{text}"))
}

fn written(query: &SavedQuery) -> Query {
    let (question, sql) = match &query.asks {
        Asks::Question(question) => (Some(question.clone()), None),
        Asks::Sql(sql) => (None, Some(sql.clone())),
    };
    let (mut rows, mut texts) = (Vec::new(), Vec::new());
    for expectation in &query.expectations {
        match expectation {
            Expectation::Rows(count) => rows.push(Figure::Text(count.to_string())),
            Expectation::Text(text) => texts.push(text.clone()),
        }
    }
    let parameter = |parameter: &Parameter| QueryParameter {
        name: parameter.name.clone(),
        r#type: parameter.kind.map(|kind| kind.name().to_owned()),
        default: parameter.default.clone().map(Figure::Text),
        description: parameter.description.clone(),
    };
    Query {
        name: query.name.clone(),
        description: query.description.clone(),
        question,
        sql,
        expect_rows: (!rows.is_empty()).then_some(rows),
        expect: (!texts.is_empty()).then_some(texts),
        created_at: query.created_at.clone(),
        parameter: query.parameters.iter().map(parameter).collect(),
    }
}

/// The queries of a file; fails where it is not one, with the line, or where a part of one makes no sense.
pub fn from_toml(text: &str) -> Result<Vec<SavedQuery>, Error> {
    let file: File = toml::from_str(text).map_err(|cause| {
        let at = cause.span().map_or(0, |span| span.start).min(text.len());
        let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        Error::usage(format!("line {line} is not understood"))
            .because(cause.message().to_owned())
            .hint("write it as `onrecord saved export` prints it")
    })?;
    file.query.into_iter().map(read).collect()
}

fn read(query: Query) -> Result<SavedQuery, Error> {
    let name = query.name;
    let wrong = |reason: String| Error::usage(name.clone()).because(reason);
    let asks = match (query.question, query.sql) {
        (Some(question), None) => Asks::Question(question),
        (None, Some(sql)) => Asks::Sql(sql),
        _ => return Err(wrong("it has to have either a question or sql".into())),
    };
    if let Some(date) =
        query.created_at.as_ref().filter(|date| chrono::DateTime::parse_from_rfc3339(date).is_err())
    {
        return Err(wrong(format!("created_at is `{date}`, which is no time such as 2026-11-24T10:00:00Z")));
    }
    let mut expectations = Vec::new();
    for count in query.expect_rows.unwrap_or_default() {
        let count = RowCount::read(&count.text()).map_err(|error| wrong(error.to_string()))?;
        expectations.push(Expectation::Rows(count));
    }
    expectations.extend(query.expect.unwrap_or_default().into_iter().map(Expectation::Text));
    let mut parameters = Vec::new();
    for parameter in query.parameter {
        let kind = match &parameter.r#type {
            None => None,
            Some(word) => Some(ParameterKind::named(word).ok_or_else(|| {
                let known = ParameterKind::ALL.map(ParameterKind::name).join(", ");
                wrong(format!("`{word}` is no type of a parameter; the types are {known}"))
            })?),
        };
        let default = parameter.default.map(Figure::text);
        parameters.push(Parameter {
            name: parameter.name,
            kind,
            default,
            description: parameter.description,
        });
    }
    Ok(SavedQuery {
        description: query.description,
        asks,
        parameters,
        expectations,
        created_at: query.created_at,
        shipped: false,
        name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> SavedQuery {
        SavedQuery {
            name: "on_porto".into(),
            description: Some(text.into()),
            asks: Asks::Sql(text.into()),
            parameters: vec![Parameter {
                name: "who".into(),
                kind: Some(ParameterKind::Text),
                default: Some(text.into()),
                description: Some(text.into()),
            }],
            expectations: vec![Expectation::Text(text.into())],
            created_at: Some("2026-11-24T10:00:00Z".into()),
            shipped: false,
        }
    }

    #[test]
    fn what_is_written_is_read_again_to_the_letter() -> Result<(), Error> {
        for text in [
            "SELECT quote\nFROM who_said_what -- “all”\nWHERE about = :x;",
            "a\r\nb\rc\t",
            "'''\"\"\"\\",
            "",
            " spaces ",
            "\u{1b}[31m\u{7f}\u{202e}\u{0}",
            "key = \"value\"\n[[query]]",
            "\n\nlines\n\n",
        ] {
            let queries = [query(text), SavedQuery { name: "other".into(), ..query(text) }];
            let written = to_toml(&queries)?;
            assert_eq!(from_toml(&written)?, queries, "{written}");
            assert_eq!(to_toml(&from_toml(&written)?)?, written);
        }
        assert_eq!(from_toml(&to_toml(&[])?)?, []);
        Ok(())
    }

    #[test]
    fn what_a_person_writes_may_leave_out_quotation_marks() -> Result<(), Error> {
        let read = from_toml(
            "[[query]]\nname = \"x\"\nquestion = \"who said what about Porto since {year}?\"\nexpect_rows = [3]\n\
             [[query.parameter]]\nname = \"year\"\ntype = \"date\"\ndefault = 2015\n",
        )?;
        let read =
            read.first().map(|query| (query.parameters[0].described(), query.expectations[0].to_string()));
        assert_eq!(read, Some(("year (date; 2015 unless given)".into(), "3 rows".into())));
        Ok(())
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, reason) in [
            ("[[query]]\nname = \"x\"\nquestion = \"a\"\nsql = \"b\"\n", "x: it has to have either"),
            ("[[query]]\nname = \"x\"\n", "x: it has to have either"),
            ("[[query]]\nnam = \"x\"\n", "line 2 is not understood: unknown field `nam`"),
            ("[[query]]\nname = x\n", "line 2 is not understood"),
            ("[[query]]\nname = \"x\"\nsql = \"a\"\nexpect_rows = [\"many\"]\n", "x: `many` is no number"),
            (
                "[[query]]\nname = \"x\"\nsql = \"a\"\n[[query.parameter]]\nname = \"y\"\ntype = \"z\"\n",
                "x: `z` is no type of a parameter",
            ),
        ] {
            let error = from_toml(text).map_err(|error| error.to_string());
            assert!(error.as_ref().is_err_and(|error| error.starts_with(reason)), "{text}: {error:?}");
        }
    }
}
