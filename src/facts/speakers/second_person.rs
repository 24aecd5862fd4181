//! Ties `you` in direct speech to the person it is addressed to.
//!
//! Knows who was found to be addressed. `You` that means anybody (`you know`) and `you` for many (`all of you`) stay
//! untied.

use crate::annotate::Annotations;
use crate::facts::entity::{EntityId, Form, Mention};
use crate::facts::quote::Quote;
use crate::facts::speakers::addressee::Addressees;
use crate::facts::speakers::scene::Scene;
use crate::facts::speakers::spoken::Spoken;

/// The mentions in the second person; `speakers` are those of the quotes.
pub(crate) fn mentions(
    scene: &Scene,
    quotes: &[Quote],
    speakers: &[Option<EntityId>],
    spoken: &[Spoken],
) -> Vec<Mention> {
    let text = scene.text;
    let mut addressees = Addressees::new(*scene, quotes, speakers);
    let mut found = Vec::new();
    for word in spoken.iter().filter(|word| is_you(text, word.token)) {
        if let Some(entity) = addressees.of(word.quote) {
            let span = text.document.tokens[word.token].span;
            found.push(Mention { span, entity, form: Form::Pronoun });
        }
    }
    found
}

/// Whether a token is a pronoun of the second person that means one person.
fn is_you(text: &Annotations, token: usize) -> bool {
    let word = text.word(token).to_ascii_lowercase();
    if !matches!(word.as_str(), "you" | "your" | "yours" | "yourself") {
        return false;
    }
    let next = text.word(token + 1);
    let before = |back: usize| token.checked_sub(back).map_or("", |token| text.word(token));
    let is_filler = matches!(next, "know" | "see") && matches!(text.word(token + 2), "," | "…" | "—" | "–");
    let is_many = matches!(next, "all" | "both" | "guys" | "people" | "folks" | "two" | "and")
        || before(1) == "of"
            && matches!(before(2), "all" | "All" | "both" | "Both" | "some" | "many" | "most");
    !is_filler && !is_many
}
