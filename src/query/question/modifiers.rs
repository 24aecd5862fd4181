//! What may stand at the end of any question, or before its topic: outlets, kinds, exceptions, `per year`.
//!
//! A modifier is taken out of the words before a form is looked for, so that no form has to know of it.

use std::sync::LazyLock;

use crate::error::Error;
use crate::query::question::pattern::{Accepts, Pattern, Slots};
use crate::query::question::words::Word;
use crate::query::question::{Count, CountKey, Question};

/// Words for one narrowing, and what it is.
pub(super) struct Modifier {
    pub(super) patterns: &'static [&'static str],
    pub(super) example: &'static str,
    pub(super) means: Narrows,
    /// Whether it stands right before the words for quotes, and nowhere else.
    before_quotes: bool,
}

/// What a modifier means besides its slots.
#[derive(Clone, Copy)]
pub(super) enum Narrows {
    /// What its slots say.
    Slots,
    /// To quotes of a kind.
    Kind(&'static str),
    /// It counts by this key.
    CountBy(CountKey),
    /// To everything that is stored.
    All,
    /// Nothing: every answer says it anyway.
    Nothing,
}

const fn modifier(patterns: &'static [&'static str], example: &'static str, means: Narrows) -> Modifier {
    Modifier { patterns, example, means, before_quotes: false }
}

/// In the order in which they are tried at each place.
pub(super) const MODIFIERS: &[Modifier] = &[
    modifier(
        &[
            "in {publisher}'s articles|stories|reports|coverage|reporting|pages",
            "in|by|from [the] {publisher} articles|article|stories|story|reports|coverage|pieces|reporting",
            "in [the] articles|stories|reports|coverage|pieces|news|pages BY|in|of {publisher}",
            "published|printed|reported|carried in|by|on {publisher}",
            "(in | on | according to) {known_publisher}",
        ],
        "what did Ana Ruiz say in Courier articles?",
        Narrows::Slots,
    ),
    modifier(
        &[
            "[said|made] BY anyone|anybody|everyone|everybody|people|somebody|someone (but|except|besides | other than | apart from) {not_speaker}",
            "(but|except|excluding|besides | other than | but not | apart from | except for) [BY] {not_speaker}",
            "[and|but] not [said|made] BY {not_speaker}",
            "who|that IS not {not_named}",
        ],
        "who said what about Porto except Ana Ruiz?",
        Narrows::Slots,
    ),
    modifier(
        &[
            "[but|and] not ABOUT {not_about}",
            "without mentioning {not_about}",
            "without mention|mentions of {not_about}",
            "that|which DID not mention {not_about}",
        ],
        "what did Ana Ruiz say about Porto but not about Lia Okafor?",
        Narrows::Slots,
    ),
    Modifier {
        patterns: &["[only] direct|verbatim|exact|literal"],
        example: "direct quotes by Ana Ruiz",
        means: Narrows::Kind("direct"),
        before_quotes: true,
    },
    modifier(
        &["[all|only] in quotation marks", "word for word", "in his|her|their|its own words", "verbatim"],
        "what did Ana Ruiz say about Porto in her own words?",
        Narrows::Kind("direct"),
    ),
    Modifier {
        patterns: &["[only] indirect|paraphrased"],
        example: "indirect quotes by Ana Ruiz",
        means: Narrows::Kind("indirect"),
        before_quotes: true,
    },
    modifier(
        &["per|by|each|every|a year", "yearly", "over the years", "year by year"],
        "how often was Ana Ruiz quoted per year?",
        Narrows::CountBy(CountKey::Year),
    ),
    modifier(
        &["per|by|each|every|a month", "monthly", "over time", "month by month"],
        "how often was Ana Ruiz quoted per month?",
        Narrows::CountBy(CountKey::Month),
    ),
    modifier(
        &["per|by|each|every outlet|publisher|newspaper|paper"],
        "how often was Ana Ruiz quoted by outlet?",
        Narrows::CountBy(CountKey::Publisher),
    ),
    modifier(
        &["per|by|each|every speaker|person|source"],
        "how many quotes are there about Porto by speaker?",
        Narrows::CountBy(CountKey::Speaker),
    ),
    modifier(
        &["per|by|each|every topic|subject"],
        "how often was Ana Ruiz quoted by topic?",
        Narrows::CountBy(CountKey::About),
    ),
    modifier(
        &["per|by|each|every act"],
        "how often was Ana Ruiz quoted by act?",
        Narrows::CountBy(CountKey::Act),
    ),
    modifier(
        &["per|by|each|every kind"],
        "how often was Ana Ruiz quoted by kind?",
        Narrows::CountBy(CountKey::Kind),
    ),
    modifier(
        &[
            "including|with [the] doubtful|uncertain|unsure [ones|quotes]",
            "including|with [the] less certain [ones|quotes]",
            "even doubtful|uncertain|unsure ones",
        ],
        "what did Ana Ruiz say about Porto including doubtful ones?",
        Narrows::All,
    ),
    modifier(
        &["and|or when|where", "(newest|latest | most recent) first", "with dates|sources|source"],
        "who said what about Porto and when?",
        Narrows::Nothing,
    ),
];

/// Words before which a modifier may end; `QUOTES` of the patterns for one that stands before them.
pub(super) const GO_ON: [&str; 34] = [
    "about",
    "on",
    "of",
    "regarding",
    "concerning",
    "say",
    "said",
    "says",
    "think",
    "talked",
    "most",
    "in",
    "by",
    "from",
    "per",
    "each",
    "every",
    "except",
    "excluding",
    "but",
    "and",
    "not",
    "without",
    "including",
    "with",
    "since",
    "before",
    "after",
    "between",
    "during",
    "until",
    "published",
    "printed",
    "according",
];

/// Words with which a question goes on behind a modifier that it begins with.
const OPEN_QUESTIONS: [&str; 6] = ["what", "who", "whom", "how", "when", "did"];

/// Words for quotes, as acts of speech and tables of forms have them too.
const FOR_QUOTES: [&str; 10] = [
    "quotes",
    "quote",
    "quotations",
    "quotation",
    "statements",
    "statement",
    "remarks",
    "remark",
    "comments",
    "comment",
];

static PATTERNS: LazyLock<Vec<(&'static Modifier, Vec<Pattern>)>> = LazyLock::new(|| {
    let ready = |modifier: &'static Modifier| {
        (modifier, modifier.patterns.iter().map(|pattern| Pattern::new(pattern)).collect())
    };
    MODIFIERS.iter().map(ready).collect()
});

/// Takes all modifiers out of the words; gives what they narrow.
///
/// Fails where two of them contradict each other.
pub(super) fn take(words: &mut Vec<Word>, accepts: &Accepts<'_>) -> Result<Question, Error> {
    let mut narrowed = Question::default();
    while let Some((start, length, slots, means)) = find(words, accepts) {
        words.drain(start..start + length);
        narrowed = narrowed.and(meaning(slots, means))?;
    }
    Ok(narrowed)
}

fn find(words: &[Word], accepts: &Accepts<'_>) -> Option<(usize, usize, Slots, Narrows)> {
    (0..words.len()).find_map(|start| {
        PATTERNS.iter().find_map(|(modifier, patterns)| {
            let may_follow = |rest: &[Word]| match (modifier.before_quotes, rest.first()) {
                (true, next) => next.is_some_and(|next| FOR_QUOTES.iter().any(|word| next.is(word))),
                (false, None) => start > 0,
                (false, Some(next)) if start > 0 => GO_ON.iter().any(|word| next.is(word)),
                // `according to the Courier, what did …`
                (false, Some(next)) => OPEN_QUESTIONS.iter().any(|word| next.is(word)),
            };
            patterns.iter().find_map(|pattern| {
                let (slots, length) = pattern.fit_start(&words[start..], accepts, &may_follow)?;
                Some((start, length, slots, modifier.means))
            })
        })
    })
}

fn meaning(mut slots: Slots, means: Narrows) -> Question {
    let mut text = |name: &str| slots.remove(name).map(|taken| taken.text);
    let mut question = Question {
        publisher: text("publisher").or_else(|| text("known_publisher")),
        not_speaker: text("not_speaker").or_else(|| text("not_named")).into_iter().collect(),
        not_about: text("not_about").into_iter().collect(),
        ..Question::default()
    };
    match means {
        Narrows::Slots | Narrows::Nothing => {}
        Narrows::Kind(kind) => question.kind = Some(kind.to_owned()),
        Narrows::CountBy(key) => question.count = Some(Count::By(key)),
        Narrows::All => question.all = true,
    }
    question
}

/// Every word that a modifier may ask for.
pub(super) fn vocabulary() -> impl Iterator<Item = &'static str> {
    PATTERNS.iter().flat_map(|(_, patterns)| patterns.iter().flat_map(Pattern::vocabulary))
}
