//! What one entity does to another, by the verbs of the trigger table.
//!
//! Knows the parser's trees and the mentions of an article: the subject of the verb acts on its object, or on what its
//! preposition brings; in the passive the other way round. Both must be mentions: `the mayor's office praised` is not
//! the mayor praising.

use crate::annotate::Annotations;
use crate::annotate::labels::{Relation, Upos};
use crate::facts::entity::EntityId;
use crate::facts::reference::resolution::Resolution;
use crate::facts::relations::triggers::{self, Trigger};
use crate::facts::relationship::{Relationship, Status};
use crate::span::{Byte, Span};

/// How many verbs a subject is looked for up the tree: `met, praised and thanked`.
const STEPS: usize = 4;

/// All acts of an article, in the order of their verbs.
pub(crate) fn acts(text: &Annotations, resolution: &Resolution) -> Vec<Relationship> {
    let reader = Reader { text, resolution };
    let verbs = (0..text.document.tokens.len()).filter(|token| text.tags[*token].upos == Upos::Verb);
    verbs.flat_map(|verb| reader.acts_of(verb)).collect()
}

/// An article while its acts are being read.
struct Reader<'a> {
    text: &'a Annotations<'a>,
    resolution: &'a Resolution,
}

/// Someone in a role: the entity and the words that mention it.
type Participant = (EntityId, Span<Byte>);

impl Reader<'_> {
    /// The acts of one verb: one for each pair of those who act and those who are acted on.
    fn acts_of(&self, verb: usize) -> Vec<Relationship> {
        let word = self.text.word(verb).to_lowercase();
        for trigger in triggers::lookup(&word) {
            let (agents, patients) = self.players(verb, trigger);
            let mut found = Vec::new();
            for (subject, by) in &agents {
                for (object, on) in patients.iter().filter(|(object, _)| object != subject) {
                    found.push(Relationship {
                        subject: *subject,
                        predicate: trigger.predicate,
                        object: Some(*object),
                        detail: None,
                        status: self.status(verb),
                        evidence: by.join(*on).join(self.text.document.tokens[verb].span),
                        confidence: 0.7,
                    });
                }
            }
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Who acts, and on whom.
    fn players(&self, verb: usize, trigger: &Trigger) -> (Vec<Participant>, Vec<Participant>) {
        let passive = self.text.syntax.child(verb, &[Relation::AuxPass, Relation::NsubjPass]).is_some();
        if !passive {
            return (self.all(self.subject(verb)), self.all(self.object(verb, trigger.particle)));
        }
        if !trigger.particle.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let agent = self.with_case(verb, &[Relation::OblAgent, Relation::Obl], "by");
        (self.all(agent), self.all(self.subject(verb)))
    }

    /// The subject of a verb: its own, that of the verb it goes with, or the noun that it describes.
    fn subject(&self, mut verb: usize) -> Option<usize> {
        for _ in 0..STEPS {
            let own = self.text.syntax.child(verb, &[Relation::Nsubj, Relation::NsubjPass]);
            let relative = |token: usize| matches!(self.text.word(token), "who" | "which" | "that");
            let relation = self.text.syntax.relation(verb);
            if matches!(relation, Relation::AclRelcl | Relation::Acl) && own.is_none_or(relative) {
                return self.text.syntax.head(verb);
            }
            if own.is_some() {
                return own;
            }
            if !matches!(relation, Relation::Conj | Relation::Xcomp | Relation::Advcl | Relation::Parataxis) {
                return None;
            }
            verb = self.text.syntax.head(verb)?;
        }
        None
    }

    /// What a verb acts on: its object, or what stands behind the words of `particle`.
    fn object(&self, verb: usize, particle: &str) -> Option<usize> {
        let words: Vec<&str> = particle.split_whitespace().collect();
        match words.as_slice() {
            [] => self.text.syntax.child(verb, &[Relation::Obj]),
            [case] => self.with_case(verb, &[Relation::Obl, Relation::Nmod], case),
            [.., noun, case] => {
                let object = self.text.syntax.child(verb, &[Relation::Obj])?;
                if !self.text.word(object).eq_ignore_ascii_case(noun) {
                    return None;
                }
                let relations = [Relation::Nmod, Relation::Obl];
                self.with_case(object, &relations, case).or_else(|| self.with_case(verb, &relations, case))
            }
        }
    }

    /// The child that hangs on a token in one of these ways behind this preposition.
    fn with_case(&self, token: usize, relations: &[Relation], case: &str) -> Option<usize> {
        self.text.syntax.children(token).find(|child| {
            let mut cases = self
                .text
                .syntax
                .children(*child)
                .filter(|one| self.text.syntax.relation(*one) == Relation::Case);
            relations.contains(&self.text.syntax.relation(*child))
                && cases.any(|one| self.text.word(one).eq_ignore_ascii_case(case))
        })
    }

    /// The mention that a token heads, and those joined to it by `and`.
    fn all(&self, token: Option<usize>) -> Vec<Participant> {
        let Some(token) = token else { return Vec::new() };
        let joined = self
            .text
            .syntax
            .children(token)
            .filter(|child| self.text.syntax.relation(*child) == Relation::Conj);
        [token].into_iter().chain(joined).filter_map(|token| self.player(token)).collect()
    }

    /// The mention that holds a token.
    fn player(&self, token: usize) -> Option<Participant> {
        let at = self.text.document.tokens[token].span.start();
        let behind = self.resolution.mentions.partition_point(|mention| mention.span.start() <= at);
        let mention = self.resolution.mentions.get(behind.checked_sub(1)?)?;
        // A possessive is an attribute of what it stands before.
        let owner = self.text.syntax.relation(token) == Relation::NmodPoss;
        (mention.span.contains(at) && !owner).then_some((mention.entity, mention.span))
    }

    /// How the words around a verb present what it says.
    fn status(&self, verb: usize) -> Status {
        let has = |words: &[&str]| {
            self.text
                .syntax
                .children(verb)
                .any(|child| words.iter().any(|word| self.text.word(child).eq_ignore_ascii_case(word)))
        };
        if has(&["not", "n't", "n’t", "never"]) {
            Status::Denied
        } else if has(&["would", "could", "might", "may", "should", "if", "unless"]) {
            Status::Hypothetical
        } else if has(&["will", "'ll", "’ll"]) {
            Status::Planned
        } else {
            self.governor(verb).map_or(Status::Asserted, |governor| self.status_under(governor))
        }
    }

    /// The word that a verb depends on as its complement: `accused` of killing, `tried` to meet, a `plan` to attack.
    fn governor(&self, verb: usize) -> Option<usize> {
        let head = self.text.syntax.head(verb)?;
        let behind_particle = || {
            self.text.syntax.children(verb).any(|child| {
                matches!(self.text.syntax.relation(child), Relation::Mark | Relation::Case)
                    && ["of", "for", "from", "to", "against", "about"]
                        .iter()
                        .any(|particle| self.text.word(child).eq_ignore_ascii_case(particle))
            })
        };
        let complement = match self.text.syntax.relation(verb) {
            Relation::Xcomp | Relation::Ccomp => true,
            Relation::Advcl | Relation::Acl | Relation::Obl | Relation::Nmod => behind_particle(),
            _ => false,
        };
        complement.then_some(head)
    }

    /// What becomes of a statement under a governing word: only a few leave it standing.
    fn status_under(&self, governor: usize) -> Status {
        match &*self.text.tags[governor].lemma {
            "manage" | "begin" | "start" | "continue" | "go" | "come" | "help" | "return" | "keep" => {
                Status::Asserted
            }
            "deny" | "refuse" | "decline" | "fail" | "reject" => Status::Denied,
            "plan" | "want" | "intend" | "hope" | "vow" | "promise" | "expect" | "agree" | "decide"
            | "pledge" => Status::Planned,
            "say" | "report" | "claim" | "allege" | "accuse" | "suspect" | "charge" | "tell" | "write"
            | "believe" | "think" | "insist" | "confirm" | "announce" | "add" | "note" | "argue" => {
                Status::Reported
            }
            _ => Status::Hypothetical,
        }
    }
}
