//! Which files to read again for what was rejected of them.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::article::STANDARD_INPUT;
use crate::error::Error;
use crate::store::{KeptError, Store};

/// What to read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// The files and folders that hold rejected documents, each once.
    pub inputs: Vec<PathBuf>,
    /// The errors in these, by their ids.
    pub errors: Vec<i64>,
    /// Files that are not there any more, with how many errors each has: these are kept.
    pub gone: Vec<(String, u64)>,
}

/// Finds what to read again for the errors of a database: of all, or of those in `within`, if that names any file or folder.
pub fn find(db: &Path, within: &[PathBuf], stop: &Arc<AtomicBool>) -> Result<Retry, Error> {
    if !db.exists() {
        return Err(Error::usage(format!("there is no database {}", db.display()))
            .hint("nothing was rejected yet; make one with: onrecord ingest PATH"));
    }
    let store = Store::open_until(db, stop)?;
    let kept = store.kept_errors()?;
    store.close();
    let mut retry = Retry::default();
    let within: Vec<PathBuf> = within.iter().map(|input| plain(input)).collect();
    let (mut met, mut gone) = (HashSet::new(), BTreeMap::new());
    for error in kept {
        let file = file_of(&error);
        let named = file.as_deref().unwrap_or(Path::new(&error.path));
        if !within.is_empty() && !within.iter().any(|input| plain(named).starts_with(input)) {
            continue;
        }
        match file {
            Some(file) => {
                retry.errors.push(error.id);
                if met.insert(file.clone()) {
                    retry.inputs.push(file);
                }
            }
            None => *gone.entry(error.path).or_default() += 1,
        }
    }
    retry.gone = gone.into_iter().collect();
    Ok(retry)
}

/// A path without the full stops that say nothing.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != std::path::Component::CurDir).collect()
}

/// The file that holds what was rejected; none if it is not there any more, or came on standard input. Before version 12 a
/// member stood behind the path.
fn file_of(error: &KeptError) -> Option<PathBuf> {
    if error.path == STANDARD_INPUT {
        return None;
    }
    let (file, _) = parted(&error.path);
    Path::new(file).exists().then(|| PathBuf::from(file))
}

/// The file and the member that a source stands for: the names of files may have a `!` in them as well, so that the longest
/// one that is there counts, and all of it where none is.
pub(super) fn parted(source: &str) -> (&str, Option<&str>) {
    if Path::new(source).exists() {
        return (source, None);
    }
    if let Some(member) = source.strip_prefix(STANDARD_INPUT).and_then(|rest| rest.strip_prefix('!')) {
        return (STANDARD_INPUT, Some(member));
    }
    let marks = source.match_indices('!').map(|(at, _)| (&source[..at], &source[at + 1..]));
    let found = marks.into_iter().find(|(file, _)| Path::new(file).is_file());
    found.map_or((source, None), |(file, member)| (file, Some(member)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_told_from_its_file() {
        for (source, expected) in [
            ("Cargo.toml", ("Cargo.toml", None)),
            ("Cargo.toml!a/b.txt", ("Cargo.toml", Some("a/b.txt"))),
            ("Cargo.toml!inner.zip!b.txt", ("Cargo.toml", Some("inner.zip!b.txt"))),
            ("gone.zip!b.txt", ("gone.zip!b.txt", None)),
            ("-!b.txt", ("-", Some("b.txt"))),
        ] {
            assert_eq!(parted(source), expected);
        }
    }
}
