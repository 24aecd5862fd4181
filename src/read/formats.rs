//! The input formats: one row for each.

use crate::read::format::InputFormat;
use crate::read::{html, json, jsonl, plain};

/// The formats, in the order in which they are asked whether a file is theirs.
pub const FORMATS: &[&dyn InputFormat] = &[&jsonl::Jsonl, &json::Json, &html::Html, &plain::Plain];

/// The format with this name.
pub fn format_named(name: &str) -> Option<&'static dyn InputFormat> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}
