//! What one is to another by a noun: **Ana Ruiz**`’s cousin` **Mira Costa**; **Bluefin**`, a unit of` **Northwind**; **NATO** `member`
//! **Valdora**.
//!
//! Knows trees, names and the nouns of the table of predicates. One side holds the noun (it is a name beside it, or what it
//! is said of), the other is whose it is.

use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::annotate::offices;
use crate::facts::entity::{EntityKind, Form};
use crate::facts::grammar::{describing, phrase};
use crate::facts::relations::employers;
use crate::facts::relations::participants::Participant;
use crate::facts::relations::scene::Scene;
use crate::facts::relations::triggers::{BONDS, Trigger};
use crate::facts::relationship::{Relationship, Status, Term};

/// Prepositions before whose something is, where the table names none.
const OF: &[&str] = &["of", "to"];

/// Of a longer list nobody reads all.
const MOST: usize = 12;

/// How many words may stand between a comma behind a name and the noun: `, a longtime close aide to`.
const GAP: usize = 6;

/// What people, bodies and places are to each other.
pub(super) fn bonds(scene: Scene) -> Vec<Relationship> {
    let is_noun = |token: &usize| matches!(scene.text.tags[*token].upos, Upos::Noun | Upos::Propn);
    (0..scene.text.tags.len()).filter(is_noun).flat_map(|noun| bonds_of(scene, noun)).collect()
}

/// What one noun states.
fn bonds_of(scene: Scene, noun: usize) -> Vec<Relationship> {
    let lemma = scene.text.tags[noun].lemma.to_lowercase();
    // `the parent company of`
    let is_parent = noun > 0 && scene.text.word(noun - 1).eq_ignore_ascii_case("parent");
    let lemma = if is_parent { "parent" } else { lemma.as_str() };
    // The holder of an office is a name or two away.
    let next = scene.text.next_name(noun);
    let is_office = || {
        let near = next.saturating_sub(2)..next + 3;
        near.filter_map(|name| scene.offices.of_name(name)).any(|office| office.words.contains(noun))
    };
    // Whoever has a trade at a body works there, if its noun is in no row: `a zoologist at the Harbor Institute`.
    let listed = BONDS.of(lemma);
    let is_other_trade = listed.is_empty() && describing::is_trade(lemma);
    let triggers = if is_other_trade { BONDS.of("historian") } else { listed };
    for trigger in triggers {
        // What an office tells is told by it.
        if matches!(trigger.predicate.name, "employed_by" | "associate_of") && is_office() {
            continue;
        }
        // `Porto City`
        if trigger.predicate.name == "located_in" && scene.text.name_at(noun).is_some() {
            continue;
        }
        let owners = owners(scene, noun, trigger);
        if owners.is_empty() {
            continue;
        }
        let holders = holders(scene, noun, trigger);
        let pairs = holders.iter().flat_map(|holder| owners.iter().map(move |owner| (*holder, *owner)));
        let found: Vec<Relationship> = pairs
            .filter(|(holder, owner)| holder.0 != owner.0)
            .filter_map(|(holder, owner)| link(scene, noun, trigger, holder, owner))
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// What a noun states of who holds it and whose it is.
fn link(
    scene: Scene,
    noun: usize,
    trigger: &Trigger,
    holder: Participant,
    owner: Participant,
) -> Option<Relationship> {
    let (subject, object) = if trigger.exchanged { (owner, holder) } else { (holder, owner) };
    let predicate = match trigger.predicate.name {
        "employed_by" => employers::belonging(scene.entity(object.0).organization_kind),
        name => name,
    };
    if !scene.admits(trigger.predicate, subject.0, object.0) {
        return None;
    }
    let noun_span = scene.text.document.tokens[noun].span;
    Some(Relationship {
        subject: subject.0,
        predicate,
        object: Some(object.0),
        detail: (trigger.predicate.name != "located_in").then_some(noun_span),
        status: status(scene, noun, predicate),
        evidence: subject.1.join(object.1).join(noun_span),
        trigger: Some(noun_span),
        term: Term::default(),
        claim: None,
        confidence: 0.75,
    })
}

/// Whose something is: `her`, **Ana Ruiz**`’s`, `of` **Northwind**, the **NATO** of `NATO member`.
fn owners(scene: Scene, noun: usize, trigger: &Trigger) -> Vec<Participant> {
    let syntax = &scene.text.syntax;
    if let Some(owner) = syntax.child(noun, &[Relation::NmodPoss]) {
        if scene.text.word(owner).eq_ignore_ascii_case("whose") {
            return antecedent(scene, noun).into_iter().collect();
        }
        return scene.owner(owner).into_iter().collect();
    }
    let cases = if trigger.cases.is_empty() { OF } else { &trigger.cases };
    // `founder and chief executive of` **Northwind**
    let joined = || {
        let mut joined = syntax.children(noun).filter(|child| syntax.relation(*child) == Relation::Conj);
        joined.find_map(|child| scene.with_case(child, cases))
    };
    let behind = scene.with_case(noun, cases).or_else(joined);
    // `an economist at Porto’s` **Harbor Institute**
    let whole = |owner: Option<usize>| {
        let owner = owner?;
        scene.participant(owner, false).or_else(|| scene.body_headed_by(owner))
    };
    let mut owners = scene.participants(behind, false);
    if owners.is_empty() {
        owners.extend(whole(behind));
    }
    if owners.is_empty() {
        owners.extend(owner_before(scene, noun, trigger));
    }
    owners
}

/// Who is meant by `whose` before a noun: **Ana Ruiz**`, whose son`.
fn antecedent(scene: Scene, noun: usize) -> Option<Participant> {
    const STEPS: usize = 3;
    let syntax = &scene.text.syntax;
    let mut verb = noun;
    for _ in 0..STEPS {
        if matches!(syntax.relation(verb), Relation::AclRelcl | Relation::Acl) {
            return scene.participant(syntax.head(verb)?, false);
        }
        let Some(head) = syntax.head(verb) else { break };
        verb = head;
    }
    // The parser may have missed the clause: **Ana Ruiz**`, whose son`.
    let whose = syntax.child(noun, &[Relation::NmodPoss])?;
    let end = if whose > 0 && scene.text.word(whose - 1) == "," { whose - 1 } else { whose };
    let name = scene.text.name_ending_at(end)?;
    let mention = scene.mention_at(scene.text.names[name].tokens.start())?;
    Some((mention.entity, mention.span))
}

/// Whose something is by the name right before it.
fn owner_before(scene: Scene, noun: usize, trigger: &Trigger) -> Option<Participant> {
    let before = noun.checked_sub(1)?;
    // `the Valdoran capital`
    let in_country = trigger.predicate.name == "located_in" && scene.country_of_adjective(before).is_some();
    // Behind what somebody works on: `a NATO historian`.
    if trigger.predicate.name == "employed_by" && !trigger.cases.contains(&"of") {
        return None;
    }
    let mention = scene.mention_at(before).filter(|mention| mention.form == Form::Name || in_country)?;
    let is_joined = scene.text.document.tokens[before].sentence == scene.text.document.tokens[noun].sentence;
    // `Texas native`, `Ruiz aide`; a party's colour is no body: `Republican rival`.
    let is_colour = offices::is_side(scene.text.word(before)) && trigger.predicate.name != "member_of";
    (is_joined && !is_colour).then_some((mention.entity, mention.span))
}

/// Those who are what a noun says: `his sons` **Leo** `and` **Teo Brandt**; else the one.
fn holders(scene: Scene, noun: usize, trigger: &Trigger) -> Vec<Participant> {
    let text = scene.text;
    let is_plural = text.tags[noun].xpos == Xpos::Nns;
    if !is_plural {
        return holder(scene, noun, trigger).into_iter().collect();
    }
    let mut found = Vec::new();
    let mut next = noun + 1;
    while found.len() < MOST {
        if matches!(text.word(next), "," | ":") {
            next += 1;
        }
        next += usize::from(text.word(next) == "and");
        let name = text.name_at(next).filter(|name| text.names[*name].tokens.start() == next);
        let Some((name, mention)) = name.zip(scene.mention_at(next)) else { break };
        found.push((mention.entity, mention.span));
        next = text.names[name].tokens.end();
        if !matches!(text.word(next), "," | "and") {
            break;
        }
    }
    // One name behind a plural is somebody else: `to sons of` **Ana Ruiz**.
    let is_one = found.len() == 1;
    let found = if is_one { Vec::new() } else { found };
    if found.is_empty() && !is_one { holder(scene, noun, trigger).into_iter().collect() } else { found }
}

/// Who is what a noun says: the name right behind it, the one that it stands behind as an apposition, or of whom it is said.
fn holder(scene: Scene, noun: usize, trigger: &Trigger) -> Option<Participant> {
    let (text, syntax) = (scene.text, &scene.text.syntax);
    let named = |token: usize| {
        let mention = scene.mention_at(token).filter(|mention| mention.form == Form::Name)?;
        Some((mention.entity, mention.span))
    };
    // `cousin Mira Costa`, `husband, Leo Brandt,`
    let next = noun + 1 + usize::from(text.word(noun + 1) == ",");
    let follows = text.name_at(next).filter(|name| text.names[*name].tokens.start() == next);
    let is_apart = next == noun + 2 && !is_apposed(scene, noun, next, trigger);
    if follows.is_some() && !is_apart {
        return named(next);
    }
    // `the capital of Valdora,` **Porto Sereno**`,`
    let behind = syntax.extent(noun).end();
    if text.word(behind) == ","
        && text.name_at(behind + 1).is_some()
        && text.word(noun + 1) == "of"
        && is_apposed(scene, noun, behind + 1, trigger)
    {
        return named(behind + 1);
    }
    // **Leo Brandt** `is Ruiz’s rival`
    // but `is in Valdora province`
    if syntax.child(noun, &[Relation::Cop]).is_some() && syntax.child(noun, &[Relation::Case]).is_none() {
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
        // `Ana Ruiz and` **Leo Brandt**`, a friend of`: it is he.
        let joined = syntax.children(head).filter(|child| syntax.relation(*child) == Relation::Conj);
        let last = joined.filter(|child| *child < noun && text.tags[noun].xpos == Xpos::Nn).last();
        let head = last.filter(|last| named(*last).is_some()).unwrap_or(head);
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
fn is_apposed(scene: Scene, noun: usize, name: usize, trigger: &Trigger) -> bool {
    let text = scene.text;
    let Some(index) = text.name_at(name).filter(|index| text.names[*index].tokens.start() == name) else {
        return false;
    };
    let behind = text.word(text.names[index].tokens.end());
    let is_closed = matches!(behind, "," | "." | ";" | ")" | "" | "—" | "”");
    let is = |kind: EntityKind| scene.resolution.of_name[index].is_some_and(|id| scene.is(id, kind));
    // `Valdora’s capital,` **Porto Sereno**`,`, `Northwind’s parent company,` **Bluefin**`,`
    let kinds = trigger.predicate.types.concat();
    let fits = match trigger.predicate.name {
        "located_in" => is(EntityKind::Place),
        "subsidiary_of" => is(EntityKind::Organization),
        _ => kinds.contains('P') && is(EntityKind::Person),
    };
    let syntax = &text.syntax;
    let owns = syntax.child(noun, &[Relation::NmodPoss]).is_some();
    let is_phrase = owns
        || syntax.children(noun).any(|child| {
            ["the", "a", "an"].iter().any(|article| text.word(child).eq_ignore_ascii_case(article))
        });
    // `Ana Ruiz’s son, Teo Ruiz took over`: kin is named behind one comma too.
    let is_kin = matches!(trigger.predicate.name, "parent_of" | "spouse_of" | "relative_of");
    let end = text.names[index].tokens.end();
    let acts = || text.tags.get(end).is_some_and(|tag| matches!(tag.upos, Upos::Verb | Upos::Aux));
    is_phrase && fits && (is_closed || is_kin && owns && acts())
}

/// What the words before a noun say of it: `former`, `no`.
fn status(scene: Scene, noun: usize, predicate: &str) -> Status {
    let text = scene.text;
    let extent = text.syntax.extent(noun);
    let mut before = extent.start().max(noun.saturating_sub(GAP))..noun;
    let is_over = before.any(|token| {
        offices::is_past(text.word(token)) || text.word(token).to_lowercase().starts_with("ex-")
    });
    let is_denied =
        text.syntax.children(noun).any(|child| matches!(text.word(child), "not" | "n't" | "n’t" | "no"));
    let was = text.syntax.child(noun, &[Relation::Cop]).is_some_and(|cop| text.word(cop) == "was");
    // Whose child one was one is.
    let was = was && !matches!(predicate, "parent_of" | "relative_of" | "born_in" | "killed" | "founded");
    match () {
        () if is_denied => Status::Denied,
        () if is_over || was || text.word(noun).starts_with("ex-") => Status::Ended,
        () => Status::Asserted,
    }
}
