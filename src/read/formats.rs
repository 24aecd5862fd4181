//! The input formats: one row for each.

use crate::read::format::InputFormat;
use crate::read::{feeds, json, jsonl, newsml, nitf, other_xml, plain, sgml, wxr};

/// The formats, in the order in which they are asked whether a file is theirs.
pub const FORMATS: &[&dyn InputFormat] = &[
    &nitf::Nitf,
    &newsml::NewsMl,
    &wxr::Wxr,
    &feeds::Feed,
    &sgml::Sgml,
    &other_xml::OtherXml,
    &jsonl::Jsonl,
    &json::Json,
    &plain::Plain,
];

/// The format with this name.
pub fn format_named(name: &str) -> Option<&'static dyn InputFormat> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}
