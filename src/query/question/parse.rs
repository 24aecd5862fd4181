//! Questions in English → [`Question`].
//!
//! A question fits a form word by word or not at all; the nearest forms are shown where it does not.
//! Nothing is guessed, and nothing here looks at the database: whether a name is known is found out later.

use chrono::NaiveDate;

use crate::dates;
use crate::error::Error;
use crate::query::question::forms::{FORMS, Means, QuestionForm, WHO_IS};
use crate::query::question::pattern::{Slots, Word};
use crate::query::question::{Question, pattern, verbs};

/// Longer questions are refused, so that reading one takes no noticeable time.
const MOST_WORDS: usize = 60;

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
    check_names(question, &words, &read)?;
    Ok(Question { period, ..read })
}

/// The example of every form, with what it means, in the order in which they are tried.
pub fn examples() -> Vec<(String, Question)> {
    let written = FORMS.iter().map(|form| form.example.to_owned());
    let verbs = verbs::examples();
    let all = written.chain(verbs).chain([WHO_IS.example.to_owned()]);
    all.filter_map(|example| read(&pattern::words(&example)).map(|question| (example, question))).collect()
}

fn read(words: &[Word]) -> Option<Question> {
    let fit_form = |form: &QuestionForm| {
        let slots = form.patterns.iter().find_map(|pattern| pattern::fit(pattern, words))?;
        Some(meaning(slots, form.means))
    };
    FORMS.iter().find_map(fit_form).or_else(|| read_verb(words)).or_else(|| fit_form(&WHO_IS))
}

/// Words that ask for a name and are none.
const NO_NAMES: [&str; 8] = ["who", "whom", "what", "anyone", "anybody", "someone", "somebody", "everyone"];

/// Fails where a part that should be a name is a question in itself, or holds dates that were not understood.
///
/// What stands in quotation marks is a name, whatever its words.
fn check_names(question: &str, words: &[Word], read: &Question) -> Result<(), Error> {
    let typed = |name: &&String| !words.iter().any(|word| word.quoted && word.text == **name);
    let pair = read.between.iter().flat_map(|(one, other)| [one, other]);
    let single = [&read.speaker, &read.who, &read.subject, &read.object];
    let names: Vec<&String> =
        single.into_iter().flatten().chain(pair).chain(&read.about).filter(typed).collect();
    if names.iter().any(|name| NO_NAMES.contains(&name.to_lowercase().as_str())) {
        return Err(not_understood(question));
    }
    if let Some(dates) = names.into_iter().find_map(|name| dates::doubtful(name)) {
        return Err(no_date(dates));
    }
    let is_question = |who: &str| {
        let mut words = who.split(' ');
        let acts =
            words.next().is_some_and(|first| first.ends_with("ing") && first.starts_with(char::is_lowercase));
        let more = who.split(' ').count() > 1;
        more && (acts
            || who.split(' ').any(|word| ["about", "on", "by", "said", "say", "new"].contains(&word)))
    };
    match read.who.iter().find(typed) {
        Some(who) if is_question(who) => Err(not_understood(question)),
        _ => Ok(()),
    }
}

fn read_verb(words: &[Word]) -> Option<Question> {
    let (predicate, slots) = verbs::fit(words)?;
    Some(Question { predicates: vec![predicate.to_owned()], ..meaning(slots, Means::Rows) })
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
        Means::Rows => {}
        Means::Latest => question.latest = true,
        Means::Earliest => question.earliest = true,
        Means::Count(count) => question.count = Some(count),
        Means::Act(act) => question.act = Some(act.to_owned()),
        Means::Predicates(names) => {
            question.predicates = names.iter().map(|name| (*name).to_owned()).collect()
        }
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
                .hint("give only one of the dates"))
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
    if let Some(date) = question.split_whitespace().find_map(dates::with_slashes) {
        return no_date(date);
    }
    with_nearest_forms(question, Error::usage(format!("the question is not understood: {question}")))
}

/// Says that a part of a question looks like a date and is none that can be read.
fn no_date(dates: &str) -> Error {
    dates::unreadable(dates)
        .hint("write 2017, March 2017, 9 March 2017, since 2015, between 2015 and 2016, last week")
        .hint("put a name that holds such words in quotation marks")
}

/// Adds the nearest forms to an error as hints.
fn with_nearest_forms(question: &str, error: Error) -> Error {
    let asked = question.to_lowercase();
    let mut forms: Vec<(f64, String)> = examples()
        .into_iter()
        .map(|(example, _)| (strsim::sorensen_dice(&asked, &example.to_lowercase()), example))
        .collect();
    forms.sort_by(|one, other| other.0.total_cmp(&one.0));
    let error = forms
        .iter()
        .take(3)
        .fold(error, |error, (_, example)| error.hint(format!("ask like this: {example}")));
    error.hint("`onrecord query --help` lists all forms and flags")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::predicates;

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
            ("who promised to rebuild the quay?", "--act promise --about 'rebuild the quay'"),
            ("who has denied what about Porto?", "--act denial --about Porto"),
            ("who denied that the quay was closed?", "--act denial --about 'the quay was closed'"),
            ("what has Ana Ruiz threatened to do?", "--speaker 'Ana Ruiz' --act threat"),
            ("who threatened Ana Ruiz?", "--object 'Ana Ruiz' --predicate threatened"),
            ("who called for an inquiry?", "--act request --about 'an inquiry'"),
            ("what did Ana Ruiz ask for?", "--speaker 'Ana Ruiz' --act request"),
            ("what did Ana Ruiz ask about Porto?", "--speaker 'Ana Ruiz' --act question --about Porto"),
            ("who declined to comment?", "--act refusal --about comment"),
            ("what did Ana Ruiz refuse to say?", "--speaker 'Ana Ruiz' --act refusal"),
            ("what did Ana Ruiz complain about?", "--speaker 'Ana Ruiz' --act criticism"),
            ("what did Ana Ruiz criticize?", "--speaker 'Ana Ruiz' --act criticism"),
            ("whom did Ana Ruiz criticize?", "--subject 'Ana Ruiz' --predicate criticized"),
            ("what does Ana Ruiz hope for?", "--speaker 'Ana Ruiz' --act thought"),
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
            ("how often has Ana Ruiz talked about Porto", "--speaker 'Ana Ruiz' --about Porto --count"),
            ("when did Ana Ruiz first mention Porto?", "--speaker 'Ana Ruiz' --about Porto --earliest"),
            ("show me all quotes by Ana Ruiz about Porto", "--speaker 'Ana Ruiz' --about Porto"),
            ("latest quotes from Ana Ruiz", "--speaker 'Ana Ruiz'"),
            ("how many quotes are there about Porto?", "--about Porto --count"),
            (
                "what was said about Porto by Ana Ruiz in 2016?",
                "--speaker 'Ana Ruiz' --about Porto --since 2016-01-01 --until 2016-12-31",
            ),
            ("what is Ana Ruiz's position on Porto?", "--speaker 'Ana Ruiz' --about Porto"),
            ("what did Ana Ruiz tell reporters about Porto?", "--speaker 'Ana Ruiz' --about Porto"),
            ("who said that the quay was closed?", "--about 'the quay was closed'"),
            ("who is Ana Ruiz's spokesman?", "--object 'Ana Ruiz' --predicate spokesperson_for"),
            ("who are Ana Ruiz’s allies?", "--object 'Ana Ruiz' --predicate ally_of"),
            (
                "is Ana Ruiz married to Tomás Ruiz?",
                "--subject 'Ana Ruiz' --object 'Tomás Ruiz' --predicate spouse_of",
            ),
            ("who is accusing Ana Ruiz?", "--object 'Ana Ruiz' --predicate accused"),
            ("who met whom in 2016?", "--predicate met_with --since 2016-01-01 --until 2016-12-31"),
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
    fn figures_between_slashes_are_refused_wherever_they_stand() {
        for question in [
            "what did Ana Ruiz say on 9/3/2017?",
            "what did Ana Ruiz say since 9/3/2017?",
            "what did Ana Ruiz say about Porto on 9/3/17?",
            "9/3/2017",
        ] {
            assert!(flags(question).contains("cannot be read as a date"), "{question}");
            let error = parse(question, NaiveDate::default()).err();
            let reason = error.iter().flat_map(|error| error.hints()).any(|hint| hint.contains("London"));
            assert!(reason, "{question}");
        }
        for question in ["what did Ana Ruiz say about 9/11?", "who said \"9/3/2017\"?"] {
            assert!(!flags(question).contains("error"), "{question}: {}", flags(question));
        }
    }

    #[test]
    fn names_are_no_questions_and_hold_no_dates() {
        for question in [
            "who is dancing in Porto?",
            "what's new on Porto?",
            "what was written by Ana Ruiz about Porto?",
            "who said what about whom?",
            "what did somebody say?",
        ] {
            assert!(flags(question).starts_with("error: the question is not understood"), "{question}");
        }
        for question in [
            "who said what about Porto in early March 2016?",
            "what did Ana Ruiz say about Porto in the spring of 2016?",
        ] {
            assert!(flags(question).contains("cannot be read as a date"), "{question}");
        }
        // Quotation marks make a name of anything.
        assert_eq!(flags("who is \"Dancing on Ice\"?"), "--who 'Dancing on Ice'");
        assert_eq!(
            flags("who said what about \"the Night in May 2016\"?"),
            "--about 'the Night in May 2016'"
        );
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
            // A form before it that takes the same words would leave it unread.
            let fits = |other: &&QuestionForm| {
                other.patterns.iter().any(|pattern| pattern::fit(pattern, &words).is_some())
            };
            let first = FORMS.iter().find(fits).or(Some(&WHO_IS).filter(|_| read_verb(&words).is_none()));
            assert_eq!(
                first.map(|first| first.example),
                Some(form.example),
                "a form before it takes its words"
            );
        }
        let taught = examples();
        for example in FORMS.iter().map(|form| form.example.to_owned()).chain(verbs::examples()) {
            let is_taught = taught.iter().any(|(other, _)| *other == example);
            assert!(is_taught && read(&pattern::words(&example)).is_some(), "{example}");
        }
    }

    #[test]
    fn every_predicate_can_be_asked_for() {
        let asked: Vec<String> =
            examples().into_iter().flat_map(|(_, question)| question.predicates).collect();
        let unasked: Vec<&str> = predicates::PREDICATES
            .iter()
            .map(|predicate| predicate.name)
            .filter(|name| !asked.iter().any(|asked| asked == name))
            .collect();
        assert_eq!(unasked, [""; 0], "no question asks for these: see VERBS in verbs.rs");
    }

    #[test]
    fn an_endless_question_is_refused() {
        assert!(flags(&"who said what about ".repeat(10_000)).starts_with("error: a question has at most"));
    }
}
