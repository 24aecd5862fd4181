//! Segmentation: every visible character is in one token, and sentences and paragraphs divide the tokens.

use onrecord::annotate::Model;
use onrecord::training::segment;

use crate::runner::{Seen, Target};
use crate::targets::{WORDS, must, texts};

/// The target.
pub(super) const TARGET: Target =
    Target { name: "segment", corpus: texts, dictionary: WORDS, longest: 6000, run };

fn run(input: &[u8]) -> Result<Seen, String> {
    let body = String::from_utf8_lossy(input);
    let model = Model::embedded();
    let (document, lexemes) = segment(&body, &model.clusters, &model.splitter);
    must(lexemes.len() == document.tokens.len(), || "there is not one lexeme for each token".to_owned())?;
    let mut seen = Seen::default();
    let mut end = 0;
    for token in &document.tokens {
        let text =
            body.get(token.span.range()).ok_or_else(|| format!("a token is no slice: {:?}", token.span))?;
        must(!text.is_empty() && token.span.start() >= end, || {
            format!("tokens overlap at {:?}", token.span)
        })?;
        let between = &body[end..token.span.start()];
        must(!between.chars().any(is_visible), || format!("{between:?} is in no token"))?;
        end = token.span.end();
        seen.note(text.chars().take(3).map(kind).collect::<String>());
    }
    must(!body[end..].chars().any(is_visible), || format!("{:?} is in no token", &body[end..]))?;
    for (name, parts) in [("sentences", &document.sentences), ("paragraphs", &document.paragraphs)] {
        let mut next = 0;
        for part in parts {
            must(part.start() == next && !part.is_empty(), || {
                format!("the {name} leave out or share tokens at {next}")
            })?;
            next = part.end();
        }
        must(next == document.tokens.len(), || format!("the {name} end at {next}"))?;
        seen.note((name, parts.len().min(12)));
    }
    for (number, sentence) in document.sentences.iter().enumerate() {
        let tokens = &document.tokens[sentence.range()];
        must(tokens.iter().all(|token| token.sentence as usize == number), || {
            format!("sentence {number} has tokens of others")
        })?;
        must(tokens.windows(2).all(|two| two[0].paragraph == two[1].paragraph), || {
            format!("sentence {number} is in two paragraphs")
        })?;
        seen.note(("length", tokens.len().ilog2()));
    }
    Ok(seen)
}

/// Whether a character is to be in a token: neither white space nor one that prints nothing.
fn is_visible(character: char) -> bool {
    character.is_alphanumeric() || character.is_ascii_punctuation()
}

fn kind(character: char) -> char {
    match character {
        _ if character.is_uppercase() => 'A',
        _ if character.is_alphabetic() => 'a',
        _ if character.is_numeric() => '0',
        _ => character,
    }
}
