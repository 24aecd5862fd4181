//! What is read, and what of it is not: the database itself, and files that are known as they are.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::error::Error;
use crate::ingest::settings::IngestSettings;
use crate::read::{self, FileStamp, IsKnown};
use crate::store::{Known, ReadFile, files_of};

/// Fails if there is nothing to read at all.
pub(super) fn find_an_input(inputs: &[PathBuf]) -> Result<(), Error> {
    if inputs.iter().any(|input| input.as_os_str() == "-" || input.exists()) {
        return Ok(());
    }
    match inputs {
        [] => Err(Error::usage("there is nothing to ingest")
            .hint("name a file or a folder, or - for standard input")),
        [input] => Err(Error::usage(format!("there is no file or folder {}", input.display()))),
        [input, ..] => Err(Error::usage(format!(
            "there is no file or folder {}, and none of the others either",
            input.display()
        ))),
    }
}

/// How to read, where the files of the database are no input, nor, if that is asked, those that are `known` as they are.
pub(super) fn reading(db: &Path, settings: &IngestSettings, known: Option<Known>) -> read::Options {
    let mut options = settings.reading.clone();
    options.not_input.extend(files_of(db));
    options.is_known = known.map(|known| {
        let (known, reading) = (Mutex::new(known), options.fingerprint());
        Arc::new(move |stamp: &FileStamp| {
            let FileStamp { path, size, modified, .. } = stamp.clone();
            let file = ReadFile { path, size, modified, reading: reading.clone() };
            known.lock().is_ok_and(|known| known.has_file(&file))
        }) as IsKnown
    });
    options
}
