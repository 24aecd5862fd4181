//! The language core on texts of extreme size and shape, and what it refuses to load.

use std::time::{Duration, Instant};

use onrecord::annotate::Model;
use onrecord::annotate::{Annotations, annotate};
use onrecord::article::Article;
use onrecord::training::ModelFile;
use onrecord::training::features::VERSION;

/// Far more than any of the texts takes, even unoptimized on a busy machine; a quadratic stage takes hours.
const LIMIT: Duration = Duration::from_secs(120);

#[test]
fn texts_of_extreme_shape_are_analyzed() {
    for (name, body) in [
        ("a line of ten megabytes", "a".repeat(10 << 20)),
        ("open brackets", "(".repeat(100_000)),
        ("line ends", "\n".repeat(1_000_000)),
        ("blanks", " ".repeat(10 << 20)),
        ("full stops and letters", "ab.".repeat(100_000)),
        ("file names", "abc.def".repeat(50_000)),
        ("addresses that are none", "abc!def=".repeat(50_000)),
        ("hyphens", "re-".repeat(100_000)),
        ("apostrophes", "o'".repeat(100_000)),
        ("right to left", "قال الرئيس «لا» أمس. ".repeat(5_000)),
        ("no blanks between words", "市長は「いいえ」と言った。".repeat(5_000)),
        ("nothing to be seen", "\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}".repeat(50_000)),
        ("marks on one letter", format!("e{}", "\u{301}".repeat(100_000))),
        ("capitals", "ANA RUIZ OF PORTO ".repeat(10_000)),
        ("one sentence", "and the mayor said that she ".repeat(10_000)),
    ] {
        let started = Instant::now();
        let article = Article::from_text(body);
        let text = annotate(&article, Model::embedded());
        assert!(started.elapsed() < LIMIT, "{name} took {:?}", started.elapsed());
        assert_whole(&text, name);
    }
}

/// Checks that the layers fit together: every token in one sentence and paragraph, one tag, one head in its sentence.
fn assert_whole(text: &Annotations, name: &str) {
    let document = &text.document;
    let tokens = document.tokens.len();
    assert_eq!(
        (text.tags.len(), text.syntax.tree().heads.len(), text.syntax.tree().relations.len()),
        (tokens, tokens, tokens),
        "{name}"
    );
    for parts in [&document.sentences, &document.paragraphs] {
        let mut end = 0;
        for part in parts {
            assert!(part.start() == end && part.end() > end, "{name}: a gap at token {end}");
            end = part.end();
        }
        assert_eq!(end, tokens, "{name}");
    }
    for sentence in &document.sentences {
        let roots = sentence.range().filter(|token| text.syntax.head(*token).is_none()).count();
        assert_eq!(roots, 1, "{name}: a sentence has one root");
        let inside = |token: usize| {
            text.syntax.head(token).is_none_or(|head| sentence.contains(head) && head != token)
        };
        assert!(sentence.range().all(inside), "{name}: a head outside its sentence");
    }
    assert!(
        document.tokens.iter().all(|token| !token.span.slice(text.body()).is_empty()),
        "{name}: a cut character"
    );
    assert!(
        text.names.iter().all(|found| !found.tokens.is_empty() && found.tokens.end() <= tokens),
        "{name}"
    );
}

#[test]
fn a_model_for_other_features_is_refused() {
    let other = ModelFile::new(VERSION + 1).write().expect("an empty model can be written");
    let error = Model::read(&other).expect_err("it was made for other features");
    assert!(error.to_string().contains("version"), "{error}");
    assert!(!error.hints().is_empty());
}

#[test]
fn what_is_no_model_is_refused() {
    for bytes in [&b""[..], b"ORMODEL\n", b"SQLite format 3\0", &[0; 200]] {
        assert!(Model::read(bytes).is_err());
    }
}

#[test]
fn a_model_whose_parts_do_not_fit_is_refused() {
    let mut file = ModelFile::new(VERSION);
    file.put_numbers("tag.keys", &[1_u32, 2]);
    file.put_numbers("tag.bias", &[0_i16; 32]);
    file.put_numbers("tag.rows", &[0_i8; 32]);
    let bytes = file.write().expect("the parts can be written");
    assert!(Model::read(&bytes).is_err());
}
