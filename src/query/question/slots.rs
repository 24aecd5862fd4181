//! Which words a part of a question may take: a name is no half of a sentence.
//!
//! A slot that took whatever was left would make `Obama are there` a speaker. So a word that belongs to the grammar is no
//! part of a name, unless it is written like one, stands in quotation marks, or the archive knows the whole.

use crate::query::question::vocabulary::Vocabulary;
use crate::query::question::words::{Word, text_of};

/// Words that no name and no topic has: they ask, or hold a sentence together.
const NEVER: [&str; 82] = [
    "who",
    "whom",
    "whose",
    "what",
    "which",
    "when",
    "where",
    "why",
    "how",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "am",
    "do",
    "does",
    "did",
    "has",
    "have",
    "had",
    "having",
    "can",
    "could",
    "would",
    "should",
    "may",
    "might",
    "must",
    "there",
    "that",
    "this",
    "these",
    "those",
    "it",
    "he",
    "she",
    "they",
    "i",
    "you",
    "we",
    "me",
    "him",
    "them",
    "us",
    "said",
    "say",
    "says",
    "saying",
    "quoted",
    "because",
    "if",
    "whether",
    "while",
    "than",
    "then",
    "ever",
    "never",
    "also",
    "please",
    "anyone",
    "anybody",
    "someone",
    "somebody",
    "everyone",
    "everybody",
    "anything",
    "something",
    "everything",
    "nothing",
    "isn't",
    "wasn't",
    "didn't",
    "doesn't",
    "don't",
    "hasn't",
    "exactly",
    "here",
    "whoever",
    "whatever",
];

/// Words that a topic may have, `the war in Iraq`, and a name may not: between names they are the question's own.
const NOT_IN_NAMES: [&str; 62] = [
    "about",
    "on",
    "in",
    "by",
    "from",
    "with",
    "without",
    "since",
    "until",
    "before",
    "after",
    "during",
    "over",
    "under",
    "against",
    "between",
    "into",
    "through",
    "regarding",
    "concerning",
    "as",
    "to",
    "but",
    "except",
    "excluding",
    "versus",
    "vs",
    "or",
    "not",
    "no",
    "per",
    "each",
    "every",
    "all",
    "any",
    "some",
    "last",
    "latest",
    "first",
    "most",
    "more",
    "less",
    "often",
    "again",
    "now",
    "ago",
    "today",
    "yesterday",
    "tomorrow",
    "recently",
    "lately",
    "so",
    "such",
    "just",
    "only",
    "even",
    "still",
    "already",
    "his",
    "her",
    "their",
    "its",
];

/// The slot for the name of an outlet that the archive has, where any other name would mean something else.
pub(super) const KNOWN_PUBLISHER: &str = "known_publisher";

/// The slot for a speaker who has to be written like one, or known.
pub(super) const NAMED: &str = "named";

/// The same for one whom an answer leaves out.
const NOT_NAMED: &str = "not_named";

/// Words that are between a topic and the rest of a question: no topic has them.
const NOT_IN_TOPICS: [&str; 8] = ["by", "but", "except", "excluding", "per", "since", "until", "without"];

/// What a slot takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Who or what somebody is: a name, or several.
    Name,
    /// What something is about: a name, or words.
    Topic,
    /// Words of an office.
    Detail,
    /// What somebody is accused of or praised for: `lying`.
    Doing,
    /// Anything: the rest of a sentence, or words that were said.
    Free,
}

impl Kind {
    fn of(slot: &str) -> Kind {
        match slot {
            "about" | "not_about" => Kind::Topic,
            "detail" => Kind::Detail,
            "doing" => Kind::Doing,
            "clause" | "words" => Kind::Free,
            _ => Kind::Name,
        }
    }
}

/// Whether it is a word of the grammar that is no part of any name.
pub(super) fn is_joint(word: &Word) -> bool {
    NEVER.contains(&word.folded()) || NOT_IN_NAMES.contains(&word.folded())
}

/// Whether a slot may take these words.
pub(super) fn accepts(slot: &str, words: &[Word], archive: &dyn Vocabulary) -> bool {
    let kind = Kind::of(slot);
    if kind == Kind::Free {
        return true;
    }
    if slot == KNOWN_PUBLISHER {
        return archive.is_publisher(&text_of(words));
    }
    if let [Word { quoted: true, .. }] = words {
        return true;
    }
    // A quotation is a name of its own, and no part of another.
    if words.len() > 1 && words.iter().any(|word| word.quoted) {
        return is_list(words);
    }
    let is_lower = |word: &Word| word.text.starts_with(char::is_lowercase);
    if kind == Kind::Doing
        && !words.first().is_some_and(|word| is_lower(word) && word.folded().ends_with("ing"))
    {
        return false;
    }
    if archive.is_name(&text_of(words)) {
        return true;
    }
    // A name that stands alone, without a verb: nothing else tells that it is one.
    const IN_NAMES: [&str; 8] = ["of", "the", "and", "or", "de", "van", "von", "for"];
    let is_part = |word: &Word| !is_lower(word) || IN_NAMES.contains(&word.folded());
    if matches!(slot, NAMED | NOT_NAMED)
        && !(words.iter().all(is_part) && words.iter().any(Word::is_capitalized))
    {
        return false;
    }
    // `Ana Ruiz sorted`: behind a name such words are the question's own.
    let trails = |pair: &[Word]| {
        pair[0].is_capitalized()
            && is_lower(&pair[1])
            && ["ed", "ly", "ing"].iter().any(|end| pair[1].folded().ends_with(end))
    };
    if kind == Kind::Name && words.windows(2).any(trails) {
        return false;
    }
    // `married to Ana Ruiz` is what somebody is, and no name.
    let does = |word: &Word| is_lower(word) && ["ed", "ing"].iter().any(|end| word.folded().ends_with(end));
    if slot == "who" && words.len() > 1 && words.first().is_some_and(does) {
        return false;
    }
    // `guns the most`: how often is no part of a topic.
    if kind == Kind::Topic
        && words.len() > 1
        && words.last().is_some_and(|word| matches!(word.folded(), "most" | "often"))
    {
        return false;
    }
    // `who criticized the mayor for the delay`: the reason is no part of the name.
    let gives_reason = |pair: &[Word]| matches!(pair[0].folded(), "for" | "over") && is_lower(&pair[1]);
    if slot == "object" && words.windows(2).any(gives_reason) {
        return false;
    }
    let strange = |(at, word): (usize, &Word)| {
        let folded = word.folded();
        let never = NEVER.contains(&folded) && !is_written_as_name(word);
        let joint = at > 0 && at + 1 < words.len() && matches!(folded, "or" | "to");
        let never_in_names = kind == Kind::Name
            && NOT_IN_NAMES.contains(&folded)
            && !joint
            && !(is_written_as_name(word) && at > 0);
        let never_in_topics = kind == Kind::Topic && NOT_IN_TOPICS.contains(&folded);
        never || never_in_names || never_in_topics
    };
    !words.iter().enumerate().any(strange)
        && words.iter().any(|word| word.folded().chars().any(char::is_alphanumeric))
        && !ends_open(words)
}

/// Whether quotations and single names are joined by `and`, `or` and commas alone.
fn is_list(words: &[Word]) -> bool {
    words.iter().any(|word| matches!(word.folded(), "and" | "or"))
}

/// Whether it is in capitals throughout, as WHO is, or begins with one where nothing but a name does.
fn is_written_as_name(word: &Word) -> bool {
    let letters = word.text.chars().filter(|character| character.is_alphabetic());
    let all_capitals = letters.clone().count() > 1 && letters.clone().all(char::is_uppercase);
    all_capitals || word.is_capitalized()
}

/// Whether the last word promises another: no name ends in `of`.
fn ends_open(words: &[Word]) -> bool {
    const OPEN: [&str; 12] = ["of", "the", "and", "or", "a", "an", "for", "in", "on", "to", "with", "by"];
    words.last().is_some_and(|word| OPEN.contains(&word.folded()) && !word.is_capitalized())
}
