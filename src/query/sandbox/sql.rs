//! [`Sql`]: what a person asks in SQL.

use std::time::Duration;

/// What a person wrote, with the values of its parameters.
#[derive(Clone, Debug)]
pub struct Sql {
    /// One SELECT.
    pub text: String,
    /// Names without a colon, and values as they were typed.
    pub parameters: Vec<(String, String)>,
    /// How many rows at most; 0 means all, and `None` leaves it to the format.
    pub limit: Option<u64>,
    /// How many rows to leave out at the start.
    pub offset: u64,
    /// How long it may take, its rows being written included.
    pub patience: Duration,
}
