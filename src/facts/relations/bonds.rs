//! What one is to another by a noun: **Ana Ruiz**`’s cousin` **Mira Costa**; **Bluefin**`, a unit of` **Northwind**; **NATO** `member`
//! **Valdora**.
//!
//! Knows trees, names and the nouns of the table of predicates. One side holds the noun (it is a name beside it, or what it
//! is said of), the other is whose it is.

use crate::annotate::labels::{Relation, Upos};
use crate::annotate::offices;
use crate::facts::entity::{EntityKind, Form};
use crate::facts::grammar::phrase;
use crate::facts::relations::participants::Participant;
use crate::facts::relations::scene::Scene;
use crate::facts::relations::triggers::{BONDS, Trigger};
use crate::facts::relationship::{Relationship, Status, Term};

/// Prepositions before whose something is, where the table names none.
const OF: &[&str] = &["of", "to"];

/// How many words may stand between a comma behind a name and the noun: `, a longtime close aide to`.
const GAP: usize = 6;

/// What people, bodies and places are to each other.
pub(super) fn bonds(scene: Scene) -> Vec<Relationship> {
    let is_noun = |token: &usize| matches!(scene.text.tags[*token].upos, Upos::Noun | Upos::Propn);
    (0..scene.text.tags.len()).filter(is_noun).filter_map(|noun| bond(scene, noun)).collect()
}

fn bond(scene: Scene, noun: usize) -> Option<Relationship> {
    let lemma = scene.text.tags[noun].lemma.to_lowercase();
    // The holder of an office is a name or two away.
    let next = scene.text.next_name(noun);
    let is_office = || {
        let near = next.saturating_sub(2)..next + 3;
        near.filter_map(|name| scene.offices.of_name(name)).any(|office| office.words.contains(noun))
    };
    for trigger in BONDS.of(&lemma) {
        // What an office tells is told by it.
        if matches!(trigger.predicate.name, "employed_by" | "associate_of") && is_office() {
            continue;
        }
        let Some(owner) = owner(scene, noun, trigger) else { continue };
        let Some(holder) = holder(scene, noun).filter(|holder| holder.0 != owner.0) else { continue };
        let (subject, object) = if trigger.exchanged { (owner, holder) } else { (holder, owner) };
        if !scene.admits(trigger.predicate, subject.0, object.0) {
            continue;
        }
        let noun_span = scene.text.document.tokens[noun].span;
        return Some(Relationship {
            subject: subject.0,
            predicate: trigger.predicate.name,
            object: Some(object.0),
            detail: Some(noun_span),
            status: status(scene, noun),
            evidence: subject.1.join(object.1).join(noun_span),
            trigger: Some(noun_span),
            term: Term::default(),
            claim: None,
            confidence: 0.75,
        });
    }
    None
}

/// Whose something is: `her`, **Ana Ruiz**`’s`, `of` **Northwind**, the **NATO** of `NATO member`.
fn owner(scene: Scene, noun: usize, trigger: &Trigger) -> Option<Participant> {
    let syntax = &scene.text.syntax;
    if let Some(owner) = syntax.child(noun, &[Relation::NmodPoss]) {
        return scene.owner(owner);
    }
    let cases = if trigger.cases.is_empty() { OF } else { &trigger.cases };
    // `founder and chief executive of` **Northwind**
    let joined = || {
        let mut joined = syntax.children(noun).filter(|child| syntax.relation(*child) == Relation::Conj);
        joined.find_map(|child| scene.with_case(child, cases))
    };
    let behind = scene.with_case(noun, cases).or_else(joined);
    if let Some(owner) = behind.and_then(|owner| scene.participant(owner, false)) {
        return Some(owner);
    }
    let before = noun.checked_sub(1)?;
    let mention = scene.mention_at(before).filter(|mention| mention.form == Form::Name)?;
    let is_joined = scene.text.document.tokens[before].sentence == scene.text.document.tokens[noun].sentence;
    // `Texas native`, `Ruiz aide`; a party's colour is no body: `Republican rival`.
    let is_colour = offices::is_side(scene.text.word(before)) && trigger.predicate.name != "member_of";
    (is_joined && !is_colour).then_some((mention.entity, mention.span))
}

/// Who is what a noun says: the name right behind it, the one that it stands behind as an apposition, or of whom it is said.
fn holder(scene: Scene, noun: usize) -> Option<Participant> {
    let (text, syntax) = (scene.text, &scene.text.syntax);
    let named = |token: usize| {
        let mention = scene.mention_at(token).filter(|mention| mention.form == Form::Name)?;
        Some((mention.entity, mention.span))
    };
    // `cousin Mira Costa`, `husband, Leo Brandt,`
    let next = noun + 1 + usize::from(text.word(noun + 1) == ",");
    let follows = text.name_at(next).filter(|name| text.names[*name].tokens.start() == next);
    let is_apart = next == noun + 2 && !is_apposed(scene, noun, next);
    if follows.is_some() && !is_apart {
        return named(next);
    }
    // **Leo Brandt** `is Ruiz’s rival`
    if syntax.child(noun, &[Relation::Cop]).is_some() {
        let subject = syntax.child(noun, &[Relation::Nsubj]);
        return subject.and_then(|subject| scene.participant(subject, false));
    } // **Bluefin** `operates as a unit of`
    if scene.has_case(noun, &["as"])
        && let Some(verb) = syntax
            .head(noun)
            .filter(|verb| matches!(&*text.tags[*verb].lemma, "serve" | "act" | "operate" | "work"))
    {
        return scene.subject(verb).and_then(|subject| scene.participant(subject, false));
    }
    // **Leo Brandt**`, a close aide to`
    if syntax.relation(noun) == Relation::Appos {
        let head = syntax.head(noun)?;
        let found = scene.participant(head, false).or_else(|| named(head));
        if found.is_some() {
            return found;
        }
    }
    let start = syntax.extent(noun).start().max(noun.saturating_sub(GAP));
    let comma = (start.saturating_sub(1)..noun).rev().find(|token| text.word(*token) == ",")?;
    let name = text.name_ending_at(comma)?;
    let between = comma + 1..noun;
    let is_phrase = between.clone().all(|token| {
        matches!(
            text.tags[token].upos,
            Upos::Det | Upos::Adj | Upos::Noun | Upos::Adv | Upos::Pron | Upos::Propn | Upos::Part
        ) || phrase::is_hyphen(text, token)
    });
    is_phrase.then(|| named(text.names[name].tokens.start())).flatten()
}

/// Whether the name behind a comma is in apposition: it ends at a comma or a stop again.
fn is_apposed(scene: Scene, noun: usize, name: usize) -> bool {
    let text = scene.text;
    let Some(index) = text.name_at(name) else { return false };
    let behind = text.word(text.names[index].tokens.end());
    let is_closed = matches!(behind, "," | "." | ";" | ")" | "" | "—" | "”");
    let owner = text.syntax.child(noun, &[Relation::NmodPoss]).is_some();
    let is_person = scene.resolution.of_name[index].is_some_and(|id| scene.is(id, EntityKind::Person));
    is_closed && owner && is_person
}

/// What the words before a noun say of it: `former`, `no`.
fn status(scene: Scene, noun: usize) -> Status {
    let text = scene.text;
    let extent = text.syntax.extent(noun);
    let mut before = extent.start().max(noun.saturating_sub(GAP))..noun;
    let is_over = before.any(|token| {
        offices::is_past(text.word(token)) || text.word(token).to_lowercase().starts_with("ex-")
    });
    let is_denied =
        text.syntax.children(noun).any(|child| matches!(text.word(child), "not" | "n't" | "n’t" | "no"));
    let was = text.syntax.child(noun, &[Relation::Cop]).is_some_and(|cop| text.word(cop) == "was");
    match () {
        () if is_denied => Status::Denied,
        () if is_over || was || text.word(noun).starts_with("ex-") => Status::Ended,
        () => Status::Asserted,
    }
}
