//! Questions → rows.
//!
//! `selection` finds whom and what a question names, `in_articles` what is about it without naming it, `totals` what is counted already, `quotes`, `relations` and `counts` write its rows, `whole` has them
//! in one SELECT, `statement` runs the SQL. Knows the views and tables as a reader does; values reach SQL as parameters only. Never reads English and never
//! prints. Start reading at `quotes`.

mod columns;
mod compared;
mod context;
mod counted;
mod counts;
mod full_text;
mod in_articles;
mod narrowing;
pub(super) mod near;
mod other_names;
pub(super) mod quotes;
pub(super) mod relations;
mod selection;
mod sources;
pub(super) mod statement;
mod topics;
mod totals;
pub(super) mod whole;

pub(super) use counted::Counted;
