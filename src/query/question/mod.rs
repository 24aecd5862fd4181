//! What can be asked: the meaning that a question in English and the flags of `query` share.
//!
//! `parse` reads English by the table in `forms`, with acts of speech in `acts`, verbs of saying in `cues`, deeds in `verbs`,
//! and what may follow any question in `modifiers`; `understanding` fits them. `slots` says what may be a name, `spelling` and `refusal` what becomes of
//! the rest. Knows which predicates there are; no SQL, and of a database only what a `Vocabulary` tells. A [`Question`] is
//! either about quotes or about relationships; [`Question::subject_matter`] says which, or why it is neither. Start reading
//! at [`Question`], then `forms`.

mod acts;
mod all_forms;
pub(super) mod cues;
mod form;
mod forms;
mod modifiers;
pub mod parse;
mod pattern;
mod reading;
mod refusal;
mod section;
mod slots;
mod spelling;
mod understanding;
mod verbs;
pub mod vocabulary;
mod words;

use crate::dates::Period;
use crate::error::Error;
pub use crate::query::question::section::Section;

/// The kinds of quote, as the database names them.
pub const KINDS: [&str; 3] = ["direct", "mixed", "indirect"];

/// What a quote reports, as the database names it.
pub const MODES: [&str; 3] = ["speech", "thought", "attitude"];

/// How a relationship is presented, as the database names it.
pub const STATUSES: [&str; 6] = ["asserted", "reported", "denied", "hypothetical", "planned", "ended"];

/// The acts of speech, as the database names them.
pub const ACTS: [&str; 10] = [
    "statement",
    "denial",
    "question",
    "request",
    "promise",
    "threat",
    "praise",
    "criticism",
    "refusal",
    "thought",
];

/// One question: every part narrows the answer, an empty one does not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Who said it: a name.
    pub speaker: Option<String>,
    /// Whom or what it is about: names, or words of the quote; all of them.
    pub about: Vec<String>,
    /// Names or words that it must not be about.
    pub not_about: Vec<String>,
    /// Names of those who must not have said it.
    pub not_speaker: Vec<String>,
    /// Whom it was said to, as the sentence around the quote names them.
    pub told: Option<String>,
    /// The verb that it is printed with, in the base form: `warn`.
    pub cue: Option<String>,
    /// Of several speakers each by itself, one after the other.
    pub compare: bool,
    /// Also what stands in articles about what is asked for, without naming it itself.
    pub broad: bool,
    /// With the words around each quote.
    pub context: bool,
    /// Phrases in the quote; all of them.
    pub phrases: Vec<String>,
    /// One of [`KINDS`].
    pub kind: Option<String>,
    /// One of [`ACTS`].
    pub act: Option<String>,
    /// One of [`MODES`].
    pub mode: Option<String>,
    /// Also what is not vouched for.
    pub all: bool,
    /// All bearers of a name, also where one is known far better than the rest.
    pub each: bool,
    /// For programs: a row for each subject of a quote, in the place of one for each quote.
    pub by_subject: bool,
    /// Whose relationships: a name; the answer begins with a line on the entity itself.
    pub who: Option<String>,
    /// Predicates; any of them.
    pub predicates: Vec<String>,
    /// Who acts, or holds the office: a name.
    pub subject: Option<String>,
    /// Whom it is done to, or where the office is: a name.
    pub object: Option<String>,
    /// Words of the office, kinship or amount.
    pub detail: Option<String>,
    /// How it is presented: any of [`STATUSES`]; empty for what is asserted, reported or over.
    pub statuses: Vec<String>,
    /// Two names whose relationships to each other are asked for.
    pub between: Option<(String, String)>,
    /// When the article was published.
    pub period: Period,
    /// Who published it.
    pub publisher: Option<String>,
    /// The least confidence, 0 to 1.
    pub min_confidence: Option<f64>,
    /// Numbers instead of rows.
    pub count: Option<Count>,
    /// Only the newest row.
    pub latest: bool,
    /// Only the oldest row.
    pub earliest: bool,
    /// How many rows at most; 0 means all, and `None` leaves it to the format.
    pub limit: Option<u64>,
    /// How many rows to leave out at the start.
    pub offset: u64,
    /// Which run of a saved query the rows are to be new to, by its id: what it has shown is left out.
    pub seen: Option<i64>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Count {
    /// All quotes that fit, as one number.
    All,
    /// The quotes of each speaker, subject, publisher, …
    By(CountKey),
}

/// By what quotes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CountKey {
    /// Who said it.
    Speaker,
    /// Whom it is about.
    About,
    /// Who published it.
    Publisher,
    /// The year it was published in.
    Year,
    /// The month it was published in.
    Month,
    /// What kind of act it is.
    Act,
    /// Direct, mixed or indirect.
    Kind,
}

impl CountKey {
    /// All keys, in the order in which help lists them.
    pub const ALL: [CountKey; 7] = [
        CountKey::Speaker,
        CountKey::About,
        CountKey::Publisher,
        CountKey::Year,
        CountKey::Month,
        CountKey::Act,
        CountKey::Kind,
    ];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            CountKey::Speaker => "speaker",
            CountKey::About => "about",
            CountKey::Publisher => "publisher",
            CountKey::Year => "year",
            CountKey::Month => "month",
            CountKey::Act => "act",
            CountKey::Kind => "kind",
        }
    }
}

/// What a question is answered from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SubjectMatter {
    /// Quotes: rows of `who_said_what`.
    Quotes,
    /// Relationships: rows of `who_is`.
    Relationships,
}

impl Question {
    /// Joins what a question in words asks with what the flags ask.
    ///
    /// Fails where both fill the same part, since one of them would be ignored.
    pub fn and(self, flags: Question) -> Result<Question, Error> {
        let latest = self.latest || flags.latest;
        let earliest = self.earliest || flags.earliest;
        if latest && earliest {
            return Err(
                Error::usage("the newest and the oldest are asked for at once").hint("ask for one of them")
            );
        }
        if (latest || earliest) && (self.count.is_some() || flags.count.is_some()) {
            return Err(
                Error::usage("a number has no newest row").hint("leave --latest, --earliest or --count out")
            );
        }
        let period = self.period.within(&flags.period);
        if let (Some(first), Some(last)) = (period.first, period.last)
            && first > last
        {
            return Err(Error::usage(format!("no day is after {first} and before {last}"))
                .hint("give only one of the dates"));
        }
        Ok(Question {
            speaker: either(self.speaker, flags.speaker, "--speaker")?,
            about: [self.about, flags.about].concat(),
            not_about: [self.not_about, flags.not_about].concat(),
            not_speaker: [self.not_speaker, flags.not_speaker].concat(),
            told: either(self.told, flags.told, "--told")?,
            cue: either(self.cue, flags.cue, "--cue")?,
            compare: self.compare || flags.compare,
            broad: self.broad || flags.broad,
            context: self.context || flags.context,
            phrases: [self.phrases, flags.phrases].concat(),
            kind: either(self.kind, flags.kind, "--kind")?,
            act: either(self.act, flags.act, "--act")?,
            mode: either(self.mode, flags.mode, "--mode")?,
            all: self.all || flags.all,
            each: self.each || flags.each,
            by_subject: self.by_subject || flags.by_subject,
            who: either(self.who, flags.who, "--who")?,
            predicates: match (self.predicates.is_empty(), flags.predicates.is_empty()) {
                (false, false) => return Err(twice("--predicate")),
                (true, _) => flags.predicates,
                (_, true) => self.predicates,
            },
            subject: either(self.subject, flags.subject, "--subject")?,
            object: either(self.object, flags.object, "--object")?,
            detail: either(self.detail, flags.detail, "--detail")?,
            statuses: [self.statuses, flags.statuses].concat(),
            between: either(self.between, flags.between, "--between")?,
            period,
            publisher: either(self.publisher, flags.publisher, "--publisher")?,
            min_confidence: either(self.min_confidence, flags.min_confidence, "--min-confidence")?,
            count: either(self.count, flags.count, "--count and --count-by")?,
            latest,
            earliest,
            limit: either(self.limit, flags.limit, "--limit")?,
            offset: self.offset.max(flags.offset),
            seen: self.seen.or(flags.seen),
        })
    }

    /// Whether what is not vouched for is asked for too: no attitude is.
    pub(crate) fn asks_for_all(&self) -> bool {
        self.all || self.mode.as_deref() == Some("attitude")
    }

    /// Whether nothing at all is asked, so that every quote would be the answer.
    pub fn is_empty(&self) -> bool {
        *self == Question::default()
    }

    /// What answers it; fails where it asks for both at once, or for neither in a sound way.
    pub fn subject_matter(&self) -> Result<SubjectMatter, Error> {
        let (quotes, relationships) = (self.flags_on_quotes(), self.flags_on_relationships());
        match (quotes.first(), relationships.first()) {
            (Some(one), Some(other)) => {
                Err(Error::usage(format!("{one} asks for quotes, {other} for relationships"))
                    .hint("ask for one of them at a time"))
            }
            (_, None) => Ok(SubjectMatter::Quotes),
            (None, Some(_)) if self.between.is_some() && relationships.len() > 1 => {
                Err(Error::usage(format!("--between cannot be combined with {}", relationships[1]))
                    .hint("ask `--between X Y` alone, or use --subject and --object"))
            }
            (None, Some(_)) if self.who.is_some() && self.subject.is_some() => {
                Err(Error::usage("--who and --subject name the same thing").hint("give only one of them"))
            }
            (None, Some(_)) => Ok(SubjectMatter::Relationships),
        }
    }

    fn flags_on_quotes(&self) -> Vec<&'static str> {
        [
            ("--speaker", self.speaker.is_some()),
            ("--about", !self.about.is_empty()),
            ("--not-speaker", !self.not_speaker.is_empty()),
            ("--not-about", !self.not_about.is_empty()),
            ("--told", self.told.is_some()),
            ("--cue", self.cue.is_some()),
            ("--compare", self.compare),
            ("--broad", self.broad),
            ("--context", self.context),
            ("--match", !self.phrases.is_empty()),
            ("--kind", self.kind.is_some()),
            ("--act", self.act.is_some()),
            ("--mode", self.mode.is_some()),
            ("--all", self.all),
            ("--by-subject", self.by_subject),
            ("--count", self.count == Some(Count::All)),
            ("--count-by", matches!(self.count, Some(Count::By(_)))),
        ]
        .into_iter()
        .filter_map(|(flag, used)| used.then_some(flag))
        .collect()
    }

    fn flags_on_relationships(&self) -> Vec<&'static str> {
        [
            ("--between", self.between.is_some()),
            ("--who", self.who.is_some()),
            ("--predicate", !self.predicates.is_empty()),
            ("--subject", self.subject.is_some()),
            ("--object", self.object.is_some()),
            ("--detail", self.detail.is_some()),
            ("--status", !self.statuses.is_empty()),
        ]
        .into_iter()
        .filter_map(|(flag, used)| used.then_some(flag))
        .collect()
    }

    /// The flags that ask the same, as they would be typed in a shell.
    pub fn to_flags(&self) -> String {
        let mut flags = Vec::new();
        let mut flag = |name: &str, value: &str| flags.push(format!("{name} {}", in_shell(value)));
        let optional = [
            ("--speaker", &self.speaker),
            ("--who", &self.who),
            ("--subject", &self.subject),
            ("--object", &self.object),
            ("--detail", &self.detail),
            ("--told", &self.told),
            ("--cue", &self.cue),
            ("--kind", &self.kind),
            ("--act", &self.act),
            ("--mode", &self.mode),
            ("--publisher", &self.publisher),
        ];
        for (name, value) in optional {
            value.iter().for_each(|value| flag(name, value));
        }
        self.about.iter().for_each(|about| flag("--about", about));
        self.not_speaker.iter().for_each(|name| flag("--not-speaker", name));
        self.not_about.iter().for_each(|about| flag("--not-about", about));
        self.phrases.iter().for_each(|phrase| flag("--match", phrase));
        if !self.predicates.is_empty() {
            flag("--predicate", &self.predicates.join(","));
        }
        if !self.statuses.is_empty() {
            flag("--status", &self.statuses.join(","));
        }
        if let Some(least) = self.min_confidence {
            flag("--min-confidence", &least.to_string());
        }
        if let Some((one, other)) = &self.between {
            flags.push(format!("--between {} {}", in_shell(one), in_shell(other)));
        }
        flags.extend(self.period.to_flags());
        if self.compare {
            flags.push("--compare".into());
        }
        if self.broad {
            flags.push("--broad".into());
        }
        if self.context {
            flags.push("--context".into());
        }
        if self.all {
            flags.push("--all".into());
        }
        if self.each {
            flags.push("--each".into());
        }
        if self.by_subject {
            flags.push("--by-subject".into());
        }
        match self.count {
            Some(Count::All) => flags.push("--count".into()),
            Some(Count::By(key)) => flags.push(format!("--count-by {}", key.name())),
            None => {}
        }
        if self.latest {
            flags.push("--latest".into());
        }
        if self.earliest {
            flags.push("--earliest".into());
        }
        if let Some(limit) = self.limit {
            flags.push(format!("--limit {limit}"));
        }
        flags.join(" ")
    }

    /// Every name and every topic in it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let single = [
            &self.speaker,
            &self.told,
            &self.who,
            &self.subject,
            &self.object,
            &self.detail,
            &self.publisher,
        ];
        let several = [&self.about, &self.not_about, &self.not_speaker, &self.phrases];
        let pair = self.between.iter().flat_map(|(one, other)| [one, other]);
        let single = single.into_iter().flatten();
        single.chain(pair).chain(several.into_iter().flatten()).map(String::as_str)
    }
}

fn either<T>(asked: Option<T>, flagged: Option<T>, flag: &str) -> Result<Option<T>, Error> {
    match (asked, flagged) {
        (Some(_), Some(_)) => Err(twice(flag)),
        (asked, flagged) => Ok(asked.or(flagged)),
    }
}

fn twice(flag: &str) -> Error {
    Error::usage(format!("{flag} is given, but the question says it too")).hint("give only one of the two")
}

/// A value as a shell wants it: in single quotes where it is more than one plain word.
pub fn in_shell(value: &str) -> String {
    let plain =
        |character: char| character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | ':' | ',');
    if !value.is_empty() && value.chars().all(plain) {
        return value.to_owned();
    }
    format!("'{}'", value.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(name: &str) -> Question {
        Question { about: vec![name.into()], ..Question::default() }
    }

    #[test]
    fn a_question_and_flags_add_up() -> Result<(), Error> {
        let flags = Question { kind: Some("direct".into()), ..about("Porto") };
        let both = about("Ana Ruiz").and(flags)?;
        assert_eq!(both.to_flags(), "--kind direct --about 'Ana Ruiz' --about Porto");
        Ok(())
    }

    #[test]
    fn the_same_part_twice_is_refused() {
        let speaker = Question { speaker: Some("Ana Ruiz".into()), ..Question::default() };
        let error = speaker.clone().and(speaker).map_err(|error| error.to_string());
        assert_eq!(error, Err("--speaker is given, but the question says it too".into()));
    }

    #[test]
    fn quotes_and_relationships_do_not_mix() {
        let mixed = Question { who: Some("Ana Ruiz".into()), ..about("Porto") };
        assert!(mixed.subject_matter().is_err());
        let who = Question { who: Some("Ana Ruiz".into()), ..Question::default() };
        assert_eq!(who.subject_matter().ok(), Some(SubjectMatter::Relationships));
        assert_eq!(about("Porto").subject_matter().ok(), Some(SubjectMatter::Quotes));
    }

    #[test]
    fn values_survive_a_shell() {
        assert_eq!(about("Conan O'Dell").to_flags(), r"--about 'Conan O'\''Dell'");
    }
}
