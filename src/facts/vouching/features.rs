//! What is known of a quote when all stages have had their say: bucket numbers, each with its value.
//!
//! Knows cue, content and source by their tags and trees, and whether the speaker is known; no word of its own but those of
//! closed classes, so that few judged quotes teach what holds for all.

use crate::annotate::Annotations;
use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::annotate::model::linear::bucket;
use crate::facts::attribution::confidence::{odds, source_kind};
use crate::facts::entity::Entity;
use crate::facts::grammar::phrase;
use crate::facts::quote::{Quote, QuoteKind};
use crate::span::{Span, Tokens};

/// From how many tokens on contents are long alike.
const LONG: usize = 60;

/// Words that make a condition or a time of what follows: `if she says`.
const CONDITIONS: &[&str] = &["if", "unless", "until", "whether", "when", "before", "after", "while"];

/// What tells whether a reader takes a quote as it stands.
pub fn vouching_features(text: &Annotations, entities: &[Entity], quote: &Quote) -> Vec<(u32, f32)> {
    let kind = quote.kind.name();
    let source = source_kind(text, quote.source);
    let shape = shape(text, quote);
    let mut features = vec![
        (bucket(&["vouch"]), 1.0),
        (bucket(&["vouch odds"]), odds(quote.confidence)),
        (bucket(&["vouch kind", kind]), 1.0),
        (bucket(&["vouch act", quote.act.name()]), 1.0),
        (bucket(&["vouch shape", shape]), 1.0),
        (bucket(&["vouch shape kind", shape, kind]), 1.0),
        (bucket(&["vouch length"]), length(text, quote)),
        (bucket(&["vouch place"]), place(text, quote)),
        (bucket(&["vouch source", source]), 1.0),
    ];
    let speaker = match quote.speaker.and_then(|speaker| entities.get(speaker.index())) {
        Some(entity) => bucket(&["vouch speaker", entity.kind.name()]),
        None => bucket(&["vouch no speaker", source]),
    };
    features.push((speaker, 1.0));
    if let Some(word) = lone_pronoun(text, quote) {
        features.push((bucket(&["vouch pronoun", &word]), 1.0));
    }
    add_cue("vouch", text, quote, &mut features);
    features
}

/// What tells speech from thought and from mere attitudes.
pub fn mode_features(text: &Annotations, quote: &Quote) -> Vec<(u32, f32)> {
    let (kind, act, shape) = (quote.kind.name(), quote.act.name(), shape(text, quote));
    let mut features = vec![
        (bucket(&["mode"]), 1.0),
        (bucket(&["mode kind", kind]), 1.0),
        (bucket(&["mode act", act]), 1.0),
        (bucket(&["mode shape", shape]), 1.0),
        (bucket(&["mode act shape", act, shape]), 1.0),
        (bucket(&["mode length"]), length(text, quote)),
    ];
    add_cue("mode", text, quote, &mut features);
    features
}

/// Adds what the cue is, and what stands beside it that makes it no plain assertion.
fn add_cue(name: &str, text: &Annotations, quote: &Quote, features: &mut Vec<(u32, f32)>) {
    let Some(cue) = quote.cue.first().map(|cue| text.document.tokens_in(*cue)).filter(|cue| !cue.is_empty())
    else {
        features.push((bucket(&[name, "no cue"]), 1.0));
        return;
    };
    let head = cue_head(text, cue);
    features.push((bucket(&[name, "cue", text.tags[head].upos.as_str()]), 1.0));
    let beside = || text.syntax.children(head).chain(cue.range());
    let any = |test: &dyn Fn(usize) -> bool| beside().any(test);
    let word_in =
        |token: usize, words: &[&str]| words.iter().any(|word| text.word(token).eq_ignore_ascii_case(word));
    if any(&|token| word_in(token, &["not", "n't", "n’t", "never"])) {
        features.push((bucket(&[name, "negated"]), 1.0));
    }
    if any(&|token| text.tags[token].xpos == Xpos::Md) {
        features.push((bucket(&[name, "modal"]), 1.0));
    }
    if any(&|token| text.syntax.relation(token) == Relation::Mark && word_in(token, CONDITIONS)) {
        features.push((bucket(&[name, "condition"]), 1.0));
    }
}

/// The first word of a cue that has a meaning of its own.
fn cue_head(text: &Annotations, cue: Span<Tokens>) -> usize {
    let means = |token: &usize| matches!(text.tags[*token].upos, Upos::Verb | Upos::Noun | Upos::Adj);
    cue.range().find(means).unwrap_or(cue.start())
}

/// What a content is: words in marks, a clause with a subject, a form in -ing, another verb, or a phrase without a verb.
fn shape(text: &Annotations, quote: &Quote) -> &'static str {
    if quote.kind == QuoteKind::Direct {
        return "quoted";
    }
    let Some(piece) = quote.content.first().map(|piece| text.document.tokens_in(*piece)) else {
        return "phrase";
    };
    let is_top = |token: &usize| {
        text.tags[*token].upos != Upos::Punct
            && text.syntax.head(*token).is_none_or(|head| !piece.range().contains(&head))
    };
    let Some(top) = piece.range().find(is_top) else { return "phrase" };
    const SUBJECTS: &[Relation] =
        &[Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter, Relation::Csubj, Relation::Expl];
    match text.tags[top] {
        _ if text.syntax.child(top, SUBJECTS).is_some() => "clause",
        ref tag if tag.xpos == Xpos::Vbg => "gerund",
        ref tag if matches!(tag.upos, Upos::Verb | Upos::Aux) => "infinitive",
        _ => "phrase",
    }
}

/// How long a content is, 0 to 2.
fn length(text: &Annotations, quote: &Quote) -> f32 {
    let tokens: usize = quote.content.iter().map(|piece| text.document.tokens_in(*piece).len()).sum();
    tokens.min(LONG) as f32 / (LONG as f32 / 2.0)
}

/// Where in the article a quote stands, 0 to 1: headlines and captions above the text hold few.
fn place(text: &Annotations, quote: &Quote) -> f32 {
    quote.extent().start() as f32 / text.body().len().max(1) as f32
}

/// The pronoun that a source is, in lower case.
fn lone_pronoun(text: &Annotations, quote: &Quote) -> Option<String> {
    let source = text.document.tokens_in(quote.source?);
    phrase::is_lone_pronoun(text, source).then(|| text.word(source.start()).to_lowercase())
}
