//! What an input format is, and what reading takes and gives.

use std::io::BufRead;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use crate::article::Article;
use crate::read::dates::DateOrder;
use crate::read::evidence::Evidence;
use crate::read::fields::{FieldNote, FieldRole, Map};
use crate::read::given::Given;
use crate::read::meter::Meter;
use crate::read::path_name;
use crate::read::rejection::{Reason, Rejection, text_too_long};

/// What a caller may ask of reading; `..Options::default()` stands for what may be added.
#[derive(Clone, Default)]
pub struct Options {
    /// Read every file as this format, whatever it looks like.
    pub format: Option<&'static dyn InputFormat>,
    /// Which field of a record holds what, where the usual names do not tell.
    pub map: Map,
    /// Files that are never opened, whether named or in a folder, by whatever name or link: the database itself.
    pub not_input: Vec<std::path::PathBuf>,
    /// Follow links in folders wherever they lead; else none that leads out of its folder is.
    pub follow: bool,
    /// In which order dates of numbers alone are printed; none where nobody knows.
    pub date_order: Option<DateOrder>,
    /// The program that reads PDF where it is called with [`PDF_COMMAND`](crate::read::PDF_COMMAND) alone: `onrecord`, or
    /// one that calls `onrecord::pdf::answer`. Where there is none, a PDF is rejected.
    pub pdf_program: Option<std::path::PathBuf>,
    /// Collect where what is taken was found.
    pub evidence: bool,
    /// Told how much of the files is read, where somebody wants to know.
    pub meter: Option<Arc<Meter>>,
    /// What is said of the articles beside what their files say.
    pub given: Arc<Given>,
    /// Tells the files that need not be opened, since they were read as they are.
    pub is_known: Option<IsKnown>,
}

impl Options {
    /// A hash of all that changes what is read of a file: how it is read, by which version of this program, and what is given
    /// beside it.
    pub fn fingerprint(&self) -> String {
        let format = self.format.map(|format| format.name());
        let all = (env!("CARGO_PKG_VERSION"), format, &self.map, self.date_order, self.given.fingerprint());
        blake3::hash(format!("{all:?}").as_bytes()).to_hex()[..32].to_owned()
    }
}

/// Whether a file is known as it is.
pub type IsKnown = Arc<dyn Fn(&FileStamp) -> bool + Send + Sync>;

/// A file as it was when it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileStamp {
    /// Its path as sources of articles have it.
    pub source: String,
    /// Its path from the root.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed last, in nanoseconds since 1970.
    pub modified: i64,
}

impl FileStamp {
    /// None if it is no ordinary file, or nobody knows when it was changed.
    pub(super) fn new(path: &Path, file: &std::fs::Metadata) -> Option<Self> {
        let modified = file.is_file().then(|| file.modified().ok())??;
        let nanoseconds = match modified.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).ok()?,
            Err(before) => -i64::try_from(before.duration().as_nanos()).ok()?,
        };
        let (source, path) = (path_name::name(path), path_name::absolute(path).display().to_string());
        Some(FileStamp { source, path, size: file.len(), modified: nanoseconds })
    }
}

/// One input format.
pub trait InputFormat: Sync {
    /// The name that `--input-format` knows it by.
    fn name(&self) -> &'static str;

    /// Whether a file that begins like this is one of its own.
    fn recognizes(&self, head: &Opening) -> bool;

    /// Whether it takes text of any kind for its own where the file is called so; then what is written for programs is
    /// told from it first.
    fn takes_any_text(&self) -> bool {
        false
    }

    /// Cuts a stream into documents of one article each, handing on each as soon as it is complete.
    ///
    /// Ends early when `emit` says so. A stream that fails halfway is emitted as a rejection.
    fn split(&'static self, stream: Stream, options: &Options, emit: Emit<'_>) -> ControlFlow<()>;

    /// Reads one document that [`InputFormat::split`] cut; the error is the reason for its rejection.
    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason>;
}

/// What detection may look at.
pub struct Opening<'a> {
    /// The first bytes of the file, decompressed and in UTF-8; all of it if it is shorter than a few KB.
    pub bytes: &'a [u8],
    /// Whether `bytes` is all there is.
    pub whole: bool,
    /// The file name's ending in lower case without the full stop, `.gz` aside; a hint and no more.
    pub extension: &'a str,
}

/// The bytes of one file, or of one member of an archive.
pub struct Stream<'a> {
    /// Where it is from: a path, and the member inside an archive.
    pub source: String,
    /// Its bytes, decompressed; UTF-16 has become UTF-8.
    pub input: Box<dyn BufRead + 'a>,
}

/// Takes what was found; says whether to go on.
pub type Emit<'a> = &'a mut dyn FnMut(Found) -> ControlFlow<()>;

/// What reading meets on its way.
pub enum Found {
    /// A document.
    Document(RawDocument),
    /// Something that cannot be read.
    Rejected(Rejection),
    /// What is no input: the database itself, and in a folder what is hidden and links to what is read where it lies.
    Skipped(String),
    /// A link that leads out of the folder that was named, and is not followed.
    LeadsOut(String),
    /// A file that is not opened, since it is known as it is.
    Unchanged(String),
    /// A file has been read to its end; all that was found in it came before.
    Finished(FileStamp),
    /// What the documents that follow lie in; only where [`Options::evidence`] asks for it.
    Opened(Opened),
}

impl Found {
    /// The file that is read, and the member inside an archive.
    pub(super) fn file(&self) -> Option<&str> {
        match self {
            Found::Document(document) => Some(&document.source),
            Found::Unchanged(source) => Some(source),
            _ => None,
        }
    }
}

/// A file, or a member of an archive, whose format was looked at.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Where it is: a path, and the member inside an archive.
    pub source: String,
    /// In which packings and archives it lies, the outermost first.
    pub within: Vec<&'static str>,
    /// The name of its format; none if there is none that knows it.
    pub format: Option<&'static str>,
    /// How it was recognized.
    pub how: How,
    /// The encoding, where the stream itself shows it.
    pub encoding: Option<&'static str>,
}

/// How a format is recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By its content alone.
    Content,
    /// The ending of its name decided.
    Name,
    /// The caller said so.
    Forced,
}

impl How {
    /// It in words.
    pub fn in_words(self) -> &'static str {
        match self {
            How::Content => "recognized from its content",
            How::Name => "recognized from the ending of its name",
            How::Forced => "as --input-format says",
        }
    }
}

/// A document that holds one article, before it is understood.
pub struct RawDocument {
    /// Where it is from: a path, and the member inside an archive.
    pub source: String,
    /// Its line in that file, counted from 1; none if it is the whole file.
    pub line: Option<u64>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How to understand them.
    pub format: &'static dyn InputFormat,
    /// Where it was published, where what it lies in says so: a crawl knows of each page where it is from.
    pub address: Option<String>,
    /// What is odd about what it lies in, in words, and is said with it.
    pub doubts: Vec<String>,
}

impl RawDocument {
    /// Understands the document; the error is the reason for its rejection.
    pub fn article(&self, options: &Options) -> Result<ReadArticle, Reason> {
        let mut reading = self.format.article(self, options)?;
        reading.doubts.splice(..0, self.doubts.iter().cloned());
        if reading.article.url.is_none() {
            reading.article.url.clone_from(&self.address);
            if let Some(address) = self.address.as_deref().filter(|_| options.evidence) {
                reading.evidence.find(FieldRole::Url, "the crawl", address, true);
            }
        }
        if options.evidence {
            reading.refuse_what_was_not_taken();
        }
        reading.doubts.extend(options.given.add_to(&mut reading.article, reading.title_is_text));
        match text_too_long(reading.article.body.len()) {
            Some(reason) => Err(reason),
            None => Ok(reading),
        }
    }

    /// The rejection of this document for `reason`.
    pub fn rejected(&self, reason: impl Into<Reason>) -> Rejection {
        Rejection::new(&self.source, self.line, reason).beginning_with(&self.bytes)
    }
}

/// An article, and what was odd about how it was given.
#[derive(Debug, Default)]
pub struct ReadArticle {
    /// The article.
    pub article: Article,
    /// What could not be made use of, in words: a date that is none.
    pub doubts: Vec<String>,
    /// Fields that were not made use of, and look as if they should have been.
    pub fields: Vec<FieldNote>,
    /// Where what was taken was found; empty unless the options ask for it.
    pub evidence: Evidence,
    /// Whether the title was taken out of the text, for want of another.
    pub title_is_text: bool,
}

impl ReadArticle {
    /// A date that cannot be read, and the like: it was found, and is not in the article.
    fn refuse_what_was_not_taken(&mut self) {
        let article = &self.article;
        for (role, value) in [
            (FieldRole::Id, &article.external_id),
            (FieldRole::Title, &article.title),
            (FieldRole::Author, &article.author),
            (FieldRole::Publisher, &article.publisher),
            (FieldRole::Published, &article.published_at),
            (FieldRole::Url, &article.url),
            (FieldRole::Language, &article.language),
        ] {
            if value.is_none() {
                self.evidence.refuse(role);
            }
        }
    }
}
