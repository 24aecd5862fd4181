//! [`Sql`]: what a person asks in SQL.

use std::time::Duration;

/// What a person wrote, with the values of its parameters.
#[derive(Clone, Debug)]
pub struct Sql {
    /// One SELECT.
    pub text: String,
    /// Names without a colon, and values.
    pub parameters: Vec<(String, Argument)>,
    /// How many rows at most; 0 means all, and `None` leaves it to the format.
    pub limit: Option<u64>,
    /// How many rows to leave out at the start.
    pub offset: u64,
    /// How long it may take, its rows being written included.
    pub patience: Duration,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// As it was typed: whole and decimal numbers become numbers, anything else stays text.
    AsTyped(String),
    /// Text, whatever it looks like.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
}
