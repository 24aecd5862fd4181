//! When a relationship holds or a deed was done, as the words beside its trigger say: `from 2009 to 2014`, `on Tuesday`.
//!
//! Knows trees and the words for dates; relative dates are read as of the day on which the article was published, and not at
//! all where it does not say. A date belongs to the word that it hangs on: to the deed, not to whoever does it.

use chrono::{Datelike, NaiveDate};

use crate::annotate::labels::{Relation, Upos};
use crate::calendar::WEEKDAYS;
use crate::dates::{self, Period};
use crate::facts::grammar::phrase;
use crate::facts::offices::joined;
use crate::facts::relations::predicates;
use crate::facts::relations::scene::Scene;
use crate::facts::relationship::{Relationship, Status, Term};
use crate::span::Span;

/// The longest date, in tokens: `from the beginning of March 2009 to May 2014`.
const LONGEST: usize = 10;

/// Verbs with which a state begins.
const BEGINS: &[&str] = &[
    "acquire",
    "appoint",
    "assume",
    "become",
    "begin",
    "buy",
    "choose",
    "elect",
    "hire",
    "inaugurate",
    "install",
    "join",
    "marry",
    "move",
    "name",
    "nominate",
    "pick",
    "promote",
    "purchase",
    "replace",
    "select",
    "settle",
    "start",
    "succeed",
    "swear",
    "take",
    "wed",
    "win",
];

/// Verbs with which it ends.
const ENDS: &[&str] = &[
    "depart",
    "die",
    "dismiss",
    "divorce",
    "end",
    "expel",
    "fire",
    "leave",
    "lose",
    "oust",
    "overthrow",
    "quit",
    "remove",
    "resign",
    "retire",
    "sack",
    "sell",
    "step",
    "topple",
];

/// Verbs that join an office to its holder without saying more than that she has or had it.
const LINKS: &[&str] = &["act", "remain", "serve", "work"];

/// Reads the term of each relationship that a word states. What the words say is over is presented so.
pub(super) fn date(scene: Scene, found: &mut [Relationship]) {
    let published = scene.text.article.published_at.as_deref();
    let published = published.and_then(|date| NaiveDate::parse_from_str(date.get(..10)?, "%Y-%m-%d").ok());
    for link in found {
        let Some(trigger) = link.trigger.and_then(|trigger| scene.token_at(trigger.start())) else {
            continue;
        };
        let is_state = predicates::find(link.predicate).is_some_and(|predicate| predicate.lasting);
        let verb = if is_state { joining_verb(scene, trigger) } else { None };
        // `Sen. Ana Ruiz in June said`: what hangs on a title is mostly another word’s.
        let is_title = is_state
            && scene.text.tags[trigger].upos != Upos::Verb
            && scene.offices.is_title(scene.text, trigger);
        // What is to come has no date in the past: `will meet her on Tuesday` is the next one.
        let as_of = published.filter(|_| link.status != Status::Planned);
        let behind = scene.token_behind(link.evidence).filter(|behind| {
            is_state && matches!(scene.text.word(*behind), "from" | "since" | "until" | "between" | "(")
        });
        link.term = term(scene, (trigger, is_title), verb, behind, is_state, as_of);
        // `succeeded Mira Costa as mayor in 2014`: with what began for one, it ended for the other.
        if is_state && link.status == Status::Ended && link.term.until.is_none() && is_turn(scene, trigger) {
            link.term.until = link.term.since.take();
        }
        if is_state && link.status == Status::Asserted && was_once(scene, trigger) {
            link.status = Status::Ended;
        }
        if is_state && link.status == Status::Asserted && is_over(scene, verb, &link.term, published) {
            link.status = Status::Ended;
        }
    }
}

/// Whether a verb tells of a state that was: `once headed`, `formerly worked`, `grew up in`.
fn was_once(scene: Scene, verb: usize) -> bool {
    let text = scene.text;
    let is_verb = text.tags[verb].upos == Upos::Verb;
    let grew = matches!(&*text.tags[verb].lemma, "grow" | "raise");
    let once = text
        .syntax
        .children(verb)
        .any(|child| matches!(&*text.word(child).to_lowercase(), "once" | "formerly" | "previously"));
    is_verb && (grew || once)
}

/// Whether a verb says both how one comes to an office and how another leaves it.
fn is_turn(scene: Scene, verb: usize) -> bool {
    matches!(&*scene.text.tags[verb].lemma, "succeed" | "replace")
}

/// The verb that says how somebody comes to what a noun says, or ceases to be it: **became** `mayor`, **resigned** `as mayor`.
fn joining_verb(scene: Scene, noun: usize) -> Option<usize> {
    let syntax = &scene.text.syntax;
    // A verb is joined to nothing: `quit and became mayor`.
    let governs = scene.text.tags[noun].upos != Upos::Verb
        && matches!(syntax.relation(noun), Relation::Xcomp | Relation::Obl | Relation::Obj);
    let verb = syntax.head(noun).filter(|verb| governs && scene.text.tags[*verb].upos == Upos::Verb)?;
    let lemma = &*scene.text.tags[verb].lemma;
    [BEGINS, ENDS, LINKS].iter().any(|verbs| verbs.contains(&lemma)).then_some(verb)
}

/// The term that the dates beside a trigger, or beside the verb that joins it to its holder, give.
///
/// `behind` is the token behind the words of a state, where a date may stand whatever the tree makes of it: `mayor of Porto since
/// 2011`.
fn term(
    scene: Scene,
    (trigger, is_title): (usize, bool),
    verb: Option<usize>,
    behind: Option<usize>,
    is_state: bool,
    published: Option<NaiveDate>,
) -> Term {
    let anchors = [Some(trigger), verb];
    let lemma = |token: usize| &*scene.text.tags[token].lemma;
    let is_one_of = |verbs: &[&str]| anchors.iter().flatten().any(|token| verbs.contains(&lemma(*token)));
    let (begins, ends) = (is_state && is_one_of(BEGINS), is_state && is_one_of(ENDS));
    let mut term = Term::default();
    let children =
        anchors.iter().flatten().filter(|_| !is_title).flat_map(|anchor| scene.text.syntax.children(*anchor));
    for start in
        children.filter_map(|child| opening(scene, child)).chain(bracket(scene, trigger)).chain(behind)
    {
        let Some((word, period)) = read(scene, start, published) else { continue };
        let is_moment = is_moment(&word);
        // `this week` is not over yet; `this year` is a year.
        let is_week =
            period.first.zip(period.last).is_some_and(|(first, last)| (last - first).num_days() < 7);
        let last = period.last.map(|last| published.filter(|_| is_week).map_or(last, |day| last.min(day)));
        let (since, until) = bounds(&Period { last, ..period });
        match () {
            () if is_moment && begins => term.since = term.since.or(since),
            () if is_moment && ends => term.until = term.until.or(until),
            () => {
                term.since = term.since.or(since);
                term.until = term.until.or(until);
            }
        }
    }
    term
}

/// Whether a date, by its first word, says when something was, and not from when or until when: `in 2014`, `last year`.
fn is_moment(word: &str) -> bool {
    !matches!(word, "from" | "between" | "since" | "after" | "until" | "till" | "before" | "(")
}

/// The first token of what may be a date: the preposition of a phrase, or the phrase itself.
fn opening(scene: Scene, child: usize) -> Option<usize> {
    let syntax = &scene.text.syntax;
    match syntax.relation(child) {
        Relation::Obl | Relation::Nmod => {
            Some(syntax.child(child, &[Relation::Case]).unwrap_or(syntax.extent(child).start()))
        }
        Relation::OblUnmarked | Relation::NmodUnmarked | Relation::Advmod | Relation::Nummod => {
            Some(syntax.extent(child).start())
        }
        _ => None,
    }
}

/// Where a bracket opens right behind a trigger: `mayor (2009-2014)`.
fn bracket(scene: Scene, trigger: usize) -> Option<usize> {
    (scene.text.word(trigger + 1) == "(").then_some(trigger + 1)
}

/// The longest date that begins at a token, with its first word in lower case.
fn read(scene: Scene, start: usize, published: Option<NaiveDate>) -> Option<(String, Period)> {
    let text = scene.text;
    let first = text.word(start).to_lowercase();
    let end = phrase::sentence_of(text, start).end().min(start + LONGEST);
    if first == "(" {
        let years = years(text.word(start + 1), text.word(start + 2), text.word(start + 3));
        return years.map(|years| (first, years));
    }
    (start + 1..=end).rev().find_map(|end| {
        let words = text.words(Span::new(start, end));
        let lower = words.to_lowercase();
        let of_week = WEEKDAYS.iter().any(|day| lower.contains(day));
        let has_year = words.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits.len() == 4);
        // `on Tuesday` in a paper of that Tuesday is the same day.
        let as_of = if of_week { published.and_then(|day| day.succ_opt()) } else { published };
        let as_of = as_of.or_else(|| has_year.then(NaiveDate::default))?;
        let bare = of_week && WEEKDAYS.contains(&first.as_str());
        let words = if bare { format!("on {words}") } else { words.to_owned() };
        dates::parse_phrase(&words, as_of).map(|period| (first.clone(), period))
    })
}

/// A pair of years in brackets: `2009-2014`, in one token or in three.
fn years(one: &str, dash: &str, other: &str) -> Option<Period> {
    let is_dash = |word: &str| matches!(word, "-" | "–" | "—");
    let (first, last) = if is_dash(dash) { (one, other) } else { one.split_once(['-', '–', '—'])? };
    let day = |year: &str, month, day| {
        let year = year.parse().ok().filter(|year| (1000..3000).contains(year))?;
        NaiveDate::from_ymd_opt(year, month, day)
    };
    let (first, last) = (day(first, 1, 1)?, day(last, 12, 31)?);
    (first <= last).then_some(Period { first: Some(first), last: Some(last) })
}

/// The bounds of a period as they are stored, no finer than its words: whole years as a year, whole months as a month.
fn bounds(period: &Period) -> (Option<String>, Option<String>) {
    let starts_year = |day: &NaiveDate| day.month() == 1 && day.day() == 1;
    let ends_year = |day: &NaiveDate| day.month() == 12 && day.day() == 31;
    let ends_month = |day: &NaiveDate| day.succ_opt().is_some_and(|next| next.day() == 1);
    let is_of_years =
        period.first.is_none_or(|day| starts_year(&day)) && period.last.is_none_or(|day| ends_year(&day));
    let is_of_months =
        period.first.is_none_or(|day| day.day() == 1) && period.last.is_none_or(|day| ends_month(&day));
    let written = |day: NaiveDate| {
        let format = match () {
            () if is_of_years => "%Y",
            () if is_of_months => "%Y-%m",
            () => "%Y-%m-%d",
        };
        day.format(format).to_string()
    };
    (period.first.map(written), period.last.map(written))
}

/// Whether the words say that a state is over: it ended before the article, or the verb says so.
fn is_over(scene: Scene, verb: Option<usize>, term: &Term, published: Option<NaiveDate>) -> bool {
    let ended = term.until.as_ref().zip(published).is_some_and(|(until, published)| {
        let published = published.to_string();
        published.get(..until.len()).is_some_and(|day| until.as_str() < day)
    });
    let ends = verb.is_some_and(|verb| {
        ENDS.contains(&&*scene.text.tags[verb].lemma) || joined::is_over(scene.text, verb)
    });
    ended || ends
}
