//! Cue verbs as they stand in a text, each with the particle that belongs to it.

use crate::annotate::Annotations;
use crate::annotate::labels::{Upos, Xpos};
use crate::facts::attribution::cues;
use crate::facts::attribution::cues::cue::{Cue, takes};
use crate::facts::grammar::inflect::VerbForm;
use crate::facts::grammar::phrase;
use crate::span::{Span, Tokens};

/// A cue verb in the text, with the particle that belongs to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CueAt {
    pub(crate) cue: &'static Cue,
    pub(crate) form: VerbForm,
    pub(crate) tokens: Span<Tokens>,
}

impl CueAt {
    /// A verb that the table does not have.
    pub(crate) fn unlisted(text: &Annotations, token: usize) -> Self {
        let form = match text.tags[token].xpos {
            Xpos::Vbz => VerbForm::Third,
            Xpos::Vbd | Xpos::Vbn => VerbForm::Past,
            Xpos::Vbg => VerbForm::Ing,
            _ => VerbForm::Base,
        };
        CueAt { cue: &cues::UNLISTED, form, tokens: Span::new(token, token + 1) }
    }

    /// Whether somebody is quoted or cited with it: `was quoted by the paper as saying that …`.
    pub(crate) fn is_quoted_saying(&self, text: &Annotations) -> bool {
        let before = self.tokens.start().checked_sub(1);
        self.form == VerbForm::Ing
            && before.is_some_and(|before| text.word(before).eq_ignore_ascii_case("as"))
    }
}

/// Whether a content is another cue with what it says: `as saying that …`.
pub(crate) fn is_another_cue(text: &Annotations, content: &[Span<Tokens>]) -> bool {
    let Some(piece) = content.first().filter(|piece| piece.len() > 1) else { return false };
    text.word(piece.start()).eq_ignore_ascii_case("as")
        && cues_at(text, piece.start() + 1, piece.end()).iter().any(|at| at.is_quoted_saying(text))
}

/// How many words a cue may have between two of its own, and one more: `raised` very serious `concerns about`.
const PARTICLE_GAP: usize = 4;

/// Whether a token may stand before a word of a cue without belonging to it: `called` loudly `for`, `paid` his
/// `tribute to`.
fn modifies(text: &Annotations, token: usize, particle: &str) -> bool {
    let word = text.word(token);
    let own = phrase::is_possessive_pronoun(word) || word.ends_with("self") || word.ends_with("selves");
    (own || matches!(text.tags[token].upos, Upos::Adj | Upos::Adv | Upos::Det | Upos::Num))
        && !word.eq_ignore_ascii_case(particle)
}

/// The readings of a verb as a cue, the most particular first; `end` bounds the particle.
pub(crate) fn cues_at(text: &Annotations, token: usize, end: usize) -> Vec<CueAt> {
    if text.tags[token].upos != Upos::Verb {
        return Vec::new();
    }
    let word = text.word(token).to_lowercase();
    let fits = |(cue, form): &(&'static Cue, VerbForm)| {
        let mut next = token + 1;
        for particle in cue.particle.split_whitespace() {
            let stop = end.min(next + PARTICLE_GAP);
            next = (next..stop).find(|token| !modifies(text, *token, particle))?;
            if !text.word(next).eq_ignore_ascii_case(particle) {
                return None;
            }
            next += 1;
        }
        Some(CueAt { cue, form: *form, tokens: Span::new(token, next) })
    };
    cues::lookup(&word).iter().filter_map(fits).collect()
}

/// What a cue as it is printed can introduce, by the table: speech in marks, clauses, what is to be done, or things alone; or that
/// it is a noun or an adjective, a mark, or in no row.
pub(in crate::facts) fn introduces(text: &Annotations, cue: Span<Tokens>) -> &'static str {
    let readings = |token: usize| cues_at(text, token, cue.end());
    let Some(at) = cue.range().find_map(|token| readings(token).first().copied()) else {
        let is_nominal = |token: usize| {
            let tag = &text.tags[token];
            cues::nominal_act(&tag.lemma.to_lowercase(), tag.upos).is_some()
        };
        return match () {
            () if cue.range().all(|token| text.tags[token].upos == Upos::Punct) => "mark",
            () if cue.range().any(|token| text.word(token).eq_ignore_ascii_case("according")) => "speech",
            () if cue.range().any(is_nominal) => "nominal",
            () => "unlisted",
        };
    };
    let takes = |what: u16| at.cue.takes(what);
    match () {
        () if takes(takes::QUOTE) => "speech",
        () if takes(takes::THAT | takes::CLAUSE | takes::QUESTION) => "clauses",
        () if takes(takes::INFINITIVE | takes::OBJECT_INFINITIVE | takes::GERUND) => "deeds",
        () => "things",
    }
}

/// The cue together with `in a statement`, `in an interview` and the like behind it.
pub(crate) fn with_statement(text: &Annotations, cue: Span<Tokens>, end: usize) -> Span<Tokens> {
    let start = cue.end();
    if start + 2 < end
        && text.word(start).eq_ignore_ascii_case("in")
        && matches!(text.word(start + 1), "a" | "an")
        && matches!(
            text.word(start + 2),
            "statement" | "interview" | "tweet" | "letter" | "speech" | "email" | "post"
        )
    {
        return Span::new(cue.start(), start + 3);
    }
    cue
}
