//! Finds who else could have been the source of a quote, and says why each was not taken.
//!
//! Knows the finished facts of one article and repeats the grounds on which `attribution` and `coreference`
//! decide; it decides nothing itself, and only `explain` asks it.

use crate::annotate::Annotations;
use crate::facts::{EntityId, EntityKind, Facts, Form, Gender, Mention, Quote};
use crate::span::{Byte, Span};

/// How many rivals are named at most.
const MOST: usize = 5;

/// How many sentences before the quote a name can still be meant: after that a pronoun does not reach it.
const SENTENCES: usize = 5;

/// Somebody who is mentioned near a quote and is not its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rival {
    /// The mention that is nearest to the source, or to the words where there is none.
    pub span: Span<Byte>,
    /// Who it is.
    pub entity: EntityId,
    /// Why it was not taken.
    pub reason: Reason,
}

/// Why somebody was not taken for the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Named within the source, but the source's head is another: a spokesman for **X**.
    InsideSource,
    /// In the sentence of the cue, but the cue goes with another phrase.
    OtherPhrase,
    /// In the sentence of the cue, but the source of another quote.
    OtherQuote,
    /// In another sentence than the cue, which has a source of its own.
    OtherSentence,
    /// Of another gender than the pronoun.
    OtherGender,
    /// No person, and the pronoun is of one.
    NoPerson,
    /// Named only behind the pronoun.
    Later,
    /// Fits the pronoun, but others are more present to a reader there.
    LessPresent,
    /// Near, but nothing ties the words to anybody.
    Untied,
}

impl Reason {
    /// The reason in plain words, to follow the name.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Reason::InsideSource => "is named within the source, but does not head it",
            Reason::OtherPhrase => "is in the sentence of the cue, but the cue goes with another phrase",
            Reason::OtherQuote => "is in the sentence of the cue, as the source of another quote",
            Reason::OtherSentence => "is in another sentence, and the cue has a source beside it",
            Reason::OtherGender => "is of another gender than the pronoun",
            Reason::NoPerson => "is not a person, and the pronoun stands for one",
            Reason::Later => "is named only behind the pronoun",
            Reason::LessPresent => "fits the pronoun, but is less present to a reader there",
            Reason::Untied => "is near, but no cue and no mark ties the words to a source",
        }
    }
}

/// The people and organizations near a quote that are not its source, the nearest first; those that are named within
/// the source come before all others.
pub(crate) fn rivals(text: &Annotations, facts: &Facts, quote: &Quote) -> Vec<Rival> {
    let anchor = quote.source.or_else(|| quote.cue.first().copied()).unwrap_or_else(|| quote.extent());
    let reach = reach(text, quote);
    let near = |mention: &&Mention| {
        reach.covers(mention.span)
            && facts.entities[mention.entity.index()].kind != EntityKind::Place
            && Some(mention.entity) != quote.speaker
            && quote.source != Some(mention.span)
            && quote.content.iter().all(|piece| !piece.overlaps(mention.span))
    };
    let mut found: Vec<Rival> = facts
        .mentions
        .iter()
        .filter(near)
        .map(|mention| Rival {
            span: mention.span,
            entity: mention.entity,
            reason: reason(text, facts, quote, mention),
        })
        .collect();
    found.sort_by_key(|rival| (rival.reason != Reason::InsideSource, distance(anchor, rival.span)));
    let mut distinct: Vec<Rival> = Vec::new();
    for rival in found {
        if distinct.len() < MOST && distinct.iter().all(|other| other.entity != rival.entity) {
            distinct.push(rival);
        }
    }
    distinct
}

/// From a few sentences before the quote to the end of its last paragraph.
fn reach(text: &Annotations, quote: &Quote) -> Span<Byte> {
    let document = &text.document;
    let parts = quote.content.iter().chain(&quote.cue).copied().chain(quote.source);
    let whole = parts.reduce(Span::join).unwrap_or_else(|| quote.extent());
    let tokens = document.tokens_in(whole);
    let (Some(first), Some(last)) =
        (document.tokens.get(tokens.start()), document.tokens.get(tokens.end().saturating_sub(1)))
    else {
        return whole;
    };
    let before = document.sentences[(first.sentence as usize).saturating_sub(SENTENCES)];
    document.bytes(before).join(document.bytes(document.paragraphs[last.paragraph as usize]))
}

/// How many bytes lie between two spans.
fn distance(one: Span<Byte>, other: Span<Byte>) -> usize {
    one.start().saturating_sub(other.end()).max(other.start().saturating_sub(one.end()))
}

/// Why a mention was not taken.
fn reason(text: &Annotations, facts: &Facts, quote: &Quote, mention: &Mention) -> Reason {
    let Some(source) = quote.source else { return Reason::Untied };
    if source.covers(mention.span) {
        return Reason::InsideSource;
    }
    if let Some(gender) = pronoun(facts, source) {
        let entity = &facts.entities[mention.entity.index()];
        return match entity.gender {
            _ if entity.kind != EntityKind::Person => Reason::NoPerson,
            Some(known) if gender.is_some_and(|gender| gender != known) => Reason::OtherGender,
            _ if mention.span.start() > source.start() => Reason::Later,
            _ => Reason::LessPresent,
        };
    }
    let sentence = |span: Span<Byte>| {
        text.document.tokens.get(text.document.tokens_in(span).start()).map(|token| token.sentence)
    };
    let cue = quote.cue.first().copied().unwrap_or(source);
    if sentence(cue) != sentence(mention.span) {
        return Reason::OtherSentence;
    }
    let speaks = |other: &Quote| other.source.is_some_and(|source| source.covers(mention.span));
    if facts.quotes.iter().any(speaks) { Reason::OtherQuote } else { Reason::OtherPhrase }
}

/// The gender of the person that a source stands for as a pronoun, if it is one that was resolved.
fn pronoun(facts: &Facts, source: Span<Byte>) -> Option<Option<Gender>> {
    let index = facts.mentions.partition_point(|mention| mention.span.start() < source.start());
    let mention = facts.mentions.get(index).filter(|mention| mention.span == source)?;
    (mention.form == Form::Pronoun).then(|| facts.entities[mention.entity.index()].gender)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::given;
    use crate::article::Article;
    use crate::pipeline;

    /// The rivals of the first quote, each with its reason.
    fn found(body: &str) -> Vec<(String, Reason)> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let text = given::annotations(&article);
        let (facts, _) = pipeline::facts(&text, given::untrained());
        let quote = facts.quotes.first().expect("there is a quote");
        rivals(&text, &facts, quote)
            .into_iter()
            .map(|rival| (rival.span.slice(body).to_owned(), rival.reason))
            .collect()
    }

    #[test]
    fn whoever_else_is_near_is_named_with_the_reason() {
        for (body, expected) in [
            (
                "“The well is dry,” said a spokesman for Mira Costa.",
                vec![("Mira Costa", Reason::InsideSource)],
            ),
            (
                "Mira Costa met Leo Brandt on Monday. “The well is dry,” she said.",
                vec![("Leo Brandt", Reason::OtherGender)],
            ),
            (
                "Mira Costa came home in May. “The well is dry,” Leo Brandt said.",
                vec![("Mira Costa", Reason::OtherSentence)],
            ),
            (
                "Leo Brandt met Paul Sand. “The well is dry,” he said.",
                vec![("Paul Sand", Reason::LessPresent)],
            ),
            ("“The well is dry,” Leo Brandt said.", vec![]),
        ] {
            let expected: Vec<(String, Reason)> =
                expected.into_iter().map(|(name, reason)| (name.to_owned(), reason)).collect();
            assert_eq!(found(body), expected, "{body}");
        }
    }
}
