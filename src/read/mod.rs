//! Bytes → [`Article`](crate::article::Article): files, folders and standard input, one article after the other.
//!
//! Reading has two steps, because only the first has to go in order: [`documents`] walks the
//! inputs and cuts them into [`RawDocument`]s, and [`RawDocument::article`] turns one of those
//! into an article, in any thread. Knows formats and limits; never looks at the database and
//! never analyzes text. What cannot be read is a [`Rejection`] and costs nothing but itself. Start reading at `format`,
//! then one format, `jsonl`; the table of formats is in `formats`.

mod answer;
mod cutter;
mod dates;
mod decode;
mod docx;
mod epub;
mod feeds;
mod fields;
mod files;
mod format;
mod formats;
mod front_matter;
mod given;
mod html;
mod items;
mod json;
mod jsonl;
mod lines;
mod mail;
mod markdown;
mod markup;
mod mediawiki;
mod members;
mod metadata;
mod newsml;
mod nitf;
mod office;
mod other_xml;
mod packed;
mod parquet;
mod path_name;
mod path_pattern;
mod plain;
mod prose;
mod record;
mod rejection;
mod repair;
mod scan;
mod sgml;
mod shape;
mod table;
mod values;
mod warc;
mod whole;
mod wikitext;
mod wire;
mod wxr;
mod xml;

pub use crate::read::dates::{DateOrder, given_date};
pub use crate::read::fields::{FieldRole, Map};
pub use crate::read::files::{documents, stream};
pub use crate::read::format::{
    Emit, FileStamp, Found, InputFormat, IsKnown, Opening, Options, RawDocument, ReadArticle, Stream,
};
pub use crate::read::formats::{FORMATS, format_named};
pub use crate::read::given::{Given, Metadata, Said};
pub use crate::read::path_pattern::PathPattern;
pub use crate::read::rejection::{MAX_DOCUMENT, MAX_TEXT, Rejection};
