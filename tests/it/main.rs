//! All integration tests as one binary, which links once.

mod golden_database; // a small database that questions are tested against
mod questions; // questions and flags → rows
