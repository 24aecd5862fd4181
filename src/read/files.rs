//! Paths → streams: folders are walked in order, archives and packings are opened in place, and the content tells the format.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::article::STANDARD_INPUT;
use crate::read::format::{
    Emit, FileStamp, Found, How, InputFormat, Opened, Opening, Options, RawDocument, Stream,
};
use crate::read::formats::FORMATS;
use crate::read::members::{self, Member};
use crate::read::meter::Metered;
use crate::read::packed::{self, Budget, Packing};
use crate::read::path_name::name;
use crate::read::rejection::{Reason, Rejection, broken};
use crate::read::rejection_kind::RejectionKind;
use crate::read::saved_pages;
use crate::read::warc::{self, Record};
use crate::read::{decode, foreign};

/// How much of a stream detection sees, in bytes.
const HEAD: usize = 64 << 10;

/// In how many archives and packings something may lie, each in the next.
const LAYERS: usize = 6;

/// Finds the documents in files and folders, and in standard input for `-`, in a fixed order.
///
/// Ends early when `emit` says so.
pub fn documents(inputs: &[PathBuf], options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
    let mut last = String::new();
    let mut met = |found: Found| {
        if let Some(source) = found.file()
            && last != source
        {
            source.clone_into(&mut last);
            options.given.meet(source);
        }
        emit(found)
    };
    let emit: Emit<'_> = &mut met;
    for input in inputs {
        if input.as_os_str() == STANDARD_INPUT {
            let stdin = Box::new(BufReader::new(io::stdin()));
            stream(STANDARD_INPUT, stdin, options, emit)?;
        } else if input.is_dir() {
            folder(input, options, emit)?;
        } else {
            file(input, options, emit)?;
        }
    }
    ControlFlow::Continue(())
}

/// A folder and all below it, sorted by name, so that the order is the same on every machine.
fn folder(path: &Path, options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
    let walk = WalkDir::new(path).follow_links(options.follow).sort_by_file_name().min_depth(1);
    let mut entries = walk.into_iter();
    let mut seen = 0_u64;
    while let Some(entry) = entries.next() {
        seen += 1;
        match entry {
            Err(error) => {
                let place = error.path().unwrap_or(path).to_owned();
                let (kind, reason) = match error.loop_ancestor() {
                    Some(ancestor) => {
                        let words = format!("it is a link to {}, which it lies in", name(ancestor));
                        (RejectionKind::Unsafe, words)
                    }
                    None => (RejectionKind::Unreadable, format!("cannot read it: {error}")),
                };
                emit(rejected(name(&place), Reason::new(kind, reason)))?;
            }
            Ok(entry) if is_hidden(&entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                emit(Found::Skipped(name(entry.path())))?;
            }
            // What a saved page shows is passed over as one.
            Ok(entry) if entry.file_type().is_dir() && saved_pages::is_of_page(entry.path()) => {
                entries.skip_current_dir();
                emit(Found::Skipped(name(entry.path())))?;
            }
            Ok(entry) if entry.path_is_symlink() && !options.follow => {
                link(entry.path(), path, options, emit)?
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if entry.file_type().is_file() => file(entry.path(), options, emit)?,
            Ok(entry) => {
                let reason = Reason::new(RejectionKind::Unsupported, "it is neither a file nor a folder");
                emit(rejected(name(entry.path()), reason))?;
            }
        }
    }
    if seen == 0 {
        emit(rejected(name(path), Reason::new(RejectionKind::Empty, "the folder is empty")))?;
    }
    ControlFlow::Continue(())
}

pub(super) fn is_hidden(entry: &DirEntry) -> bool {
    is_hidden_name(entry.file_name())
}

fn is_hidden_name(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// A link in a folder. What it leads to is read where it lies in the folder, and not through the link as well; but a
/// file in a hidden place of the folder, where some keep what they link to, is read through the link alone.
fn link(path: &Path, folder: &Path, options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
    let target = match (path.canonicalize(), folder.canonicalize()) {
        (Ok(target), Ok(folder)) => target.strip_prefix(&folder).map(Path::to_owned).ok(),
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => {
            let reason = Reason::new(RejectionKind::Missing, "it is a link to something that is not there");
            return emit(rejected(name(path), reason));
        }
        (Err(error), _) | (_, Err(error)) => {
            let reason = Reason::new(RejectionKind::Unreadable, format!("cannot follow the link: {error}"));
            return emit(rejected(name(path), reason));
        }
    };
    match target {
        None => emit(Found::LeadsOut(name(path))),
        Some(target) if target.iter().any(is_hidden_name) && path.is_file() => file(path, options, emit),
        Some(_) => emit(Found::Skipped(name(path))),
    }
}

/// Whether a path leads to a file that the caller keeps for itself, whatever name it goes by.
///
/// To be asked before any file is opened: opening and closing the database on our own would, by the rules of POSIX, take
/// away the locks that SQLite holds on it in this process. To ask opens nothing.
pub(super) fn is_not_input(path: &Path, options: &Options) -> bool {
    let Some(file) = identity(path) else { return false };
    options.not_input.iter().any(|other| identity(other).is_some_and(|other| other == file))
}

/// What tells a file from all others: its device and its number there, which links and second names share.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    path.metadata().ok().map(|file| (file.dev(), file.ino()))
}

/// What tells a file from all others, as far as it can be known without opening it.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// The one place where a path is opened.
fn file(path: &Path, options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
    if is_not_input(path, options) {
        return emit(Found::Skipped(name(path)));
    }
    if let (Some(is_known), Ok(file)) = (&options.is_known, path.metadata())
        && FileStamp::new(path, &file).is_some_and(|stamp| is_known(&stamp))
    {
        return emit(Found::Unchanged(name(path)));
    }
    match File::open(path) {
        Ok(file) => {
            let source = name(path);
            let metadata = file.metadata().ok();
            // As it was before it was read: a change meanwhile shows.
            let stamp = metadata.as_ref().and_then(|metadata| FileStamp::new(path, metadata));
            let size = metadata.filter(std::fs::Metadata::is_file).map(|file| file.len());
            let place = Place {
                extension: extension(&source),
                source,
                file: size.and_then(|_| file.try_clone().ok()),
                layers: 0,
                within: Vec::new(),
                budget: Budget::of(size),
            };
            let meter = options.meter.as_deref();
            if let Some(meter) = meter {
                meter.begin(size.unwrap_or(0));
            }
            let file = BufReader::with_capacity(1 << 16, file);
            let file = Metered { input: file, meter: options.meter.clone() };
            let flow = place.read(Box::new(file), options, emit);
            if let Some(meter) = meter {
                meter.end();
            }
            flow?;
            stamp.map_or(ControlFlow::Continue(()), |stamp| emit(Found::Finished(stamp)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            emit(rejected(name(path), Reason::new(RejectionKind::Missing, "there is no such file")))
        }
        Err(error) => {
            let reason = Reason::new(RejectionKind::Unreadable, format!("cannot open it: {error}"));
            emit(rejected(name(path), reason))
        }
    }
}

/// The ending of a file's name, in lower case and without that of its packing.
fn extension(name: &str) -> String {
    let mut path = Path::new(name);
    let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    while let Some("gz" | "zst" | "bz2" | "xz") = ending(path).as_deref() {
        let Some(stem) = path.file_stem() else { break };
        path = Path::new(stem);
    }
    ending(path).unwrap_or_default()
}

/// Finds the documents in a stream of bytes that is called `name`: unpacks it, finds its format and lets that cut it.
///
/// Ends early when `emit` says so.
pub fn stream(
    name: &str,
    input: Box<dyn BufRead + Send>,
    options: &Options,
    emit: Emit<'_>,
) -> ControlFlow<()> {
    let budget = Budget::of(None);
    let input = budget.earning(input);
    let place = Place {
        source: name.to_owned(),
        extension: extension(name),
        file: None,
        layers: 0,
        within: Vec::new(),
        budget,
    };
    place.read(input, options, emit)
}

/// Where bytes lie: in a file, or in what is in one.
struct Place {
    /// The path, and the member behind a `!`.
    source: String,
    extension: String,
    /// The file itself, if the bytes are all of it.
    file: Option<File>,
    /// In how many packings and archives they lie.
    layers: usize,
    /// What these are called.
    within: Vec<&'static str>,
    budget: Budget,
}

impl Place {
    fn read(
        mut self,
        mut input: Box<dyn BufRead + '_>,
        options: &Options,
        emit: Emit<'_>,
    ) -> ControlFlow<()> {
        loop {
            let (head, whole) = match decode::peek(input, packed::MAGIC) {
                Ok(peeked) => peeked,
                Err(error) => return emit(rejected(self.source, broken(&error))),
            };
            input = whole;
            let Some(packing) = Packing::of(&head) else { break };
            if self.layers == LAYERS {
                return emit(rejected(self.source, too_deep()));
            }
            self.layers += 1;
            self.within.push(packing.name());
            self.file = None;
            input = match packing.unpacked(input, &self.budget) {
                Ok(unpacked) => unpacked,
                Err(error) => return emit(rejected(self.source, broken(&error))),
            };
        }
        match decode::peek(input, 512) {
            Ok((head, input)) => match Archive::of(&head) {
                Some(_) if self.layers == LAYERS => emit(rejected(self.source, too_deep())),
                Some(archive) => self.members(archive, input, options, emit),
                None => self.document(input, options, emit),
            },
            Err(error) => emit(rejected(self.source, broken(&error))),
        }
    }

    /// Reads all that is in an archive.
    fn members(
        mut self,
        archive: Archive,
        input: Box<dyn BufRead + '_>,
        options: &Options,
        emit: Emit<'_>,
    ) -> ControlFlow<()> {
        let file = self.file.take();
        self.within.push(archive.name());
        let is_file = file.is_some();
        let read = |bytes| {
            if let Some(meter) = options.meter.as_deref().filter(|_| is_file) {
                meter.add(bytes);
            }
        };
        let mut count = 0_u64;
        let mut take = |member: Member<'_>| {
            count += 1;
            match member {
                Member::File(name, input) => self.member(&name, extension(&name)).read(input, options, emit),
                Member::PassedOver(name) => emit(Found::Skipped(self.member(&name, String::new()).source)),
                Member::Wrong(Some(name), reason) => {
                    emit(rejected(self.member(&name, String::new()).source, reason))
                }
                Member::Wrong(None, reason) => emit(rejected(self.source.clone(), reason)),
            }
        };
        match archive {
            Archive::Tar => members::tar(input, &self.budget, &mut take)?,
            Archive::Zip => match members::seekable(file, input) {
                Ok(input) => members::zip(input, &self.budget, &read, &mut take)?,
                Err(error) => return emit(rejected(self.source, broken(&error))),
            },
            Archive::Warc => return self.answers(input, options, emit),
        }
        if count == 0 {
            emit(rejected(self.source, Reason::new(RejectionKind::Empty, "the archive is empty")))
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Reads the pages of a crawl; each knows its address.
    fn answers(self, input: Box<dyn BufRead + '_>, options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        warc::records(input, &mut |record| match record {
            Record::Answer(answer) => {
                let page = self.member(&answer.address, answer.extension.to_owned());
                page.read(Box::new(Cursor::new(answer.body)), options, &mut |found| {
                    emit(match found {
                        Found::Document(document) => {
                            Found::Document(RawDocument { address: Some(answer.address.clone()), ..document })
                        }
                        found => found,
                    })
                })
            }
            Record::PassedOver(address) => emit(Found::Skipped(self.member(&address, String::new()).source)),
            Record::Wrong(Some(address), reason) => {
                emit(rejected(self.member(&address, String::new()).source, reason))
            }
            Record::Wrong(None, reason) => emit(rejected(self.source.clone(), reason)),
        })
    }

    fn member(&self, name: &str, extension: String) -> Place {
        Place {
            source: format!("{}!{name}", self.source),
            extension,
            file: None,
            layers: self.layers + 1,
            within: self.within.clone(),
            budget: self.budget.clone(),
        }
    }

    /// Finds the format of what is no archive, and lets that cut it.
    fn document(self, input: Box<dyn BufRead + '_>, options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let peeked = decode::utf8_stream(input).and_then(|(input, encoding)| {
            decode::peek(input, HEAD).map(|(head, input)| (head, input, encoding))
        });
        let (head, input, encoding) = match peeked {
            Ok(peeked) => peeked,
            Err(error) => return emit(rejected(self.source, broken(&error))),
        };
        if head.is_empty() {
            return emit(rejected(self.source, Reason::new(RejectionKind::Empty, "the file is empty")));
        }
        let whole = head.len() < HEAD && !decode::are_json_lines(&head);
        let detected = detect(&Opening { bytes: &head, whole, extension: &self.extension });
        let is_text = detected.is_none_or(|format| format.takes_any_text());
        let disguised = || foreign::disguised(&head, !is_text);
        let format = match (options.format, detected) {
            (Some(forced), _) => Ok(forced),
            (None, Some(format)) => disguised().map_or(Ok(format), Err),
            (None, None) => Err(disguised().unwrap_or_else(|| foreign::unknown(&head, &self.extension))),
        };
        if options.evidence {
            emit(Found::Opened(self.opened(&head, whole, encoding, format.as_ref().ok().copied(), options)))?;
        }
        // What stands for the whole is told with its beginning.
        let emit = &mut |found: Found| match found {
            Found::Rejected(rejection) if rejection.line.is_none() && rejection.start.is_none() => {
                emit(Found::Rejected(rejection.beginning_with(&head)))
            }
            found => emit(found),
        };
        match format {
            Ok(format) => format.split(Stream { source: self.source, input }, options, emit),
            Err(reason) => emit(rejected(self.source, reason)),
        }
    }

    /// How the format was recognized: by the content, unless that alone would have come to another.
    fn opened(
        &self,
        head: &[u8],
        whole: bool,
        encoding: Option<&'static str>,
        format: Option<&'static dyn InputFormat>,
        options: &Options,
    ) -> Opened {
        let by_content = detect(&Opening { bytes: head, whole, extension: "" });
        let name = format.map(|format| format.name());
        let how = match options.format {
            Some(_) => How::Forced,
            None if by_content.map(|format| format.name()) == name => How::Content,
            None => How::Name,
        };
        Opened { source: self.source.clone(), within: self.within.clone(), format: name, how, encoding }
    }
}

/// An archive of files.
enum Archive {
    Zip,
    Tar,
    Warc,
}

impl Archive {
    /// What it is called.
    fn name(&self) -> &'static str {
        match self {
            Archive::Zip => "zip",
            Archive::Tar => "tar",
            Archive::Warc => "WARC",
        }
    }

    /// What a stream is that begins like this; a zip that is one document is none.
    fn of(head: &[u8]) -> Option<Self> {
        if members::is_zip(head) && !members::is_office(head) {
            Some(Archive::Zip)
        } else if warc::is_warc(head) {
            Some(Archive::Warc)
        } else {
            members::is_tar(head).then_some(Archive::Tar)
        }
    }
}

/// Why what lies deeper is not read.
fn too_deep() -> Reason {
    let words = format!("it lies in more than {LAYERS} archives and packings, each in the next");
    Reason::new(RejectionKind::Limit, words)
}

fn detect(head: &Opening) -> Option<&'static dyn InputFormat> {
    FORMATS.iter().copied().find(|format| format.recognizes(head))
}

fn rejected(source: String, reason: impl Into<Reason>) -> Found {
    Found::Rejected(Rejection::new(source, None, reason))
}
