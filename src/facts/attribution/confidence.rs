//! Says how likely a quote is right, from what is known of the way it was found.
//!
//! Right means what the scorer of attributions counts: most of the content is what an annotator marked, and the heads of
//! the two sources meet, or neither has one. The rules and the cue model only order the quotes; this turns
//! their say into a probability, by logistic regression that was fitted on quotes of articles neither had seen
//! (Platt 1999, with features beside the score). Never looks at who the speaker is.

use crate::annotate::Annotations;
use crate::annotate::model::Model;
use crate::annotate::model::linear::bucket;
use crate::facts::grammar::phrase;
use crate::facts::quote::Quote;
use crate::facts::quote_form::QuoteForm;
use crate::gear::Gear;
use crate::span::{Byte, Span};

/// Beyond these log-odds a raw probability says nothing more.
const STEEPEST: f32 = 4.0;

/// Replaces the raw confidence of a quote by the probability that it is right; leaves it where the model has none.
pub(super) fn calibrate(text: &Annotations, model: &Model, quote: &mut Quote) {
    if !is_calibrated(model) {
        return;
    }
    let joint =
        joint_features(text, model, quote).map(|features| model.joint_confidence.probability(&features));
    let rules = || model.confidence.probability(&confidence_features(text, quote));
    quote.confidence = match joint {
        // What the page shows plainly is not less likely because the encoder doubts it.
        Some(joint) if quote.is_plain => joint.max(rules()),
        Some(joint) => joint,
        None => rules(),
    };
}

/// Whether a model knows how likely its quotes are.
pub(super) fn is_calibrated(model: &Model) -> bool {
    match model.gear() {
        Gear::Full => model.joint_confidence.is_trained(),
        Gear::Fast => model.confidence.is_trained(),
    }
}

/// Whether the cue model found a quote, and not a rule.
pub(super) fn is_report(quote: &Quote) -> bool {
    matches!(
        quote.forms.first(),
        Some(
            QuoteForm::Report(_)
                | QuoteForm::Encoder
                | QuoteForm::According
                | QuoteForm::NounCue
                | QuoteForm::AdjectiveCue
        )
    )
}

/// What is known of a quote whose confidence is raw: bucket numbers, each with its value.
///
/// The raw confidence counts by its log-odds. That of a report is a probability of its own model; that of a rule is the
/// same for all quotes of its form, and what a form is taken for that was hardly seen.
pub fn confidence_features(text: &Annotations, quote: &Quote) -> Vec<(u32, f32)> {
    let form = quote.forms.first().map_or("", |form| form.name());
    let kind = quote.kind.name();
    let source = source_kind(text, quote.source);
    let length = length(text, quote);
    let mut features: Vec<(u32, f32)> = vec![
        (bucket(&["confidence"]), 1.0),
        (bucket(&["form", form]), 1.0),
        (bucket(&["form kind", form, kind]), 1.0),
        (bucket(&["kind source", kind, source]), 1.0),
        (bucket(&["kind length", kind, length]), 1.0),
    ];
    features.extend(quote.forms.iter().skip(1).map(|form| (bucket(&["piece", form.name()]), 1.0)));
    let odds = odds(quote.confidence);
    if is_report(quote) {
        features.push((bucket(&["report odds"]), odds));
        features.push((bucket(&["high report odds"]), odds.max(0.0)));
    } else {
        features.push((bucket(&["rule odds"]), odds));
    }
    features
}

/// What is known of a quote where the encoder has its say too: how likely the rules alone hold it, how likely the encoder
/// does, and how far they agree (stacking: Wolpert 1992). `None` where the rules alone say it: in the fast gear, and where
/// the page shows a quote of which the encoder sees nothing.
pub fn joint_features(text: &Annotations, model: &Model, quote: &Quote) -> Option<Vec<(u32, f32)>> {
    if model.gear() == Gear::Fast || quote.is_plain && quote.encoder.is_none() {
        return None;
    }
    let found = match quote.encoder {
        None => "rules",
        Some(encoder) if encoder.alone => "encoder",
        Some(_) => "both",
    };
    let kind = quote.kind.name();
    let mut features: Vec<(u32, f32)> = vec![
        (bucket(&["joint"]), 1.0),
        (bucket(&["joint found", found]), 1.0),
        (bucket(&["joint kind", found, kind]), 1.0),
        (bucket(&["joint source", source_kind(text, quote.source)]), 1.0),
    ];
    if found != "encoder" {
        let rules = model.confidence.probability(&confidence_features(text, quote));
        features.push((bucket(&["joint rules", found, kind]), odds(rules)));
    }
    if let Some(encoder) = quote.encoder {
        let report = odds(encoder.report);
        features.extend([
            (bucket(&["joint report", found]), report),
            (bucket(&["joint high report", found]), report.max(0.0)),
            (bucket(&["joint spans", found]), odds(encoder.spans)),
            (bucket(&["joint overlap"]), encoder.overlap),
        ]);
        if !encoder.same_source {
            features.push((bucket(&["joint other source", kind]), 1.0));
        }
    }
    Some(features)
}

/// Log-odds, cut off where they say nothing more.
pub(in crate::facts) fn odds(probability: f32) -> f32 {
    let probability = probability.clamp(0.001, 0.999);
    libm::logf(probability / (1.0 - probability)).clamp(-STEEPEST, STEEPEST)
}

/// What kind of source it is: none, a pronoun, a name, or another noun phrase.
pub(in crate::facts) fn source_kind(text: &Annotations, source: Option<Span<Byte>>) -> &'static str {
    let Some(source) = source else { return "none" };
    let tokens = text.document.tokens_in(source);
    if phrase::is_lone_pronoun(text, tokens) {
        return "pronoun";
    }
    if text.names_in(tokens).is_empty() { "nominal" } else { "name" }
}

/// How long the content is, in steps.
fn length(text: &Annotations, quote: &Quote) -> &'static str {
    match quote.content.iter().map(|piece| text.document.tokens_in(*piece).len()).sum() {
        0..=3 => "to 3",
        4..=7 => "to 7",
        8..=15 => "to 15",
        16..=30 => "to 30",
        _ => "more",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::given;
    use crate::article::Article;
    use crate::facts::quote::QuoteKind;

    #[test]
    fn without_a_model_the_raw_confidence_stays() {
        let body = "Mira Costa said the water would be back on Monday.".to_owned();
        let article = Article { body, ..Article::default() };
        let text = given::annotations(&article);
        let content = vec![Span::new(16, 49)];
        let mut quote = Quote {
            source: Some(Span::new(0, 10)),
            confidence: 0.7,
            ..Quote::new(content, QuoteKind::Indirect, QuoteForm::NounCue)
        };
        let before = quote.clone();
        calibrate(&text, given::untrained(), &mut quote);
        assert_eq!(quote, before);
    }
}
