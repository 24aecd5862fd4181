//! A PDF → an article: its pages, lines, blocks and paragraphs, and what the file says of itself.

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::pdf::paragraphs::paragraphs;
use crate::pdf::{furniture, glyphs, lines, metadata, order};
use crate::read::pdf::Answer;
use crate::read::rejection::text_too_long;

/// The most pages that are read.
const MOST_PAGES: usize = 5000;

/// The article that a PDF holds; the error says why there is none, and what to do.
pub(crate) fn article(bytes: Vec<u8>) -> Result<Answer, String> {
    let pdf = Pdf::new(bytes).map_err(|error| why(&error).to_owned())?;
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    let (mut glyphs, mut unknown, mut pictures) = (0, 0, 0);
    for (number, page) in glyphs::pages(&pdf).enumerate() {
        if number == MOST_PAGES {
            return Err(format!("it has more than {MOST_PAGES} pages: split it, and ingest the parts"));
        }
        let Some(page) = page else {
            faults.push(format!("page {} is damaged and was left out", number + 1));
            continue;
        };
        glyphs += page.glyphs.len();
        unknown += page.unknown;
        pictures += page.pictures;
        pages.push(lines::lines(&page.glyphs));
    }
    furniture::take_out(&mut pages);
    let blocks: Vec<_> = pages.into_iter().flat_map(order::blocks).collect();
    let mut paragraphs = paragraphs(&blocks);
    if unknown * 4 > glyphs {
        return Err(
            "its fonts do not say which letters they print: have its pages recognized (such as by `ocrmypdf --force-ocr`), \
             and ingest that"
                .to_owned(),
        );
    }
    if paragraphs.is_empty() {
        return Err(without_text(pictures, &faults));
    }
    let title = metadata::title(&pdf, &mut paragraphs);
    let texts: Vec<&str> = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
    let text = texts.join("\n\n");
    if let Some(reason) = text_too_long(text.len()) {
        return Err(reason);
    }
    let (author, created) = (metadata::author(&pdf), metadata::created(&pdf));
    Ok(Answer { rejected: None, title, author, created, text, faults })
}

fn why(error: &LoadPdfError) -> &'static str {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "it opens with a password alone: save it without one, and ingest that"
        }
        LoadPdfError::Decryption(_) => {
            "it is encrypted in a way that cannot be undone: save it without encryption, and ingest that"
        }
        LoadPdfError::Invalid => "it is damaged, and no page can be found in it: get the file again",
    }
}

fn without_text(pictures: usize, faults: &[String]) -> String {
    match faults {
        [first, ..] => format!("it is damaged: {first}; get the file again"),
        [] if pictures > 0 => {
            "it holds pictures of pages and no text, as a scan does: have the text recognized (such as \
                               by `ocrmypdf`), and ingest that"
                .to_owned()
        }
        [] => "its pages are empty".to_owned(),
    }
}
