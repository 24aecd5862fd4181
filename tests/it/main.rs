//! All integration tests as one binary, which links once.

mod cli_demo; // the demo, from outside
mod cli_query; // the query command, from outside
mod cli_reference; // docs/cli.md
mod cli_saved; // saved queries, completions, man pages
mod command; // runs the program
mod golden_database; // a small database that questions are tested against
mod plans; // questions → how SQLite answers them
mod questions; // questions and flags → rows
mod sandbox; // SQL of the user's own
mod shipped_queries; // the queries that come with the program
