//! Which quotes an editor would take as they stand, and what each is: speech, thought or an attitude.
//!
//! The last stage: it knows how a quote was found, what it looks like and who its speaker turned out to be, and gives a
//! probability that all of it is right: that it reports what somebody said or thought, content, source and speaker. Logistic
//! regressions over few features ([`features`]), fitted on quotes of real articles that readers judged one by one. Finds no
//! quote and mends none. Start reading at [`vouch`].

pub(super) mod features;

use crate::annotate::Annotations;
use crate::annotate::model::Model;
use crate::annotate::model::vouching::Vouching;
use crate::facts::entity::Entity;
use crate::facts::quote::{Act, Mode, Quote, QuoteKind};

/// What is decided of a quote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// What it is.
    pub mode: Mode,
    /// The probability that a reader takes it as it stands, 0 to 1.
    pub confidence: f32,
    /// Whether it is sure enough, and no mere attitude.
    pub vouched: bool,
}

/// A verdict for each quote; quotes have their speakers by now.
pub fn vouch(text: &Annotations, model: &Model, entities: &[Entity], quotes: &[Quote]) -> Vec<Verdict> {
    quotes.iter().map(|quote| verdict(text, model, entities, quote)).collect()
}

/// What speaks for a quote and what against it, strongest first, and from which probability on it is vouched for.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    /// 0 to 1.
    pub least: f32,
    /// What makes it surer.
    pub pro: Vec<String>,
    /// What makes it less sure.
    pub contra: Vec<String>,
}

/// What is no reason worth a word, in log-odds.
const SLIGHT: f32 = 0.15;

/// How many reasons are given on each side.
const REASONS: usize = 4;

/// Why a quote is vouched for, or is not.
pub fn reasons(text: &Annotations, model: &Model, entities: &[Entity], quote: &Quote) -> Reasons {
    let vouching = &model.vouching;
    let quote = Quote { confidence: quote.attribution_confidence, ..quote.clone() };
    let mut weighed: Vec<(f32, String)> = features::seen(text, entities, &quote)
        .into_iter()
        .filter(|seen| !seen.words.is_empty())
        .map(|seen| (vouching.taken.log_odds(seen.bucket) * seen.value, seen.words))
        .filter(|(weight, _)| weight.abs() >= SLIGHT)
        .collect();
    weighed.sort_by(|one, other| other.0.abs().total_cmp(&one.0.abs()));
    let side = |is_pro: bool| {
        let of_side = weighed.iter().filter(|(weight, _)| (*weight > 0.0) == is_pro).take(REASONS);
        of_side.map(|(weight, words)| format!("{words} {weight:+.1}")).collect()
    };
    Reasons { least: vouching.least, pro: side(true), contra: side(false) }
}

fn verdict(text: &Annotations, model: &Model, entities: &[Entity], quote: &Quote) -> Verdict {
    let vouching = &model.vouching;
    let mode = mode(text, vouching, quote);
    let confidence = match vouching.taken.is_trained() {
        true => vouching.taken.probability(&features::vouching_features(text, entities, quote)),
        false => quote.confidence,
    };
    let is_said = mode != Mode::Attitude
        && !features::is_hypothetical(text, quote)
        && !features::is_unsaid(text, quote)
        && !features::is_fragment(text, quote);
    Verdict { mode, confidence, vouched: confidence >= vouching.least && is_said }
}

fn mode(text: &Annotations, vouching: &Vouching, quote: &Quote) -> Mode {
    if !vouching.thought.is_trained() {
        return usual_mode(quote);
    }
    let features = features::mode_features(text, quote);
    match () {
        () if vouching.attitude.probability(&features) > 0.5 => Mode::Attitude,
        () if vouching.thought.probability(&features) > 0.5 => Mode::Thought,
        () => Mode::Speech,
    }
}

/// What a quote of its act mostly is.
fn usual_mode(quote: &Quote) -> Mode {
    match quote.act {
        Act::Thought => Mode::Thought,
        Act::Praise | Act::Criticism if quote.kind == QuoteKind::Indirect => Mode::Attitude,
        _ => Mode::Speech,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::given;
    use crate::article::Article;
    use crate::facts::quote_form::QuoteForm;
    use crate::span::Span;

    fn quote(act: Act, kind: QuoteKind, confidence: f32) -> Quote {
        let source = Some(Span::new(0, 10));
        Quote { source, act, confidence, ..Quote::new(vec![Span::new(16, 49)], kind, QuoteForm::NounCue) }
    }

    #[test]
    fn without_a_model_the_act_tells_the_mode_and_confidence_stays() {
        let body = "Mira Costa said the water would be back on Monday.".to_owned();
        let article = Article { body, ..Article::default() };
        let text = given::annotations(&article);
        for (act, kind, confidence, mode, vouched) in [
            (Act::Statement, QuoteKind::Indirect, 0.7, Mode::Speech, true),
            (Act::Statement, QuoteKind::Indirect, 0.5, Mode::Speech, false),
            (Act::Thought, QuoteKind::Indirect, 0.7, Mode::Thought, true),
            (Act::Praise, QuoteKind::Indirect, 0.7, Mode::Attitude, false),
            (Act::Praise, QuoteKind::Direct, 0.7, Mode::Speech, true),
        ] {
            let verdicts = vouch(&text, given::untrained(), &[], &[quote(act, kind, confidence)]);
            assert_eq!(verdicts, [Verdict { mode, confidence, vouched }]);
        }
    }
}
