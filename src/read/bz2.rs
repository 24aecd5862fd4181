//! Bzip2, in one stream or several.
//!
//! Each stream takes some megabytes of tables, which are filled anew for it: a file of streams that hold nothing, 14 bytes each,
//! would keep a processor busy for hours.

use std::io::{self, BufRead, Read};

use bzip2::bufread::BzDecoder;

use crate::read::rejection::beyond_limit;

/// How many streams may hold next to nothing, and how much each other one holds at least, in bytes. Programs that make several
/// fill each with 100 KB or more.
const EMPTY: u64 = 2000;
const LEAST: u64 = 4096;

/// The streams of a file, unpacked one after the other.
pub(crate) struct Bzip2<R: BufRead> {
    stream: Option<BzDecoder<R>>,
    streams: u64,
    produced: u64,
}

impl<R: BufRead> Bzip2<R> {
    /// Unpacks what `input` holds.
    pub(crate) fn new(input: R) -> Self {
        Bzip2 { stream: Some(BzDecoder::new(input)), streams: 1, produced: 0 }
    }
}

impl<R: BufRead> Read for Bzip2<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while let Some(mut stream) = self.stream.take() {
            let count = stream.read(buffer)?;
            if count > 0 {
                self.produced += count as u64;
                self.stream = Some(stream);
                return Ok(count);
            }
            let mut input = stream.into_inner();
            if input.fill_buf()?.is_empty() {
                break;
            }
            self.streams += 1;
            if self.streams > EMPTY + self.produced / LEAST {
                return Err(beyond_limit("it consists of thousands of streams that hold next to nothing"));
            }
            self.stream = Some(BzDecoder::new(input));
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        writer.write_all(text).expect("memory takes it");
        writer.finish().expect("ends")
    }

    fn read(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        Bzip2::new(bytes).read_to_end(&mut text).map(|_| text)
    }

    #[test]
    fn streams_follow_each_other() {
        assert_eq!(
            read(&[packed(b"One. "), packed(b""), packed(b"Two.")].concat()).expect("is read"),
            b"One. Two."
        );
        assert!(read(&[packed(b"One. "), b"rest".to_vec()].concat()).is_err());
        assert!(read(&packed(b"One. ")[..20]).is_err());
    }

    #[test]
    fn streams_without_end_are_left() {
        assert!(read(&packed(b"").repeat(EMPTY as usize + 1)).is_err());
    }
}
