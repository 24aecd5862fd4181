//! All integration tests as one binary, which links once.

mod cli_query; // the query command, from outside
mod command; // runs the program
mod golden; // articles of our own → what a reader takes from them
mod golden_database; // a small database that questions are tested against
mod plans; // questions → how SQLite answers them
mod questions; // questions and flags → rows
mod robust; // damaged and hostile text
mod sandbox; // SQL of the user's own
mod tidy; // house rules
