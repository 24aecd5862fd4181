//! Who takes part in a deed: from the word that a verb or a noun governs to the entity that is meant.
//!
//! Knows trees and the mentions of one article. A head noun decides who acts: `former Northwind staff` is not Northwind, and
//! only what stands for a government rises to its country (`Valdoran officials`).

use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::annotate::offices;
use crate::facts::entity::{EntityId, EntityKind, Form, OrganizationKind};
use crate::facts::grammar::governments::is_government;
use crate::facts::grammar::phrase;
use crate::facts::relations::predicates::Predicate;
use crate::facts::relations::scene::Scene;
use crate::span::{Byte, Span};

/// Someone in a role: the entity and the words that mention it.
pub(super) type Participant = (EntityId, Span<Byte>);

/// Nouns that stand for the armed group beside them.
const FORCES: &[&str] = &[
    "bomber",
    "commander",
    "fighter",
    "force",
    "gunman",
    "leader",
    "leadership",
    "member",
    "militant",
    "official",
];

/// Nouns that stand for whoever they are of.
const BODIES: &[&str] = &["administration", "campaign", "delegation", "government", "leadership", "office"];

/// How far a name may stand behind the title that governs it, in tokens.
const TITLE: usize = 4;

/// How many verbs a subject is looked for up the tree: `met, praised and thanked`.
const STEPS: usize = 4;

impl Scene<'_> {
    /// The mentions that a token and those joined to it by `and` head; what is done to a thing reaches whom it is of where
    /// `through_things` says so.
    pub(super) fn participants(self, token: Option<usize>, through_things: bool) -> Vec<Participant> {
        let Some(token) = token else { return Vec::new() };
        let joined = self.text.syntax.children(token);
        let joined = joined.filter(|child| self.text.syntax.relation(*child) == Relation::Conj);
        /// Of a longer list nobody reads all pairs.
        const MOST: usize = 16;
        let all = [token].into_iter().chain(joined).take(MOST);
        all.filter_map(|token| self.participant(token, through_things)).collect()
    }

    /// Who is meant by the phrase that a token heads.
    pub(super) fn participant(self, token: usize, through_things: bool) -> Option<Participant> {
        let owns = self.text.syntax.relation(token) == Relation::NmodPoss;
        let own = (!owns).then(|| self.player(token)).flatten();
        let titled = || self.titled(token).or_else(|| self.described(token));
        let risen = || self.government(token);
        let titled = || titled().or_else(|| self.apposed(token));
        let owner = || through_things.then(|| self.owner_of_thing(token)).flatten();
        own.or_else(titled).or_else(risen).or_else(owner)
    }

    /// The mention that holds a token, if it is all of the phrase.
    fn player(self, token: usize) -> Option<Participant> {
        let mention = self.mention_at(token)?;
        let describes = self.is_any_member(mention.entity, token) || self.describes(token, mention.span);
        (!describes).then_some((mention.entity, mention.span))
    }

    /// The one whose possessive or prepositional phrase a token heads. Of mentions in each other the shortest is meant: `her`, not
    /// `her husband`.
    pub(super) fn owner(self, token: usize) -> Option<Participant> {
        let word = self.text.document.tokens[token].span;
        let mentions = &self.resolution.mentions;
        let behind = mentions.partition_point(|mention| mention.span.start() <= word.start());
        let mut before =
            mentions[..behind].iter().rev().take_while(|mention| mention.span.start() == word.start());
        // `Ana Ruiz’s killer, Leo Brandt,` is a mention of him that begins with one of her.
        let shortest = before.by_ref().min_by_key(|mention| mention.span.len());
        let mention = shortest.or_else(|| self.mention_at(token))?;
        (!self.is_any_member(mention.entity, token)).then_some((mention.entity, mention.span))
    }

    /// The name that a title or a description stands before: `President` **Ana Ruiz**, `her deputy,` **Leo Brandt**.
    fn titled(self, token: usize) -> Option<Participant> {
        let named = self.text.syntax.children(token).find(|child| {
            let is_name = matches!(
                self.text.syntax.relation(*child),
                Relation::Flat | Relation::Appos | Relation::NmodDesc
            );
            is_name && *child > token && *child <= token + TITLE
        })?;
        let mention = self.mention_at(named)?;
        let is_person = self.is(mention.entity, EntityKind::Person) && mention.form == Form::Name;
        is_person.then_some((mention.entity, mention.span))
    }
    /// Whom a noun is said of: **Bluefin** `is a company` that does something.
    fn described(self, token: usize) -> Option<Participant> {
        self.text.syntax.child(token, &[Relation::Cop])?;
        let subject = self.text.syntax.child(token, &[Relation::Nsubj])?;
        self.player(subject)
    }

    /// The name that a noun stands behind in apposition: **Bluefin**`, a maker of boats` that does something.
    fn apposed(self, token: usize) -> Option<Participant> {
        let syntax = &self.text.syntax;
        let is_indefinite =
            syntax.children(token).any(|child| matches!(self.text.word(child), "a" | "an" | "the"));
        let is_apposition = syntax.relation(token) == Relation::Appos && is_indefinite;
        let head = syntax.head(token).filter(|head| is_apposition && head < &token)?;
        self.player(head).filter(|_| self.mention_at(head).is_some_and(|mention| mention.form == Form::Name))
    }

    /// The body whose name a token heads, be it with a possessive before it: `at Porto’s` **Harbor Institute**.
    pub(super) fn body_headed_by(self, token: usize) -> Option<Participant> {
        let name = self.text.name_at(token)?;
        let id = self.named(name, EntityKind::Organization)?;
        Some((id, self.text.document.bytes(self.text.names[name].tokens)))
    }

    /// The country for whose government a noun stands: **Valdoran** `officials`, **Valdora**`’s army`.
    fn government(self, token: usize) -> Option<Participant> {
        let lemma = self.text.tags[token].lemma.to_lowercase();
        if !is_government(&lemma) && ![FORCES, BODIES].iter().any(|nouns| nouns.contains(&lemma.as_str())) {
            return None;
        }
        let beside = self.text.syntax.children(token).filter(|child| {
            let relation = self.text.syntax.relation(*child);
            let is_beside = matches!(
                relation,
                Relation::Amod
                    | Relation::Compound
                    | Relation::NmodPoss
                    | Relation::NmodDesc
                    | Relation::Nmod
            );
            // `officials of Valdora`, not `officials in Valdora`
            is_beside && (relation != Relation::Nmod || self.has_case(*child, &["of"]))
        });
        let is_ruled = |entity: EntityId| {
            self.is(entity, EntityKind::Place) && is_government(&lemma)
                || self.is_organization(entity, OrganizationKind::ArmedGroup)
                    && FORCES.contains(&lemma.as_str())
                || BODIES.contains(&lemma.as_str())
        };
        let mut ruled =
            beside.filter_map(|child| self.mention_at(child)).filter(|mention| is_ruled(mention.entity));
        ruled.next().map(|mention| (mention.entity, self.text.document.tokens[token].span.join(mention.span)))
    }

    /// Whom a thing is of: **Ana Ruiz**`’s plan`, the decision of **the council**, the **Northwind** `offer`. People are no
    /// things: her lawyer is not her.
    fn owner_of_thing(self, token: usize) -> Option<Participant> {
        let word = self.text.word(token).to_lowercase();
        let is_thing = self.text.tags[token].upos == Upos::Noun
            && offices::rank(&word).is_none()
            && !is_person_noun(&self.text.tags[token].lemma);
        // What shows somebody, or is called after her, is not hers.
        const LIKENESSES: &[&str] =
            &["bust", "image", "memory", "monument", "name", "photo", "picture", "portrait", "statue"];
        if !is_thing || LIKENESSES.contains(&&*self.text.tags[token].lemma) {
            return None;
        }
        let of = |child: &usize| match self.text.syntax.relation(*child) {
            Relation::NmodPoss => true,
            Relation::Compound | Relation::Amod => *child < token,
            Relation::Nmod => self.has_case(*child, &["of", "by", "from"]),
            _ => false,
        };
        let mut owners = self.text.syntax.children(token).filter(of);
        let owner = owners.find_map(|child| {
            self.owner(child).or_else(|| self.titled(child)).or_else(|| self.government(child))
        });
        // `an offer made by` **the council**
        let made = || {
            let made = self.text.syntax.child(token, &[Relation::Acl])?;
            let maker = self.with_case(made, &["by"])?;
            self.owner(maker).or_else(|| self.titled(maker))
        };
        owner.or_else(made)
    }

    /// Whether a token hangs on its head by one of these prepositions.
    pub(super) fn has_case(self, token: usize, cases: &[&str]) -> bool {
        self.text.syntax.children(token).any(|child| {
            self.text.syntax.relation(child) == Relation::Case
                && cases.iter().any(|case| self.text.word(child).eq_ignore_ascii_case(case))
        })
    }

    /// The child that hangs on a token behind one of these prepositions.
    pub(super) fn with_case(self, token: usize, cases: &[&str]) -> Option<usize> {
        let relations = [Relation::Obl, Relation::Nmod, Relation::OblAgent];
        self.text.syntax.children(token).find(|child| {
            *child > token
                && relations.contains(&self.text.syntax.relation(*child))
                && self.has_case(*child, cases)
        })
    }

    /// The subject of a verb: its own, that of the verb it goes with, or the noun that it describes.
    pub(super) fn subject(self, mut verb: usize) -> Option<usize> {
        for _ in 0..STEPS {
            let own = self.text.syntax.child(verb, &[Relation::Nsubj, Relation::NsubjPass]);
            let relative = |token: usize| matches!(self.text.word(token), "who" | "which" | "that");
            let relation = self.text.syntax.relation(verb);
            if matches!(relation, Relation::AclRelcl | Relation::Acl) && own.is_none_or(relative) {
                let head = self.text.syntax.head(verb)?;
                // **Ana Ruiz** `of Northwind, who wrote the letter`: who is a person.
                let is_person = |token: usize| {
                    self.mention_at(token).is_some_and(|mention| self.is(mention.entity, EntityKind::Person))
                };
                let is_who = own.is_some_and(|own| self.text.word(own) == "who");
                let above = self.text.syntax.head(head).filter(|above| is_who && is_person(*above));
                return above.filter(|_| !is_person(head)).or(Some(head));
            }
            if own.is_some() {
                return own;
            }
            if !matches!(relation, Relation::Conj | Relation::Xcomp | Relation::Advcl | Relation::Parataxis) {
                return None;
            }
            let head = self.text.syntax.head(verb)?;
            // `asked him to meet her`: he is to meet her.
            let told = self
                .text
                .syntax
                .child(head, &[Relation::Obj, Relation::Iobj])
                .filter(|object| *object < verb);
            let is_told = match relation {
                Relation::Xcomp => is_object_control(&self.text.tags[head].lemma),
                // `convicted him of killing her`
                Relation::Advcl => {
                    let marked = |child| matches!(self.text.word(child), "of" | "for" | "with");
                    is_charge(&self.text.tags[head].lemma) && self.text.syntax.children(verb).any(marked)
                }
                _ => false,
            };
            if is_told && told.is_some() {
                return told;
            }
            verb = head;
        }
        None
    }

    /// Whether two can be the sides of a predicate, by their kinds.
    pub(super) fn admits(self, predicate: &Predicate, subject: EntityId, object: EntityId) -> bool {
        let letter = |id: EntityId| match self.entity(id).kind {
            EntityKind::Person => 'P',
            EntityKind::Organization => 'O',
            EntityKind::Place => 'G',
        };
        let fits = |subject: EntityId, object: EntityId| {
            predicate.admits(0, letter(subject)) && predicate.admits(1, letter(object))
        };
        subject != object && (fits(subject, object) || predicate.symmetric && fits(object, subject))
    }

    /// Whether a label stands for somebody of a party, not for the party: `if` **a Republican** `wins`, the first **Republican** in the
    /// council. The party itself is `Republicans`, the `GOP`.
    fn is_any_member(self, entity: EntityId, token: usize) -> bool {
        let article = token.checked_sub(1).map_or("", |article| self.text.word(article));
        let word = self.text.word(token);
        let is_one = offices::is_side(word) && self.text.tags[token].xpos == Xpos::Nn && word != "GOP";
        self.is_organization(entity, OrganizationKind::Party)
            && (matches!(article, "a" | "A" | "any" | "another" | "no" | "every") || is_one)
    }

    /// Whether a mention only describes the noun behind it, which is who is meant: `met` **Russian** `officials`.
    fn describes(self, token: usize, mention: Span<Byte>) -> bool {
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

/// Whether a verb charges its object with what hangs on it.
fn is_charge(lemma: &str) -> bool {
    const VERBS: &[&str] = &[
        "accuse", "acquit", "arrest", "blame", "charge", "convict", "indict", "jail", "sentence", "suspect",
    ];
    VERBS.contains(&lemma)
}

/// Whether what a verb wants done is to be done by its object.
fn is_object_control(lemma: &str) -> bool {
    const VERBS: &[&str] = &[
        "advise",
        "allow",
        "ask",
        "beg",
        "call",
        "command",
        "encourage",
        "expect",
        "force",
        "get",
        "help",
        "instruct",
        "invite",
        "let",
        "make",
        "order",
        "permit",
        "persuade",
        "press",
        "pressure",
        "push",
        "request",
        "see",
        "tell",
        "urge",
        "want",
        "warn",
    ];
    VERBS.contains(&lemma)
}

/// Whether a noun is one for people, by its lemma: what is theirs is not of those they belong to.
pub(super) fn is_person_noun(lemma: &str) -> bool {
    const PEOPLE: &[&str] = &[
        "aide",
        "ally",
        "brother",
        "child",
        "daughter",
        "father",
        "friend",
        "husband",
        "man",
        "mother",
        "native",
        "people",
        "person",
        "rival",
        "sister",
        "son",
        "spokesman",
        "spokeswoman",
        "wife",
        "woman",
    ];
    // Things that end as people do.
    const THINGS: &[&str] = &[
        "answer",
        "banner",
        "behavior",
        "career",
        "chapter",
        "charter",
        "committee",
        "computer",
        "cover",
        "danger",
        "degree",
        "dinner",
        "disaster",
        "door",
        "error",
        "factor",
        "favor",
        "floor",
        "honor",
        "labor",
        "layer",
        "letter",
        "list",
        "matter",
        "mirror",
        "murder",
        "newsletter",
        "newspaper",
        "number",
        "offer",
        "order",
        "paper",
        "poster",
        "power",
        "register",
        "rumor",
        "shelter",
        "shower",
        "tower",
        "transfer",
        "trigger",
        "water",
        "weather",
    ];
    let lemma = lemma.to_lowercase();
    PEOPLE.contains(&lemma.as_str())
        || ["er", "or", "ist", "man", "ee"].iter().any(|end| lemma.ends_with(end))
            && !THINGS.contains(&lemma.as_str())
}
