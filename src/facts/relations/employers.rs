//! Whom people work for, where nothing but the name of the firm says so: `Harbor Times’` **Ana Ruiz**, **Leo Brandt** `of Harbor Times`.
//!
//! Knows names and what kinds of organizations they are: of a paper, a channel or a university nobody is but those who
//! work there, of a party, a team or a union its members.

use crate::annotate::labels::Upos;
use crate::annotate::{NameKind, lexicon};
use crate::facts::entity::{EntityId, EntityKind, OrganizationKind};
use crate::facts::grammar::{describing, phrase};
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

/// What one is who belongs to an organization of a kind: who is a party’s, a team’s or a militia’s is no employee.
pub(super) fn belonging(kind: Option<OrganizationKind>) -> &'static str {
    match kind {
        Some(
            OrganizationKind::Party
            | OrganizationKind::Team
            | OrganizationKind::ArmedGroup
            | OrganizationKind::Union,
        ) => "member_of",
        _ => "employed_by",
    }
}

/// `Harbor Times’` **Ana Ruiz**.
fn before(scene: Scene, name: Span<Tokens>) -> Option<(EntityId, Span<Tokens>)> {
    let mark =
        name.start().checked_sub(1).filter(|mark| phrase::is_possessive_mark(scene.text.word(*mark)))?;
    let owner = scene.text.name_ending_at(mark)?;
    let extent = Span::new(scene.text.names[owner].tokens.start(), name.end());
    let id = scene.resolution.of_name[owner].filter(|id| scene.is(*id, EntityKind::Organization))?;
    let employs = match scene.entity(id).organization_kind {
        Some(kind) => {
            has_people(kind)
                || matches!(
                    kind,
                    OrganizationKind::Company | OrganizationKind::Party | OrganizationKind::Team
                )
        }
        None => !is_house(&scene.entity(id).name),
    };
    employs.then_some((id, extent))
}

/// **Ana Ruiz** `of Harbor Times`, **Ana Ruiz**`, 45, of the Harbor Institute`.
fn behind(scene: Scene, name: Span<Tokens>) -> Option<(EntityId, Span<Tokens>)> {
    let text = scene.text;
    let comma = usize::from(text.word(name.end()) == ",");
    let link = name.end() + comma;
    let word = text.word(link);
    if !matches!(word, "of" | "at" | "with" | "from" | "for") {
        return None;
    }
    let first = if text.word(link + 1).eq_ignore_ascii_case("the") { link + 2 } else { link + 1 };
    // `of Porto’s Harbor Institute`
    let first = match scene.place_at(first) {
        Some((_, place)) if phrase::is_possessive_mark(text.word(place.end())) => place.end() + 1,
        _ => first,
    };
    let firm = text.name_at(first).filter(|firm| text.names[*firm].tokens.start() == first)?;
    let words = text.names[firm].tokens;
    let id = scene.resolution.of_name[firm].filter(|id| scene.is(*id, EntityKind::Organization))?;
    let kind = scene.entity(id).organization_kind;
    // Of a paper or a university nobody is but those who work there; who is somebody of another body beside the name
    // alone may also be there: `met Leo Brandt at Northwind`.
    let is_own = kind.is_some_and(|kind| has_people(kind) || kind == OrganizationKind::Party);
    let hangs = || text.syntax.head(words.end() - 1).is_some_and(|head| name.range().contains(&head));
    let links = match word {
        "of" => true,
        "at" => is_own || comma == 1,
        "with" => comma == 1,
        _ => comma == 0 && hangs() && !is_court(kind),
    };
    // A side in games that is called by its country: `Leo Brandt of Valdora`.
    let is_country = lexicon::country(&scene.entity(id).name).is_some();
    let is_seat = is_country || is_house(&scene.entity(id).name) || word != "of" && is_court(kind);
    let is_whole = !text.tags.get(words.end()).is_some_and(|tag| {
        tag.upos == Upos::Noun
            && !phrase::is_time(text.word(words.end()))
            && !describing::is_body(&tag.lemma.to_lowercase())
    });
    (links && is_whole && !is_seat).then(|| (id, name.join(words)))
}

/// Whether an organization is a court, before which people stand who are not of it.
fn is_court(kind: Option<OrganizationKind>) -> bool {
    kind == Some(OrganizationKind::Court)
}

/// Whether nobody is called by the name of such an organization but those who work there.
fn has_people(kind: OrganizationKind) -> bool {
    matches!(kind, OrganizationKind::Medium | OrganizationKind::University)
}
