//! What speakers are looked for in: an article, and who is mentioned where in it so far.
//!
//! Knows the layers below; `you` and `I` are tied one after the other, so the mentions grow while the scene is the same.

use crate::annotate::Annotations;
use crate::facts::entity::{Entity, EntityId, EntityKind, Mention};
use crate::facts::offices::Offices;
use crate::facts::reference::resolution::Resolution;
use crate::span::{Byte, Span};

/// What speakers are looked for in.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(crate) text: &'a Annotations<'a>,
    pub(crate) offices: &'a Offices,
    pub(crate) resolution: &'a Resolution,
    /// The mentions known so far, in text order: those of the resolution, and those that were added to them.
    pub(crate) mentions: &'a [Mention],
}

impl<'a> Scene<'a> {
    /// The entity behind an id.
    pub(crate) fn entity(&self, id: EntityId) -> &'a Entity {
        &self.resolution.entities[id.index()]
    }

    /// What an entity is.
    pub(crate) fn kind(&self, id: EntityId) -> EntityKind {
        self.entity(id).kind
    }

    /// The mentions that lie wholly inside a span, in text order.
    pub(super) fn mentions_in(&self, span: Span<Byte>) -> impl Iterator<Item = &'a Mention> + use<'a> {
        let first = self.mentions.partition_point(|mention| mention.span.start() < span.start());
        self.mentions[first..]
            .iter()
            .take_while(move |mention| mention.span.start() < span.end())
            .filter(move |mention| span.covers(mention.span))
    }
}
