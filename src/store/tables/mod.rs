//! The tables, a file each: their rows, and the SQL that writes them.
//!
//! Knows columns and keys; decides neither who is who nor what a correction means. The schema itself is in `migrations/`.
//! Start reading at `articles`.

pub(super) mod articles;
pub(super) mod entities;
pub(super) mod errors;
pub(super) mod files;
pub(super) mod parts;
pub(super) mod predicates;
pub(super) mod quotes;
pub(super) mod relationships;
pub(super) mod revisions;
pub(super) mod runs;
pub(super) mod saved;
pub(super) mod ties;
pub(super) mod traits;
