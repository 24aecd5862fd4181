//! Letters to the editor: all between the form of address and the signature is the words of who signed.
//!
//! Knows how such letters begin and end. They come behind the reports, so that what a letter tells of others is found too, as
//! quotes within it.

use crate::annotate::labels::Upos;
use crate::annotate::{Annotations, NameKind};
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::facts::quote::Act;
use crate::facts::quote_form::QuoteForm;
use crate::span::{Span, Tokens};

/// How many tokens a paragraph has at most that is a signature: name, office, town.
const SIGNATURE: usize = 16;

/// How many paragraphs a letter has at most.
const LONGEST: usize = 30;

/// The letters of an article, each as a quote of who signed it.
pub(crate) fn letters(quoted: &QuotedText) -> Vec<Draft> {
    let paragraphs = &quoted.text.document.paragraphs;
    let mut found = Vec::new();
    let mut index = 0;
    while index < paragraphs.len() {
        let letter = behind_address(quoted.text, paragraphs[index])
            .and_then(|start| Some((start, signature(quoted.text, index)?)));
        let Some((start, (last, name))) = letter else {
            index += 1;
            continue;
        };
        let content = Span::new(start, paragraphs[last].start());
        if !content.is_empty() {
            found.push(Draft {
                content: vec![content],
                cue: None,
                source: Some(name),
                act: Act::Statement,
                forms: vec![QuoteForm::Block, QuoteForm::Signature],
                confidence: 0.8,
                quotations: Vec::new(),
                is_plain: true,
                encoder: None,
            });
        }
        index = last + 1;
    }
    found
}

/// Where the words of a letter begin that opens with a paragraph: behind `SIR –`, `Dear Editor,`, `To the editor:`.
fn behind_address(text: &Annotations, paragraph: Span<Tokens>) -> Option<usize> {
    const ADDRESSES: &[&[&str]] = &[
        &["sir"],
        &["sirs"],
        &["madam"],
        &["editor"],
        &["dear", "sir"],
        &["dear", "sirs"],
        &["dear", "madam"],
        &["dear", "editor"],
        &["sir", "or", "madam"],
        &["dear", "sir", "or", "madam"],
        &["to", "the", "editor"],
    ];
    let start = paragraph.start();
    let is_here = |words: &&&[&str]| {
        words
            .iter()
            .zip(start..paragraph.end())
            .all(|(word, token)| text.word(token).eq_ignore_ascii_case(word))
            && words.len() <= paragraph.len()
    };
    let words = ADDRESSES.iter().filter(is_here).map(|words| words.len()).max()?;
    let behind = start + words;
    let is_alone = behind >= paragraph.end();
    let is_mark = !is_alone && matches!(text.word(behind), "," | ":" | "–" | "—" | "-" | "--");
    (text.word(start).starts_with(char::is_uppercase) && (is_mark || is_alone))
        .then(|| behind + usize::from(is_mark))
}

/// The paragraph that signs the letter which begins with another, and the name in it: `Ana Ruiz`, below it or behind a comma
/// where she lives.
fn signature(text: &Annotations, first: usize) -> Option<(usize, Span<Tokens>)> {
    let paragraphs = &text.document.paragraphs;
    (first + 1..paragraphs.len().min(first + LONGEST)).find_map(|index| {
        let paragraph = paragraphs[index];
        let name = &text.names.get(text.name_from(paragraph.start()))?;
        let is_verb = |token: usize| matches!(text.tags[token].upos, Upos::Verb | Upos::Aux);
        let signs = name.tokens.start() == paragraph.start()
            && name.kind == NameKind::Person
            && name.tokens.len() > 1
            && paragraph.len() <= SIGNATURE
            && !paragraph.range().any(is_verb);
        signs.then_some((index, name.tokens))
    })
}
