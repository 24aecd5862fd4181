//! [`SavedQuery`]: a query under a name, and what is known of its parameters and its answer.

use crate::error::Error;
use crate::query::sandbox::Sandbox;
use crate::query::saved::expectation::Expectation;
use crate::query::saved::fill_in;
use crate::query::saved::parameter::Parameter;
use crate::query::shipped;
use crate::store::{NewParameter, NewQuery};

/// A query under a name.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedQuery {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it asks.
    pub asks: Asks,
    /// Its parameters, as far as more is known than their names.
    pub parameters: Vec<Parameter>,
    /// What its answer is to hold.
    pub expectations: Vec<Expectation>,
    /// When it was kept, ISO 8601, UTC; `None` if it is new, or comes with the program.
    pub created_at: Option<String>,
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

impl SavedQuery {
    /// One that comes with the program.
    pub(super) fn of_program(name: &str, sql: &str) -> SavedQuery {
        SavedQuery {
            name: name.to_owned(),
            description: Some(shipped::description(sql).to_owned()),
            asks: Asks::Sql(sql.to_owned()),
            parameters: shipped::parameters(sql).into_iter().map(Parameter::of_program).collect(),
            expectations: Vec::new(),
            created_at: None,
            shipped: true,
        }
    }

    /// Whether another is the same but for when it was kept and for the order of what is known of its parameters.
    pub fn asks_the_same(&self, other: &SavedQuery) -> bool {
        let content = |query: &SavedQuery| {
            let mut parameters = query.parameters.clone();
            parameters.sort_by(|one, other| one.name.cmp(&other.name));
            SavedQuery { parameters, created_at: None, ..query.clone() }
        };
        content(self) == content(other)
    }

    /// All its parameters, in the order in which the query has them; fails where its SQL cannot be run.
    pub fn all_parameters(&self, sandbox: &Sandbox) -> Result<Vec<Parameter>, Error> {
        let names = match &self.asks {
            Asks::Question(question) => {
                fill_in::parameters_of(question).into_iter().map(str::to_owned).collect()
            }
            Asks::Sql(sql) => sandbox.parameter_names(sql)?,
        };
        let known = |name: String| {
            let known = self.parameters.iter().find(|parameter| parameter.name == name);
            known.cloned().unwrap_or_else(|| Parameter { name, ..Parameter::default() })
        };
        Ok(names.into_iter().map(known).collect())
    }

    /// The same as the store keeps it.
    pub fn to_keep(&self) -> NewQuery<'_> {
        let (question, sql) = match &self.asks {
            Asks::Question(question) => (Some(question.as_str()), None),
            Asks::Sql(sql) => (None, Some(sql.as_str())),
        };
        NewQuery {
            name: &self.name,
            description: self.description.as_deref(),
            question,
            sql,
            created_at: self.created_at.as_deref(),
            parameters: self.parameters.iter().map(parameter_to_keep).collect(),
            expectations: self.expectations.iter().map(Expectation::to_keep).collect(),
        }
    }
}

fn parameter_to_keep(parameter: &Parameter) -> NewParameter<'_> {
    NewParameter {
        name: &parameter.name,
        kind: parameter.kind.map(|kind| kind.name()),
        default: parameter.default.as_deref(),
        description: parameter.description.as_deref(),
    }
}
