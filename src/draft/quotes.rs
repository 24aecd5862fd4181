//! A draft that was analyzed → its quotes, as they are compared.

use crate::annotate::Annotations;
use crate::draft::compare::Claim;
use crate::draft::stated::{Stated, stated};
use crate::draft::wording::Wording;
use crate::facts::{Facts, Quote, QuoteKind};
use crate::span::CodePoints;

/// How many words of a quote are compared.
const MOST_WORDS: usize = 1000;

/// How many words between quotation marks, in a sentence of the writer's own, are compared at least: fewer are a term.
const FEWEST_IN_PART: usize = 3;

/// A quote of a draft.
#[derive(Clone, Debug)]
pub(super) struct DraftQuote {
    pub(super) text: String,
    pub(super) kind: QuoteKind,
    /// Code points into the text of the draft.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) speaker: Option<String>,
    /// What else the draft calls the speaker.
    pub(super) aliases: Vec<String>,
    /// The source as printed.
    pub(super) source: Option<String>,
    pub(super) stated: Option<Stated>,
}

/// The quote with its words, if it is to be compared; `all` asks for what is not in quotation marks too.
pub(super) fn claim<'t>(
    text: &'t Annotations,
    facts: &Facts,
    points: &CodePoints,
    quote: &Quote,
    all: bool,
) -> Option<(DraftQuote, Claim<'t>)> {
    let body = text.body();
    let whole = Wording::of(body, &text.document, &quote.content, MOST_WORDS);
    let quoted = Some(whole.quoted()).filter(|quoted| quoted.words.len() >= FEWEST_IN_PART);
    let around = || whole.words.iter().filter(|word| word.negates && !word.is_quoted).count();
    let claim = match (quote.kind, quoted) {
        (QuoteKind::Direct, _) => Claim { wording: whole, kind: QuoteKind::Direct, negations_around: 0 },
        (QuoteKind::Mixed, Some(wording)) => {
            Claim { wording, kind: QuoteKind::Mixed, negations_around: around() }
        }
        _ if all => Claim { wording: whole, kind: QuoteKind::Indirect, negations_around: 0 },
        _ => return None,
    };
    let (start, end) = points.of(quote.extent());
    let pieces: Vec<&str> = quote.content.iter().map(|piece| piece.slice(body)).collect();
    let speaker = quote.speaker.and_then(|speaker| facts.entities.get(speaker.index()));
    let draft = DraftQuote {
        text: pieces.join(" … "),
        kind: quote.kind,
        start,
        end,
        speaker: speaker.map(|speaker| speaker.name.clone()),
        aliases: speaker.map(|speaker| speaker.aliases.clone()).unwrap_or_default(),
        source: quote.source.map(|source| source.slice(body).to_owned()),
        stated: stated(text, quote),
    };
    Some((draft, claim))
}
