//! The input formats: one row for each.

use crate::read::format::InputFormat;
use crate::read::{
    docx, epub, factiva, feeds, html, json, jsonl, lexis, mail, markdown, mediawiki, mhtml, newsml, nitf,
    other_xml, parquet, pdf, plain, sgml, table, wire, wxr,
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
    &mhtml::Mhtml,
    &mail::Mail,
    &lexis::Lexis,
    &factiva::Factiva,
    &markdown::Markdown,
    &table::Table,
    &html::Html,
    &plain::Plain,
];

/// The format with this name.
pub fn format_named(name: &str) -> Option<&'static dyn InputFormat> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}
