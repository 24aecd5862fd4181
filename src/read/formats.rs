//! The input formats: one row for each.

use crate::read::format::InputFormat;
use crate::read::{
    docx, epub, feeds, html, json, jsonl, mail, markdown, mediawiki, newsml, nitf, other_xml, parquet, pdf,
    plain, sgml, table, wire, wxr,
};

/// The formats, in the order in which they are asked whether a file is theirs.
pub const FORMATS: &[&dyn InputFormat] = &[
    &docx::Docx,
    &epub::Epub,
    &parquet::Parquet,
    &pdf::Pdf,
    &nitf::Nitf,
    &newsml::NewsMl,
    &wxr::Wxr,
    &feeds::Feed,
    &mediawiki::MediaWiki,
    &sgml::Sgml,
    &other_xml::OtherXml,
    &jsonl::Jsonl,
    &json::Json,
    &wire::Wire,
    &mail::Mail,
    &markdown::Markdown,
    &table::Table,
    &html::Html,
    &plain::Plain,
];

/// The format with this name.
pub fn format_named(name: &str) -> Option<&'static dyn InputFormat> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}
