//! Confidences without a corpus: what holds of every quote of the golden articles, and of quotes that differ in one thing.

use std::path::Path;

use onrecord::annotate::{Annotations, Model, annotate};
use onrecord::article::Article;
use onrecord::facts::{Frame, Quote, QuoteForm, QuoteKind};
use onrecord::pipeline::analyze;
use onrecord::span::{Byte, Span};
use onrecord::training::confidence_features;

/// All quotes of all golden articles.
fn golden_quotes() -> Vec<Quote> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles/text");
    let entries = std::fs::read_dir(folder).expect("the folder of golden articles is there");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    let texts = paths.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let quotes = texts.flat_map(|path| {
        let text = std::fs::read_to_string(path).expect("a golden article is UTF-8");
        let body = text.split_once("\n\n").map_or("", |(_, body)| body).trim_end().to_owned();
        let article = Article::from_text(body);
        analyze(&article, Model::embedded()).facts.quotes
    });
    quotes.collect()
}

#[test]
fn sure_quotes_are_sure_and_doubtful_ones_are_not() {
    let quotes = golden_quotes();
    assert!(quotes.iter().all(|quote| (0.0..=1.0).contains(&quote.confidence)));
    let is = |quote: &&Quote, forms: &[QuoteForm]| forms.contains(&quote.forms[0]);
    let sure: Vec<&Quote> = quotes
        .iter()
        .filter(|quote| is(quote, &[QuoteForm::SaidX, QuoteForm::XSaid]))
        .filter(|quote| quote.kind == QuoteKind::Direct && quote.speaker.is_some())
        .collect();
    assert!(sure.len() >= 20, "the golden articles have them");
    assert!(sure.iter().all(|quote| quote.vouched && quote.confidence >= 0.75), "{sure:#?}");
    let doubtful: Vec<&Quote> = quotes.iter().filter(|quote| is(quote, &[QuoteForm::Alone])).collect();
    assert!(!doubtful.is_empty(), "the golden articles have them");
    assert!(doubtful.iter().all(|quote| quote.confidence < 0.5), "{doubtful:#?}");
}

/// A quote of which little is known but this.
fn quote(form: QuoteForm, kind: QuoteKind, source: Option<Span<Byte>>, confidence: f32) -> Quote {
    Quote { source, confidence, ..Quote::new(vec![Span::new(13, 45)], kind, form) }
}

/// How likely the trained model says a quote is right.
fn calibrated(text: &Annotations, quote: &Quote) -> f32 {
    Model::embedded().confidence.probability(&confidence_features(text, quote))
}

#[test]
fn more_raw_confidence_never_gives_less() {
    let body = "Mira Costa said the water would be back on Monday.".to_owned();
    let article = Article { body, ..Article::default() };
    let text = annotate(&article, Model::embedded());
    let forms = [QuoteForm::Report(Frame::That), QuoteForm::NounCue, QuoteForm::According, QuoteForm::XSaid];
    for form in forms {
        for kind in [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect] {
            for source in [None, Some(Span::new(0, 10))] {
                let calibrated =
                    |step: u8| calibrated(&text, &quote(form, kind, source, f32::from(step) / 20.0));
                let all: Vec<f32> = (0..=20).map(calibrated).collect();
                assert!(all.is_sorted(), "{form:?} {kind:?}: {all:?}");
                assert!(all.iter().all(|confidence| (0.0..=1.0).contains(confidence)), "{all:?}");
                assert!(all[20] > all[0], "{form:?} {kind:?} looks at it");
            }
        }
    }
}

#[test]
fn a_named_source_counts_for_more_than_none() {
    let body = "Mira Costa said the water would be back on Monday.".to_owned();
    let article = Article { body, ..Article::default() };
    let text = annotate(&article, Model::embedded());
    let confidence =
        |source| calibrated(&text, &quote(QuoteForm::Report(Frame::That), QuoteKind::Indirect, source, 0.7));
    assert!(confidence(Some(Span::new(0, 10))) > confidence(None));
}
