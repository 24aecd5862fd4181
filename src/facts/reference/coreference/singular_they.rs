//! Ties `they` to one person whose gender nothing shows.
//!
//! Knows the two sentences up to the pronoun. `They` is a plural first: it is one person's only where there is nobody
//! and nothing else that it could be.

use crate::annotate::labels::Xpos;
use crate::annotate::lexicon;
use crate::facts::entity::{EntityId, EntityKind, Gender};
use crate::facts::reference::coreference::context::Context;
use crate::facts::reference::coreference::features::Anaphor;
use crate::facts::reference::coreference::referent::Memory;
use crate::facts::reference::gender;

/// How many sentences back the person may have been mentioned.
const REACH: u32 = 1;

/// The person that `they`, `them` or `their` stands for.
pub(crate) fn they(context: Context, anaphor: &Anaphor, memory: &Memory) -> Option<EntityId> {
    if anaphor.class != "t" {
        return None;
    }
    // A pronoun may be read ahead of its turn, so that somebody was mentioned behind it.
    let since = |sentence: u32| anaphor.sentence.saturating_sub(sentence);
    let mut near = memory.latest_first().take_while(|referent| since(referent.last.sentence) <= REACH);
    let entities = &context.resolution.entities;
    let mut others =
        near.by_ref().filter(|referent| entities[referent.last.entity.index()].kind != EntityKind::Place);
    let only = others.next().filter(|_| others.next().is_none())?;
    let entity = &entities[only.last.entity.index()];
    let is_open = entity.kind == EntityKind::Person
        && entity.gender.is_none()
        && only.called().is_none()
        && entity.name.contains(' ')
        && anaphor.speaker != Some(only.last.entity)
        && is_undecided(&entity.name);
    let first = context.text.document.sentences[anaphor.sentence.saturating_sub(REACH) as usize].start();
    let is_plural = |token: usize| matches!(context.text.tags[token].xpos, Xpos::Nns | Xpos::Nnps);
    (is_open && !only.last.joint && !(first..anaphor.token).any(is_plural)).then_some(only.last.entity)
}

/// Whether a given name is not known, or about as many women as men bear it.
fn is_undecided(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default();
    lexicon::given_name(first).is_none()
        || gender::share(name, Gender::Female).is_some_and(|share| (0.2..=0.8).contains(&share))
}
