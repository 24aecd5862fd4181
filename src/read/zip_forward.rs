//! A zip without its list, which stands at its end and is the first thing that is lost: read from its beginning, by the
//! header that stands before each member.

use std::io::{self, BufRead, Read, Take};
use std::ops::ControlFlow;

use flate2::bufread::DeflateDecoder;

use crate::read::packed::Budget;
use crate::read::rejection::Reason;
use crate::read::rejection_kind::RejectionKind;

/// What a header begins with, and the list.
const HEADER: [u8; 4] = *b"PK\x03\x04";
const LIST: [u8; 4] = *b"PK\x01\x02";

/// How long a header is behind its mark, in bytes, without the name.
const LENGTH: usize = 26;

/// How many bytes may stand between a member and the next header: its sizes, where they were not known before.
const BETWEEN: usize = 32;

/// A member that is found.
pub(crate) struct Found<'a> {
    /// Its name.
    pub(crate) name: String,
    /// Its bytes, or why they cannot be read.
    pub(crate) content: Result<&'a mut dyn Read, Reason>,
}

/// Finds the members of a zip up to where it breaks off.
pub(crate) fn members(
    mut input: &mut dyn BufRead,
    budget: &Budget,
    take: &mut dyn FnMut(Found<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    while let Some(header) = header(&mut input).ok().flatten() {
        let Header { name, packed, .. } = &header;
        let packed = *packed;
        if let Some(reason) = header.unreadable() {
            take(Found { name: name.clone(), content: Err(reason) })?;
            let Some(packed) = packed else { break };
            if !is_skipped(&mut input.take(packed)) {
                break;
            }
            continue;
        }
        let mut limited = input.take(packed.unwrap_or(u64::MAX));
        let mut content = if header.method == 0 {
            Content::Plain(limited)
        } else {
            Content::Deflated(DeflateDecoder::new(limited))
        };
        if !name.ends_with('/') {
            take(Found { name: name.clone(), content: Ok(&mut content) })?;
        }
        // Where the next one begins is known by its size, or by where what is packed ends.
        if packed.is_none() && !is_skipped(&mut *budget.counting(&mut content)) {
            break;
        }
        limited = content.into_inner();
        if packed.is_some() && !is_skipped(&mut limited) || budget.is_spent() {
            break;
        }
        input = limited.into_inner();
    }
    ControlFlow::Continue(())
}

/// Reads to the end; says whether that was reached without a fault.
fn is_skipped(input: &mut dyn Read) -> bool {
    io::copy(input, &mut io::sink()).is_ok()
}

/// What a member holds.
enum Content<'a> {
    Plain(Take<&'a mut dyn BufRead>),
    Deflated(DeflateDecoder<Take<&'a mut dyn BufRead>>),
}

impl<'a> Content<'a> {
    fn into_inner(self) -> Take<&'a mut dyn BufRead> {
        match self {
            Content::Plain(input) => input,
            Content::Deflated(decoder) => decoder.into_inner(),
        }
    }
}

impl Read for Content<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Content::Plain(input) => match input.read(buffer)? {
                0 if input.limit() > 0 && !buffer.is_empty() => Err(io::ErrorKind::UnexpectedEof.into()),
                count => Ok(count),
            },
            Content::Deflated(decoder) => decoder.read(buffer),
        }
    }
}

/// What is said of a member before it.
struct Header {
    name: String,
    is_encrypted: bool,
    method: u16,
    /// How long it is, packed; none where that is said behind it.
    packed: Option<u64>,
}

impl Header {
    fn unreadable(&self) -> Option<Reason> {
        match (self.is_encrypted, self.method, self.packed) {
            (true, ..) => Some(Reason::new(RejectionKind::Encrypted, "it is encrypted")),
            (_, 0, Some(_)) | (_, 8, _) => None,
            _ => Some("it cannot be unpacked without the list at the end of the zip".into()),
        }
    }
}

/// Reads the next header; none where none follows.
fn header(input: &mut dyn Read) -> io::Result<Option<Header>> {
    let mut mark = [0; 4];
    input.read_exact(&mut mark)?;
    for _ in 0..BETWEEN {
        if mark == HEADER || mark == LIST {
            break;
        }
        mark.rotate_left(1);
        input.read_exact(&mut mark[3..])?;
    }
    if mark != HEADER {
        return Ok(None);
    }
    let mut fields = [0; LENGTH];
    input.read_exact(&mut fields)?;
    let short = |at: usize| u16::from_le_bytes([fields[at], fields[at + 1]]);
    let long = |at: usize| u32::from_le_bytes([fields[at], fields[at + 1], fields[at + 2], fields[at + 3]]);
    let (flags, method, packed, unpacked) = (short(2), short(4), long(14), long(18));
    let mut name = vec![0; usize::from(short(22))];
    input.read_exact(&mut name)?;
    let mut extra = vec![0; usize::from(short(24))];
    input.read_exact(&mut extra)?;
    let is_said_behind = flags & 8 != 0 && packed == 0;
    let packed = match packed {
        u32::MAX => wide_size(&extra, unpacked == u32::MAX),
        _ if is_said_behind => None,
        packed => Some(u64::from(packed)),
    };
    let name = String::from_utf8_lossy(&name).into_owned();
    Ok(Some(Header { name, is_encrypted: flags & 1 != 0, method, packed }))
}

/// The size, packed, where it did not fit into its place: in a field of its own, behind the size unpacked if that did not
/// fit either.
fn wide_size(extra: &[u8], is_second: bool) -> Option<u64> {
    let mut rest = extra;
    while let [a, b, c, d, fields @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        if kind == 1 {
            let at = if is_second { 8 } else { 0 };
            return Some(u64::from_le_bytes(fields.get(at..at + 8)?.try_into().ok()?));
        }
        rest = fields.get(length..)?;
    }
    None
}
