//! Copies: articles that print the text of an earlier one, wholly or nearly, and the statements that they print again.
//!
//! Decides when an article is saved, from what is stored by then, so that the same input gives the same rows on any number
//! of threads. The first article with a text has its sketch in `article_shingles`; those that share a part of it are
//! compared word by word, a few for each article, whatever the size of the archive. Copies have no sketch: they are found
//! by the first. Versions of one article are no copies of each other: which row an article is was decided before. Start
//! reading at [`look`], then [`settle`].

mod catching_up;
mod shingles;
mod standing;
mod statements;
mod text;

pub(super) use crate::store::copies::catching_up::catch_up;
pub(super) use crate::store::copies::standing::{look, settle};
pub(super) use crate::store::copies::statements::{count_once, count_once_in};
pub(super) use crate::store::copies::text::{Text, is_copy, sketch};
