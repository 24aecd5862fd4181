//! What a PDF says of itself, as far as it can be believed: programs fill these fields as they please.

use hayro_interpret::hayro_syntax::Pdf;

use crate::pdf::paragraphs::Paragraph;

/// The longest title, in characters.
const LONGEST_TITLE: usize = 250;

/// The title that the file states, or else the headline of the first page, which is taken out of the text then.
pub(crate) fn title(pdf: &Pdf, paragraphs: &mut Vec<Paragraph>) -> Option<String> {
    let stated = pdf.metadata().title.as_deref().map(decoded).filter(|title| is_title(title));
    let headline = headline(paragraphs);
    let place = headline.filter(|place| {
        stated.as_ref().is_none_or(|stated| squeezed(stated) == squeezed(&paragraphs[*place].text))
    });
    match place {
        // A text of nothing but its headline keeps it.
        Some(place) if paragraphs.len() > 1 => {
            let headline = paragraphs.remove(place).text;
            stated.or(Some(headline))
        }
        _ => stated,
    }
}

/// The headline: what is set in the largest type among the first paragraphs, and larger than the text.
fn headline(paragraphs: &[Paragraph]) -> Option<usize> {
    let mut sizes: Vec<(f64, usize)> =
        paragraphs.iter().map(|paragraph| (paragraph.size, paragraph.text.len())).collect();
    sizes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let all: usize = sizes.iter().map(|(_, length)| length).sum();
    let mut below = 0;
    let text = sizes.iter().find_map(|(size, length)| {
        below += length;
        (below * 2 >= all).then_some(*size)
    })?;
    let first = paragraphs.iter().enumerate().take(8);
    let largest = first.reduce(|best, next| if next.1.size > best.1.size + 0.1 { next } else { best });
    let (place, headline) = largest?;
    let length = headline.text.chars().count();
    (headline.size > 1.15 * text && (8..=LONGEST_TITLE).contains(&length)).then_some(place)
}

/// Whether a title is one, and not the name of a file or of a program.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = [
        "doc", "docx", "pdf", "indd", "qxd", "qxp", "rtf", "txt", "odt", "tex", "pages", "html", "htm", "dvi",
    ]
    .iter()
    .any(|ending| lower.strip_suffix(ending).is_some_and(|stem| stem.ends_with('.')));
    let is_program = ["microsoft word", "untitled", "unnamed", "document", "layout ", "slide "]
        .iter()
        .any(|start| lower.starts_with(start));
    // `fake-memo`, `page_1_final`: one word, or words that are held together as names of files are.
    title.contains(' ')
        && !is_file
        && !is_program
        && !title.contains(['_', '\\'])
        && title.chars().filter(|character| character.is_alphabetic()).count() * 2 > title.chars().count()
        && title.chars().count() <= LONGEST_TITLE
}

/// The author, if that is the name of a person or a body rather than of an account.
pub(crate) fn author(pdf: &Pdf) -> Option<String> {
    let author = decoded(pdf.metadata().author.as_deref()?);
    let lower = author.to_lowercase();
    let is_account = ["administrator", "user", "admin", "owner", "unknown", "author", "default"]
        .contains(&lower.as_str())
        || author.contains(['\\', '@', '_', '/']);
    let is_name =
        author.contains(' ') && author.starts_with(char::is_uppercase) && author.chars().count() <= 200;
    (is_name && !is_account).then_some(author)
}

/// When it was made, as ISO 8601 with its zone; none where that cannot be.
pub(crate) fn created(pdf: &Pdf) -> Option<String> {
    let date = pdf.metadata().creation_date?;
    if !(1990..=2100).contains(&date.year) {
        return None;
    }
    let sign = if date.utc_offset_hour < 0 { '-' } else { '+' };
    Some(format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        date.year,
        date.month,
        date.day,
        date.hour,
        date.minute,
        date.second,
        date.utc_offset_hour.unsigned_abs(),
        date.utc_offset_minute
    ))
}

/// A string of a PDF: UTF-16 or UTF-8 by its mark, else Latin 1, which PDFDocEncoding is for what is printed in names.
fn decoded(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    };
    let text: String =
        text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without what differs between two prints of it.
fn squeezed(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
