//! Relatives, told from either side: who has been called Leo’s wife has Leo for **her husband**, and Leo’s lawyer has him for
//! **her client**.
//!
//! Knows the nouns for relatives, and which name each stands beside and belongs to. Built once for an article.

use crate::annotate::NameKind;
use crate::annotate::labels::Relation;
use crate::facts::entity::{Entity, EntityId, Gender};
use crate::facts::grammar::descriptors::beside;
use crate::facts::grammar::role;
use crate::facts::reference::coreference::context::Context;
use crate::facts::reference::gender;

/// What one is to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kinship {
    Spouse,
    Lover,
    Sibling,
    Parent,
    Child,
    Grandparent,
    Grandchild,
    /// Aunt or uncle.
    ParentsSibling,
    /// Niece or nephew.
    SiblingsChild,
    Cousin,
    Lawyer,
    Client,
    Doctor,
    Patient,
}

use Kinship::{
    Child, Client, Cousin, Doctor, Grandchild, Grandparent, Lawyer, Lover, Parent, ParentsSibling, Patient,
    Sibling, SiblingsChild, Spouse,
};

/// What a noun makes of somebody, in lower case.
fn kinship(noun: &str) -> Option<Kinship> {
    Some(match noun {
        "husband" | "wife" | "spouse" | "widow" | "widower" => Spouse,
        "partner" | "boyfriend" | "girlfriend" | "fiancé" | "fiancée" | "fiance" | "fiancee" => Lover,
        "brother" | "sister" | "sibling" | "twin" | "half-brother" | "half-sister" => Sibling,
        "father" | "mother" | "parent" | "stepfather" | "stepmother" | "dad" | "mum" | "mom" => Parent,
        "son" | "daughter" | "child" | "stepson" | "stepdaughter" => Child,
        "grandfather" | "grandmother" | "grandparent" => Grandparent,
        "grandson" | "granddaughter" | "grandchild" => Grandchild,
        "uncle" | "aunt" => ParentsSibling,
        "nephew" | "niece" => SiblingsChild,
        "cousin" => Cousin,
        "lawyer" | "attorney" | "solicitor" | "barrister" => Lawyer,
        "client" => Client,
        "doctor" | "physician" | "surgeon" | "therapist" => Doctor,
        "patient" => Patient,
        _ => return None,
    })
}

impl Kinship {
    /// What the other is to the one.
    fn inverse(self) -> Kinship {
        match self {
            Parent => Child,
            Child => Parent,
            Grandparent => Grandchild,
            Grandchild => Grandparent,
            ParentsSibling => SiblingsChild,
            SiblingsChild => ParentsSibling,
            Lawyer => Client,
            Client => Lawyer,
            Doctor => Patient,
            Patient => Doctor,
            mutual => mutual,
        }
    }
}

/// Who is whose relative in an article, as far as both are named.
pub(super) struct Kin(Vec<(EntityId, Kinship, EntityId)>);

impl Kin {
    pub(super) fn new(context: Context) -> Self {
        let Context { text, resolution, .. } = context;
        let mut kin = Vec::new();
        for (index, name) in text.names.iter().enumerate().filter(|(_, name)| name.kind == NameKind::Person) {
            let Some(entity) = resolution.of_name[index] else { continue };
            for noun in beside(text, role::head_of(&text.syntax, name.tokens)) {
                let Some(kinship) = kinship(&text.word(noun).to_lowercase()) else { continue };
                let owner = owner(context, noun).filter(|owner| *owner != entity);
                kin.extend(owner.map(|owner| (entity, kinship, owner)));
            }
        }
        Kin(kin)
    }

    /// The relative that somebody has by a noun, in lower case; none if there are several.
    pub(super) fn of(&self, owner: EntityId, noun: &str, entities: &[Entity]) -> Option<EntityId> {
        let wanted = kinship(noun)?;
        let shown = gender::of_noun(noun);
        let is_of = |entity: EntityId| {
            let known: Option<Gender> = entities[entity.index()].gender;
            shown.is_none() || known.is_none() || shown == known
        };
        let mut found = self.0.iter().filter_map(|&(relative, kinship, other)| {
            let entity = match () {
                () if other == owner && kinship == wanted => relative,
                () if relative == owner && kinship.inverse() == wanted => other,
                () => return None,
            };
            is_of(entity).then_some(entity)
        });
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }
}

/// Whose a relative is, who is named right there: **Leo Brandt**’s `wife`, `the sister of Mayor `**Leo Brandt**.
fn owner(context: Context, noun: usize) -> Option<EntityId> {
    let Context { text, resolution, .. } = context;
    let owners = text.syntax.children(noun).filter(|child| match text.syntax.relation(*child) {
        Relation::NmodPoss => *child < noun,
        Relation::Nmod => *child > noun && text.word(noun + 1) == "of",
        _ => false,
    });
    let named = owners.filter_map(|owner| {
        let by_name =
            |token: usize| text.name_at(token).filter(|name| text.names[*name].kind == NameKind::Person);
        // `the sister of leader Leo Brandt` may hang on the office.
        let extent = text.syntax.extent(owner);
        by_name(owner).or_else(|| extent.range().find_map(by_name))
    });
    let mut named = named.filter_map(|name| resolution.of_name[name]);
    named.next()
}
