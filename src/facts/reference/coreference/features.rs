//! What speaks for and against an entity as the one a pronoun stands for, as features of a linear model.
//!
//! Knows the pronoun, the entity's latest mentions and the tree between them. Whether a pronoun is feminine enters with
//! its agreement only: what is near, salient or a subject counts alike for women and men.

use crate::annotate::Annotations;
use crate::annotate::model::linear::bucket;
use crate::facts::entity::{EntityId, Form, Gender};
use crate::facts::grammar::role::{self, Role};
use crate::facts::reference::coreference::referent::{Referent, Seen};

/// A pronoun that is to be tied to somebody.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Anaphor {
    pub(crate) token: usize,
    /// `h` for he and she, `i` for it, `t` for they.
    pub(crate) class: &'static str,
    /// The gender it shows.
    pub(crate) gender: Option<Gender>,
    pub(crate) role: Role,
    /// Whether it is himself, herself, itself or themselves.
    pub(super) reflexive: bool,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    /// The head of its clause.
    pub(crate) clause: usize,
    /// Whether it stands in direct speech.
    pub(crate) spoken: bool,
    /// Who is speaking there.
    pub(crate) speaker: Option<EntityId>,
    /// Who is reported to say what it stands in.
    pub(super) reporter: Option<EntityId>,
    /// Whether a quote is credited to it.
    pub(super) is_source: bool,
    /// Whether nobody was mentioned before it in its sentence.
    pub(crate) opens: bool,
    /// The sentence right before the direct speech whose source it is.
    pub(super) before_speech: Option<u32>,
    /// How many pronouns like it in this and the sentence before are tied to nobody.
    pub(super) untied: u32,
}

/// How well an entity's gender agrees with a pronoun's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Agreement {
    /// The text shows it, or a full name whose given name nearly always does.
    Same,
    /// A pronoun showed it before.
    Called,
    /// A lone given name that nearly always does shows it.
    Given,
    /// A given name makes it likely.
    Likely,
    /// Nothing is known.
    Unknown,
    /// A given name makes it unlikely.
    Unlikely,
    /// Only pronouns of the other gender showed it.
    CalledOther,
    /// It is the other.
    Other,
    /// No person, but a name of one word that might be read wrong.
    Thing,
    /// The same, and the word is a given name that makes the pronoun's gender likely.
    ThingGiven,
}

impl Agreement {
    fn code(self) -> &'static str {
        match self {
            Agreement::Same => "same",
            Agreement::Called => "called",
            Agreement::Given => "given",
            Agreement::Likely => "likely",
            Agreement::Unknown => "unknown",
            Agreement::Unlikely => "unlikely",
            Agreement::CalledOther => "called-other",
            Agreement::Other => "other",
            Agreement::Thing => "thing",
            Agreement::ThingGiven => "thing-given",
        }
    }

    /// Whether the entity can be meant.
    pub(crate) fn is_possible(self) -> bool {
        !matches!(
            self,
            Agreement::Other
                | Agreement::CalledOther
                | Agreement::Unlikely
                | Agreement::Thing
                | Agreement::ThingGiven
        )
    }
}

/// An entity that a pronoun may stand for.
#[derive(Debug)]
pub(crate) struct Antecedent<'a> {
    pub(super) referent: &'a Referent,
    pub(crate) agreement: Agreement,
    /// Whether a quote is credited to its latest mention.
    pub(super) spoke: bool,
    /// Whether the source before this pronoun mentions it.
    pub(super) latest_speaker: bool,
    /// Whether its first mention is still to come in the same sentence.
    pub(crate) ahead: bool,
    /// How often the whole article names it.
    pub(crate) names: u32,
    /// How many sentences later the article names it again, if it does.
    pub(crate) next: Option<u32>,
}

/// How many possible candidates are ahead of one.
#[derive(Clone, Copy)]
pub(super) struct RanksAhead {
    nearer: usize,
    heavier: usize,
    commoner: usize,
    more_named: usize,
}

/// What the candidates of a pronoun have to do with each other.
pub(super) struct Rivalry {
    /// For each candidate, how many possible ones were mentioned later.
    nearer: Vec<usize>,
    /// For each candidate, how many possible ones are more salient.
    heavier: Vec<usize>,
    /// For each candidate, how many possible ones were mentioned more often.
    commoner: Vec<usize>,
    /// For each candidate, how many possible ones the whole article names more often.
    more_named: Vec<usize>,
    /// How many are possible.
    possible: usize,
}

impl Rivalry {
    pub(crate) fn new(candidates: &[Antecedent], sentence: u32) -> Self {
        let weights: Vec<f32> =
            candidates.iter().map(|candidate| candidate.referent.salience(sentence)).collect();
        let possible =
            |index: &usize| candidates[*index].agreement.is_possible() && !candidates[*index].ahead;
        let nearer = |one: usize| (0..one).filter(possible).count();
        let heavier = |one: usize| {
            (0..weights.len()).filter(possible).filter(|other| weights[*other] > weights[one]).count()
        };
        let mentions = |index: usize| candidates[index].referent.mentions;
        let commoner = |one: usize| {
            (0..weights.len()).filter(possible).filter(|other| mentions(*other) > mentions(one)).count()
        };
        let more_named = |one: usize| {
            let more = |other: &usize| candidates[*other].names > candidates[one].names;
            (0..weights.len()).filter(possible).filter(more).count()
        };
        Rivalry {
            more_named: (0..candidates.len()).map(more_named).collect(),
            commoner: (0..candidates.len()).map(commoner).collect(),
            nearer: (0..candidates.len()).map(nearer).collect(),
            heavier: (0..candidates.len()).map(heavier).collect(),
            possible: (0..candidates.len()).filter(possible).count(),
        }
    }
}

impl Rivalry {
    /// How a candidate stands among all.
    pub(crate) fn rank(&self, index: usize) -> RanksAhead {
        RanksAhead {
            nearer: self.nearer[index],
            heavier: self.heavier[index],
            commoner: self.commoner[index],
            more_named: self.more_named[index],
        }
    }
}

/// The buckets of one candidate.
pub(super) fn of_candidate(
    text: &Annotations,
    anaphor: &Anaphor,
    candidate: &Antecedent,
    rank: RanksAhead,
) -> Vec<u32> {
    let class = anaphor.class;
    let last = &candidate.referent.last;
    let mut buckets = Vec::with_capacity(24);
    let mut add = |parts: &[&str]| {
        buckets.push(bucket(&[&[class], parts].concat()));
    };
    let away = distance(anaphor, last);
    let (mine, theirs) = (anaphor.role.code(), last.role.code());
    let (near, heavy, common) = (few(rank.nearer), few(rank.heavier), few(rank.commoner));
    let form = form_code(last);
    let agreement = candidate.agreement.code();
    add(&["agree", agreement]);
    add(&["agree", agreement, near]);
    add(&["agree", agreement, away]);
    add(&["away", away, mine]);
    add(&["away", away, form]);
    add(&["near", near, away]);
    add(&["near", near, mine, theirs]);
    add(&["heavy", heavy]);
    add(&["heavy", heavy, away]);
    add(&["heavy", heavy, near]);
    add(&["roles", mine, theirs, away]);
    add(&["role", theirs, form]);
    let stand = standing(text, anaphor, last, candidate.ahead);
    add(&["stand", stand, mine, theirs]);
    add(&["stand", stand, yes(anaphor.reflexive)]);
    add(&["clause", text.syntax.relation(anaphor.clause).base(), stand, theirs]);
    if let Some(subject) = candidate.referent.subject.filter(|subject| subject.head != last.head) {
        add(&["subject-stand", standing(text, anaphor, &subject, false), mine, stand]);
    }
    add(&["named", few(rank.more_named), away]);
    add(&["named", few(rank.more_named), near]);
    add(&["next", candidate.next.map_or("-", |next| few(next as usize)), mine, away]);
    add(&["count", few(candidate.referent.mentions as usize), away]);
    add(&["common", common, away]);
    add(&["common", common, heavy]);
    add(&["opens", yes(anaphor.opens), mine, theirs, away]);
    add(&["first", yes(candidate.referent.first), yes(last.opens), away]);
    add(&["joint", yes(last.joint), theirs, away]);
    add(&["paragraph", yes(last.paragraph == anaphor.paragraph), away]);
    add(&["subject", subject_distance(anaphor, candidate.referent), mine]);
    add(&["main", yes(is_main(text, last)), theirs, away]);
    add(&["reporter", yes(anaphor.reporter == Some(last.entity)), yes(anaphor.reporter.is_some()), mine]);
    add(&["speech", yes(anaphor.spoken), yes(candidate.spoke), yes(anaphor.speaker.is_some())]);
    add(&[
        "latest",
        yes(candidate.latest_speaker),
        yes(anaphor.is_source),
        yes(last.paragraph == anaphor.paragraph),
    ]);
    add(&["source", yes(anaphor.is_source), yes(candidate.spoke), away]);
    buckets
}

/// The buckets of leaving the pronoun alone.
pub(super) fn of_none(text: &Annotations, anaphor: &Anaphor, field: &Rivalry) -> Vec<u32> {
    let class = anaphor.class;
    let mine = anaphor.role.code();
    let governor = text.syntax.head(anaphor.token).map_or("", |head| &text.tags[head].lemma);
    [
        bucket(&[class, "none"]),
        bucket(&[class, "none", mine]),
        bucket(&[class, "none-of", few(field.possible), yes(anaphor.opens)]),
        bucket(&[class, "none-spoken", yes(anaphor.spoken), yes(anaphor.speaker.is_some())]),
        bucket(&[class, "none-source", yes(anaphor.is_source)]),
        bucket(&[class, "none-verb", governor, text.syntax.relation(anaphor.token).as_str()]),
        bucket(&[class, "none-reported", yes(anaphor.reporter.is_some())]),
        bucket(&[class, "none-before", few(anaphor.untied as usize), few(field.possible)]),
    ]
    .to_vec()
}

fn yes(answer: bool) -> &'static str {
    if answer { "y" } else { "n" }
}

/// A small number, or `+`.
fn few(count: usize) -> &'static str {
    ["0", "1", "2", "3"].get(count).copied().unwrap_or("+")
}

/// How a mention was made: `f` by a name of several words, `w` by one word, `p` by a pronoun, `d` by a description.
fn form_code(seen: &Seen) -> &'static str {
    match seen.form {
        Form::Name if seen.words > 1 => "f",
        Form::Name => "w",
        Form::Pronoun => "p",
        Form::Nominal => "d",
    }
}

/// How many sentences lie between, `0` to `3`, or `+`.
fn distance(anaphor: &Anaphor, seen: &Seen) -> &'static str {
    few(anaphor.sentence.abs_diff(seen.sentence) as usize)
}

/// How many sentences ago an entity was a subject, or `-`.
fn subject_distance(anaphor: &Anaphor, referent: &Referent) -> &'static str {
    referent.subject.map_or("-", |seen| distance(anaphor, &seen))
}

/// Whether a mention plays its part in the main clause of its sentence.
fn is_main(text: &Annotations, seen: &Seen) -> bool {
    text.syntax.head(role::clause(text, seen.head)).is_none()
}

/// How a mention of the same sentence stands to the pronoun in the tree; `far` for one of another sentence.
fn standing(text: &Annotations, anaphor: &Anaphor, seen: &Seen, ahead: bool) -> &'static str {
    if seen.sentence != anaphor.sentence {
        return "far";
    }
    let clause = role::clause(text, seen.head);
    let ahead_or = |ahead_code, code| if ahead { ahead_code } else { code };
    if role::hangs_on(&text.syntax, anaphor.token, seen.head) {
        "under" // `Leo, her brother`: within the mention's own phrase
    } else if text
        .syntax
        .head(anaphor.token)
        .is_some_and(|head| role::hangs_on(&text.syntax, seen.head, head) && anaphor.role == Role::Possessor)
    {
        "own" // `her brother Leo`
    } else if clause == anaphor.clause {
        ahead_or("same-ahead", "same")
    } else if role::hangs_on(&text.syntax, anaphor.clause, clause) {
        ahead_or("above-ahead", "above")
    } else if role::hangs_on(&text.syntax, clause, anaphor.clause) {
        ahead_or("below-ahead", "below")
    } else {
        ahead_or("beside-ahead", "beside")
    }
}
