//! A PDF → an article: its pages, lines, blocks and paragraphs, and what the file says of itself.

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::pdf::paragraphs::paragraphs;
use crate::pdf::{furniture, glyphs, lines, metadata, order};
use crate::read::pdf::Answer;
use crate::read::rejection::{Reason, text_too_long};
use crate::read::rejection_kind::RejectionKind;

/// The most pages that are read.
const MOST_PAGES: usize = 5000;

/// The article that a PDF holds; the error says why there is none, and what to do.
pub(crate) fn article(bytes: Vec<u8>) -> Result<Answer, Reason> {
    let pdf = Pdf::new(bytes).map_err(|error| why(&error))?;
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    let (mut glyphs, mut unknown, mut pictures) = (0, 0, 0);
    for (number, page) in glyphs::pages(&pdf).enumerate() {
        if number == MOST_PAGES {
            let words = format!("it has more than {MOST_PAGES} pages: split it, and ingest the parts");
            return Err(Reason::new(RejectionKind::Limit, words));
        }
        let Some(page) = page else {
            faults.push(format!("page {} is damaged and was left out", number + 1));
            continue;
        };
        faults.extend(page.fault(number + 1));
        glyphs += page.glyphs.len();
        unknown += page.unknown;
        pictures += page.pictures;
        pages.push(lines::lines(&page.glyphs));
    }
    furniture::take_out(&mut pages);
    let blocks: Vec<_> = pages.into_iter().flat_map(order::blocks).collect();
    let mut paragraphs = paragraphs(&blocks);
    if unknown * 4 > glyphs {
        let words = "its fonts do not say which letters they print: have its pages recognized (such as by `ocrmypdf \
                     --force-ocr`), and ingest that";
        return Err(Reason::new(RejectionKind::NoText, words));
    }
    if paragraphs.is_empty() {
        return Err(without_text(pictures, &faults));
    }
    let count = paragraphs.len();
    let title = metadata::title(&pdf, &mut paragraphs);
    let title_is_text = paragraphs.len() < count;
    let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
    let text = texts.join("\n\n");
    if let Some(reason) = text_too_long(text.len()) {
        return Err(reason);
    }
    let (author, created) = (metadata::author(&pdf), metadata::created(&pdf));
    Ok(Answer { title, title_is_text, author, created, text, faults, ..Answer::default() })
}

fn why(error: &LoadPdfError) -> Reason {
    let encrypted = |words: &str| Reason::new(RejectionKind::Encrypted, words);
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            encrypted("it opens with a password alone: save it without one, and ingest that")
        }
        LoadPdfError::Decryption(_) => encrypted(
            "it is encrypted in a way that cannot be undone: save it without encryption, and ingest that",
        ),
        LoadPdfError::Invalid => "it is damaged, and no page can be found in it: get the file again".into(),
    }
}

fn without_text(pictures: usize, faults: &[String]) -> Reason {
    let scanned = "it holds pictures of pages and no text, as a scan does: have the text recognized (such as by \
                   `ocrmypdf`), and ingest that";
    match faults {
        [first, ..] => format!("it is damaged: {first}; get the file again").into(),
        [] if pictures > 0 => Reason::new(RejectionKind::NoText, scanned),
        [] => Reason::new(RejectionKind::NoText, "its pages are empty"),
    }
}
