//! The only writer of the database.
//!
//! Knows the schema and how an article and its facts become rows: `tables` has the SQL of each, `linking` says who is who
//! over the archive, `corrections` gives a person's word its effect, `copies` finds what is printed again, `save` does them in order. Never reads input files,
//! never analyzes text, and answers no questions: that is `query`. Start reading at [`Store`], then `save`.

mod batch;
pub mod check;
mod connect;
mod copies;
mod corrections;
mod database;
mod failure;
mod furniture;
mod identity;
mod joining;
mod known;
mod linking;
mod marks;
mod open;
mod patience;
mod place;
mod printed;
mod reader;
mod revision;
mod run;
mod save;
mod tables;

pub use crate::store::batch::Batch;
pub use crate::store::connect::files_of;
pub use crate::store::corrections::correction::{Correction, Part, RelationshipChange, Verdict};
pub use crate::store::corrections::give::{Changes, Corrected, Preview};
pub use crate::store::corrections::quote_change::QuoteChange;
pub use crate::store::database::{Store, Totals};
pub use crate::store::identity::{EntityName, MentionName, QuoteName, RelationshipName, kind_named};
pub use crate::store::known::Known;
pub use crate::store::marks::{APPLICATION_ID, schema_version};
pub use crate::store::reader::{Reader, open_read_only};
pub use crate::store::run::Run;
pub use crate::store::save::{IfUnchanged, Saved};
pub use crate::store::tables::articles::{StoredArticle, from_row as article_from_row};
pub use crate::store::tables::errors::{KeptError, Rejected, RejectedAt};
pub use crate::store::tables::files::ReadFile;
pub use crate::store::tables::quotes::quote_keys;
pub use crate::store::tables::relationships::relationship_keys;
pub use crate::store::tables::runs::RunCounts;
pub use crate::store::tables::saved::{NewParameter, NewQuery, ShownRows};
