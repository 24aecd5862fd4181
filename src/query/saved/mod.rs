//! Queries that are kept under a name: those of the database, and those that come with the program.
//!
//! `saved_query` is what one is, with its `parameter`s and what it is expected to answer (`expectation`); `stored` finds them, `check`
//! says which can be kept, `fill_in` and `run` answer one, `batch` for each row of a file, `news` without what was shown before;
//! `file` is all of them as text. Writing them is the store's. Start reading at `saved_query`.

mod batch;
mod check;
mod expectation;
mod file;
mod fill_in;
mod news;
mod parameter;
mod run;
mod saved_query;
mod stored;

pub use crate::query::saved::batch::{Batch, Prefixed};
pub use crate::query::saved::check::{check, check_name};
pub use crate::query::saved::expectation::{Expectation, RowCount};
pub use crate::query::saved::file::{from_toml, to_toml};
pub use crate::query::saved::fill_in::{fill_in, parameters_of};
pub use crate::query::saved::news::{NewRows, new_rows_of_question, run_of};
pub use crate::query::saved::parameter::{Parameter, ParameterKind, Value, values};
pub use crate::query::saved::run::{Engine, Page, Prepared, Tested, notes_on_names, runnable_sql, test};
pub use crate::query::saved::saved_query::{Asks, SavedQuery};
pub use crate::query::saved::stored::{find, list};
