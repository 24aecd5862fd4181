//! `onrecord merge`, `rename`, `reject`, `confirm`, `speaker`, `subject` and `undo`: a person's word
//! on what the machine found.

use crate::cli::correcting::{Desk, Note, described};
use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::cli::streams::remark;
use crate::error::Error;
use crate::facts::predicates::PREDICATES;
use crate::query::borders::pieces_between;
use crate::query::question::{ACTS, STATUSES};
use crate::query::{lookup, stored_quote};
use crate::store::{EntityName, QuoteChange, RelationshipChange, Verdict, kind_named};
use clap::builder::PossibleValuesParser;

/// How entities, quotes and articles are named.
pub(super) const NAMED: &str = "\
WHO is the id of an entity, or a name that only one entity bears; person:Georgia says the kind as well.
QUOTE is a quote_id, as every answer about quotes prints it, or the key of a quote.";

/// Say that two entities are one
///
/// The first keeps its id, name and kind; all that is known of the other becomes its own, now and whenever
/// an article is read.
#[derive(clap::Args)]
#[command(after_help = format!("\
{NAMED}

Examples:
  onrecord merge \"Ana Ruiz\" \"Ana M. Ruiz\"
  onrecord merge organization:Northwind person:Northwind --note \"a company\""))]
pub(super) struct MergeArgs {
    /// Who stays
    #[arg(value_name = "KEEP")]
    keep: String,

    /// Who is the same
    #[arg(value_name = "OTHER")]
    other: String,

    #[command(flatten)]
    note: Note,
}

/// Say what an entity is called
///
/// No article changes this again. The old name remains one of its names.
#[derive(clap::Args)]
#[command(after_help = format!("\
{NAMED}

Examples:
  onrecord rename \"Ana M. Ruiz\" \"Ana María Ruiz\""))]
pub(super) struct RenameArgs {
    /// The entity
    #[arg(value_name = "WHO")]
    who: String,

    /// The name
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    note: Note,
}

/// Say that something is not an entity, not a quote, or not a relationship that its article states
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord reject entity \"Breaking News\"
  onrecord reject quote 88
  onrecord reject relationship 12")]
pub(super) struct RejectArgs {
    #[command(subcommand)]
    what: Reject,
}

#[derive(clap::Subcommand)]
enum Reject {
    /// It is not an entity: its mentions go, and its quotes stay without a speaker
    #[command(after_help = format!("\
{NAMED}

Examples:
  onrecord reject entity \"Breaking News\""))]
    Entity {
        /// The entity
        #[arg(value_name = "WHO")]
        who: String,
        #[command(flatten)]
        note: Note,
    },
    /// It is not a quote: it goes
    #[command(after_help = format!("\
{NAMED}

Examples:
  onrecord reject quote 88 --note \"the title of a song\""))]
    Quote {
        /// The quote
        #[arg(value_name = "QUOTE")]
        quote: String,
        #[command(flatten)]
        note: Note,
    },
    /// The article does not state the relationship: it goes
    #[command(after_help = "\
The id is the column relationship_id of answers on relationships.

Examples:
  onrecord reject relationship 12 --note \"another Brandt\"")]
    Relationship {
        /// The relationship
        #[arg(value_name = "RELATIONSHIP")]
        relationship: i64,
        #[command(flatten)]
        note: Note,
    },
}

/// Say that something is right as it is
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord confirm entity Northwind
  onrecord confirm quote 88
  onrecord confirm relationship 12
  onrecord confirm distinct \"Ana Ruiz\" \"Ana M. Ruiz\"")]
pub(super) struct ConfirmArgs {
    #[command(subcommand)]
    what: Confirm,
}

#[derive(clap::Subcommand)]
enum Confirm {
    /// An entity is right: it stays even while nothing mentions it, and review does not ask about it
    #[command(after_help = format!("\
{NAMED}

Examples:
  onrecord confirm entity Northwind"))]
    Entity {
        /// The entity
        #[arg(value_name = "WHO")]
        who: String,
        #[command(flatten)]
        note: Note,
    },
    /// A quote is right: it keeps its speaker and subjects, whatever a later analysis finds
    ///
    /// With --act, --from or --to it is right but for these: they say what kind of act it is, and where it begins and ends.
    #[command(after_help = format!("\
{NAMED}

Examples:
  onrecord confirm quote 88
  onrecord confirm quote 88 --act denial
  onrecord confirm quote 88 --from \"We will\" --to \"at once\""))]
    Quote {
        /// The quote
        #[arg(value_name = "QUOTE")]
        quote: String,
        /// What kind of act it is
        #[arg(long, value_name = "ACT", value_parser = PossibleValuesParser::new(ACTS))]
        act: Option<String>,
        /// Its first words, as the article prints them
        #[arg(long, value_name = "WORDS")]
        from: Option<String>,
        /// Its last words
        #[arg(long, value_name = "WORDS")]
        to: Option<String>,
        #[command(flatten)]
        note: Note,
    },
    /// A relationship is right: it keeps both ends, its predicate and its status
    #[command(after_help = "\
The id is the column relationship_id of answers on relationships.

Examples:
  onrecord confirm relationship 12")]
    Relationship {
        /// The relationship
        #[arg(value_name = "RELATIONSHIP")]
        relationship: i64,
        #[command(flatten)]
        note: Note,
    },
    /// Two entities are different: review does not ask about them again
    #[command(after_help = format!("\
{NAMED}

Examples:
  onrecord confirm distinct \"Ana Ruiz\" \"Ana M. Ruiz\""))]
    Distinct {
        /// One
        #[arg(value_name = "WHO")]
        one: String,
        /// The other
        #[arg(value_name = "OTHER")]
        other: String,
        #[command(flatten)]
        note: Note,
    },
}

/// Say who said a quote
#[derive(clap::Args)]
#[command(after_help = format!("\
{NAMED}

Examples:
  onrecord speaker 88 \"Ana Ruiz\"
  onrecord speaker 88 \"Mira Costa\" --new person
  onrecord speaker 88 --none"))]
pub(super) struct SpeakerArgs {
    /// The quote
    #[arg(value_name = "QUOTE")]
    quote: String,

    /// Who says it
    #[arg(value_name = "WHO", required_unless_present = "none", conflicts_with = "none")]
    who: Option<String>,

    /// Nobody who has a name
    #[arg(long)]
    none: bool,

    /// WHO is the name of somebody whom the archive does not know yet
    #[arg(long, value_name = "KIND", value_parser = ["person", "organization", "place"], requires = "who")]
    new: Option<String>,

    #[command(flatten)]
    note: Note,
}

/// Change whom a quote is about
#[derive(clap::Args)]
#[command(after_help = format!("\
{NAMED}

Examples:
  onrecord subject 88 --add Northwind --remove \"Ana Ruiz\""))]
pub(super) struct SubjectArgs {
    /// The quote
    #[arg(value_name = "QUOTE")]
    quote: String,

    /// It is about this entity (repeatable)
    #[arg(long, value_name = "WHO", required_unless_present = "remove")]
    add: Vec<String>,

    /// It is not about this entity (repeatable)
    #[arg(long, value_name = "WHO")]
    remove: Vec<String>,

    #[command(flatten)]
    note: Note,
}

/// Change what a relationship says: who, what, to whom, or how it is presented
///
/// What is not given stays as it is found. One that was rejected is stated after all.
#[derive(clap::Args)]
#[command(after_help = format!("\
{NAMED}

The id is the column relationship_id of answers on relationships.

Examples:
  onrecord relationship 12 --status ended
  onrecord relationship 12 --predicate leads --object Northwind"))]
pub(super) struct RelationshipArgs {
    /// The relationship
    #[arg(value_name = "RELATIONSHIP")]
    relationship: i64,

    /// Who
    #[arg(long, value_name = "WHO", required_unless_present_any = ["predicate", "object", "no_object", "status"])]
    subject: Option<String>,

    /// What it is: leads, accused, met_with, …
    #[arg(long, value_name = "PREDICATE", value_parser = PossibleValuesParser::new(PREDICATES.iter().map(|predicate| predicate.name)), hide_possible_values = true)]
    predicate: Option<String>,

    /// Whom it is done to, or what the office is of
    #[arg(long, value_name = "WHO", conflicts_with = "no_object")]
    object: Option<String>,

    /// Nobody that the article names is its object
    #[arg(long)]
    no_object: bool,

    /// How the article presents it
    #[arg(long, value_name = "STATUS", value_parser = PossibleValuesParser::new(STATUSES))]
    status: Option<String>,

    #[command(flatten)]
    note: Note,
}

/// Undo a correction, as if it had never been made
///
/// Without a number, the last one that a person gave and that is in force.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord undo
  onrecord corrections list
  onrecord undo 3")]
pub(super) struct UndoArgs {
    /// The number of the correction
    #[arg(value_name = "NUMBER")]
    number: Option<i64>,
}

/// Runs `merge`.
pub(crate) fn merge(args: &MergeArgs, settings: &Settings) -> Result<Outcome, Error> {
    let desk = Desk::open(settings)?;
    let (keep, other) = (desk.entity(&args.keep)?, desk.entity(&args.other)?);
    if keep == other {
        return Err(Error::usage("they are one entity already"));
    }
    desk.give(vec![Verdict::Merge { keep, other }], &args.note)
}

/// Runs `rename`.
pub(crate) fn rename(args: &RenameArgs, settings: &Settings) -> Result<Outcome, Error> {
    let desk = Desk::open(settings)?;
    let entity = lookup::entity(&desk.reader, &args.who)?;
    let name = args.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Error::usage("a name needs at least one letter"));
    }
    let namesakes = lookup::namesakes(&desk.reader, &entity.kind, &name)?;
    if let Some(other) = namesakes.iter().find(|other| other.id != entity.id) {
        return Err(Error::usage(format!("there is another {} called {}", other.kind, other.name))
            .hint(format!("if they are the same: onrecord merge {} {}", other.id, entity.id)));
    }
    let entity = desk.store.entity_name(entity.id)?;
    desk.give(vec![Verdict::Rename { entity, name }], &args.note)
}

/// Runs `reject`.
pub(crate) fn reject(args: &RejectArgs, settings: &Settings) -> Result<Outcome, Error> {
    let desk = Desk::open(settings)?;
    let (verdict, note) = match &args.what {
        Reject::Entity { who, note } => (Verdict::RejectEntity(desk.entity(who)?), note),
        Reject::Quote { quote, note } => {
            (Verdict::RejectQuote(desk.store.quote_name(lookup::quote(&desk.reader, quote)?.id)?), note)
        }
        Reject::Relationship { relationship, note } => {
            (Verdict::RejectRelationship(desk.store.relationship_name(*relationship)?), note)
        }
    };
    desk.give(vec![verdict], note)
}

/// Runs `confirm`.
pub(crate) fn confirm(args: &ConfirmArgs, settings: &Settings) -> Result<Outcome, Error> {
    let desk = Desk::open(settings)?;
    let (verdict, note) = match &args.what {
        Confirm::Entity { who, note } => (Verdict::ConfirmEntity(desk.entity(who)?), note),
        Confirm::Quote { quote, act, from, to, note } => {
            let quote = stored_quote::quote(&desk.reader, quote)?;
            let pieces = match (from.as_deref(), to.as_deref()) {
                (None, None) => None,
                (from, to) => Some(pieces_between(&quote, from, to)?),
            };
            (desk.store.as_it_is(quote.id, QuoteChange { act: act.clone(), pieces })?, note)
        }
        Confirm::Relationship { relationship, note } => {
            (desk.store.relationship_as_it_is(*relationship)?, note)
        }
        Confirm::Distinct { one, other, note } => {
            (Verdict::Distinct(desk.entity(one)?, desk.entity(other)?), note)
        }
    };
    desk.give(vec![verdict], note)
}

/// Runs `speaker`.
pub(crate) fn speaker(args: &SpeakerArgs, settings: &Settings) -> Result<Outcome, Error> {
    let desk = Desk::open(settings)?;
    let quote = desk.store.quote_name(lookup::quote(&desk.reader, &args.quote)?.id)?;
    let new = args.new.as_deref().and_then(kind_named);
    let speaker = match (&args.who, new) {
        (Some(who), Some(kind)) => Some(EntityName::new(kind, who.trim())),
        (Some(who), None) => Some(desk.entity(who)?),
        (None, _) => None,
    };
    desk.give(vec![Verdict::Speaker(quote, speaker)], &args.note)
}

/// Runs `subject`.
pub(crate) fn subject(args: &SubjectArgs, settings: &Settings) -> Result<Outcome, Error> {
    let desk = Desk::open(settings)?;
    let quote = desk.store.quote_name(lookup::quote(&desk.reader, &args.quote)?.id)?;
    let mut verdicts = Vec::new();
    for who in &args.add {
        verdicts.push(Verdict::AddSubject(quote.clone(), desk.entity(who)?));
    }
    for who in &args.remove {
        verdicts.push(Verdict::RemoveSubject(quote.clone(), desk.entity(who)?));
    }
    desk.give(verdicts, &args.note)
}

/// Runs `relationship`.
pub(crate) fn relationship(args: &RelationshipArgs, settings: &Settings) -> Result<Outcome, Error> {
    let desk = Desk::open(settings)?;
    let entity = |who: &Option<String>| who.as_ref().map(|who| desk.entity(who)).transpose();
    let change = RelationshipChange {
        subject: entity(&args.subject)?,
        predicate: args.predicate.clone(),
        object: entity(&args.object)?,
        without_object: args.no_object,
        status: args.status.clone(),
    };
    let name = desk.store.relationship_name(args.relationship)?;
    desk.give(vec![Verdict::Relationship(name, change)], &args.note)
}

/// Runs `undo`.
pub(crate) fn undo(args: &UndoArgs, settings: &Settings) -> Result<Outcome, Error> {
    let Desk { mut store, reader, .. } = Desk::open(settings)?;
    drop(reader);
    let (number, says) = match args.number {
        Some(number) => (number, None),
        None => {
            let last =
                store.last_correction()?.ok_or_else(|| Error::usage("there is no correction to undo"))?;
            (last.0, Some(last.1.to_string()))
        }
    };
    let changes = store.undo(number)?;
    store.close();
    let which = says.map(|says| format!(" ({says})")).unwrap_or_default();
    remark(settings, &format!("correction {number}{which} is undone: {}", described(changes)));
    Ok(Outcome::Done)
}
