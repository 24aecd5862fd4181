//! How one stands to another by an adjective: **Ana Ruiz** `was critical of` **Leo Brandt**.
//!
//! Knows trees and the adjectives of the table of predicates.

use crate::annotate::labels::{Relation, Upos};
use crate::facts::relations::presented;
use crate::facts::relations::scene::Scene;
use crate::facts::relations::triggers::ADJECTIVES;
use crate::facts::relationship::{Relationship, Term};

/// The stances of an article.
pub(super) fn stances(scene: Scene) -> Vec<Relationship> {
    let adjectives = (0..scene.text.tags.len()).filter(|token| scene.text.tags[*token].upos == Upos::Adj);
    adjectives.flat_map(|adjective| stances_of(scene, adjective)).collect()
}

fn stances_of(scene: Scene, adjective: usize) -> Vec<Relationship> {
    let syntax = &scene.text.syntax;
    let lemma = scene.text.tags[adjective].lemma.to_lowercase();
    let mut found = Vec::new();
    for trigger in ADJECTIVES.of(&lemma) {
        let holder = match syntax.child(adjective, &[Relation::Cop]) {
            Some(_) => scene.subject(adjective),
            None => syntax.head(adjective).filter(|_| {
                matches!(
                    syntax.relation(adjective),
                    Relation::Acl | Relation::AclRelcl | Relation::Amod | Relation::Appos
                )
            }),
        };
        let subjects = scene.participants(holder, false);
        let objects =
            scene.participants(scene.with_case(adjective, &trigger.cases), trigger.predicate.through_things);
        for (subject, by) in &subjects {
            for (object, on) in &objects {
                if scene.admits(trigger.predicate, *subject, *object) {
                    found.push(Relationship {
                        subject: *subject,
                        predicate: trigger.predicate.name,
                        object: Some(*object),
                        detail: None,
                        status: presented::status(scene.text, adjective),
                        evidence: by.join(*on).join(scene.text.document.tokens[adjective].span),
                        trigger: Some(scene.text.document.tokens[adjective].span),
                        term: Term::default(),
                        claim: None,
                        confidence: 0.7,
                    });
                }
            }
        }
    }
    found
}
