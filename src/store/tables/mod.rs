//! The tables, a file each: their rows, and the SQL that writes them.
//!
//! Knows columns and keys; decides neither who is who nor what a correction means. The schema itself is in `migrations/`.
//! Start reading at `articles`.

pub(crate) mod articles;
pub(crate) mod entities;
pub(crate) mod predicates;
pub(crate) mod quotes;
pub(crate) mod relationships;
pub(crate) mod runs;
pub(crate) mod saved;
pub(crate) mod traits;
