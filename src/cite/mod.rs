//! A reference for one stored quote: who said it, where it is printed, and how to find it again.
//!
//! Knows what a footnote needs, and what lets somebody else check it: span, hashes, key, and what analyzed the article.
//! Analyzes nothing. Start reading at [`Citation`]; `text`, `json`, `bibtex` and `csl` write it, `page` the article around it.

mod bibtex;
mod citation;
mod csl;
mod date;
mod json;
mod page;
mod text;

pub use crate::cite::bibtex::write_bibtex;
pub use crate::cite::citation::Citation;
pub use crate::cite::csl::write_csl;
pub use crate::cite::json::write_json;
pub use crate::cite::page::Page;
pub use crate::cite::text::write_text;

#[cfg(test)]
mod tests;
