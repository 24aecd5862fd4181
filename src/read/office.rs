//! Documents that are a zip of XML: their parts, each read within the limit of a document. Of one that breaks off, what
//! stands before the cut.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use zip::ZipArchive;

use crate::read::packed::Budget;
use crate::read::rejection::{MAX_DOCUMENT, Reason, too_large};
use crate::read::rejection_kind::RejectionKind;
use crate::read::xml::{self, Element};
use crate::read::zip_forward;

/// The parts of a document.
pub(crate) struct Parts<'a> {
    from: From<'a>,
    /// How much may still be unpacked, in bytes.
    left: usize,
}

/// Where parts come from: the document, or what was found in a damaged one.
enum From<'a> {
    Whole(Box<ZipArchive<Cursor<&'a [u8]>>>),
    Damaged(Vec<(String, Vec<u8>)>),
}

/// The most members that are looked at; each takes some room in the list.
const MOST_PARTS: usize = 100_000;

impl<'a> Parts<'a> {
    /// Opens a document.
    pub(crate) fn of(bytes: &'a [u8]) -> Result<Self, Reason> {
        let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
            let found = found_in(bytes);
            if found.is_empty() {
                return Err("it is damaged or breaks off: its list of parts cannot be read".into());
            }
            return Ok(Parts { from: From::Damaged(found), left: MAX_DOCUMENT });
        };
        if archive.len() > MOST_PARTS {
            return Err(Reason::new(RejectionKind::Limit, format!("it has more than {MOST_PARTS} parts")));
        }
        Ok(Parts { from: From::Whole(Box::new(archive)), left: MAX_DOCUMENT })
    }

    /// What is missing from the document, in words.
    pub(crate) fn fault(&self) -> Option<String> {
        match self.from {
            From::Whole(_) => None,
            From::Damaged(_) => Some("the file breaks off: it is not complete".to_owned()),
        }
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        match &self.from {
            From::Whole(archive) => archive.index_for_name(name).is_some(),
            From::Damaged(parts) => parts.iter().any(|(part, _)| part == name),
        }
    }

    /// The bytes of a part; none if it is not there.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Reason> {
        if !self.has(name) {
            return Ok(None);
        }
        let bytes = match &mut self.from {
            From::Damaged(parts) => {
                parts.iter().find(|(part, _)| part == name).map_or_else(Vec::new, |(_, bytes)| bytes.clone())
            }
            From::Whole(archive) => {
                let part = archive
                    .by_name(name)
                    .map_err(|error| format!("its part {name} cannot be read: {error}"))?;
                let mut bytes = Vec::new();
                let read = part.take(self.left as u64 + 1).read_to_end(&mut bytes);
                read.map_err(|error| format!("its part {name} cannot be read: {error}"))?;
                bytes
            }
        };
        self.left = self.left.checked_sub(bytes.len()).ok_or_else(too_large)?;
        Ok(Some(bytes))
    }

    /// A part of XML; none if it is not there. Of a damaged document it may break off.
    pub(crate) fn xml(&mut self, name: &str) -> Result<Option<Element>, Reason> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        match xml::parse(&xml::decoded(&bytes)?) {
            (_, Some(fault)) if self.fault().is_none() => {
                Err(format!("its part {name} cannot be read: {fault}").into())
            }
            (tree, _) => Ok(Some(tree)),
        }
    }
}

/// The parts that are found in a document whose list is lost, the last one perhaps not whole.
fn found_in(mut bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut left = MAX_DOCUMENT;
    let mut found = Vec::new();
    let budget = Budget::of(Some(bytes.len() as u64));
    let _ = zip_forward::members(&mut bytes, &budget, &mut |part| {
        let mut bytes = Vec::new();
        if let Ok(content) = part.content {
            // What breaks off is kept as far as it goes.
            let _ = content.take(left as u64).read_to_end(&mut bytes);
        }
        left -= bytes.len();
        found.push((part.name, bytes));
        if left == 0 || found.len() == MOST_PARTS {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    found
}
