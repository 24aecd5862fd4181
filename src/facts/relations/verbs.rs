//! What one entity does to another, by the verbs of the trigger table.
//!
//! Knows the parser's trees and the mentions of an article: the subject of the verb acts on its object, or on what its
//! preposition brings; in the passive the other way round. Both must be mentions: `the mayor's office praised` is not
//! the mayor praising.

use crate::annotate::Annotations;
use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::facts::entity::{EntityId, EntityKind, OrganizationKind};
use crate::facts::grammar::phrase;
use crate::facts::reference::resolution::Resolution;
use crate::facts::relations::presented;
use crate::facts::relations::scene::Scene;
use crate::facts::relations::triggers::{self, Trigger};
use crate::facts::relationship::Relationship;
use crate::span::{Byte, Span};

/// How many verbs a subject is looked for up the tree: `met, praised and thanked`.
const STEPS: usize = 4;

/// All acts of an article, in the order of their verbs.
pub(super) fn acts(scene: Scene) -> Vec<Relationship> {
    let Scene { text, resolution, .. } = scene;
    let reader = Reader { text, resolution };
    // `founding father`: a participle that describes a noun is no deed.
    let describes = |token: usize| {
        let is_common = |word: &str| word.starts_with(char::is_lowercase);
        text.tags[token].xpos == Xpos::Vbg
            && text.tags.get(token + 1).is_some_and(|tag| tag.upos == Upos::Noun)
            && is_common(text.word(token + 1))
    };
    let is_deed = |token: &usize| {
        text.tags[*token].upos == Upos::Verb
            && !matches!(text.syntax.relation(*token), Relation::Amod | Relation::Compound)
            && !describes(*token)
    };
    let verbs = (0..text.document.tokens.len()).filter(is_deed);
    let mut found: Vec<Relationship> = verbs.flat_map(|verb| reader.acts_of(verb)).collect();
    for act in &mut found {
        act.predicate = predicate(scene, act);
    }
    found
}

/// Those who run for an office.
pub(super) fn runs(scene: Scene) -> Vec<Run> {
    let Scene { text, resolution, .. } = scene;
    let reader = Reader { text, resolution };
    let mut found = Vec::new();
    for verb in (0..text.document.tokens.len()).filter(|token| &*text.tags[*token].lemma == "run") {
        let Some(office) = reader.with_case(verb, &[Relation::Obl, Relation::Nmod], "for") else { continue };
        if !is_elective(&text.word(office).to_lowercase()) {
            continue;
        }
        for (runner, by) in reader.all(reader.subject(verb)) {
            if resolution.entities[runner.index()].kind == EntityKind::Person {
                let evidence =
                    by.join(text.document.tokens[office].span).join(text.document.tokens[verb].span);
                found.push(Run { verb, runner, office, evidence });
            }
        }
    }
    found
}

/// Somebody who runs for an office.
pub(super) struct Run {
    /// The verb.
    pub(super) verb: usize,
    pub(super) runner: EntityId,
    /// The noun of the office.
    pub(super) office: usize,
    pub(super) evidence: Span<Byte>,
}

/// Whether a noun, in lower case, is something that one is elected to.
fn is_elective(noun: &str) -> bool {
    matches!(
        noun,
        "president"
            | "governor"
            | "mayor"
            | "senate"
            | "senator"
            | "congress"
            | "house"
            | "office"
            | "reelection"
            | "re-election"
            | "presidency"
            | "sheriff"
            | "seat"
            | "nomination"
            | "parliament"
            | "chairman"
            | "leader"
    )
}

/// The predicate of an act, by who takes part: where a person attacks a person, words are meant; who sides with a person
/// or in a lawsuit is no lasting ally.
fn predicate(scene: Scene, act: &Relationship) -> &'static str {
    let Some(object) = act.object else { return act.predicate };
    let acts_by_words = |id: EntityId| {
        let armed = [OrganizationKind::ArmedGroup, OrganizationKind::Agency];
        !scene.is(id, EntityKind::Place) && !armed.iter().any(|kind| scene.is_organization(id, *kind))
    };
    match act.predicate {
        "attacked" if acts_by_words(act.subject) && acts_by_words(object) => "criticized",
        "ally_of" if !scene.is(object, EntityKind::Place) => "supports",
        other => other,
    }
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
            // `found` is far more often what somebody came upon.
            let is_find = word == "found" && matches!(self.text.tags[verb].xpos, Xpos::Vbd | Xpos::Vbn);
            if is_find || trigger.predicate == "paid" && self.pays_no_money(verb) {
                continue;
            }
            let (agents, patients) = self.players(verb, trigger);
            let mut found = Vec::new();
            for (subject, by) in &agents {
                for (object, on) in patients.iter().filter(|(object, _)| object != subject) {
                    found.push(Relationship {
                        subject: *subject,
                        predicate: trigger.predicate,
                        object: Some(*object),
                        detail: None,
                        status: presented::status(self.text, verb),
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

    /// Whether what is paid is a visit or a tribute.
    fn pays_no_money(&self, verb: usize) -> bool {
        let until = self.text.document.tokens.len().min(verb + 8);
        let given = ["visit", "attention", "tribute", "respects", "homage", "heed", "compliment", "lip"];
        (verb + 1..until).any(|token| given.contains(&self.text.word(token)))
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
        let owner = owner || self.is_any_member(mention.entity, token);
        (mention.span.contains(at) && !owner && !self.describes(token, mention.span))
            .then_some((mention.entity, mention.span))
    }

    /// Whether a label stands for anybody of a party, not for the party: `if` **a Republican** `wins`.
    fn is_any_member(&self, entity: EntityId, token: usize) -> bool {
        let kind = self.resolution.entities[entity.index()].organization_kind;
        let article = token.checked_sub(1).map_or("", |article| self.text.word(article));
        kind == Some(OrganizationKind::Party)
            && matches!(article, "a" | "A" | "any" | "another" | "no" | "every")
    }

    /// Whether a mention only describes the noun behind it, which is who is meant: `met` **Russian** `officials`.
    fn describes(&self, token: usize, mention: Span<Byte>) -> bool {
        let tokens = &self.text.document.tokens;
        if self.text.tags[token].upos == Upos::Pron {
            return false;
        }
        let behind = (token..tokens.len()).find(|next| tokens[*next].span.start() >= mention.end());
        behind.is_some_and(|next| {
            tokens[next].sentence == tokens[token].sentence
                && matches!(self.text.tags[next].upos, Upos::Noun | Upos::Propn)
                && !phrase::is_time(self.text.word(next))
        })
    }
}
