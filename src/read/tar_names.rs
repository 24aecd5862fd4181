//! The long names of members of a tar, which stand in entries of their own before them: of any length, as far as the format
//! goes, and so read within a bound.

use std::io::{self, Read};

use tar::{Entry, EntryType, PaxExtensions};

use crate::read::rejection::{Reason, broken};
use crate::read::rejection_kind::RejectionKind;

/// The longest entry that names, in bytes; a path of a file system has 4,096.
const LONGEST: u64 = 64 << 10;

/// What the entries before a member have said of it.
#[derive(Default)]
pub(crate) struct Names {
    name: Option<String>,
    target: Option<String>,
    size: Option<u64>,
}

impl Names {
    /// Whether an entry is no member, but says something of the next one; the error says why the tar is read no further.
    pub(crate) fn take<R: Read>(&mut self, entry: &mut Entry<'_, R>) -> Result<bool, Reason> {
        let kind = entry.header().entry_type();
        let names = kind.is_gnu_longname() || kind.is_gnu_longlink() || kind.is_pax_local_extensions();
        if kind.is_pax_global_extensions() {
            return Ok(true);
        }
        if !names {
            return Ok(false);
        }
        if entry.size() > LONGEST {
            let words = format!("a name in it is longer than {} KB; the rest is not read", LONGEST >> 10);
            return Err(Reason::new(RejectionKind::Limit, words));
        }
        let mut bytes = Vec::new();
        entry.take(LONGEST).read_to_end(&mut bytes).map_err(|error| broken_tar(&error))?;
        match kind {
            EntryType::GNULongName => self.name = Some(text(&bytes)),
            EntryType::GNULongLink => self.target = Some(text(&bytes)),
            _ => self.add_pax(&bytes),
        }
        Ok(true)
    }

    fn add_pax(&mut self, bytes: &[u8]) {
        for extension in PaxExtensions::new(bytes).map_while(Result::ok) {
            match extension.key_bytes() {
                b"path" => self.name = Some(text(extension.value_bytes())),
                b"linkpath" => self.target = Some(text(extension.value_bytes())),
                b"size" => self.size = extension.value().ok().and_then(|size| size.parse().ok()),
                _ => {}
            }
        }
    }

    /// The name of the member that follows, and what it links to.
    pub(crate) fn of<R: Read>(&mut self, entry: &Entry<'_, R>) -> Result<(String, String), Reason> {
        let names = std::mem::take(self);
        // Only of what is larger than 8 GB it differs, and where the next member begins is told by it.
        if names.size.is_some_and(|size| size != entry.size()) {
            return Err(Reason::new(
                RejectionKind::Limit,
                "a member is larger than 8 GB; the rest is not read",
            ));
        }
        let name = names.name.unwrap_or_else(|| text(&entry.path_bytes()));
        let target = names.target.or_else(|| entry.link_name_bytes().map(|target| text(&target)));
        Ok((name, target.unwrap_or_default()))
    }
}

/// A name; NUL ends one.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// Why a tar is read no further. Where it breaks off, the crate has no kind for it, only words.
pub(crate) fn broken_tar(error: &io::Error) -> Reason {
    let words = error.to_string();
    if words.contains("unexpected EOF") || words.contains("failed to read entire block") {
        return broken(&io::Error::from(io::ErrorKind::UnexpectedEof));
    }
    broken(error)
}
