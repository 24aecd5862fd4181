//! All tests that use onrecord from outside: one binary, so that it links once.

// A test may fail by panicking.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod archives; // members of archives, and what is made to do harm with them
mod cli_check; // `check` finds every kind of damage and changes nothing
mod cli_cite; // a reference for a quote
mod cli_corrections; // corrections from outside
mod cli_demo; // the demo, from outside
mod cli_diff; // what is otherwise in one database than in another
mod cli_draft; // the quotes of an unpublished text beside those of the archive
mod cli_errors; // what was rejected: kept, listed, tried again
mod cli_explain; // how a quote came about
mod cli_export; // tables, the network, notes and entities for other programs
mod cli_export_readers; // what networkx, pandas, pyarrow and Datasette read of it
mod cli_extract; // JSON lines in, JSON lines out
mod cli_fields; // fields that were not made use of; a --map that meets nothing
mod cli_given; // what the caller says of articles beside their files, and which inputs are read
mod cli_ingest; // what goes in, what is rejected, what is said about it
mod cli_inspect; // what would be taken from a file, and why
#[cfg(target_os = "linux")]
mod cli_pager; // long answers on a terminal
mod cli_pdf; // PDF, read in a process of its own
mod cli_query; // the query command, from outside
mod cli_reference; // docs/cli.md
mod cli_review; // rows of an answer, judged one at a time
mod cli_revisions; // what changed between the versions of an article
mod cli_sample; // a sheet of quotes to be judged, and what its marks come to
mod cli_saved; // saved queries, completions, man pages
mod cli_sql; // SQL at a prompt and from a pipe
mod cli_stats; // what the database holds, counted
mod command; // runs the program
mod confidence; // how sure quotes are
mod copies; // what is printed again, and in other languages
mod coreference; // who is meant by pronouns and descriptions
mod corrections; // a person's word outlives the machine's
mod crash; // kill -9, several programs at once
mod formats; // what is read from one file of each kind
mod furniture; // what recurs in the articles of an outlet
mod gears; // with the encoder or without
mod golden; // articles of our own → what a reader takes from them
mod golden_database; // a small database that questions are tested against
mod growth; // time grows with a text and no faster
#[cfg(unix)]
mod help_examples; // every example of every --help
mod identity; // no article is lost to another, and no version of one
mod kills; // kill -9 at any moment, and before any system call
mod language; // the language core on extreme texts; models that are refused
mod locks; // other programs at work on the file, signals, folders that may not be written to
mod names_asked;
mod nothing_lost; // every record is an article or a rejection, and all counts say so
mod output; // hostile text in every output format
mod plans; // questions → how SQLite answers them
mod question_forms;
mod questions; // questions and flags → rows
#[cfg(unix)]
mod readme; // the README, block after block
mod relationships; // offices at a date, deeds in speech, what two share, corrections, explanations
mod robust; // damaged and hostile text
mod robust_read; // damaged input never panics
mod sandbox; // SQL of the user's own
mod sandbox_limits; // hostile SQL ends in time
mod schema; // the database as the sqlite3 shell sees it; whose files are refused
mod segmentation; // where sentences end
#[cfg(unix)]
mod shell; // runs lines of documentation
mod shipped_queries; // the queries that come with the program
mod store; // articles and facts → rows
mod streams; // nobody reads what is printed
mod support; // what the tests of reading and storing share
#[cfg(target_os = "linux")]
mod terminal; // runs the program on a terminal
mod tidy; // house rules
mod twins; // one person with several rows
mod untrusted_schema; // the shell that trusts no schema
mod who_is_who; // which stored entity an entity of an article is
