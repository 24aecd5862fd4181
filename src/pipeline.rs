//! The order of the stages, and nothing else: first of one text, then over the parts of a long one.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::annotate::model::Model;
use crate::annotate::parts::{Layers, Parts, part_of, with_body};
use crate::annotate::{Annotations, annotate_while, cut_sentences, layout};
use crate::article::Article;
use crate::error::Warning;
use crate::facts::parts::Joined;
use crate::facts::reference::resolution::merged;
use crate::facts::{
    Analyzed, EntityId, Facts, Quote, attribute, beside_names, credit, nest, relate, resolve, vouch,
};
use crate::span::{Byte, Span};

/// Everything that was found in one article.
#[derive(Debug)]
#[non_exhaustive]
pub struct Analysis<'a> {
    /// The layers of language, over all that was analyzed.
    pub text: Annotations<'a>,
    /// Who said what about whom, and who is who.
    pub facts: Facts,
    /// What was odd in the text.
    pub warnings: Vec<Warning>,
    /// The end of a body that is too long to be analyzed whole; nothing in it was found.
    pub unread: Option<Span<Byte>>,
}

/// Analyzes one article. Pure: equal articles give equal analyses, on any thread.
pub fn analyze<'a>(article: &'a Article, model: &Model) -> Analysis<'a> {
    analyze_while(article, model, &|| true)
}

/// Analyzes one article unless it is told to stop. A long article takes seconds; `stop` is looked at several times in each
/// of them.
pub fn analyze_until<'a>(article: &'a Article, model: &Model, stop: &AtomicBool) -> Option<Analysis<'a>> {
    let goes_on = || !stop.load(Ordering::Relaxed);
    let analysis = analyze_while(article, model, &goes_on);
    goes_on().then_some(analysis)
}

/// Analyzes an article as far as it goes on: a part after another, each stage of one after another.
///
/// Nearly every article is one part. Those of a longer one are analyzed as if each were an article, and joined.
fn analyze_while<'a>(article: &'a Article, model: &Model, goes_on: &dyn Fn() -> bool) -> Analysis<'a> {
    let layout = layout::blocks(article);
    let blanked = layout::blanked(&article.body, &layout).map(|body| with_body(article, body));
    let whole = blanked.as_ref().unwrap_or(article);
    let Parts { parts, rest: unread } = Parts::of(&whole.body);
    let (mut layers, mut joined, mut warnings) = (Layers::default(), Joined::default(), Vec::new());
    if parts.len() == 1 && unread.is_none() && blanked.is_none() {
        if let Some(text) = annotate_while(article, model, goes_on).filter(|_| goes_on()) {
            let (facts, warnings) = facts(&text, model);
            return Analysis { text, facts: Facts { layout, ..facts }, warnings, unread };
        }
    } else {
        for span in parts {
            let part = part_of(whole, span);
            let Some(text) = annotate_while(&part, model, goes_on).filter(|_| goes_on()) else { break };
            let (found, odd) = facts(&text, model);
            joined.add(found, span.start());
            layers.add(text, span.start());
            warnings.extend(odd.into_iter().map(|odd| Warning { span: odd.span.moved(span.start()), ..odd }));
        }
    }
    let analyzed = if unread.is_some() { Analyzed::Part } else { Analyzed::Whole };
    let mut facts = Facts { layout, analyzed, ..joined.into_facts() };
    // What is said goes on behind the furniture that breaks it, and holds none.
    for quote in &mut facts.quotes {
        let pieces = quote.content.iter();
        quote.content =
            pieces.flat_map(|piece| layout::without_asides(&article.body, &facts.layout, *piece)).collect();
    }
    Analysis { text: layers.over(article), facts, warnings, unread }
}

/// What an annotated article states, and what was odd in its text. Each stage gives what it found and changes nothing
/// of the stages before it.
pub fn facts(text: &Annotations, model: &Model) -> (Facts, Vec<Warning>) {
    let (mut quotes, mut warnings) = attribute(text, model);
    warnings.extend(cut_sentences(text));
    let offices = beside_names(text);
    let resolution = resolve(text, &offices, &quotes, model);
    let credits = credit(text, &offices, &resolution, &quotes);
    for ((quote, speaker), about) in quotes.iter_mut().zip(credits.speakers).zip(credits.abouts) {
        (quote.speaker, quote.about) = (speaker, about);
    }
    let relationships = relate(text, &offices, &resolution, &quotes);
    quotes = with_joint(quotes, &credits.joint);
    let verdicts = vouch(text, model, &resolution.entities, &quotes);
    for (quote, verdict) in quotes.iter_mut().zip(verdicts) {
        quote.attribution_confidence = quote.confidence;
        (quote.mode, quote.confidence, quote.vouched) = (verdict.mode, verdict.confidence, verdict.vouched);
    }
    let within = nest(&quotes);
    for (quote, within) in quotes.iter_mut().zip(within) {
        quote.within = within;
    }
    let mentions = merged(resolution.mentions, credits.mentions);
    let facts = Facts { entities: resolution.entities, mentions, quotes, relationships, ..Facts::default() };
    (facts, warnings)
}

/// The quotes, each followed by itself under each of those who say it together with its speaker.
fn with_joint(quotes: Vec<Quote>, joint: &[Vec<EntityId>]) -> Vec<Quote> {
    let mut all = Vec::with_capacity(quotes.len());
    for (quote, others) in quotes.into_iter().zip(joint) {
        let of = |other: &EntityId| Quote { speaker: Some(*other), ..quote.clone() };
        let shared: Vec<Quote> = others.iter().map(of).collect();
        all.push(quote);
        all.extend(shared);
    }
    all
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_stop_is_heard_before_every_stage_of_every_part() {
        // Two parts: a run of letters counts as a word for every 16 of them.
        let article = Article::from_text("a".repeat(1_400_000));
        for last in 0..10 {
            let calls = Cell::new(0);
            let goes_on = || calls.replace(calls.get() + 1) < last;
            let analysis = analyze_while(&article, Model::embedded(), &goes_on);
            assert_eq!(calls.get(), last + 1, "nothing is done after the stop");
            assert_eq!(analysis.text.document.tokens.len(), last / 5, "a part is there as a whole or not");
        }
    }
}
