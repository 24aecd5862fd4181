//! Xz, in one stream or several, each within a bound of memory.
//!
//! The crate would read several itself, but takes a window of whatever size a later one asks for, and goes a step deeper for
//! each that is empty: some thousands of them, 32 bytes each, would overflow its stack.

use std::io::{self, Cursor, Read};

use lzma_rust2::XzReader;

use crate::read::rejection::beyond_limit;

/// What a stream begins with.
const MARK: &[u8] = b"\xFD7zXZ\0";

/// How much of a stream tells its window. The shortest has 32 bytes.
const HEAD: u64 = 24;

/// The largest window, in bytes; its programs use at most 64 MB unless they are told otherwise.
const LARGEST_WINDOW: u64 = 256 << 20;

/// The streams of a file, unpacked one after the other.
pub(crate) struct Xz<R: Read>(State<R>);

enum State<R: Read> {
    Between(R),
    Within(Box<XzReader<Primed<R>>>),
    Over,
}

/// A reader of which the first bytes were read already.
type Primed<R> = io::Chain<Cursor<Vec<u8>>, R>;

impl<R: Read> Xz<R> {
    /// Unpacks what `input` holds.
    pub(crate) fn new(input: R) -> Self {
        Xz(State::Between(input))
    }
}

impl<R: Read> Read for Xz<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            self.0 = match std::mem::replace(&mut self.0, State::Over) {
                State::Over => return Ok(0),
                State::Between(input) => match next(input)? {
                    Some(stream) => State::Within(Box::new(stream)),
                    None => State::Over,
                },
                State::Within(mut stream) => match stream.read(buffer)? {
                    0 => State::Between(stream.into_inner().into_inner().1),
                    count => {
                        self.0 = State::Within(stream);
                        return Ok(count);
                    }
                },
            };
        }
    }
}

/// The next stream behind what fills the space between two; none at the end.
fn next<R: Read>(mut input: R) -> io::Result<Option<XzReader<Primed<R>>>> {
    let mut head = vec![0];
    while head == [0] {
        match input.read(&mut head) {
            Ok(0) => return Ok(None),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    input.by_ref().take(HEAD - 1).read_to_end(&mut head)?;
    let length = head.len().min(MARK.len());
    if head.len() < HEAD as usize && head[..length] == MARK[..length] {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    if !head.starts_with(MARK) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "what follows is no xz"));
    }
    if window(&head).is_some_and(|window| window > LARGEST_WINDOW) {
        return Err(beyond_limit(format!("it needs more than {} MB to be unpacked", LARGEST_WINDOW >> 20)));
    }
    Ok(Some(XzReader::new(Cursor::new(head).chain(input), false)))
}

/// The size of the window that the first block of a stream asks for, where it stands in its usual place: behind the
/// header of the stream and two bytes of the block's, the filter is LZMA2, and one byte says it.
fn window(head: &[u8]) -> Option<u64> {
    let [_, flags, rest @ ..] = head.get(12..)? else { return None };
    let mut at = 0;
    // Its packed and unpacked size may be given before.
    for flag in [0x40, 0x80] {
        if flags & flag != 0 {
            at += rest.get(at..)?.iter().position(|byte| byte & 0x80 == 0)? + 1;
        }
    }
    let [0x21, 1, size, ..] = rest.get(at..)? else { return None };
    Some(match size {
        40 => u64::from(u32::MAX),
        size @ 0..40 => (2 | u64::from(size & 1)) << (size / 2 + 11),
        _ => u64::MAX,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut writer =
            lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).expect("opens");
        writer.write_all(text).expect("memory takes it");
        writer.finish().expect("ends")
    }

    fn read(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        Xz::new(bytes).read_to_end(&mut text).map(|_| text)
    }

    #[test]
    fn streams_follow_each_other_with_space_between() {
        let bytes = [packed(b"One. "), vec![0; 8], packed(b""), packed(b"Two.")].concat();
        assert_eq!(read(&bytes).expect("is read"), b"One. Two.");
        let behind =
            |rest: &[u8]| read(&[&packed(b"One. ")[..], rest].concat()).map_err(|error| error.kind());
        assert_eq!(behind(b"rest"), Err(io::ErrorKind::InvalidData));
        for cut in [1, 6, 20] {
            assert_eq!(behind(&packed(b"Two.")[..cut]), Err(io::ErrorKind::UnexpectedEof), "{cut}");
        }
    }

    #[test]
    fn many_empty_streams_take_no_stack() {
        assert_eq!(read(&packed(b"").repeat(200_000)).expect("is read"), b"");
    }

    #[test]
    fn a_window_beyond_reason_is_refused_in_any_stream() {
        let head =
            |size| [&b"\xFD7zXZ\0\0\x04\0\0\0\0"[..], &[2, 0, 0x21, 1, size, 0, 0, 0, 0, 0, 0, 0]].concat();
        assert_eq!(window(&head(22)), Some(8 << 20));
        for before in [Vec::new(), packed(b"One.")] {
            let reason = read(&[before, head(40)].concat()).expect_err("is refused").to_string();
            assert_eq!(reason, "it needs more than 256 MB to be unpacked");
        }
    }
}
