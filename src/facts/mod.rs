//! [`Annotations`](crate::annotate::Annotations) → [`Facts`]: who said what about whom, and who is who.
//!
//! Every stage is pure and cannot fail. Every fact keeps the span that shows it, and every span is a
//! slice of the article's body.

mod acts;
pub mod alike;
mod anaphora;
mod borders;
mod camps;
mod candidates;
mod clues;
mod confidence;
mod credit;
pub(crate) mod cues;
mod descriptors;
mod frames;
mod furniture;
mod gender;
pub(crate) mod inflect;
mod marks;
mod parties;
mod phrase;
mod polarity;
pub mod predicates;
mod quote_form;
mod quotes;
mod relate;
mod reported;
mod resolve;
mod rivals;
mod sources;
mod syntax;
mod taken;
mod titles;
mod transcript;
pub(crate) mod triggers;
pub mod walks;

pub use anaphora::{TrainingAntecedent, TrainingPronoun};
pub use confidence::confidence_features;
pub use credit::credit;
pub use frames::Frame;
pub use quote_form::QuoteForm;
pub use quotes::{attribute, training_candidates};
pub use relate::relate;
pub use reported::{TrainingCue, TrainingReading};
pub use resolve::{Resolution, resolve, training_pronouns};
pub use rivals::{Reason, Rival, rivals};
pub use titles::{Office, beside_names};

use crate::annotate::lexicon;
use crate::span::{Byte, Span};

/// Everything that one article states.
#[derive(Debug, Default, PartialEq)]
pub struct Facts {
    /// The people, organizations and places in it; facts refer to them by index.
    pub entities: Vec<Entity>,
    /// In the order of where they begin. One may lie inside another (`her` in `her deputy`, `French` in `the French
    /// president`); none stands for two entities, and no two of one entity cover the same words.
    pub mentions: Vec<Mention>,
    /// In text order.
    pub quotes: Vec<Quote>,
    /// In text order of their evidence.
    pub relationships: Vec<Relationship>,
}

/// Index into [`Facts::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

impl EntityId {
    /// The place in [`Facts::entities`].
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
}

impl Entity {
    /// A country that the article has no name of, only its adjective or its people.
    pub(crate) fn of_country(country: lexicon::Country) -> Self {
        Entity {
            kind: EntityKind::Place,
            name: country.name.to_owned(),
            aliases: Vec::new(),
            gender: None,
            country: Some(country.iso2.as_str().to_owned()),
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

/// How much of a quote stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// All of it.
    Direct,
    /// A part.
    Mixed,
    /// Nothing.
    Indirect,
}

impl QuoteKind {
    /// The word in the database and the JSON.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
        }
    }
}

/// What kind of act the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Said, told, according to.
    Statement,
    /// Denied; never said that.
    Denial,
    /// Asked, wondered.
    Question,
    /// Urged, demanded, called for.
    Request,
    /// Promised, vowed.
    Promise,
    /// Threatened, warned of what the speaker will do.
    Threat,
    /// Praised, thanked.
    Praise,
    /// Criticized, accused.
    Criticism,
    /// Declined, refused; did not say whether, did not respond.
    Refusal,
    /// Thought, believed, feared.
    Thought,
}

impl Act {
    /// The word in the database and the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Act::Statement => "statement",
            Act::Denial => "denial",
            Act::Question => "question",
            Act::Request => "request",
            Act::Promise => "promise",
            Act::Threat => "threat",
            Act::Praise => "praise",
            Act::Criticism => "criticism",
            Act::Refusal => "refusal",
            Act::Thought => "thought",
        }
    }
}

/// Reported speech, writing or thought: content, cue and source as in PARC 3.0 (Pareti 2016).
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The pieces of the content in text order, with the quotation marks that are printed around them; never empty.
    pub content: Vec<Span<Byte>>,
    /// The words that signal it (`said`, `according to`); empty where nothing does.
    pub cue: Vec<Span<Byte>>,
    /// The words it is credited to, as printed.
    pub source: Option<Span<Byte>>,
    /// How much of it stands in quotation marks.
    pub kind: QuoteKind,
    /// What kind of act it is.
    pub act: Act,
    /// The form that made it, then those that added a piece; never empty.
    pub forms: Vec<QuoteForm>,
    /// The probability that content and source are right, 0 to 1: of the quotes with 0.9, nine in ten are.
    pub confidence: f32,
    /// The entity behind the source, if it is a named one.
    pub speaker: Option<EntityId>,
    /// The entities that the content mentions, sorted, each once, without the speaker's own `I`.
    pub about: Vec<EntityId>,
}

impl Quote {
    /// From the first piece's start to the last piece's end.
    pub fn extent(&self) -> Span<Byte> {
        let all = self.content.iter().copied().reduce(Span::join);
        all.unwrap_or_else(|| Span::new(0, 0))
    }
}

/// How the article presents a relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// In the article's own voice.
    Asserted,
    /// In somebody's speech.
    Reported,
    /// Denied or negated.
    Denied,
    /// If, would, could.
    Hypothetical,
    /// Will, plans to.
    Planned,
    /// Former, until.
    Ended,
}

impl Status {
    /// The word in the database.
    pub fn name(self) -> &'static str {
        match self {
            Status::Asserted => "asserted",
            Status::Reported => "reported",
            Status::Denied => "denied",
            Status::Hypothetical => "hypothetical",
            Status::Planned => "planned",
            Status::Ended => "ended",
        }
    }
}

/// A typed link between two entities, or between one entity and what `detail` prints.
#[derive(Clone, Debug, PartialEq)]
pub struct Relationship {
    /// Who.
    pub subject: EntityId,
    /// A name out of the predicate table.
    pub predicate: &'static str,
    /// Whom; none where the article leaves it open.
    pub object: Option<EntityId>,
    /// The office, kinship or amount, as printed.
    pub detail: Option<Span<Byte>>,
    /// How the article presents it.
    pub status: Status,
    /// The clause that shows it.
    pub evidence: Span<Byte>,
    /// How sure we are, 0 to 1.
    pub confidence: f32,
}
