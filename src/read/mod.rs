//! Bytes → [`Article`](crate::article::Article): files, folders and standard input, one article after the other.
//!
//! Reading has two steps, because only the first has to go in order: [`documents`] walks the
//! inputs and cuts them into [`RawDocument`]s, and [`RawDocument::article`] turns one of those
//! into an article, in any thread. Knows formats and limits; never looks at the database and
//! never analyzes text. What cannot be read is a [`Rejection`] and costs nothing but itself. Start reading at `format`,
//! then one format, `jsonl`; the table of formats is in `formats`.

mod answer;
mod authors;
mod bz2;
mod cutter;
mod dates;
mod decode;
mod docx;
mod epub;
mod evidence;
mod factiva;
mod feeds;
mod fields;
mod files;
mod foreign;
mod format;
mod formats;
mod front_matter;
mod given;
mod header_block;
mod html;
mod items;
mod json;
mod jsonl;
mod lexis;
mod lines;
mod lookalike;
mod mail;
mod markdown;
mod markup;
mod mediawiki;
mod members;
mod metadata;
mod meter;
mod mhtml;
mod newsml;
mod nitf;
mod object;
mod office;
mod other_xml;
mod packed;
mod parquet;
mod path_name;
mod path_pattern;
pub(crate) mod pdf;
mod plain;
mod prose;
mod record;
pub(crate) mod rejection;
pub(crate) mod rejection_kind;
mod repair;
mod replies;
mod rows;
mod saved_pages;
mod scan;
mod sgml;
mod shape;
mod sizes;
mod table;
mod tar_names;
mod text_records;
mod values;
mod warc;
mod whole;
mod wikitext;
mod wire;
mod wxr;
mod xml;
mod xz;
mod zip_forward;

pub use crate::read::dates::{DateOrder, given_date};
pub use crate::read::evidence::{Cut, Evidence, Finding};
pub use crate::read::fields::{FieldFault, FieldNote, FieldRole, Map};
pub use crate::read::files::{documents, stream};
pub use crate::read::format::{
    Emit, FileStamp, Found, How, InputFormat, IsKnown, Opened, Opening, Options, RawDocument, ReadArticle,
    Stream,
};
pub use crate::read::formats::{FORMATS, format_named};
pub use crate::read::given::{Given, Metadata, Said};
pub use crate::read::meter::{Meter, Position};
pub use crate::read::path_pattern::PathPattern;
pub use crate::read::pdf::PDF_COMMAND;
pub use crate::read::rejection::{MAX_DOCUMENT, MAX_TEXT, Reason, Rejection};
pub use crate::read::rejection_kind::RejectionKind;
pub use crate::read::sizes::size_of;
