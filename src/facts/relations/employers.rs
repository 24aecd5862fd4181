//! Whom people work for, where nothing but the name of the firm says so: `Harbor Times’` **Ana Ruiz**, **Leo Brandt** `of Harbor Times`.
//!
//! Knows names and what kinds of organizations they are: of a paper, a channel or a university nobody is but those who
//! work there.

use crate::annotate::NameKind;
use crate::facts::entity::{EntityId, EntityKind, OrganizationKind};
use crate::facts::grammar::phrase;
use crate::facts::relations::homeland::is_house;
use crate::facts::relations::scene::Scene;
use crate::facts::relationship::{Relationship, Status, Term};
use crate::span::{Span, Tokens};

/// The people who are called by the name of their employer.
pub(super) fn employments(scene: Scene) -> Vec<Relationship> {
    let mut found = Vec::new();
    for (index, name) in scene.text.names.iter().enumerate() {
        // Who has an office beside the name is told by it.
        let person = scene.resolution.of_name[index]
            .filter(|_| name.kind == NameKind::Person && scene.offices.of_name(index).is_none());
        let Some(person) = person.filter(|person| scene.is(*person, EntityKind::Person)) else { continue };
        if let Some((employer, extent)) = before(scene, name.tokens).or_else(|| behind(scene, name.tokens)) {
            found.push(Relationship {
                subject: person,
                // Who is a party's belongs to it.
                predicate: if scene.is_organization(employer, OrganizationKind::Party) {
                    "member_of"
                } else {
                    "employed_by"
                },
                object: Some(employer),
                detail: None,
                status: Status::Asserted,
                evidence: scene.text.document.bytes(extent),
                trigger: None,
                term: Term::default(),
                claim: None,
                confidence: 0.75,
            });
        }
    }
    found
}

/// `Harbor Times’` **Ana Ruiz**.
fn before(scene: Scene, name: Span<Tokens>) -> Option<(EntityId, Span<Tokens>)> {
    let mark =
        name.start().checked_sub(1).filter(|mark| phrase::is_possessive_mark(scene.text.word(*mark)))?;
    let owner = scene.text.name_ending_at(mark)?;
    let extent = Span::new(scene.text.names[owner].tokens.start(), name.end());
    let id = scene.resolution.of_name[owner].filter(|id| scene.is(*id, EntityKind::Organization))?;
    let employs = match scene.entity(id).organization_kind {
        Some(kind) => has_people(kind) || matches!(kind, OrganizationKind::Company | OrganizationKind::Party),
        None => !is_house(&scene.entity(id).name),
    };
    employs.then_some((id, extent))
}

/// **Ana Ruiz** `of Harbor Times`.
fn behind(scene: Scene, name: Span<Tokens>) -> Option<(EntityId, Span<Tokens>)> {
    let text = scene.text;
    let comma = usize::from(text.word(name.end()) == ",");
    let link = name.end() + comma;
    let links = matches!(text.word(link), "of" | "at") || comma == 1 && text.word(link) == "with";
    let first = if text.word(link + 1).eq_ignore_ascii_case("the") { link + 2 } else { link + 1 };
    let firm = text.name_at(first).filter(|firm| links && text.names[*firm].tokens.start() == first)?;
    let extent = Span::new(name.start(), text.names[firm].tokens.end());
    Some((employer(scene, firm)?, extent))
}

/// The organization of a name, if nobody is called by it but those who work there.
fn employer(scene: Scene, name: usize) -> Option<EntityId> {
    let id = scene.resolution.of_name[name]?;
    let kind = scene.entity(id).organization_kind;
    kind.is_some_and(|kind| has_people(kind) || kind == OrganizationKind::Party).then_some(id)
}

/// Whether nobody is called by the name of such an organization but those who work there.
fn has_people(kind: OrganizationKind) -> bool {
    matches!(kind, OrganizationKind::Medium | OrganizationKind::University)
}
