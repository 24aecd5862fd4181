//! Documents that are a zip of XML: their parts, each read within the limit of a document.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::read::rejection::{MAX_DOCUMENT, Reason, too_large};
use crate::read::rejection_kind::RejectionKind;
use crate::read::xml::{self, Element};

/// The parts of a document.
pub(crate) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How much may still be unpacked, in bytes.
    left: usize,
}

/// The most members that are looked at; each takes some room in the list.
const MOST_PARTS: usize = 100_000;

impl<'a> Parts<'a> {
    /// Opens a document.
    pub(crate) fn of(bytes: &'a [u8]) -> Result<Self, Reason> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| "it is damaged or breaks off: its list of parts cannot be read".to_owned())?;
        if archive.len() > MOST_PARTS {
            return Err(Reason::new(RejectionKind::Limit, format!("it has more than {MOST_PARTS} parts")));
        }
        Ok(Parts { archive, left: MAX_DOCUMENT })
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a part; none if it is not there.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Reason> {
        if !self.has(name) {
            return Ok(None);
        }
        let part =
            self.archive.by_name(name).map_err(|error| format!("its part {name} cannot be read: {error}"))?;
        let mut bytes = Vec::new();
        let read = part.take(self.left as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| format!("its part {name} cannot be read: {error}"))?;
        self.left = self.left.checked_sub(bytes.len()).ok_or_else(too_large)?;
        Ok(Some(bytes))
    }

    /// A part of XML; none if it is not there.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<Element>, Reason> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        match xml::parse(&xml::decoded(&bytes)?) {
            (_, Some(fault)) => Err(format!("its part {name} cannot be read: {fault}").into()),
            (tree, None) => Ok(Some(tree)),
        }
    }
}
