//! The inputs of `ingest`: those named as arguments, and those in a list.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The longest name in a list, in bytes: longer ones are no names of files.
const LONGEST: usize = 64 << 10;

/// What names the inputs.
#[derive(clap::Args)]
pub(super) struct InputArgs {
    /// Files and folders, or - for standard input
    #[arg(required_unless_present_any = ["files_from", "retry_errors"], value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Read also the files and folders that this file lists, one a line; - for standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,

    /// The names in --files-from end with NUL, as find -print0 writes them, and not with the line
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,
}

/// The inputs of a run.
pub(super) struct Inputs {
    /// All of them.
    pub(super) paths: Vec<PathBuf>,
    /// What is noted of them, where they are listed elsewhere.
    pub(super) noted: Option<Vec<String>>,
}

impl InputArgs {
    /// The inputs; none if a list is all there is, and names none.
    pub(super) fn read(&self) -> Result<Inputs, Error> {
        let Some(list) = &self.files_from else {
            return Ok(Inputs { paths: self.paths.clone(), noted: None });
        };
        let is_piped = list.as_os_str() == "-";
        if is_piped && self.paths.iter().any(|path| path.as_os_str() == "-") {
            return Err(Error::usage("standard input cannot be an article and the list of files too"));
        }
        let failed = |cause: String| {
            Error::usage(format!("cannot read the list of files {}", list.display())).because(cause)
        };
        let input: Box<dyn BufRead> = if is_piped {
            Box::new(io::stdin().lock())
        } else {
            Box::new(BufReader::new(File::open(list).map_err(|cause| failed(cause.to_string()))?))
        };
        let mut paths = self.paths.clone();
        paths.extend(names(input, if self.null { 0 } else { b'\n' }).map_err(failed)?);
        let named = self.paths.iter().map(|path| path.display().to_string());
        let noted = named.chain([format!("--files-from {}", list.display())]).collect();
        Ok(Inputs { paths, noted: Some(noted) })
    }
}

/// The names in a list; the error says why it is none.
fn names(mut input: impl BufRead, end: u8) -> Result<Vec<PathBuf>, String> {
    let mut paths = Vec::new();
    loop {
        let mut name = Vec::new();
        let mut limited = input.by_ref().take(LONGEST as u64 + 1);
        let read = limited.read_until(end, &mut name).map_err(|error| error.to_string())?;
        if read == 0 {
            return Ok(paths);
        }
        if name.last() == Some(&end) {
            name.pop();
        } else if read > LONGEST {
            return Err(format!("name {} is longer than {LONGEST} bytes", paths.len() + 1));
        }
        if end == b'\n' && name.last() == Some(&b'\r') {
            name.pop();
        }
        if name.is_empty() {
            continue;
        }
        if name.contains(&0) {
            return Err("its names end with NUL: say --null".to_owned());
        }
        let path = PathBuf::from(os_string(name)?);
        // A file of this name, and not standard input.
        paths.push(if path.as_os_str() == "-" { Path::new(".").join(path) } else { path });
    }
}

/// The name of a file may be any bytes.
#[cfg(unix)]
fn os_string(name: Vec<u8>) -> Result<OsString, String> {
    use std::os::unix::ffi::OsStringExt as _;
    Ok(OsString::from_vec(name))
}

#[cfg(not(unix))]
fn os_string(name: Vec<u8>) -> Result<OsString, String> {
    String::from_utf8(name).map(OsString::from).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(list: &[u8], end: u8) -> Result<String, String> {
        let paths = names(list, end)?;
        Ok(paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn names_end_with_the_line_or_with_nul() {
        assert_eq!(listed(b"a b.txt\r\n\nc.txt\n-", b'\n').as_deref(), Ok("a b.txt|c.txt|./-"));
        assert_eq!(listed(b"a\nb.txt\0c.txt\r\0", 0).as_deref(), Ok("a\nb.txt|c.txt\r"));
        assert_eq!(listed(b"", b'\n').as_deref(), Ok(""));
        assert!(listed(b"a.txt\0b.txt\0", b'\n').is_err_and(|reason| reason.contains("--null")));
        assert!(listed(&vec![b'a'; LONGEST + 2], b'\n').is_err());
    }
}
