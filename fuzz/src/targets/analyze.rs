//! Analysis: every span is a slice of the text, what is printed counts code points, and the same text gives the same, which is
//! asked of one input in eight.

use std::hash::{DefaultHasher, Hash, Hasher};

use onrecord::annotate::Model;
use onrecord::article::Article;
use onrecord::pipeline::{Analysis, analyze};
use onrecord::span::{Byte, CodePoints, Span};
use onrecord::wire::Extraction;
use serde_json::Value;

use crate::runner::{Seen, Target};
use crate::targets::{WORDS, must, texts};

/// The target.
pub(super) const TARGET: Target =
    Target { name: "analyze", corpus: texts, dictionary: WORDS, longest: 4000, run };

fn run(input: &[u8]) -> Result<Seen, String> {
    let article = Article::from_text(String::from_utf8_lossy(input).into_owned());
    let analysis = analyze(&article, Model::embedded());
    spans(&analysis)?;
    order(&analysis)?;
    let printed = printed(&analysis)?;
    in_code_points(&printed, article.body.chars().count() as u64)?;
    if is_analyzed_again(input) {
        let again = self::printed(&analyze(&article, Model::embedded()))?;
        must(again == printed, || "it is analyzed otherwise the second time".to_owned())?;
    }
    Ok(seen(&analysis))
}

/// What `extract` prints of an analysis.
fn printed(analysis: &Analysis) -> Result<Value, String> {
    serde_json::to_value(Extraction::new(None, analysis, true)).map_err(|error| error.to_string())
}

/// Whether this input is one of the share that is analyzed twice: a replay does what the run did.
fn is_analyzed_again(input: &[u8]) -> bool {
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    hasher.finish().is_multiple_of(8)
}

/// Every span is a slice of the text and not empty.
fn spans(analysis: &Analysis) -> Result<(), String> {
    let body = analysis.text.body();
    let points = CodePoints::new(body);
    let check = |what: &str, span: Span<Byte>| {
        let slice = body.get(span.range());
        must(slice.is_some_and(|slice| !slice.is_empty()), || format!("{what} {span:?} is no slice"))?;
        let (start, end) = points.of(span);
        let same = body.chars().skip(start).take(end - start).eq(slice.unwrap_or_default().chars());
        must(same, || format!("{what} {span:?} is another in code points"))
    };
    let facts = &analysis.facts;
    facts.mentions.iter().try_for_each(|mention| check("mention", mention.span))?;
    for quote in &facts.quotes {
        must(!quote.content.is_empty(), || "a quote has no content".to_owned())?;
        quote.content.iter().try_for_each(|piece| check("content", *piece))?;
        quote.cue.iter().try_for_each(|piece| check("cue", *piece))?;
        quote.source.iter().try_for_each(|source| check("source", *source))?;
    }
    for relationship in &facts.relationships {
        check("evidence", relationship.evidence)?;
        relationship.detail.iter().try_for_each(|detail| check("detail", *detail))?;
    }
    analysis.warnings.iter().try_for_each(|warning| check("warning", warning.span))
}

/// What is in order, and refers to something that is there.
fn order(analysis: &Analysis) -> Result<(), String> {
    let facts = &analysis.facts;
    let is_there = |entity: onrecord::EntityId| {
        must(entity.index() < facts.entities.len(), || format!("there is no {entity:?}"))
    };
    must(facts.mentions.is_sorted_by(|one, next| one.span < next.span), || {
        "mentions are out of order, or two are one".to_owned()
    })?;
    facts.mentions.iter().try_for_each(|mention| is_there(mention.entity))?;
    for quote in &facts.quotes {
        must(quote.content.is_sorted_by(|one, next| one.end() <= next.start()), || {
            format!("pieces overlap: {quote:?}")
        })?;
        must((0.0..=1.0).contains(&quote.confidence), || format!("a confidence of {}", quote.confidence))?;
        quote.speaker.iter().chain(&quote.about).try_for_each(|entity| is_there(*entity))?;
    }
    for relationship in &facts.relationships {
        is_there(relationship.subject)?;
        relationship.object.iter().try_for_each(|object| is_there(*object))?;
    }
    let text = &analysis.text;
    for sentence in &text.document.sentences {
        let roots = sentence.range().filter(|token| text.syntax.head(*token).is_none()).count();
        must(roots >= 1, || format!("the sentence at token {} has no root", sentence.start()))?;
        let in_sentence =
            sentence.range().filter_map(|token| text.syntax.head(token)).all(|head| sentence.contains(head));
        must(in_sentence, || format!("a head lies outside of the sentence at token {}", sentence.start()))?;
    }
    Ok(())
}

/// Every pair of numbers in what is printed lies in the text.
fn in_code_points(value: &Value, length: u64) -> Result<(), String> {
    match value {
        Value::Array(items) => {
            if let [Value::Number(start), Value::Number(end)] = items.as_slice()
                && let (Some(start), Some(end)) = (start.as_u64(), end.as_u64())
            {
                return must(start < end && end <= length, || format!("[{start}, {end}] of {length}"));
            }
            items.iter().try_for_each(|item| in_code_points(item, length))
        }
        Value::Object(fields) => {
            if let (Some(start), Some(end)) =
                (fields.get("start").and_then(Value::as_u64), fields.get("end").and_then(Value::as_u64))
            {
                must(start < end && end <= length, || format!("{start}..{end} of {length}"))?;
            }
            // The subjects of a quote are numbers of entities.
            let spans = fields.iter().filter(|(name, _)| *name != "about");
            spans.map(|(_, field)| field).try_for_each(|field| in_code_points(field, length))
        }
        _ => Ok(()),
    }
}

fn seen(analysis: &Analysis) -> Seen {
    let mut seen = Seen::default();
    for quote in &analysis.facts.quotes {
        seen.note((
            format!("{:?} {:?}", quote.kind, quote.act),
            &quote.forms.iter().map(|form| format!("{form:?}")).collect::<Vec<_>>(),
        ));
        seen.note((
            quote.content.len(),
            quote.cue.len(),
            quote.source.is_some(),
            quote.speaker.is_some(),
            quote.about.len().min(4),
        ));
    }
    for relationship in &analysis.facts.relationships {
        seen.note((
            relationship.predicate,
            format!("{:?}", relationship.status),
            relationship.object.is_some(),
            relationship.detail.is_some(),
        ));
    }
    for warning in &analysis.warnings {
        seen.note(format!("{:?}", warning.message));
    }
    for entity in &analysis.facts.entities {
        seen.note((
            format!("{:?}", entity.kind),
            entity.aliases.len().min(5),
            format!("{:?}", entity.gender),
        ));
    }
    seen.note(("names", analysis.text.names.len().min(20)));
    seen
}
