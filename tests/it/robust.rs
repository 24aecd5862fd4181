//! Damaged and hostile text: analysis never panics, every span it gives is a slice of the text, and it takes linear
//! time.

use std::time::{Duration, Instant};

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

#[test]
fn hostile_texts_take_linear_time() {
    let model = Model::embedded();
    let shapes: &[(&str, fn(usize) -> String)] = &[
        ("one endless sentence", |size| "said that he told them and ".repeat(size / 27)),
        ("opening marks", |size| "“He ".repeat(size / 6)),
        ("single marks", |size| "‘he ".repeat(size / 6)),
        ("brackets", |size| "(".repeat(size)),
        ("line feeds", |size| "\n".repeat(size)),
        ("one word", |size| "a".repeat(size)),
        ("names", |size| (0..size / 12).map(|n| format!("Ana Ruiz{n} ")).collect()),
        ("short quotes", |size| "“No,” she said. ".repeat(size / 20)),
        ("right to left", |size| "قال إن ".repeat(size / 12)),
        ("zero width", |size| "a\u{200B}".repeat(size / 4)),
        ("nicknames", |size| "Leo “The Hammer” Brandt, ".repeat(size / 29)),
        ("short names", |size| "the Fed ".repeat(size / 8)),
        ("short names in sentences", |size| "He asked the Fed. ".repeat(size / 18)),
    ];
    for (name, shape) in shapes {
        let small = time(model, shape(100_000));
        let large = time(model, shape(400_000));
        // Four times the text in at most twelve times the time; a quadratic stage would take sixteen, and grows.
        let bound = (small * 12).max(Duration::from_millis(400));
        assert!(large < bound, "{name}: {small:?} for 100 kB, {large:?} for 400 kB");
    }
}

/// How long it takes to analyze a text soundly.
fn time(model: &Model, body: String) -> Duration {
    let article = Article::from_text(body);
    let start = Instant::now();
    let analysis = analyze(&article, model);
    let elapsed = start.elapsed();
    assert_sound(&analysis);
    elapsed
}

/// Checks that all spans of an analysis are slices of its text.
fn assert_sound(analysis: &Analysis) {
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
