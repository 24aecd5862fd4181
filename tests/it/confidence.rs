//! Confidences without a corpus: what holds of every quote of the golden articles.

use std::path::Path;

use onrecord::annotate::Model;
use onrecord::article::Article;
use onrecord::facts::{Quote, QuoteForm, QuoteKind};
use onrecord::pipeline::analyze;

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
    assert!(sure.iter().all(|quote| quote.confidence >= 0.8), "{sure:#?}");
    let doubtful: Vec<&Quote> = quotes.iter().filter(|quote| is(quote, &[QuoteForm::Alone])).collect();
    assert!(!doubtful.is_empty(), "the golden articles have them");
    assert!(doubtful.iter().all(|quote| quote.confidence < 0.5), "{doubtful:#?}");
}
