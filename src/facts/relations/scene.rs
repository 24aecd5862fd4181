//! What relationships are read from: the layers of an article, the offices in it, and who is who.
//!
//! Knows where an entity is mentioned; states nothing.

use crate::annotate::labels::Upos;
use crate::annotate::{Annotations, NameKind, lexicon};
use crate::facts::entity::{Entity, EntityId, EntityKind, Form, Mention, OrganizationKind};
use crate::facts::grammar::phrase;
use crate::facts::offices::{Office, OfficePlace, Offices};
use crate::facts::reference::resolution::Resolution;
use crate::facts::relationship::{Relationship, Status, Term};
use crate::span::{Byte, Span, Tokens};

/// An article while its relationships are being read.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) text: &'a Annotations<'a>,
    pub(super) offices: &'a Offices,
    pub(super) resolution: &'a Resolution,
}

impl<'a> Scene<'a> {
    /// An entity by its id.
    pub(super) fn entity(self, id: EntityId) -> &'a Entity {
        &self.resolution.entities[id.index()]
    }

    /// Whether an entity is of a kind.
    pub(super) fn is(self, id: EntityId, kind: EntityKind) -> bool {
        self.entity(id).kind == kind
    }

    /// Whether an entity is an organization of a kind.
    pub(super) fn is_organization(self, id: EntityId, kind: OrganizationKind) -> bool {
        self.entity(id).organization_kind == Some(kind)
    }

    /// The token that covers a place in the text.
    pub(super) fn token_at(self, at: usize) -> Option<usize> {
        let tokens = &self.text.document.tokens;
        let last = tokens.partition_point(|token| token.span.start() <= at).checked_sub(1)?;
        tokens[last].span.contains(at).then_some(last)
    }

    /// The first token behind a stretch of text, in its sentence.
    pub(super) fn token_behind(self, span: Span<Byte>) -> Option<usize> {
        let last = self.token_at(span.end().checked_sub(1)?)?;
        (last + 1 < self.sentence(last).end()).then_some(last + 1)
    }

    /// The last mention that begins at or before a token and covers it.
    pub(super) fn mention_at(self, token: usize) -> Option<&'a Mention> {
        let at = self.text.document.tokens.get(token)?.span.start();
        let behind = self.resolution.mentions.partition_point(|mention| mention.span.start() <= at);
        let mention = self.resolution.mentions.get(behind.checked_sub(1)?)?;
        mention.span.contains(at).then_some(mention)
    }

    /// The party that a token stands for by itself: a label, or the letter of one.
    pub(super) fn party_at(self, token: usize) -> Option<EntityId> {
        let mention = self.mention_at(token)?;
        let alone = mention.span == self.text.document.tokens[token].span;
        (alone && self.is_organization(mention.entity, OrganizationKind::Party)).then_some(mention.entity)
    }

    /// What says where an office is, as an entity.
    pub(super) fn place_of(self, office: &Office) -> Option<EntityId> {
        let place = office.place.as_ref()?;
        let word = place.tokens(self.text).start();
        if let Some(entity) = self.resolution.of_office_place.get(&word) {
            return Some(*entity);
        }
        match place {
            OfficePlace::Named(index) => self.resolution.of_name[*index],
            _ => None,
        }
    }

    /// The sentence of a token.
    pub(super) fn sentence(self, token: usize) -> Span<Tokens> {
        phrase::sentence_of(self.text, token)
    }

    /// The place whose name begins at a token, with its words.
    pub(super) fn place_at(self, token: usize) -> Option<(EntityId, Span<Tokens>)> {
        let name = self.text.name_at(token)?;
        let tokens = self.text.names[name].tokens;
        let place = self.named(name, EntityKind::Place).filter(|_| tokens.start() == token)?;
        Some((place, tokens))
    }

    /// The place that is named a few words on, behind words for what kind of place it is: `the eastern city of`
    /// **Porto Sereno**.
    pub(super) fn place_behind(self, token: usize) -> Option<(EntityId, Span<Tokens>)> {
        const REACH: usize = 6;
        // A name may be the last word of a text.
        self.text.document.tokens.get(token)?;
        let until = self.sentence(token).end().min(token + REACH);
        let first = (token..until).find(|token| !describes_place(&self.text.word(*token).to_lowercase()))?;
        let (place, tokens) = self.place_at(first)?;
        // `in the Valdora office`: the place describes something else.
        let behind = tokens.end();
        let goes_on = behind < self.sentence(token).end()
            && self.text.tags[behind].upos == Upos::Noun
            && !phrase::is_time(self.text.word(behind))
            && !describes_place(&self.text.word(behind).to_lowercase());
        let owns = phrase::is_possessive_mark(self.text.word(behind)) || phrase::is_hyphen(self.text, behind);
        (!goes_on && !owns).then_some((place, tokens))
    }

    /// Whom a name names, if that is of a kind.
    pub(super) fn named(self, name: usize, kind: EntityKind) -> Option<EntityId> {
        let is_kind = match kind {
            EntityKind::Person => NameKind::Person,
            EntityKind::Organization => NameKind::Organization,
            EntityKind::Place => NameKind::Place,
        };
        let id = self.resolution.of_name[name].filter(|_| self.text.names[name].kind == is_kind)?;
        self.is(id, kind).then_some(id)
    }

    /// The country that a token stands for as an adjective: **Valdoran** `novelist`.
    pub(super) fn country_of_adjective(self, token: usize) -> Option<EntityId> {
        let mention = self.mention_at(token).filter(|mention| mention.form == Form::Nominal)?;
        let alone = mention.span == self.text.document.tokens[token].span;
        (alone && self.is(mention.entity, EntityKind::Place)).then_some(mention.entity)
    }

    /// Whether a place is a country.
    pub(super) fn is_country(self, place: EntityId) -> bool {
        let place = self.entity(place);
        place.kind == EntityKind::Place
            && [&place.name].into_iter().chain(&place.aliases).any(|name| lexicon::country(name).is_some())
    }

    /// A relationship that words beside each other state, by the tokens that show it.
    pub(super) fn stated(
        self,
        subject: EntityId,
        predicate: &'static str,
        object: EntityId,
        extent: Span<Tokens>,
    ) -> Relationship {
        Relationship {
            subject,
            predicate,
            object: Some(object),
            detail: None,
            status: Status::Asserted,
            evidence: self.text.document.bytes(extent),
            trigger: None,
            term: Term::default(),
            claim: None,
            confidence: 0.75,
        }
    }
}

/// Whether a word, in lower case, says what kind of place the name behind it is, or where in it.
fn describes_place(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a",
        "area",
        "borough",
        "capital",
        "central",
        "city",
        "coastal",
        "county",
        "department",
        "district",
        "downtown",
        "east",
        "eastern",
        "island",
        "metropolitan",
        "nearby",
        "neighborhood",
        "neighbourhood",
        "north",
        "northeast",
        "northeastern",
        "northern",
        "northwest",
        "northwestern",
        "of",
        "port",
        "province",
        "provincial",
        "region",
        "rural",
        "south",
        "southeast",
        "southeastern",
        "southern",
        "southwest",
        "southwestern",
        "state",
        "suburb",
        "suburban",
        "the",
        "town",
        "township",
        "upstate",
        "village",
        "west",
        "western",
        "-",
    ];
    WORDS.contains(&word)
}
