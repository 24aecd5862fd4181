//! Damaged and hostile text: analysis never panics, and every span it gives is a slice of the text. That it takes linear
//! time is in `growth`.

use onrecord::annotate::Model;
use onrecord::article::Article;
use onrecord::pipeline::{Analysis, analyze};
use onrecord::span::{Byte, CodePoints, Span};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Pieces of invented news, marks in every tradition, and characters that break careless programs.
const PIECES: &[&str] = &[
    "Ana Ruiz said",
    "“We will appeal,”",
    "\"No,\"",
    "''Yes,''",
    "``Well,''",
    "‘Perhaps’",
    "said Leo Brandt.",
    "Mr.",
    "the mayor of Porto Sereno,",
    "according to",
    "that",
    "he",
    "she",
    "told reporters",
    "\n\n",
    "\n",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "«",
    "»",
    "„",
    "(",
    ")",
    "[",
    "—",
    "–",
    "...",
    "…",
    ",",
    ".",
    ":",
    "?",
    "RUIZ:",
    "Northwind’s",
    "U.S.",
    "can't",
    "3.5%",
    "https://a.example/b?c=d",
    "ana@example.org",
    "@ruiz",
    "#harbor",
    "\u{200B}",
    "\u{202E}",
    "\u{FEFF}",
    "\0",
    "\t",
    "   ",
    "مرحبا",
    "東京",
    "𝒳",
    "👩‍👩‍👧",
    "e\u{301}",
    "ﬁ",
    "İ",
    "ß",
    "a\u{300}\u{301}\u{302}",
    "—“",
];

#[test]
fn mixed_and_damaged_text_gives_sound_spans() {
    let model = Model::embedded();
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 400, failure_persistence: None, ..Config::default() },
        TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]),
    );
    let words = vec((0..PIECES.len(), any::<bool>()), 0..120);
    let text = (words, any::<prop::sample::Index>()).prop_map(|(words, cut)| {
        let mut text = String::new();
        for (piece, spaced) in words {
            text.push_str(PIECES[piece]);
            text.push_str(if spaced { " " } else { "" });
        }
        let cuts: Vec<usize> = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        text.truncate(cuts[cut.index(cuts.len())]);
        text
    });
    let checked = runner.run(&text, |body| {
        let article = Article::from_text(body);
        assert_sound(&analyze(&article, model));
        Ok(())
    });
    checked.expect("every text is analyzed soundly");
}

#[test]
fn any_string_is_analyzed() {
    let model = Model::embedded();
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 400, failure_persistence: None, ..Config::default() },
        TestRng::from_seed(RngAlgorithm::ChaCha, &[9; 32]),
    );
    let checked = runner.run(&any::<String>(), |body| {
        assert_sound(&analyze(&Article::from_text(body), model));
        Ok(())
    });
    checked.expect("every string is analyzed soundly");
}

/// Checks that all spans of an analysis are slices of its text.
pub(crate) fn assert_sound(analysis: &Analysis) {
    let body = analysis.text.body();
    let points = CodePoints::new(body);
    let check = |span: Span<Byte>, what: &str| {
        let slice = body.get(span.range());
        assert!(slice.is_some_and(|slice| !slice.is_empty()), "{what} {span:?} is no slice of {body:?}");
        let (start, end) = points.of(span);
        assert!(start < end, "{what} {span:?} covers no code point");
    };
    let document = &analysis.text.document;
    document.tokens.iter().for_each(|token| check(token.span, "token"));
    assert!(document.tokens.is_sorted_by(|one, next| one.span.end() <= next.span.start()), "tokens overlap");
    let facts = &analysis.facts;
    assert!(
        facts.mentions.is_sorted_by(|one, next| one.span < next.span),
        "mentions are out of order, or two cover the same words"
    );
    for mention in &facts.mentions {
        check(mention.span, "mention");
        assert!(mention.entity.index() < facts.entities.len());
    }
    for quote in &facts.quotes {
        quote.content.iter().for_each(|piece| check(*piece, "content"));
        assert!(
            quote.content.is_sorted_by(|one, next| one.end() <= next.start()),
            "pieces overlap: {quote:?}"
        );
        quote.cue.iter().for_each(|piece| check(*piece, "cue"));
        quote.source.iter().for_each(|source| check(*source, "source"));
        assert!((0.0..=1.0).contains(&quote.confidence));
    }
    for link in &facts.relationships {
        check(link.evidence, "evidence");
        link.detail.iter().for_each(|detail| check(*detail, "detail"));
    }
    analysis.warnings.iter().for_each(|warning| check(warning.span, "warning"));
}
