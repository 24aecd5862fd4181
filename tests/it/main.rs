//! All tests that use onrecord from outside: one binary, so that it links once.

// A test may fail by panicking.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod cli_check; // `check` finds every kind of damage and changes nothing
mod cli_ingest; // what goes in, what is rejected, what is said about it
mod crash; // kill -9, several programs at once
mod robust_read; // damaged input never panics
mod schema; // the database as the sqlite3 shell sees it; whose files are refused
mod store; // articles and facts → rows
mod support; // what they share
