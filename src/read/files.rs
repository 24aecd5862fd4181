//! Paths → streams: folders are walked in order, gzip is unpacked, and the content tells the format.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use walkdir::{DirEntry, WalkDir};

use crate::article::STANDARD_INPUT;
use crate::read::decode;
use crate::read::format::{Emit, Found, InputFormat, Opening, Options, Stream};
use crate::read::formats::FORMATS;
use crate::read::rejection::{Rejection, broken};

/// How much of a stream detection sees, in bytes.
const HEAD: usize = 64 << 10;

/// How often gzip may be packed in gzip.
const LAYERS: usize = 2;

/// Finds the documents in files and folders, and in standard input for `-`, in a fixed order.
///
/// Ends early when `emit` says so.
pub fn documents(inputs: &[PathBuf], options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
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
                let reason = match error.loop_ancestor() {
                    Some(ancestor) => format!("it is a link to {}, which it lies in", name(ancestor)),
                    None => format!("cannot read it: {error}"),
                };
                emit(rejected(name(&place), reason))?;
            }
            Ok(entry) if is_hidden(&entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                emit(Found::Skipped(name(entry.path())))?;
            }
            Ok(entry) if entry.path_is_symlink() && !options.follow => {
                link(entry.path(), path, options, emit)?
            }
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if entry.file_type().is_file() => file(entry.path(), options, emit)?,
            Ok(entry) => emit(rejected(name(entry.path()), "it is neither a file nor a folder"))?,
        }
    }
    if seen == 0 {
        emit(rejected(name(path), "the folder is empty"))?;
    }
    ControlFlow::Continue(())
}

fn is_hidden(entry: &DirEntry) -> bool {
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
            return emit(rejected(name(path), "it is a link to something that is not there"));
        }
        (Err(error), _) | (_, Err(error)) => {
            return emit(rejected(name(path), format!("cannot follow the link: {error}")));
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
fn is_not_input(path: &Path, options: &Options) -> bool {
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
    match File::open(path) {
        Ok(file) => {
            let input = Box::new(BufReader::with_capacity(1 << 16, file));
            stream(&name(path), input, options, emit)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            emit(rejected(name(path), "there is no such file"))
        }
        Err(error) => emit(rejected(name(path), format!("cannot open it: {error}"))),
    }
}

/// The ending of a file's name, in lower case and without `.gz`.
fn extension(name: &str) -> String {
    let path = Path::new(name);
    let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let ending = match ending(path).as_deref() {
        Some("gz") => path.file_stem().and_then(|stem| ending(Path::new(stem))),
        other => other.map(str::to_owned),
    };
    ending.unwrap_or_default()
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
    let (source, extension) = (name.to_owned(), extension(name));
    let (head, input) = match unpacked(input) {
        Ok(unpacked) => unpacked,
        Err(error) => return emit(rejected(source, broken(&error))),
    };
    if head.is_empty() {
        return emit(rejected(source, "the file is empty"));
    }
    let whole = head.len() < HEAD && !decode::are_json_lines(&head);
    let detected = detect(&Opening { bytes: &head, whole, extension: &extension });
    match options.format.or(detected) {
        Some(format) => format.split(Stream { source, input }, options, emit),
        None => emit(rejected(source, unknown(&head, &extension))),
    }
}

/// The beginning of a stream and the stream itself, without gzip and in UTF-8 if it was UTF-16.
fn unpacked(mut input: Box<dyn BufRead + Send>) -> io::Result<(Vec<u8>, Box<dyn BufRead + Send>)> {
    for _ in 0..LAYERS {
        let (head, whole) = decode::peek(input, 3)?;
        input = whole;
        if head != [0x1F, 0x8B, 8] {
            break;
        }
        input = Box::new(BufReader::with_capacity(1 << 16, Inflated::new(input)));
    }
    decode::peek(decode::utf8_stream(input)?, HEAD)
}

fn detect(head: &Opening) -> Option<&'static dyn InputFormat> {
    FORMATS.iter().copied().find(|format| format.recognizes(head))
}

/// Why no format takes a file that begins like this.
fn unknown(head: &[u8], extension: &str) -> String {
    if decode::looks_binary(head) {
        return decode::NO_TEXT.to_owned();
    }
    let kind = match extension {
        "" => "this kind of text".to_owned(),
        extension => format!("text files that end in .{extension}"),
    };
    format!("no known format: {kind} may be forced to be read with --input-format plain")
}

fn rejected(source: String, reason: impl Into<String>) -> Found {
    Found::Rejected(Rejection::new(source, None, reason))
}

/// The path as it is kept: as given, without `./` and doubled slashes. A file `-` keeps its `./`, since it is not
/// standard input.
fn name(path: &Path) -> String {
    let named: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    match named.as_os_str().to_str() {
        Some("") => ".".to_owned(),
        Some(STANDARD_INPUT) => format!("./{STANDARD_INPUT}"),
        _ => named.display().to_string(),
    }
}

/// Gzip of several members, unpacked, that fails where it expands beyond all reason.
struct Inflated {
    decoder: MultiGzDecoder<Counted>,
    produced: u64,
}

impl Inflated {
    /// English text shrinks to a third, a repeated one to a hundredth; zeros to a thousandth.
    const MOST: u64 = 250;
    /// What may be unpacked before the ratio counts, in bytes.
    const FREE: u64 = 64 << 20;

    fn new(input: Box<dyn BufRead + Send>) -> Self {
        Inflated { decoder: MultiGzDecoder::new(Counted { input, taken: 0 }), produced: 0 }
    }
}

impl Read for Inflated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.decoder.read(buffer)?;
        self.produced += count as u64;
        if self.produced > Self::FREE + Self::MOST * self.decoder.get_ref().taken {
            return Err(io::Error::other(format!("it expands more than {}-fold", Self::MOST)));
        }
        Ok(count)
    }
}

/// A stream that knows how many bytes were taken from it, and gives few at once.
///
/// The decoder throws away what it has unpacked of a piece in which it meets a fault: of a damaged file, all records
/// before the damage are to be read.
struct Counted {
    input: Box<dyn BufRead + Send>,
    taken: u64,
}

impl Counted {
    /// The longest piece, in bytes.
    const PIECE: usize = 256;
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.taken += count as u64;
        Ok(count)
    }
}

impl BufRead for Counted {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let ready = self.input.fill_buf()?;
        Ok(&ready[..ready.len().min(Self::PIECE)])
    }

    fn consume(&mut self, count: usize) {
        self.taken += count as u64;
        self.input.consume(count);
    }
}
