//! Questions in English → [`Question`]: the table of forms, and the reading of one.
//!
//! A question fits a form word by word or not at all; the nearest forms are shown where it does not.
//! Nothing is guessed, and nothing here looks at the database: whether a name is known is found out later.

use chrono::NaiveDate;

use crate::error::Error;

use super::dates;
use super::pattern::{self, Slots, Word};
use super::question::{Count, CountKey, Question};
use super::verbs;

/// Longer questions are refused, so that reading one takes no noticeable time.
const MOST_WORDS: usize = 60;

/// One way to ask: patterns that mean the same, and what they mean.
///
/// The slots `speaker`, `about`, `words`, `who`, `subject`, `object`, `detail`, `one` and `other` fill the
/// part of the question that bears their name (`words` is a phrase, `one` and `other` are a pair).
struct Form {
    patterns: &'static [&'static str],
    /// An instance, shown where a question is not understood.
    example: &'static str,
    /// What it means besides what its slots say.
    means: Means,
}

/// What a form means besides its slots.
#[derive(Clone, Copy)]
enum Means {
    Rows,
    Latest,
    Count(Count),
    Act(&'static str),
    Predicates(&'static [&'static str]),
}

use Means::{Act, Latest, Predicates, Rows};

const COUNT: Means = Means::Count(Count::All);
const BY_SPEAKER: Means = Means::Count(Count::By(CountKey::Speaker));
const BY_ABOUT: Means = Means::Count(Count::By(CountKey::About));
const BY_PUBLISHER: Means = Means::Count(Count::By(CountKey::Publisher));

/// Who holds a post at an organization, in whatever way an article words it.
const WORKS_FOR: &[&str] = &["employed_by", "holds_office", "leads", "spokesperson_for"];

/// In the order in which they are tried: the first that fits is meant.
const FORMS: &[Form] = &[
    // Whom it is about.
    Form {
        patterns: &[
            "who [has|have|had|'s] said|say|says what|anything|something about|on|regarding|concerning|of {about}",
            "what was|is|were|'s [being] said|reported about|on|regarding|concerning|of {about}",
            "what has|had|'s been said about|on|regarding|concerning|of {about}",
            "what did|do people|they|others|everyone say about|on|regarding|concerning|of {about}",
            "what are|were people saying about|on|regarding|concerning {about}",
            "what do|did we know about {about}",
            "quotes|statements|remarks|comments about|on|regarding|concerning {about}",
        ],
        example: "who said what about Ana Ruiz?",
        means: Rows,
    },
    Form {
        patterns: &[
            "who is|was quoted [the] most [often|frequently] about|on|regarding|concerning {about}",
            "who [is|was] talks|talked|speaks|spoke|said|says|commented|comments [the] most [often] about|on|of {about}",
            "who has|'s talked|spoken|said|commented [the] most [often] about|on|of {about}",
            "who mentions|mentioned {about} [the] most [often]",
            "who says|said [the] most about|on {about}",
        ],
        example: "who is quoted most about Ana Ruiz?",
        means: BY_SPEAKER,
    },
    Form {
        patterns: &["who is|was quoted [the] most [often]"],
        example: "who is quoted most?",
        means: BY_SPEAKER,
    },
    Form {
        patterns: &[
            "who [has|have|'s] talked|talks|talk|spoke|spoken|speaks|commented|comments|wrote|written [anything] about|on|of {about}",
            "who [has|have|'s] mentioned|mentions|discussed|discusses {about}",
        ],
        example: "who talked about Ana Ruiz?",
        means: Rows,
    },
    // Who said it.
    Form {
        patterns: &[
            "when did {speaker} last speak|talk|comment|say [anything|something] [about|on|of|regarding|concerning] {about}",
            "when has|'s {speaker} last spoken|talked|commented [about|on|of|regarding|concerning] {about}",
            "when did {speaker} last mention|discuss {about}",
            "when was {speaker} last quoted about|on|regarding|concerning {about}",
            "what did {speaker} last say about|on|of|regarding|concerning {about}",
            "what did {speaker} say last|latest about|on|of|regarding|concerning {about}",
            "what was|is|'s the last|latest thing [that] {speaker} said about|on|of|regarding|concerning {about}",
        ],
        example: "when did Ana Ruiz last speak about Porto?",
        means: Latest,
    },
    Form {
        patterns: &[
            "when did {speaker} last speak|talk|comment",
            "when was {speaker} last quoted",
            "what did {speaker} last say",
            "what did {speaker} say last",
            "what was|is|'s the last|latest thing [that] {speaker} said",
        ],
        example: "what did Ana Ruiz last say?",
        means: Latest,
    },
    Form {
        patterns: &[
            "how often|frequently did|does|has {speaker} mention|mentions|mentioned|discuss|discussed {about}",
            "how often|frequently did|does|has {speaker} speak|spoken|talk|talked|comment|commented about|on|of {about}",
            "how many times did|has {speaker} mention|mentioned|discuss|discussed {about}",
            "how many times did|has {speaker} speak|spoken|talk|talked|comment|commented about|on|of {about}",
            "how often was|is|has {speaker} [been] quoted about|on|regarding|concerning {about}",
        ],
        example: "how often did Ana Ruiz mention Porto?",
        means: COUNT,
    },
    Form {
        patterns: &[
            "how often was|is|has {speaker} [been] quoted",
            "how many times was|has {speaker} [been] quoted",
        ],
        example: "how often was Ana Ruiz quoted?",
        means: COUNT,
    },
    Form {
        patterns: &[
            "how often was|is|has {about} [been] mentioned",
            "how many times was|has {about} [been] mentioned",
        ],
        example: "how often was Porto mentioned?",
        means: COUNT,
    },
    Form {
        patterns: &[
            "who|whom|what did|does|do|has {speaker} mention|mentioned|discuss|discussed [the] most [often]",
            "who|whom|what did|does|do|has {speaker} talk|talked|speak|spoken|comment [the] most [often] about|of|on",
            "who|whom|what did|does|do|has {speaker} talk|talked|speak|spoken|comment about|of|on [the] most [often]",
        ],
        example: "whom does Ana Ruiz mention most?",
        means: BY_ABOUT,
    },
    Form {
        patterns: &[
            "which papers|newspapers|publishers|outlets|sites|media quote|quotes|quoted {speaker} [the] most [often]",
        ],
        example: "which papers quote Ana Ruiz most?",
        means: BY_PUBLISHER,
    },
    Form {
        patterns: &[
            "who [has|had|have|'s] [first] said|say|says|wrote|written|claimed|used [the] [word|words|phrase|term] {\"words\"}",
            "who [has|had|have|'s] used the word|words|phrase|term {words}",
        ],
        example: "who said \"never again\"?",
        means: Rows,
    },
    Form {
        patterns: &[
            "did|has|when|where [did|has] {speaker} [ever] say|said|write|written|claim|claimed|use|used [the] [word|words|phrase|term] {\"words\"}",
        ],
        example: "did Ana Ruiz say \"never again\"?",
        means: Rows,
    },
    Form {
        patterns: &[
            "what did|has|had|'s {speaker} promise|promised|vow|vowed|pledge|pledged about|on|regarding|concerning {about}",
            "what did|has|had|'s {speaker} promise|promised|vow|vowed|pledge|pledged",
        ],
        example: "what did Ana Ruiz promise?",
        means: Act("promise"),
    },
    Form {
        patterns: &[
            "what did|has|had|'s {speaker} deny|denied about|on|regarding|concerning {about}",
            "what did|has|had|'s {speaker} deny|denied",
        ],
        example: "what did Ana Ruiz deny?",
        means: Act("denial"),
    },
    Form {
        patterns: &[
            "what did|has|had|'s {speaker} threaten|threatened about|on|regarding|concerning {about}",
            "what did|has|had|'s {speaker} threaten|threatened",
        ],
        example: "what did Ana Ruiz threaten?",
        means: Act("threat"),
    },
    Form {
        patterns: &[
            "what did|has|had|'s {speaker} demand|demanded|request|requested about|on|regarding|concerning {about}",
            "what did|has|had|'s {speaker} ask|asked|call|called for",
            "what did|has|had|'s {speaker} demand|demanded|request|requested",
        ],
        example: "what did Ana Ruiz demand?",
        means: Act("request"),
    },
    Form {
        patterns: &[
            "what did|does|do|has|have|had|'s {speaker} [ever] say|said|saying|tell|told|state|stated|comment|commented about|on|of|regarding|concerning {about}",
            "what is|was|'s {speaker} saying about|on|of|regarding|concerning {about}",
            "what was|is|'s {speaker} quoted [as] [saying] about|on|of|regarding|concerning {about}",
            "did|has|have|does {speaker} [ever] say|said [anything|something] about|on|of|regarding|concerning {about}",
            "did|has|have|does {speaker} [ever] mention|mentioned|discuss|discussed {about}",
            "did|has|have|does {speaker} [ever] talk|talked|speak|spoken|comment|commented about|on|of {about}",
            "quotes|statements|remarks|comments by|from {speaker} about|on|regarding|concerning {about}",
            "everything|anything|all [that] {speaker} [has] said about|on|of|regarding|concerning {about}",
        ],
        example: "what did Ana Ruiz say about Porto?",
        means: Rows,
    },
    Form {
        patterns: &[
            "what did|does|do|has|have|had|'s {speaker} [ever] say|said|state|stated",
            "what is|was|'s {speaker} saying",
            "what was|is|'s {speaker} quoted as saying",
            "quotes|statements|remarks|comments by|from {speaker}",
            "everything|anything|all [that] {speaker} [has] said",
        ],
        example: "what did Ana Ruiz say?",
        means: Rows,
    },
    // How two are related.
    Form {
        patterns: &[
            "how are|is|were|was {one} and {other} related|connected|linked",
            "how is|was {one} related|connected|linked to|with {other}",
            "what is|was|'s the relationship|relation|relations|connection|link between {one} and {other}",
            "what connects|links {one} and|to|with {other}",
        ],
        example: "how are Ana Ruiz and Porto related?",
        means: Rows,
    },
    // Who holds what post.
    Form {
        patterns: &[
            "who [has|'s] speaks|spoke|spoken for|on [behalf] [of] {object}",
            "who is|was|'s [the|a] spokesperson|spokesman|spokeswoman for|of {object}",
            "who are|were [the] spokespeople|spokespersons|spokesmen for|of {object}",
        ],
        example: "who speaks for Ana Ruiz?",
        means: Predicates(&["spokesperson_for"]),
    },
    Form {
        patterns: &[
            "who leads|led|heads|headed|runs|ran|chairs|chaired|governs|governed|rules|ruled {object}",
            "who is|was|'s [the] leader|head|boss|chief of {object}",
            "who is|was|'s in charge of {object}",
        ],
        example: "who leads Harbor Bank?",
        means: Predicates(&["leads"]),
    },
    Form {
        patterns: &["who works|worked|work [for|at|in] {object}", "who [has|'s] worked for|at|in {object}"],
        example: "who works for Harbor Bank?",
        means: Predicates(WORKS_FOR),
    },
    Form {
        patterns: &[
            "who|whom|where does|did {subject} work [for|at]",
            "what is|was {subject} 's job|office|post|role",
        ],
        example: "whom does Ana Ruiz work for?",
        means: Predicates(WORKS_FOR),
    },
    Form {
        patterns: &["what|who|whom does|did {subject} lead|head|run|chair|govern"],
        example: "what does Ana Ruiz lead?",
        means: Predicates(&["leads"]),
    },
    Form {
        patterns: &[
            "who belongs|belonged to {object}",
            "who is|was|are|were|'s [a|the] member|members of {object}",
        ],
        example: "who belongs to Harbor Bank?",
        means: Predicates(&["member_of"]),
    },
    Form {
        patterns: &[
            "who|whom is|was|'s {subject} married to",
            "who|whom did {subject} marry",
            "who married {object}",
        ],
        example: "who is Ana Ruiz married to?",
        means: Predicates(&["spouse_of"]),
    },
    Form {
        patterns: &["where does|did {subject} live"],
        example: "where does Ana Ruiz live?",
        means: Predicates(&["lives_in"]),
    },
    Form {
        patterns: &["where is|was|'s {subject} based|headquartered"],
        example: "where is Harbor Bank based?",
        means: Predicates(&["based_in"]),
    },
    Form {
        patterns: &["who is|was|'s|are|were the {detail} of|for|at|in {object}"],
        example: "who is the mayor of Porto?",
        means: Predicates(&[
            "leads",
            "holds_office",
            "employed_by",
            "member_of",
            "spokesperson_for",
            "candidate_for",
        ]),
    },
];

/// Tried last: it takes any name.
const WHO_IS: Form = Form {
    patterns: &["who is|was|'s|are|were {who}", "what is|was|'s {who}", "tell me about {who}"],
    example: "who is Ana Ruiz?",
    means: Rows,
};

/// Reads a question; `today` is what `last week` is reckoned from.
///
/// Fails with the nearest forms as hints where it fits none.
pub fn parse(question: &str, today: NaiveDate) -> Result<Question, Error> {
    let words = pattern::words(question);
    if words.len() > MOST_WORDS {
        return Err(Error::usage(format!("a question has at most {MOST_WORDS} words"))
            .hint("ask by flags: `onrecord query --about X --match WORDS`"));
    }
    let (words, period) = take_dates(words, today)?;
    let read = read(&words).ok_or_else(|| not_understood(question))?;
    Ok(Question { period, ..read })
}

/// Every form's example with what it means, in the order in which they are tried.
pub fn examples() -> Vec<(String, Question)> {
    let written = FORMS.iter().map(|form| form.example.to_owned());
    let verbs = verbs::examples();
    let all = written.chain(verbs).chain([WHO_IS.example.to_owned()]);
    all.filter_map(|example| read(&pattern::words(&example)).map(|question| (example, question))).collect()
}

fn read(words: &[Word]) -> Option<Question> {
    let fit_form = |form: &Form| {
        let slots = form.patterns.iter().find_map(|pattern| pattern::fit(pattern, words))?;
        Some(meaning(slots, form.means))
    };
    FORMS.iter().find_map(fit_form).or_else(|| read_verb(words)).or_else(|| fit_form(&WHO_IS))
}

fn read_verb(words: &[Word]) -> Option<Question> {
    let (predicate, slots) = verbs::fit(words)?;
    Some(Question { predicates: vec![predicate.to_owned()], ..meaning(slots, Rows) })
}

fn meaning(mut slots: Slots, means: Means) -> Question {
    let mut question = Question {
        speaker: slots.remove("speaker"),
        about: slots.remove("about").into_iter().collect(),
        phrases: slots.remove("words").into_iter().collect(),
        who: slots.remove("who"),
        subject: slots.remove("subject"),
        object: slots.remove("object"),
        detail: slots.remove("detail"),
        between: slots.remove("one").zip(slots.remove("other")),
        ..Question::default()
    };
    match means {
        Rows => {}
        Latest => question.latest = true,
        Means::Count(count) => question.count = Some(count),
        Act(act) => question.act = Some(act.to_owned()),
        Predicates(names) => question.predicates = names.iter().map(|name| (*name).to_owned()).collect(),
    }
    question
}

/// Words that may follow a date in the middle of a question: `what has she said since 2017 about tax`.
const AFTER_DATES: [&str; 7] = ["about", "on", "of", "regarding", "concerning", "say", "most"];

/// Takes the dates out of a question: at its end, or before a word of [`AFTER_DATES`].
fn take_dates(mut words: Vec<Word>, today: NaiveDate) -> Result<(Vec<Word>, dates::Period), Error> {
    let mut period = dates::Period::default();
    while let Some((start, end, found)) = find_dates(&words, today) {
        period = period.within(&found);
        words.drain(start..end);
    }
    match (period.first, period.last) {
        (Some(first), Some(last)) if first > last => {
            Err(Error::usage(format!("no day is after {first} and before {last}"))
                .hint("leave one of the dates out"))
        }
        _ => Ok((words, period)),
    }
}

fn find_dates(words: &[Word], today: NaiveDate) -> Option<(usize, usize, dates::Period)> {
    let ends = |end: usize| end == words.len() || AFTER_DATES.iter().any(|word| words[end].is(word));
    (1..words.len()).find_map(|start| {
        (start + 1..=words.len()).rev().filter(|end| ends(*end)).find_map(|end| {
            let phrase = &words[start..end];
            if phrase.iter().any(|word| word.quoted) {
                return None;
            }
            let phrase = phrase.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            dates::parse_phrase(&phrase, today).map(|period| (start, end, period))
        })
    })
}

fn not_understood(question: &str) -> Error {
    let asked = question.to_lowercase();
    let mut forms: Vec<(f64, String)> = examples()
        .into_iter()
        .map(|(example, _)| (strsim::sorensen_dice(&asked, &example.to_lowercase()), example))
        .collect();
    forms.sort_by(|one, other| other.0.total_cmp(&one.0));
    let error = Error::usage(format!("the question is not understood: {question}"));
    let error = forms
        .iter()
        .take(3)
        .fold(error, |error, (_, example)| error.hint(format!("ask like this: {example}")));
    error.hint("`onrecord query --help` lists all forms and flags")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(question: &str) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default();
        match parse(question, today) {
            Ok(question) => question.to_flags(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn questions_mean_their_flags() {
        for (question, meaning) in [
            // The forms that are promised.
            ("who said what about Ana Ruiz?", "--about 'Ana Ruiz'"),
            ("what was said about Ana Ruiz?", "--about 'Ana Ruiz'"),
            ("who talked about Porto?", "--about Porto"),
            ("what did Ana Ruiz say?", "--speaker 'Ana Ruiz'"),
            ("what did Ana Ruiz say about Porto?", "--speaker 'Ana Ruiz' --about Porto"),
            (
                "what has Ana Ruiz said about Porto since 2017?",
                "--speaker 'Ana Ruiz' --about Porto --since 2017-01-01",
            ),
            ("who said \"never again\"?", "--match 'never again'"),
            ("when did Ana Ruiz last speak about Porto?", "--speaker 'Ana Ruiz' --about Porto --latest"),
            ("how often did Ana Ruiz mention Porto?", "--speaker 'Ana Ruiz' --about Porto --count"),
            ("who is quoted most about Porto?", "--about Porto --count-by speaker"),
            ("who is Ana Ruiz?", "--who 'Ana Ruiz'"),
            ("who leads Harbor Bank?", "--object 'Harbor Bank' --predicate leads"),
            ("who speaks for Ana Ruiz?", "--object 'Ana Ruiz' --predicate spokesperson_for"),
            (
                "who works for Harbor Bank?",
                "--object 'Harbor Bank' --predicate employed_by,holds_office,leads,spokesperson_for",
            ),
            ("who met Ana Ruiz?", "--object 'Ana Ruiz' --predicate met_with"),
            ("whom did Ana Ruiz accuse?", "--subject 'Ana Ruiz' --predicate accused"),
            ("who criticized Porto?", "--object Porto --predicate criticized"),
            ("how are Ana Ruiz and Porto related?", "--between 'Ana Ruiz' Porto"),
            // Other words for them.
            ("WHO HAS SAID WHAT ABOUT PORTO", "--about PORTO"),
            ("who's said anything about Porto", "--about Porto"),
            ("What’s been said about the U.S.?", "--about 'the U.S.'"),
            ("What has been said on “Harbor Bank”?", "--about 'Harbor Bank'"),
            ("what is being said about Porto?", "--about Porto"),
            ("Who mentioned Porto?", "--about Porto"),
            ("who has spoken about Porto yesterday", "--about Porto --on 2026-11-23"),
            ("What does 'Ana Ruiz' say regarding tax cuts?", "--speaker 'Ana Ruiz' --about 'tax cuts'"),
            ("What's Ana Ruiz said concerning Porto", "--speaker 'Ana Ruiz' --about Porto"),
            ("did Ana Ruiz ever mention Porto?", "--speaker 'Ana Ruiz' --about Porto"),
            ("did Ana Ruiz say “never again”?", "--speaker 'Ana Ruiz' --match 'never again'"),
            (
                "who said the words \"never again\" in 2016",
                "--match 'never again' --since 2016-01-01 --until 2016-12-31",
            ),
            ("who used the word resilience?", "--match resilience"),
            ("what did Ana Ruiz last say about Porto", "--speaker 'Ana Ruiz' --about Porto --latest"),
            ("when was Ana Ruiz last quoted?", "--speaker 'Ana Ruiz' --latest"),
            ("How many times has Ana Ruiz mentioned Porto?", "--speaker 'Ana Ruiz' --about Porto --count"),
            ("who talks the most about Porto?", "--about Porto --count-by speaker"),
            ("whom does Ana Ruiz mention most?", "--speaker 'Ana Ruiz' --count-by about"),
            ("which papers quoted Ana Ruiz most often?", "--speaker 'Ana Ruiz' --count-by publisher"),
            ("what did Ana Ruiz promise about Porto?", "--speaker 'Ana Ruiz' --act promise --about Porto"),
            ("who’s Ana Ruiz", "--who 'Ana Ruiz'"),
            ("who is the spokesman for Harbor Bank?", "--object 'Harbor Bank' --predicate spokesperson_for"),
            ("who was accused by Ana Ruiz?", "--subject 'Ana Ruiz' --predicate accused"),
            (
                "did Ana Ruiz meet Lia Okafor?",
                "--subject 'Ana Ruiz' --object 'Lia Okafor' --predicate met_with",
            ),
            (
                "who spoke with Ana Ruiz in March 2017",
                "--object 'Ana Ruiz' --predicate spoke_with --since 2017-03-01 --until 2017-03-31",
            ),
            ("what is the connection between Ana Ruiz and Porto?", "--between 'Ana Ruiz' Porto"),
            ("how is Ana Ruiz linked to Porto?", "--between 'Ana Ruiz' Porto"),
            // Dates elsewhere than at the end, and several of them.
            (
                "what has Ana Ruiz said since 2017 about Porto",
                "--speaker 'Ana Ruiz' --about Porto --since 2017-01-01",
            ),
            (
                "who said what about Porto after March 2015 before 2017?",
                "--about Porto --since 2015-04-01 --until 2016-12-31",
            ),
            (
                "what did Ana Ruiz say about Porto between 2015 and 2016?",
                "--speaker 'Ana Ruiz' --about Porto --since 2015-01-01 --until 2016-12-31",
            ),
            ("what did Ana Ruiz say on 9 March 2017?", "--speaker 'Ana Ruiz' --on 2017-03-09"),
            (
                "what did Ana Ruiz say last week?",
                "--speaker 'Ana Ruiz' --since 2026-11-16 --until 2026-11-22",
            ),
            // Names that hold the words of a form or of a date.
            ("what did \"Say Nothing Ltd\" say?", "--speaker 'Say Nothing Ltd'"),
            ("who said what about May?", "--about May"),
            ("who said what about \"since 2017\"?", "--about 'since 2017'"),
        ] {
            assert_eq!(flags(question), meaning, "{question}");
        }
    }

    #[test]
    fn other_questions_are_refused_with_the_nearest_forms() {
        for question in [
            "",
            "?",
            "why?",
            "say something",
            "who said",
            "who said what about",
            "what about Porto?",
            "who said never again?",
        ] {
            assert!(flags(question).starts_with("error: the question is not understood"), "{question}");
        }
        let error = parse("who said wat about Porto?", NaiveDate::default()).err();
        let hints: Vec<String> = error.iter().flat_map(|error| error.hints().to_vec()).collect();
        assert_eq!(hints.first().map(String::as_str), Some("ask like this: who said what about Ana Ruiz?"));
    }

    #[test]
    fn dates_that_exclude_each_other_are_refused() {
        assert!(flags("who said what about Porto since 2017 before 2015?").starts_with("error: no day"));
    }

    #[test]
    fn every_form_has_an_example_that_it_reads_itself() {
        for form in FORMS.iter().chain([&WHO_IS]) {
            let words = pattern::words(form.example);
            assert!(
                form.patterns.iter().any(|pattern| pattern::fit(pattern, &words).is_some()),
                "{}",
                form.example
            );
        }
        assert_eq!(examples().len(), FORMS.len() + verbs::examples().count() + 1);
    }

    #[test]
    fn an_endless_question_is_refused() {
        assert!(flags(&"who said what about ".repeat(10_000)).starts_with("error: a question has at most"));
    }
}
