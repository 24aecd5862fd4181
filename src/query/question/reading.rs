//! [`Reading`]: a question as it was understood.

use crate::query::question::Question;

/// A question as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it asks.
    pub question: Question,
    /// What was read otherwise than it was typed: `read "critized" as "criticized"`.
    pub remarks: Vec<String>,
}
