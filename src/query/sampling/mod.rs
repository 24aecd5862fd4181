//! How far quotes can be trusted, told by their own reader: a sheet of randomly drawn quotes, and what its marks come to.
//!
//! [`sample`](fn@sample) draws and writes the sheet, [`score`](fn@score) reads it back with the marks of a reader. A sheet
//! shows no confidence, so that nobody judges by it; the database is asked for it when the marks are counted.

mod interval;
mod marks;
mod sample;
mod score;

pub use crate::query::sampling::sample::{COLUMNS as SHEET, Sample, drawn, sample};
pub use crate::query::sampling::score::{COLUMNS as SCORE, score};
