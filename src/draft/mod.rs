//! Compares the quotes of an unpublished text with those of the archive, and stores nothing.
//!
//! ```text
//! Article ─ analyze ─▶ quotes ─ judge ─▶ Checked ─ text, rows ─▶ for people, for programs
//!                                ▲
//!                  archive ─ query::alike
//! ```
//!
//! Knows what a quotation has to keep: the words, a *not*, the sentence, the speaker, the date. Takes the archive's word for
//! what was said. Start reading at [`check`], then `judge` and `compare`.

mod align;
mod checked;
mod compare;
mod finding;
mod judge;
mod negation;
mod quotes;
mod rows;
mod stated;
mod text;
mod wording;

use std::path::PathBuf;

use crate::annotate::Model;
use crate::article::Article;
pub use crate::draft::checked::{Checked, CheckedDraft, CheckedQuote};
pub use crate::draft::finding::Finding;
use crate::draft::judge::{Judge, Judgment};
use crate::draft::quotes::claim;
pub use crate::draft::rows::write_rows;
pub use crate::draft::text::write_text;
use crate::error::Error;
use crate::guard::guarded;
use crate::inspect::inspect;
use crate::language;
use crate::pipeline::analyze;
use crate::query::Reader;
use crate::read::{Options, ReadArticle};
use crate::span::CodePoints;

/// How many texts of a file are checked at most.
const MOST_DRAFTS: usize = 1000;

/// Compares the quotes of all texts in a file, or on standard input, with a database. `all` asks for those that are not in
/// quotation marks too.
pub fn check(
    db: &Reader,
    file: PathBuf,
    options: &Options,
    model: &Model,
    all: bool,
) -> Result<Checked, Error> {
    let inspection = inspect(file, options, MOST_DRAFTS)?;
    let mut checked = Checked { has_more: inspection.has_more, ..Checked::default() };
    let mut judge = Judge::new(db, model);
    for document in inspection.documents {
        let mut article = match document.outcome {
            Ok(reading) => with_first_line(reading),
            Err(rejection) => {
                checked.rejected.push(rejection);
                continue;
            }
        };
        let is_english = language::settle(&mut article);
        let mut draft =
            CheckedDraft { source: document.source, line: document.line, ..CheckedDraft::default() };
        draft.language = article.language.clone().filter(|_| !is_english);
        let judged = guarded(|| check_article(&mut judge, &article, model, all, &mut draft));
        judged.map_err(Error::new)??;
        checked.drafts.push(draft);
    }
    Ok(checked)
}

/// The article with its first line in the text, where that was taken for a headline and quotes somebody: a draft may have none.
fn with_first_line(reading: ReadArticle) -> Article {
    let mut article = reading.article;
    let quoting =
        article.title.as_ref().filter(|title| reading.title_is_text && title.contains(['“', '"', '«']));
    if let Some(title) = quoting {
        article.body.insert_str(0, &format!("{title}\n\n"));
    }
    article
}

/// Compares the quotes of one text.
fn check_article(
    judge: &mut Judge,
    article: &Article,
    model: &Model,
    all: bool,
    draft: &mut CheckedDraft,
) -> Result<(), Error> {
    let analysis = analyze(article, model);
    let points = CodePoints::new(&article.body);
    for quote in &analysis.facts.quotes {
        let Some((quote, claim)) = claim(&analysis.text, &analysis.facts, &points, quote, all) else {
            draft.left_out += 1;
            continue;
        };
        let Judgment { findings, found, printed, pieces } = judge.judge(&quote, &claim)?;
        draft.quotes.push(CheckedQuote {
            text: quote.text,
            kind: quote.kind.name(),
            start: quote.start,
            end: quote.end,
            speaker: quote.speaker,
            source: quote.source,
            stated_date: quote.stated.map(|stated| stated.words),
            findings: findings.into_iter().collect(),
            found,
            printed,
            pieces,
        });
    }
    Ok(())
}
