//! The members of archives: zip, tar, WARC and ARC, each in place and one after the other.
//!
//! Nothing is ever written, so that no name can lead anywhere; one that tries is reported all the same. How much may be
//! held and unpacked is bounded.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::read::packed::Budget;
use crate::read::rejection::{Reason, beyond_limit, broken};
use crate::read::rejection_kind::RejectionKind;
use crate::read::saved_pages::Pages;
use crate::read::tar_names::{Names, broken_tar};
use crate::read::zip_forward;

/// How many members an archive may have.
const MOST_MEMBERS: u64 = 1_000_000;

/// The largest zip that lies in a stream or in another archive, in bytes: it has to be held, since its list is at its end.
const LARGEST_HELD: u64 = 128 << 20;

/// One member, or what is wrong with one.
pub(crate) enum Member<'a> {
    /// A file, its name, and its bytes.
    File(String, Box<dyn BufRead + 'a>),
    /// A file that is hidden, or that some system keeps beside others; a link within the archive.
    PassedOver(String),
    /// What cannot be read: its name, or none if that is the archive, and why.
    Wrong(Option<String>, Reason),
}

/// Takes members as they are found; says whether to go on.
pub(crate) type Take<'a> = &'a mut dyn FnMut(Member<'_>) -> ControlFlow<()>;

/// Whether a stream begins like a zip, an empty one included.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") || head.starts_with(b"PK\x07\x08")
}

/// Whether a zip is a document of an office program or a book, by the name of its first member.
pub(crate) fn is_office(head: &[u8]) -> bool {
    let length = head.get(26..28).map_or(0, |length| usize::from(u16::from_le_bytes([length[0], length[1]])));
    let name = head.get(30..30 + length).unwrap_or_default();
    [&b"[Content_Types].xml"[..], b"_rels/", b"docProps/", b"word/", b"customXml/"]
        .iter()
        .any(|start| name.starts_with(start))
        || name == b"mimetype"
}

/// Whether a stream begins like a tar: its first block holds the sum of its bytes.
pub(crate) fn is_tar(head: &[u8]) -> bool {
    let Some(block) = head.get(..512) else { return false };
    let sum = &block[148..156];
    let digits = sum.iter().skip_while(|byte| **byte == b' ').take_while(|byte| matches!(byte, b'0'..=b'7'));
    let stated = digits.fold(0_u32, |sum, digit| sum * 8 + u32::from(digit - b'0'));
    let found: u32 = block
        .iter()
        .enumerate()
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
        .sum();
    (block[0] != 0 || block[257..].starts_with(b"ustar")) && stated == found
}

/// What a zip can be read from.
pub(crate) trait Seekable: BufRead + Seek {}

impl<T: BufRead + Seek> Seekable for T {}

/// The zip in a stream: the file itself where the stream is one, else held in memory if it is small enough.
pub(crate) fn seekable(file: Option<File>, input: Box<dyn BufRead + '_>) -> io::Result<Box<dyn Seekable>> {
    if let Some(mut file) = file {
        file.seek(SeekFrom::Start(0))?;
        return Ok(Box::new(BufReader::with_capacity(1 << 16, file)));
    }
    let mut held = Vec::new();
    input.take(LARGEST_HELD + 1).read_to_end(&mut held)?;
    if held.len() as u64 > LARGEST_HELD {
        let reason =
            format!("a zip within another archive, or in a pipe, may have {} MB at most", LARGEST_HELD >> 20);
        return Err(beyond_limit(reason));
    }
    Ok(Box::new(Cursor::new(held)))
}

/// Finds the members of a zip.
///
/// `read` is told the packed size of each once it is done.
pub(crate) fn zip(
    mut input: Box<dyn Seekable>,
    budget: &Budget,
    read: &dyn Fn(u64),
    take: Take<'_>,
) -> ControlFlow<()> {
    let size = match input.seek(SeekFrom::End(0)) {
        Ok(size) => size,
        Err(error) => return take(Member::Wrong(None, broken(&error))),
    };
    if let Some(count) = stated_members(&mut *input, size).filter(|count| *count > MOST_MEMBERS) {
        let words = format!("it has {count} members, more than {MOST_MEMBERS}");
        return take(Member::Wrong(None, Reason::new(RejectionKind::Limit, words)));
    }
    let opened = ZipArchive::new(&mut *input);
    if matches!(opened, Err(ZipError::InvalidArchive(_))) {
        drop(opened);
        return without_list(input, MOST_MEMBERS, budget, take);
    }
    let mut archive = match opened {
        Ok(archive) => archive,
        Err(error) => return take(Member::Wrong(None, broken_zip(&error))),
    };
    let mut pages = Beside::default();
    archive.file_names().flatten().for_each(|name| pages.note(&name));
    for index in 0..archive.len() {
        if budget.is_spent() {
            let reason = Reason::new(RejectionKind::Limit, "the rest of its members is not read");
            return take(Member::Wrong(None, reason));
        }
        let name = archive.name_for_index(index).and_then(Result::ok);
        let name = name.map_or_else(|| format!("member {}", index + 1), std::borrow::Cow::into_owned);
        let mut file = match archive.by_index(index) {
            Ok(file) => file,
            Err(error) => {
                take(Member::Wrong(Some(name), broken_zip(&error)))?;
                continue;
            }
        };
        let is_link = file.unix_mode().is_some_and(|mode| mode & 0o170_000 == 0o120_000);
        if file.is_dir() {
            continue;
        }
        if is_link {
            let mut target = String::new();
            let _ = (&mut file).take(4096).read_to_string(&mut target);
            take(link(name, &target))?;
            continue;
        }
        if let Some(member) = unfit(&name) {
            take(member)?;
            continue;
        }
        if let Some(folder) = pages.around(&name) {
            if let Some(folder) = folder {
                take(Member::PassedOver(folder))?;
            }
            continue;
        }
        // What is said of the size of a member is no bound.
        let packed = file.compressed_size();
        take(Member::File(name, budget.counting(file)))?;
        read(packed);
    }
    ControlFlow::Continue(())
}

/// What lies beside the saved pages of an archive: passed over as one, a folder at a time.
#[derive(Default)]
struct Beside {
    pages: Pages,
    last: Option<String>,
}

impl Beside {
    fn note(&mut self, name: &str) {
        self.pages.note(name);
    }

    /// Whether a member is what a saved page shows; and then its folder, if that is another one than that of the last such
    /// member.
    #[allow(clippy::option_option)]
    fn around(&mut self, name: &str) -> Option<Option<String>> {
        let folder = self.pages.folder_around(name)?;
        if self.last.as_deref() == Some(folder) {
            return Some(None);
        }
        self.last = Some(folder.to_owned());
        Some(self.last.clone())
    }
}

/// Finds the members of a zip whose list is damaged or cut off, as far as they go.
fn without_list(mut input: Box<dyn Seekable>, most: u64, budget: &Budget, take: Take<'_>) -> ControlFlow<()> {
    if let Err(error) = input.seek(SeekFrom::Start(0)) {
        return take(Member::Wrong(None, broken(&error)));
    }
    let mut count = 0;
    let flow = zip_forward::members(&mut &mut *input, budget, &mut |found| {
        count += 1;
        if count > most {
            return ControlFlow::Break(());
        }
        match (unfit(&found.name), found.content) {
            (Some(member), _) => take(member),
            (None, Err(reason)) => take(Member::Wrong(Some(found.name), reason)),
            (None, Ok(content)) => take(Member::File(found.name, budget.counting(content))),
        }
    });
    if count > most {
        return take(beyond_most(most));
    }
    flow?;
    let reason =
        "the zip is damaged or breaks off: its list of members, which stands at its end, cannot be read";
    let found = if count > 0 { "; those that were found before are read" } else { "" };
    take(Member::Wrong(None, format!("{reason}{found}").into()))
}

/// What is said of an archive that has too many members.
fn beyond_most(most: u64) -> Member<'static> {
    let words = format!("it has more than {most} members; the rest is not read");
    Member::Wrong(None, Reason::new(RejectionKind::Limit, words))
}

/// How many members the record at the end of a zip states; that is before its list is read, which takes room for each.
fn stated_members(input: &mut dyn Seekable, size: u64) -> Option<u64> {
    const LONGEST_COMMENT: u64 = 1 << 16;
    let from = size.saturating_sub(LONGEST_COMMENT + 22 + 20 + 56);
    input.seek(SeekFrom::Start(from)).ok()?;
    let mut end = Vec::new();
    input.take(size - from).read_to_end(&mut end).ok()?;
    let at = memchr::memmem::rfind(&end, b"PK\x05\x06")?;
    let short = u16::from_le_bytes(end.get(at + 10..at + 12)?.try_into().ok()?);
    if short != u16::MAX {
        return Some(u64::from(short));
    }
    let long = memchr::memmem::rfind(&end[..at], b"PK\x06\x06")?;
    Some(u64::from_le_bytes(end.get(long + 32..long + 40)?.try_into().ok()?))
}

fn broken_zip(error: &ZipError) -> Reason {
    match error {
        ZipError::Io(error) => broken(error),
        ZipError::InvalidArchive(_) => {
            "the zip is damaged or breaks off: its list of members cannot be read".into()
        }
        ZipError::UnsupportedArchive(what) if what.to_lowercase().contains("password") => {
            Reason::new(RejectionKind::Encrypted, "it is encrypted")
        }
        other => Reason::new(RejectionKind::Unsupported, format!("it cannot be unpacked: {other}")),
    }
}

/// Finds the members of a tar.
pub(crate) fn tar(input: Box<dyn BufRead + '_>, budget: &Budget, take: Take<'_>) -> ControlFlow<()> {
    let mut archive = tar::Archive::new(input);
    // Raw: the crate would read a long name whole, however long it is.
    let entries = match archive.entries() {
        Ok(entries) => entries.raw(true),
        Err(error) => return take(Member::Wrong(None, broken(&error))),
    };
    let mut pages = Beside::default();
    let mut names = Names::default();
    for (count, entry) in entries.enumerate() {
        if count as u64 >= MOST_MEMBERS {
            return take(beyond_most(MOST_MEMBERS));
        }
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(error) => return take(Member::Wrong(None, broken_tar(&error))),
        };
        match names.take(&mut entry) {
            Ok(true) => continue,
            Ok(false) => {}
            Err(reason) => return take(Member::Wrong(None, reason)),
        }
        let (name, target) = match names.of(&entry) {
            Ok(named) => named,
            Err(reason) => return take(Member::Wrong(None, reason)),
        };
        let kind = entry.header().entry_type();
        if kind.is_symlink() || kind.is_hard_link() {
            take(link(name, &target))?;
        } else if kind.is_gnu_sparse() {
            let reason = "it was packed as a file with holes, which cannot be read: pack it without --sparse";
            take(Member::Wrong(Some(name), Reason::new(RejectionKind::Unsupported, reason)))?;
        } else if kind.is_file() || kind.is_contiguous() {
            // A page that comes behind what it shows is not known yet.
            pages.note(&name);
            match (unfit(&name), pages.around(&name)) {
                (Some(member), _) => take(member)?,
                (None, Some(Some(folder))) => take(Member::PassedOver(folder))?,
                (None, Some(None)) => {}
                (None, None) => take(Member::File(name, budget.counting(entry)))?,
            }
        } else if kind.is_character_special() || kind.is_block_special() || kind.is_fifo() {
            let reason = Reason::new(RejectionKind::Unsupported, "it is neither a file nor a folder");
            take(Member::Wrong(Some(name), reason))?;
        }
    }
    ControlFlow::Continue(())
}

/// What is said of a member by its name alone: that it leads out of the archive, or is hidden.
fn unfit(name: &str) -> Option<Member<'static>> {
    let mut parts = name.split(['/', '\\']);
    let is_drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with(['/', '\\'])
        || is_drive
        || name.contains('\0')
        || parts.clone().any(|part| part == "..")
    {
        let name = name.replace('\0', "\u{FFFD}");
        let reason = Reason::new(RejectionKind::Unsafe, "its name leads out of the archive");
        return Some(Member::Wrong(Some(name), reason));
    }
    let is_hidden = parts.any(|part| part.starts_with('.') && part.len() > 1 || part == "__MACOSX");
    is_hidden.then(|| Member::PassedOver(name.to_owned()))
}

/// A link in an archive: what it leads to is read where it lies, if that is in the archive.
fn link(name: String, target: &str) -> Member<'static> {
    let inside = name.matches('/').count();
    let leads_out =
        target.starts_with('/') || target.split('/').filter(|part| *part == "..").count() > inside;
    if leads_out {
        let reason = Reason::new(RejectionKind::Unsafe, "it is a link that leads out of the archive");
        Member::Wrong(Some(name), reason)
    } else {
        Member::PassedOver(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_beyond_the_most_are_told_of_once() {
        let member = |name: char| format!("PK\x03\x04{}\x01\0\0\0{name}", "\0".repeat(22));
        let zip: String = ['a', 'b', 'c', 'd'].map(member).concat();
        let mut seen = Vec::new();
        let flow = without_list(Box::new(Cursor::new(zip)), 2, &Budget::of(None), &mut |member| {
            seen.push(match member {
                Member::File(name, _) => name,
                Member::PassedOver(name) => panic!("{name} is passed over"),
                Member::Wrong(_, reason) => reason.to_string(),
            });
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue(), "what is read next is read");
        assert_eq!(seen, ["a", "b", "it has more than 2 members; the rest is not read"]);
    }
}
