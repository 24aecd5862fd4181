//! The layout of a model file.
//!
//! ```text
//! "ORMODEL\n"   8 bytes
//! layout        u32, little endian: the version of this layout
//! features      u32: the version of the features that the weights belong to
//! checksum      32 bytes: BLAKE3 of all that follows
//! header        length (u32), then JSON
//! parts         one behind the other
//! ```
//!
//! The header lists name and length (in bytes) of every part, and carries notes (seed, data) that nothing depends on.
//! A part is packed by Zstandard where that is worth the time to unpack it at every start of the program: weights of the
//! encoders shrink by a twentieth, and lie there as they are. Numbers are little endian. Knows bytes and names, nothing
//! of what they mean.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;

const MAGIC: &[u8; 8] = b"ORMODEL\n";
const LAYOUT: u32 = 3;
/// Magic, two versions and the checksum.
const PREAMBLE: usize = 8 + 4 + 4 + 32;
/// No part is larger, so that a damaged length cannot exhaust memory.
const LARGEST: usize = 64 << 20;
/// How hard parts are packed; the time to unpack them does not depend on this.
const EFFORT: i32 = 19;
/// A part is packed if that takes away at least one byte in so many.
const WORTH: usize = 8;

/// The parts of a model by name.
#[derive(Debug, Default)]
pub struct ModelFile<'a> {
    /// The version of the features that the weights belong to.
    pub features: u32,
    /// What a reader may want to know: seed, data, scores. Nothing depends on it.
    pub notes: BTreeMap<String, String>,
    /// What was packed is unpacked; the rest lies in the file.
    parts: BTreeMap<String, Cow<'a, [u8]>>,
    checksum: String,
}

#[derive(Serialize, Deserialize)]
struct Header {
    notes: BTreeMap<String, String>,
    /// In the order in which they follow.
    parts: Vec<PartHeader>,
}

#[derive(Serialize, Deserialize)]
struct PartHeader {
    name: String,
    /// In bytes, as it is used.
    length: usize,
    /// In bytes, as it lies in the file, if it is packed.
    #[serde(skip_serializing_if = "Option::is_none")]
    packed: Option<usize>,
}

/// The first half of the checksum in a preamble.
fn half_checksum(preamble: &[u8]) -> String {
    preamble[16..32].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Which model a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelVersion {
    /// The version of the layout of the file.
    pub layout: u32,
    /// The version of the features that the weights belong to.
    pub features: u32,
    /// The first half of the checksum, in hexadecimal, as `ingest_runs.model` has it.
    pub checksum: String,
}

impl ModelVersion {
    /// Reads the first bytes of a file and unpacks nothing; none where they are those of no model.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let preamble = bytes.get(..PREAMBLE).filter(|preamble| preamble.starts_with(MAGIC))?;
        Some(ModelVersion {
            layout: number(&preamble[8..12]),
            features: number(&preamble[12..16]),
            checksum: half_checksum(preamble),
        })
    }
}

impl<'a> ModelFile<'a> {
    /// A file without parts for weights that belong to a version of the features.
    pub fn new(features: u32) -> Self {
        ModelFile { features, ..ModelFile::default() }
    }

    /// Reads and checks the bytes of a file.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        // A file of another layout may keep its checksum elsewhere: what is none of ours is said to be that first.
        let is_ours = bytes.len() >= PREAMBLE && bytes.starts_with(MAGIC) && number(&bytes[8..12]) == LAYOUT;
        if is_ours && blake3::hash(&bytes[PREAMBLE..]).as_bytes() != &bytes[16..PREAMBLE] {
            return Err(damaged("its checksum is wrong"));
        }
        Self::read_unchecked(bytes)
    }

    /// Reads the bytes of a file without a look at its checksum: for what lies in the program, which is as whole as that.
    pub fn read_unchecked(bytes: &'a [u8]) -> Result<Self, Error> {
        if bytes.len() < PREAMBLE || !bytes.starts_with(MAGIC) {
            return Err(Error::new("this is not a model file of onrecord"));
        }
        let layout = number(&bytes[8..12]);
        if layout != LAYOUT {
            return Err(Error::new(format!(
                "the model file has layout {layout}, and this program reads layout {LAYOUT}"
            )));
        }
        let (length, rest) =
            bytes[PREAMBLE..].split_first_chunk().ok_or_else(|| damaged("it has no header"))?;
        let (header, mut rest) = rest
            .split_at_checked(u32::from_le_bytes(*length) as usize)
            .ok_or_else(|| damaged("its header is cut off"))?;
        let header: Header = serde_json::from_slice(header)
            .map_err(|error| damaged("its header cannot be read").because(error))?;
        let mut parts = BTreeMap::new();
        for PartHeader { name, length, packed } in header.parts {
            if length > LARGEST {
                return Err(damaged("a part would be too large"));
            }
            let (part, after) = rest
                .split_at_checked(packed.unwrap_or(length))
                .ok_or_else(|| damaged("a part is cut off"))?;
            rest = after;
            let part = match packed {
                None => Cow::Borrowed(part),
                Some(_) => zstd::bulk::decompress(part, length)
                    .map_err(|error| damaged("a part cannot be unpacked").because(error))?
                    .into(),
            };
            if part.len() != length {
                return Err(damaged("a part is not as long as it says"));
            }
            parts.insert(name, part);
        }
        Ok(ModelFile {
            features: number(&bytes[12..16]),
            notes: header.notes,
            parts,
            checksum: half_checksum(bytes),
        })
    }

    /// The bytes of the file; the same parts and notes always give the same bytes.
    pub fn write(&self) -> Result<Vec<u8>, Error> {
        let failed = || Error::new("cannot pack the model");
        let mut header = Header { notes: self.notes.clone(), parts: Vec::new() };
        let mut stored = Vec::new();
        for (name, part) in &self.parts {
            let packed = zstd::bulk::compress(part, EFFORT).map_err(|error| failed().because(error))?;
            let is_worth_it = part.len().saturating_sub(packed.len()) > part.len() / WORTH;
            header.parts.push(PartHeader {
                name: name.clone(),
                length: part.len(),
                packed: is_worth_it.then_some(packed.len()),
            });
            stored.extend_from_slice(if is_worth_it { &packed } else { part });
        }
        let header = serde_json::to_vec(&header).map_err(|error| failed().because(error))?;
        let mut content = (header.len() as u32).to_le_bytes().to_vec();
        content.extend(header);
        content.extend(stored);
        let mut bytes = MAGIC.to_vec();
        bytes.extend(LAYOUT.to_le_bytes());
        bytes.extend(self.features.to_le_bytes());
        bytes.extend(blake3::hash(&content).as_bytes());
        bytes.extend(content);
        Ok(bytes)
    }

    /// The first half of the checksum, in hexadecimal; empty for a file that was not read.
    pub fn checksum(&self) -> String {
        self.checksum.clone()
    }

    /// The numbers of a part; none if the file lacks it.
    pub fn numbers<T: Number>(&self, name: &str) -> Vec<T> {
        T::all(self.part(name))
    }

    /// The text of a part; empty if the file lacks it.
    pub fn text(&self, name: &str) -> String {
        String::from_utf8_lossy(self.part(name)).into_owned()
    }

    /// Adds a part of numbers.
    pub fn put_numbers<T: Number>(&mut self, name: &str, numbers: &[T]) {
        let mut part = Vec::with_capacity(size_of_val(numbers));
        numbers.iter().for_each(|number| number.push_bytes(&mut part));
        self.put(name, &part);
    }

    /// Adds a part of text.
    pub fn put_text(&mut self, name: &str, text: &str) {
        self.put(name, text.as_bytes());
    }

    /// Takes over the parts of `other` whose names begin with `prefix`.
    pub fn take_parts(&mut self, other: &ModelFile<'_>, prefix: &str) {
        self.take_parts_if(other, |name| name.starts_with(prefix));
    }

    /// Takes over the parts of `other` whose names are wanted.
    pub fn take_parts_if(&mut self, other: &ModelFile<'_>, is_wanted: impl Fn(&str) -> bool) {
        let wanted = other.parts.iter().filter(|(name, _)| is_wanted(name));
        wanted.for_each(|(name, part)| self.put(name, part));
    }

    fn part(&self, name: &str) -> &[u8] {
        self.parts.get(name).map(|part| &**part).unwrap_or_default()
    }

    fn put(&mut self, name: &str, part: &[u8]) {
        self.parts.insert(name.to_owned(), Cow::Owned(part.to_owned()));
    }
}

fn damaged(what: &str) -> Error {
    Error::new(format!("the model file is damaged: {what}"))
}

/// The number that the first four bytes are; 0 if there are fewer.
fn number(bytes: &[u8]) -> u32 {
    bytes.first_chunk().copied().map_or(0, u32::from_le_bytes)
}

/// A number that has a fixed form in a file.
pub trait Number: Sized + Copy {
    /// The numbers that stand one behind the other in bytes; what is too short for a last one is left out.
    fn all(bytes: &[u8]) -> Vec<Self>;
    /// Appends its bytes.
    fn push_bytes(self, to: &mut Vec<u8>);
}

/// Implements [`Number`] in little endian.
macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Number for $type {
            fn all(bytes: &[u8]) -> Vec<Self> {
                bytes.as_chunks().0.iter().map(|bytes| <$type>::from_le_bytes(*bytes)).collect()
            }

            fn push_bytes(self, to: &mut Vec<u8>) {
                to.extend(self.to_le_bytes());
            }
        }
    )*};
}

numbers!(i8, i16, i32, u8, u16, u32, f32);

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> ModelFile<'static> {
        let mut file = ModelFile { features: 7, ..ModelFile::default() };
        file.put_numbers("a", &[-1_i16, 300]);
        file.put_text("b", "né");
        file.put_numbers("c", &[5_i8; 1000]);
        file.notes.insert("seed".into(), "1".into());
        file
    }

    #[test]
    fn what_was_written_is_read() -> Result<(), Error> {
        let bytes = file().write()?;
        let read = ModelFile::read(&bytes)?;
        assert_eq!(read.features, 7);
        assert_eq!(read.numbers::<i16>("a"), [-1, 300]);
        assert_eq!(read.text("b"), "né");
        assert_eq!(read.numbers::<i8>("c"), [5; 1000]);
        assert!(bytes.len() < 500, "what shrinks is packed");
        assert!(read.numbers::<u32>("missing").is_empty());
        assert_eq!(bytes, read.write()?);
        Ok(())
    }

    #[test]
    fn damaged_files_are_refused() -> Result<(), Error> {
        let bytes = file().write()?;
        for length in [0, 7, 20, PREAMBLE, bytes.len() - 1] {
            assert!(ModelFile::read(&bytes[..length]).is_err(), "{length}");
        }
        for at in [0, 9, 17, PREAMBLE + 3, PREAMBLE + 30, bytes.len() - 2] {
            let mut bad = bytes.clone();
            bad[at] ^= 0x55;
            assert!(ModelFile::read(&bad).is_err(), "{at}");
        }
        Ok(())
    }
}
