//! Packed streams: gzip, zstd, bzip2 and xz, told by their first bytes and unpacked within limits.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

use crate::read::bz2::Bzip2;
use crate::read::xz::Xz;

use crate::read::rejection::beyond_limit;

/// How a stream is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// Gzip, in one member or several.
    Gzip,
    /// Zstandard.
    Zstd,
    /// Bzip2.
    Bzip2,
    /// Xz, which is LZMA.
    Xz,
}

/// How many bytes tell it.
pub(crate) const MAGIC: usize = 24;

impl Packing {
    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
            Packing::Bzip2 => "bzip2",
            Packing::Xz => "xz",
        }
    }

    /// How a stream is packed that begins like this.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, 8, ..] => Some(Packing::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Packing::Zstd),
            // A frame of zstd that is to be passed over, such as an index.
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Packing::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => Some(Packing::Bzip2),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => Some(Packing::Bzip2),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Packing::Xz),
            _ => None,
        }
    }

    /// The stream, unpacked.
    pub(crate) fn unpacked<'a>(
        self,
        input: Box<dyn BufRead + 'a>,
        budget: &Budget,
    ) -> io::Result<Box<dyn BufRead + 'a>> {
        let taken = Rc::new(Cell::new(0));
        let counted = Counted { input, taken: Rc::clone(&taken) };
        let decoder: Box<dyn Read + 'a> = match self {
            Packing::Gzip => Box::new(MultiGzDecoder::new(counted)),
            Packing::Bzip2 => Box::new(Bzip2::new(counted)),
            Packing::Zstd => {
                let mut decoder = zstd::stream::read::Decoder::with_buffer(counted)?;
                // 128 MB, which `zstd --long` needs.
                decoder.window_log_max(27)?;
                Box::new(decoder)
            }
            Packing::Xz => Box::new(Xz::new(counted)),
        };
        Ok(Box::new(BufReader::with_capacity(
            1 << 16,
            Bounded { input: decoder, taken, produced: 0, budget: budget.clone() },
        )))
    }
}

/// How many bytes may come of one: English text shrinks to a third, a repeated one to a hundredth; zeros to a thousandth.
const MOST_EXPANSION: u64 = 250;

/// What may be unpacked before that counts, in bytes.
const FREE: u64 = 64 << 20;

/// Why what is packed is read no further.
fn expands_too_much() -> io::Error {
    beyond_limit(format!("it expands more than {MOST_EXPANSION}-fold"))
}

/// How much all that is packed in one file, at whatever depth, may still give. Many small archives in each other can grow
/// without any of them growing much.
#[derive(Clone)]
pub(crate) struct Budget(Rc<Cell<u64>>);

impl Budget {
    /// What a file of this size may give; a stream, whose size nobody knows, earns it by being read.
    pub(crate) fn of(size: Option<u64>) -> Self {
        Budget(Rc::new(Cell::new(MOST_EXPANSION.saturating_mul(size.unwrap_or(0)).saturating_add(FREE * 8))))
    }

    /// A stream that earns as it is read.
    pub(crate) fn earning<'a>(&self, input: impl BufRead + 'a) -> Box<dyn BufRead + 'a> {
        Box::new(Earning { input, budget: self.clone() })
    }

    /// Whether nothing is left.
    pub(crate) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }

    fn spend(&self, bytes: usize) -> io::Result<()> {
        let left = self.0.get().saturating_sub(bytes as u64);
        self.0.set(left);
        if left == 0 { Err(expands_too_much()) } else { Ok(()) }
    }

    /// Counts what is read of a member of an archive.
    pub(crate) fn counting<'a>(&self, input: impl Read + 'a) -> Box<dyn BufRead + 'a> {
        Box::new(BufReader::with_capacity(1 << 16, Counting { input, budget: self.clone() }))
    }
}

struct Earning<R> {
    input: R,
    budget: Budget,
}

impl<R: Read> Earning<R> {
    fn earn(&self, bytes: usize) {
        // What is spent stays so: who has been told that there is no more reads no further.
        if !self.budget.is_spent() {
            self.budget.0.set(self.budget.0.get().saturating_add(MOST_EXPANSION * bytes as u64));
        }
    }
}

impl<R: Read> Read for Earning<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.earn(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Earning<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.input.consume(count);
        self.earn(count);
    }
}

struct Counting<R> {
    input: R,
    budget: Budget,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.budget.spend(count)?;
        Ok(count)
    }
}

/// A stream that fails where it expands beyond all reason.
struct Bounded<'a> {
    input: Box<dyn Read + 'a>,
    taken: Rc<Cell<u64>>,
    produced: u64,
    budget: Budget,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.produced += count as u64;
        if self.produced > FREE + MOST_EXPANSION * self.taken.get() {
            return Err(expands_too_much());
        }
        self.budget.spend(count)?;
        Ok(count)
    }
}

/// A stream that tells how many bytes were taken from it, and gives few at once.
///
/// The decoder throws away what it has unpacked of a piece in which it meets a fault: of a damaged file, all records
/// before the damage are to be read.
struct Counted<'a> {
    input: Box<dyn BufRead + 'a>,
    taken: Rc<Cell<u64>>,
}

impl Counted<'_> {
    /// The longest piece, in bytes.
    const PIECE: usize = 256;

    fn count(&self, bytes: usize) {
        self.taken.set(self.taken.get() + bytes as u64);
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.count(count);
        Ok(count)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let ready = self.input.fill_buf()?;
        Ok(&ready[..ready.len().min(Self::PIECE)])
    }

    fn consume(&mut self, count: usize) {
        self.count(count);
        self.input.consume(count);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn read(packed: Vec<u8>) -> io::Result<Vec<u8>> {
        let head = packed[..packed.len().min(MAGIC)].to_vec();
        let packing = Packing::of(&head).expect("is packed");
        let mut unpacked = Vec::new();
        packing.unpacked(Box::new(Cursor::new(packed)), &Budget::of(None))?.read_to_end(&mut unpacked)?;
        Ok(unpacked)
    }

    fn packings(text: &[u8]) -> Vec<Vec<u8>> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(text).expect("memory takes it");
        let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bzip2.write_all(text).expect("memory takes it");
        let zstd = zstd::encode_all(text, 1).expect("memory takes it");
        vec![gzip.finish().expect("ends"), bzip2.finish().expect("ends"), zstd]
    }

    #[test]
    fn streams_are_unpacked_in_one_piece_or_several() {
        for packed in packings(b"One text. ") {
            assert_eq!(read(packed.clone()).expect("is read"), b"One text. ");
            assert_eq!(read([packed.clone(), packed].concat()).expect("is read"), b"One text. One text. ");
        }
    }

    #[test]
    fn what_expands_without_end_is_left() {
        for packed in packings(&vec![b'a'; (FREE as usize) * 2]) {
            let reason = read(packed).map(|read| read.len()).expect_err("expands too much").to_string();
            assert_eq!(reason, "it expands more than 250-fold");
        }
    }

    #[test]
    fn all_that_is_in_a_file_is_counted() {
        let budget = Budget::of(Some(0));
        let mut given = 0;
        for _ in 0..10 {
            let endless = io::repeat(b'a').take(FREE);
            given += io::copy(&mut budget.counting(endless), &mut io::sink()).unwrap_or(0);
        }
        assert!(given <= FREE * 8 && budget.is_spent());
    }

    #[test]
    fn a_stream_earns_what_it_may_give() {
        for (packed, is_spent) in [(1 << 10, true), (1 << 20, false)] {
            let budget = Budget::of(None);
            for _ in 0..12 {
                let packed = budget.earning(Cursor::new(vec![b'a'; packed]));
                let unpacked = packed.chain(io::repeat(b'a').take(FREE));
                let _ = io::copy(&mut budget.counting(unpacked), &mut io::sink());
            }
            assert_eq!(budget.is_spent(), is_spent, "{packed} bytes of each 64 MB");
        }
    }
}
