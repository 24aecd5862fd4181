//! A doubt that one answer settles.

use crate::query::stored_entity::StoredEntity;

/// What may be wrong.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Doubt {
    /// The two may be one.
    Same {
        /// The one who would stay.
        keep: StoredEntity,
        /// The one who would go.
        other: StoredEntity,
        /// Why it seems so.
        why: Why,
    },
    /// The speaker of these quotes, which have the same words, may be another.
    Speaker {
        /// Who is said to say it.
        speaker: StoredEntity,
        /// The rows of the quotes.
        quotes: Vec<i64>,
        /// Their words.
        text: String,
    },
}

/// Why two entities seem to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// They have one name but two kinds.
    Kinds,
    /// Their names differ by a title, or by what companies and sons put behind a name.
    Title,
    /// One name is the surname of the other.
    Surname,
    /// The words of one name are among those of the other.
    Words,
}

impl Doubt {
    /// The question, to be answered by yes or no.
    pub fn question(&self) -> String {
        match self {
            Doubt::Same { keep, other, .. } => format!(
                "Is {} {} ({}) the same as {} {} ({})?",
                other.kind,
                other.name,
                times(other.mentions),
                keep.kind,
                keep.name,
                times(keep.mentions)
            ),
            Doubt::Speaker { speaker, text, quotes } => {
                format!("Did {} say this, printed {} times: {text}", speaker.name, quotes.len())
            }
        }
    }

    /// How many mentions and quotes an answer settles.
    pub fn settles(&self) -> i64 {
        match self {
            Doubt::Same { other, .. } => other.mentions + other.quotes,
            Doubt::Speaker { quotes, .. } => i64::try_from(quotes.len()).unwrap_or(i64::MAX),
        }
    }

    /// Those it is about.
    pub fn entities(&self) -> Vec<&StoredEntity> {
        match self {
            Doubt::Same { keep, other, .. } => vec![other, keep],
            Doubt::Speaker { speaker, .. } => vec![speaker],
        }
    }
}

fn times(mentions: i64) -> String {
    if mentions == 1 { "1 mention".to_owned() } else { format!("{mentions} mentions") }
}
