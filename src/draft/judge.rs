//! A quote of a draft → the quote of the archive that it is, and what is otherwise.
//!
//! Knows words, speakers and dates of both. Looks the archive up by the words alone, a few quotes for each, and takes the one that
//! bears the draft out best.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::annotate::Model;
use crate::draft::compare::{Claim, Comparison, Record, compare, may_be_alike};
use crate::draft::finding::Finding;
use crate::draft::quotes::DraftQuote;
use crate::draft::wording::{Before, Wording};
use crate::error::Error;
use crate::name_key::name_key;
use crate::query::Reader;
use crate::query::alike::{ArchiveArticle, ArchiveQuote, article_with, bearers, prints, quotes_alike};
use crate::query::revisions::{Piece, common};

/// How many words of a quote of the archive are compared.
const MOST_WORDS: usize = 4000;

/// How many quotes are compared in order with one of the draft: those that have most words in common.
const COMPARED: usize = 16;

/// How many words say so much that they can be anybody's: fewer are looked for only with their speaker.
const TELLING: usize = 4;

/// What of the words at least the same speaker, or another, has to have said.
const ENOUGH: f64 = 0.6;
const ENOUGH_OF_ANOTHER: f64 = 0.75;

/// How many words in a row are enough for an article to be named that prints them.
const IN_TEXT: usize = 5;

/// What the archive has for a quote of a draft.
#[derive(Clone, Debug, Default)]
pub(super) struct Judgment {
    pub(super) findings: BTreeSet<Finding>,
    pub(super) found: Option<ArchiveQuote>,
    /// Where the words stand in no quote: who prints them.
    pub(super) printed: Option<ArchiveArticle>,
    pub(super) pieces: Vec<Piece>,
}

/// Whether the speakers of two quotes are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speakers {
    Same,
    Unclear,
    Other,
}

/// Looks quotes up in a database.
pub(super) struct Judge<'d> {
    db: &'d Reader,
    model: &'d Model,
    /// Who bears the names of the draft.
    bearers: HashMap<String, HashSet<i64>>,
}

impl<'d> Judge<'d> {
    pub(super) fn new(db: &'d Reader, model: &'d Model) -> Self {
        Judge { db, model, bearers: HashMap::new() }
    }

    /// The best that the archive has for a quote, and what is otherwise in it.
    pub(super) fn judge(&mut self, quote: &DraftQuote, claim: &Claim) -> Result<Judgment, Error> {
        let words = claim.wording.tokens();
        let candidates = quotes_alike(self.db, &words)?;
        let best = self.best(quote, claim, &candidates)?;
        let Some((found, comparison, speakers)) = best else { return self.in_text(claim) };
        let Comparison { mut findings, mut pieces, .. } = comparison;
        // The archive may have taken less for the quote than its article prints.
        let (differs, added) = (Finding::WordsDiffer, Finding::NegationAdded);
        let is_more = findings.contains(&differs) && !findings.contains(&Finding::NegationLost);
        if is_more && self.is_printed(claim, found.article.id)? {
            findings.retain(|finding| ![differs, added].contains(finding));
            pieces = if findings.is_empty() { Vec::new() } else { pieces };
        }
        findings.extend(match speakers {
            Speakers::Same => None,
            Speakers::Unclear => Some(Finding::SpeakerUnclear),
            Speakers::Other => Some(Finding::OtherSpeaker),
        });
        if !date_agrees(quote, found) {
            findings.insert(Finding::DateDiffers);
        }
        Ok(Judgment { findings, found: Some(found.clone()), printed: None, pieces })
    }

    /// Of those that are enough alike the one that bears the draft out best.
    fn best<'q>(
        &mut self,
        quote: &DraftQuote,
        claim: &Claim,
        candidates: &'q [ArchiveQuote],
    ) -> Result<Option<(&'q ArchiveQuote, Comparison, Speakers)>, Error> {
        let cut = |candidate: &'q ArchiveQuote| {
            let wording = Wording::cut(&candidate.text, self.model, MOST_WORDS);
            (candidate, Record { wording, is_direct: candidate.kind == "direct" })
        };
        let mut records: Vec<_> =
            candidates.iter().map(cut).filter(|(_, record)| may_be_alike(claim, record)).collect();
        let keys = claim.wording.keys();
        let mut alike = Vec::with_capacity(records.len());
        for (candidate, record) in records.drain(..) {
            let speakers = self.speakers(quote, candidate)?;
            alike.push((common(&keys, &record.wording.keys()), speakers, candidate, record));
        }
        // The speaker counts as a word: of copies of one statement the draft's own is among those compared.
        alike.sort_by_key(|(common, speakers, candidate, _)| {
            (std::cmp::Reverse(common + usize::from(*speakers == Speakers::Same)), candidate.id)
        });
        let compared = alike.into_iter().take(COMPARED).map(|(_, speakers, candidate, record)| {
            let comparison = compare(claim, &record);
            (candidate, comparison, speakers)
        });
        let enough = compared.filter(|(_, comparison, speakers)| is_enough(claim, comparison, *speakers));
        Ok(enough.min_by_key(|(candidate, comparison, speakers)| {
            let worst = comparison.findings.first().copied();
            let is_exact = worst.is_none_or(Finding::lets_stand);
            let fit = match (is_exact, speakers) {
                (true, Speakers::Same) => 0,
                (false, Speakers::Same) => 1,
                (true, Speakers::Unclear) => 2,
                (true, Speakers::Other) => 3,
                (false, _) => 4,
            };
            let date = candidate.article.published_at.clone();
            let agrees = date_agrees(quote, candidate);
            let fewest = (std::cmp::Reverse(comparison.matched), comparison.findings.len());
            (fit, !agrees, fewest, !candidate.vouched, date, candidate.id)
        }))
    }

    /// Whether two speakers are one.
    fn speakers(&mut self, quote: &DraftQuote, candidate: &ArchiveQuote) -> Result<Speakers, Error> {
        let key = |name: &Option<String>| name.as_deref().map(name_key).filter(|key| !key.is_empty());
        let (said, printed) = (key(&quote.source), key(&candidate.speaker_text));
        let Some(name) = &quote.speaker else {
            // Nobody is named in the draft: nothing that could be wrong, or only what the source is called.
            let is_same = said.is_none() || said == printed;
            return Ok(if is_same { Speakers::Same } else { Speakers::Unclear });
        };
        let (Some(id), Some(speaker)) = (candidate.speaker_id, key(&candidate.speaker)) else {
            return Ok(if said.is_some() && said == printed { Speakers::Same } else { Speakers::Unclear });
        };
        if !self.bearers.contains_key(name) {
            let mut ids = HashSet::new();
            for name in std::iter::once(name).chain(&quote.aliases) {
                ids.extend(bearers(self.db, name)?);
            }
            self.bearers.insert(name.clone(), ids);
        }
        let name_key = name_key(name);
        let is_same = self.bearers.get(name).is_some_and(|ids| ids.contains(&id)) || name_key == speaker;
        let is_part =
            |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
        Ok(match () {
            () if is_same => Speakers::Same,
            () if is_part(&name_key, &speaker) || is_part(&speaker, &name_key) => Speakers::Unclear,
            () => Speakers::Other,
        })
    }

    /// What there is for words that are in no quote.
    fn in_text(&self, claim: &Claim) -> Result<Judgment, Error> {
        let runs = runs(&claim.wording);
        let longest = runs.iter().max_by_key(|run| run.len()).filter(|run| run.len() >= IN_TEXT);
        let printed = match longest {
            Some(run) => article_with(self.db, run)?,
            None => None,
        };
        let finding = if printed.is_some() { Finding::OnlyInText } else { Finding::NotFound };
        Ok(Judgment { findings: BTreeSet::from([finding]), printed, ..Judgment::default() })
    }

    /// Whether an article prints all words of the draft, one after the other.
    fn is_printed(&self, claim: &Claim, article: i64) -> Result<bool, Error> {
        for run in runs(&claim.wording) {
            if !prints(self.db, article, &run)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The words that stand one behind the other.
fn runs<'t>(wording: &Wording<'t>) -> Vec<Vec<&'t str>> {
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for (word, printed) in wording.words.iter().zip(wording.tokens()) {
        match runs.last_mut().filter(|_| word.before < Before::Piece) {
            Some(run) => run.push(printed),
            None => runs.push(vec![printed]),
        }
    }
    runs
}

/// Whether so much is the same that one is the other.
fn is_enough(claim: &Claim, comparison: &Comparison, speakers: Speakers) -> bool {
    let words = claim.wording.words.len();
    let share = comparison.matched as f64 / words.max(1) as f64;
    let is_whole = comparison.matched == words && comparison.spanned == words;
    let has_run = comparison.longest >= 3.min(words.div_ceil(2));
    match speakers {
        Speakers::Same if words < TELLING => is_whole,
        Speakers::Same => share >= ENOUGH && has_run,
        _ if words < TELLING => is_whole && words + 1 == TELLING,
        _ => share >= ENOUGH_OF_ANOTHER && has_run,
    }
}

fn date_agrees(quote: &DraftQuote, candidate: &ArchiveQuote) -> bool {
    match (&quote.stated, &candidate.article.published_at) {
        (Some(stated), Some(published_at)) => stated.agrees_with(published_at),
        _ => true,
    }
}
