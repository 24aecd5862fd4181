//! Whose claim a relationship is that the article does not state in its own voice.
//!
//! Knows the quotes of the article with their speakers, and trees: it is the claim of whoever is quoted with it, else of
//! the subject of the verb that governs it.

use crate::annotate::labels::{Relation, Upos};
use crate::facts::quote::{Quote, QuoteKind};
use crate::facts::relations::scene::Scene;
use crate::facts::relations::spoken::Spoken;
use crate::facts::relationship::{Claim, Relationship, Status};

/// How many heads are climbed to the verb that reports.
const CLIMB: usize = 4;

/// Says of each reported relationship whose claim it is.
pub(super) fn claim(scene: Scene, quotes: &[Quote], found: &mut [Relationship]) {
    let spoken = Spoken::new(quotes, &QuoteKind::ALL);
    for link in found.iter_mut().filter(|link| link.status == Status::Reported) {
        link.claim = spoken.quote(link.evidence).map(by_quote).or_else(|| by_verb(scene, link));
    }
}

fn by_quote(quote: &Quote) -> Claim {
    Claim { claimant: quote.speaker, source: quote.source }
}

/// The subject of the verb under which a deed is told: **Ana Ruiz** `accused him of paying the ministry`.
fn by_verb(scene: Scene, link: &Relationship) -> Option<Claim> {
    let syntax = &scene.text.syntax;
    let mut token = scene.token_at(link.trigger?.start())?;
    for _ in 0..CLIMB {
        token = syntax.head(token)?;
        let governs = scene.text.tags[token].upos == Upos::Verb;
        let Some(subject) = syntax.child(token, &[Relation::Nsubj]).filter(|_| governs) else { continue };
        let (claimant, source) = scene.participant(subject, false)?;
        return Some(Claim { claimant: Some(claimant), source: Some(source) });
    }
    None
}
