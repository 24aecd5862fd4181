//! Where a command writes files: each gets its name when it is whole, and none takes the place of another unasked.
//!
//! A file is written under a name of its own beside its place; several are, in a folder beside theirs. What is
//! stopped or fails leaves nothing under the names that were asked for, and what was there stays.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::{Builder, NamedTempFile, TempDir};

use crate::error::Error;

/// What the names of unfinished files begin with.
const UNFINISHED: &str = ".onrecord-export-";

/// How files are written.
#[derive(Clone)]
pub(super) struct Writing {
    /// Whether a file may take the place of another.
    pub(super) force: bool,
    /// Set when the command is to stop.
    pub(super) stop: Arc<AtomicBool>,
}

/// Something that writes the content of a file.
pub(super) type Content<'w> = &'w mut dyn FnMut(&mut (dyn Write + Send)) -> Result<(), Error>;

impl Writing {
    /// Whether the command is to stop.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Writes one file.
    pub(super) fn file(&self, path: &Path, content: Content<'_>) -> Result<(), Error> {
        // A link stays one, and leads to the new content.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        self.may_write(&path)?;
        must_be_folder(folder_of(&path))?;
        let mut unfinished = builder(0o666).tempfile_in(folder_of(&path)).map_err(failed(&path))?;
        self.fill(unfinished.as_file_mut(), &path, content)?;
        self.name(unfinished, &path)
    }

    /// Begins to write several files into a folder, which need not be there.
    pub(super) fn folder(&self, path: &Path) -> Result<Folder, Error> {
        if path.exists() && !path.is_dir() {
            return Err(Error::usage(format!("{} is no folder", path.display()))
                .hint("name a folder with --output; it need not be there yet"));
        }
        // Beside their place: names can be given to files within one file system only.
        let beside = if path.is_dir() { path } else { folder_of(path) };
        must_be_folder(beside)?;
        let unfinished = builder(0o777).tempdir_in(beside).map_err(failed(path))?;
        Ok(Folder { path: path.to_owned(), unfinished, names: Vec::new(), writing: self.clone() })
    }

    /// Refuses a place that is taken.
    fn may_write(&self, path: &Path) -> Result<(), Error> {
        if !path.exists() {
            return Ok(());
        }
        if !path.is_file() {
            return Err(Error::usage(format!("{} is no file that can be replaced", path.display()))
                .hint("name a file with --output, or leave it out for standard output"));
        }
        if !self.force {
            return Err(Error::usage(format!("{} is there already", path.display()))
                .hint("replace it with --force, or choose another name"));
        }
        Ok(())
    }

    fn fill(&self, file: &mut File, path: &Path, content: Content<'_>) -> Result<(), Error> {
        let mut out = Guarded { out: BufWriter::new(&*file), stop: &self.stop, failure: None };
        let written = content(&mut out).and_then(|()| out.flush().map_err(Error::output));
        // Who writes rows knows nothing of files, and would speak of standard output.
        match out.failure.take() {
            _ if self.is_stopped() => return Err(Error::stopped()),
            Some(failure) => return Err(failed(path)(failure)),
            None => written?,
        }
        drop(out);
        file.sync_all().map_err(failed(path))
    }

    fn name(&self, unfinished: NamedTempFile, path: &Path) -> Result<(), Error> {
        let named = if self.force { unfinished.persist(path) } else { unfinished.persist_noclobber(path) };
        named.map(|_| ()).map_err(|error| failed(path)(error.error))
    }
}

/// Files that get their names together.
pub(super) struct Folder {
    path: PathBuf,
    unfinished: TempDir,
    names: Vec<PathBuf>,
    writing: Writing,
}

impl Folder {
    /// Writes one of the files; its name may begin with folders inside this one.
    pub(super) fn file(&mut self, name: &Path, content: Content<'_>) -> Result<(), Error> {
        self.writing.may_write(&self.path.join(name))?;
        let place = self.unfinished.path().join(name);
        let written = fs::create_dir_all(folder_of(&place)).and_then(|()| File::create_new(&place));
        let mut file = written.map_err(failed(&self.path.join(name)))?;
        self.writing.fill(&mut file, &self.path.join(name), content)?;
        self.names.push(name.to_owned());
        Ok(())
    }

    /// Gives all files their names.
    pub(super) fn finish(self) -> Result<(), Error> {
        if !self.path.exists() {
            let whole = self.unfinished.keep();
            return fs::rename(&whole, &self.path).map_err(|error| {
                // It is of no use to anybody under its present name; where it cannot go, it stays.
                let _ = fs::remove_dir_all(&whole);
                failed(&self.path)(error)
            });
        }
        for name in &self.names {
            let place = self.path.join(name);
            self.writing.may_write(&place)?;
            fs::create_dir_all(folder_of(&place))
                .and_then(|()| fs::rename(self.unfinished.path().join(name), &place))
                .map_err(failed(&place))?;
        }
        Ok(())
    }
}

/// A file that hears when it is to stop, and remembers why it could not be written.
struct Guarded<'f> {
    out: BufWriter<&'f File>,
    stop: &'f AtomicBool,
    failure: Option<io::Error>,
}

impl Guarded<'_> {
    fn remember<T>(&mut self, written: io::Result<T>) -> io::Result<T> {
        written.map_err(|error| {
            let told = io::Error::new(error.kind(), error.to_string());
            self.failure = Some(error);
            told
        })
    }
}

impl Write for Guarded<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("it was stopped"));
        }
        let written = self.out.write(bytes);
        self.remember(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.out.flush();
        self.remember(flushed)
    }
}

/// Makes unfinished files and folders, with the rights that the person's files have.
fn builder(rights: u32) -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(rights));
    #[cfg(not(unix))]
    let _ = rights;
    builder
}

/// The folder that a path lies in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn must_be_folder(path: &Path) -> Result<(), Error> {
    if path.is_dir() {
        return Ok(());
    }
    Err(Error::usage(format!("there is no folder {}", path.display()))
        .hint("make it first, or name another with --output"))
}

fn failed(path: &Path) -> impl Fn(io::Error) -> Error + use<> {
    let message = format!("cannot write {}", path.display());
    move |cause| Error::new(message.clone()).because(cause)
}
