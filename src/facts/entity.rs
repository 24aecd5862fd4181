//! People, organizations and places, and where an article mentions them.

use crate::annotate::lexicon;
use crate::span::{Byte, Span};

/// Index into [`Facts::entities`](crate::facts::Facts::entities).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl EntityId {
    /// The place in [`Facts::entities`](crate::facts::Facts::entities).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The three kinds of entity that are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A company, agency, party, armed group, team.
    Organization,
    /// A country, city, region, river, building.
    Place,
}

impl EntityKind {
    /// The word in the database.
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Organization => "organization",
            EntityKind::Place => "place",
        }
    }

    /// The label in the extract command's JSON.
    pub fn label(self) -> &'static str {
        match self {
            EntityKind::Person => "PER",
            EntityKind::Organization => "ORG",
            EntityKind::Place => "LOC",
        }
    }
}

/// Grammatical gender of a person, as the article or a given name shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
}

impl Gender {
    /// The word in the database.
    pub fn name(self) -> &'static str {
        match self {
            Gender::Female => "female",
            Gender::Male => "male",
        }
    }
}

/// What an organization is, as its name or the article shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrganizationKind {
    /// A political party.
    Party,
    /// In business.
    Company,
    /// An office of a government: a ministry, a commission, the police.
    Agency,
    /// A side in games.
    Team,
    /// A paper, a channel, a news agency.
    Medium,
    /// An army, a militia, or a part of one.
    ArmedGroup,
    /// A court or a tribunal.
    Court,
    /// A university.
    University,
    /// A trade union.
    Union,
}

impl OrganizationKind {
    /// The word in the database.
    pub fn name(self) -> &'static str {
        match self {
            OrganizationKind::Party => "party",
            OrganizationKind::Company => "company",
            OrganizationKind::Agency => "agency",
            OrganizationKind::Team => "team",
            OrganizationKind::Medium => "medium",
            OrganizationKind::ArmedGroup => "armed group",
            OrganizationKind::Court => "court",
            OrganizationKind::University => "university",
            OrganizationKind::Union => "union",
        }
    }
}

/// Someone or something that the mentions of one article refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name in the article.
    pub name: String,
    /// The other names in the article, sorted, without `name`.
    pub aliases: Vec<String>,
    /// For people, where something shows it.
    pub gender: Option<Gender>,
    /// For places: the ISO 3166 code of the country it lies in, where the word lists and the article agree on it.
    pub country: Option<String>,
    /// For organizations, where something shows it.
    pub organization_kind: Option<OrganizationKind>,
}

impl Entity {
    /// A country that the article has no name of, only its adjective or its people.
    pub(super) fn of_country(country: lexicon::Country) -> Self {
        Entity {
            kind: EntityKind::Place,
            name: country.name.to_owned(),
            aliases: Vec::new(),
            gender: None,
            country: Some(country.iso2.as_str().to_owned()),
            organization_kind: None,
        }
    }
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// By a proper name.
    Name,
    /// By a description: the mayor, the company.
    Nominal,
    /// By a pronoun.
    Pronoun,
}

impl Form {
    /// The word in the database and the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Form::Name => "name",
            Form::Nominal => "nominal",
            Form::Pronoun => "pronoun",
        }
    }
}

/// A stretch of text that refers to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span<Byte>,
    /// Whom it refers to.
    pub entity: EntityId,
    /// How it refers.
    pub form: Form,
}
