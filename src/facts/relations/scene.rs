//! What relationships are read from: the layers of an article, the offices in it, and who is who.
//!
//! Knows where an entity is mentioned; states nothing.

use crate::annotate::Annotations;
use crate::facts::entity::{Entity, EntityId, EntityKind, Mention, OrganizationKind};
use crate::facts::grammar::phrase;
use crate::facts::offices::{Office, OfficePlace, Offices};
use crate::facts::reference::resolution::Resolution;
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
}
