//! The layout of a model file.
//!
//! ```text
//! "ORMODEL\n"   8 bytes
//! layout        u32, little endian: the version of this layout
//! features      u32: the version of the features that the weights belong to
//! length        u32: how many bytes the content has before compression
//! checksum      32 bytes: BLAKE3 of the content before compression
//! content       Zstandard: header length (u32), header (JSON), then the parts, one behind the other
//! ```
//!
//! The header lists name and length (in bytes) of every part, and carries notes (seed, data) that
//! nothing depends on. Numbers are little endian. Knows bytes and names, nothing of what they mean.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::error::Error;

const MAGIC: &[u8; 8] = b"ORMODEL\n";
const LAYOUT: u32 = 2;
/// Magic, two versions, the length and the checksum.
const PREAMBLE: usize = 8 + 4 + 4 + 4 + 32;
/// No model is larger, so that a damaged length cannot exhaust memory.
const LARGEST: usize = 64 << 20;
/// How hard the content is pressed; the time to unpack it does not depend on this.
const EFFORT: i32 = 19;

/// The parts of a model by name.
#[derive(Debug, Default)]
pub struct ModelFile {
    /// The version of the features that the weights belong to.
    pub features: u32,
    /// What a reader may want to know: seed, data, scores. Nothing depends on it.
    pub notes: BTreeMap<String, String>,
    /// The bytes of all parts, and of the header where the file was read.
    content: Vec<u8>,
    /// Where in the content each part lies.
    parts: BTreeMap<String, Range<usize>>,
    checksum: String,
}

#[derive(Serialize, Deserialize)]
struct Header {
    notes: BTreeMap<String, String>,
    /// In the order in which they follow.
    parts: Vec<(String, usize)>,
}

impl ModelFile {
    /// A file without parts for weights that belong to a version of the features.
    pub fn new(features: u32) -> Self {
        ModelFile { features, ..ModelFile::default() }
    }

    /// Reads and checks the bytes of a file.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let damaged = |what: &str| Error::new(format!("the model file is damaged: {what}"));
        if bytes.len() < PREAMBLE || !bytes.starts_with(MAGIC) {
            return Err(Error::new("this is not a model file of onrecord"));
        }
        let layout = number(&bytes[8..12]);
        if layout != LAYOUT {
            return Err(Error::new(format!(
                "the model file has layout {layout}, and this program reads layout {LAYOUT}"
            )));
        }
        let length = number(&bytes[16..20]) as usize;
        if length > LARGEST {
            return Err(damaged("its content would be too large"));
        }
        let content = zstd::bulk::decompress(&bytes[PREAMBLE..], length)
            .map_err(|error| damaged("its content cannot be unpacked").because(error))?;
        if content.len() != length {
            return Err(damaged("its content is not as long as it says"));
        }
        let checksum = blake3::hash(&content);
        if checksum.as_bytes() != &bytes[20..PREAMBLE] {
            return Err(damaged("its checksum is wrong"));
        }
        let length = content.get(..4).map(number).ok_or_else(|| damaged("it has no header"))? as usize;
        let header = content.get(4..4 + length).ok_or_else(|| damaged("its header is cut off"))?;
        let header: Header = serde_json::from_slice(header)
            .map_err(|error| damaged("its header cannot be read").because(error))?;
        let mut parts = BTreeMap::new();
        let mut at = 4 + length;
        for (name, length) in header.parts {
            let part = at..at.saturating_add(length);
            if part.end > content.len() {
                return Err(damaged("a part is cut off"));
            }
            at = part.end;
            parts.insert(name, part);
        }
        Ok(ModelFile {
            features: number(&bytes[12..16]),
            notes: header.notes,
            content,
            parts,
            checksum: checksum.to_hex()[..32].to_owned(),
        })
    }

    /// The bytes of the file; the same parts and notes always give the same bytes.
    pub fn write(&self) -> Result<Vec<u8>, Error> {
        let header = Header {
            notes: self.notes.clone(),
            parts: self.parts.iter().map(|(name, part)| (name.clone(), part.len())).collect(),
        };
        let failed = || Error::new("cannot pack the model");
        let header = serde_json::to_vec(&header).map_err(|error| failed().because(error))?;
        let mut content = (header.len() as u32).to_le_bytes().to_vec();
        content.extend(header);
        self.parts.keys().for_each(|name| content.extend(self.part(name)));
        let mut bytes = MAGIC.to_vec();
        bytes.extend(LAYOUT.to_le_bytes());
        bytes.extend(self.features.to_le_bytes());
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes.extend(blake3::hash(&content).as_bytes());
        bytes.extend(zstd::bulk::compress(&content, EFFORT).map_err(|error| failed().because(error))?);
        Ok(bytes)
    }

    /// The first half of the checksum of the content, in hexadecimal; empty for a file that was not read.
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
    pub fn take_parts(&mut self, other: &ModelFile, prefix: &str) {
        self.take_parts_if(other, |name| name.starts_with(prefix));
    }

    /// Takes over the parts of `other` whose names are wanted.
    pub fn take_parts_if(&mut self, other: &ModelFile, is_wanted: impl Fn(&str) -> bool) {
        let wanted = other.parts.keys().filter(|name| is_wanted(name));
        wanted.for_each(|name| self.put(name, other.part(name)));
    }

    fn part(&self, name: &str) -> &[u8] {
        self.parts.get(name).and_then(|part| self.content.get(part.clone())).unwrap_or_default()
    }

    /// Adds a part behind the others. The bytes of one that it replaces are left out when the file is written.
    fn put(&mut self, name: &str, part: &[u8]) {
        let start = self.content.len();
        self.content.extend_from_slice(part);
        self.parts.insert(name.to_owned(), start..self.content.len());
    }
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

    fn file() -> ModelFile {
        let mut file = ModelFile { features: 7, ..ModelFile::default() };
        file.put_numbers("a", &[-1_i16, 300]);
        file.put_text("b", "né");
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
        for at in [0, 9, 17, PREAMBLE + 3, bytes.len() - 2] {
            let mut bad = bytes.clone();
            bad[at] ^= 0x55;
            assert!(ModelFile::read(&bad).is_err(), "{at}");
        }
        Ok(())
    }
}
