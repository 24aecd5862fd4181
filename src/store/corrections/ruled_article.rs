//! Ruling on one article: what the machine found → what is to be shown.
//!
//! Knows what each correction does to mentions, quotes and relationships. Writes no fact; it only sees to it
//! that everyone who is to be shown has a row to be shown under.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::Connection;

use crate::facts::{Act, Mode};
use crate::span::{Byte, CodePoints, Span};
use crate::store::corrections::article_rows::ArticleRows;
use crate::store::corrections::quote_change::{self, QuoteChange};
use crate::store::corrections::rows::{MentionRow, QuoteRow, RelationshipRow};
use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::{registry, shown};
use crate::store::identity::Identity;
use crate::store::tables::{articles, entities};

/// Rules on one article.
pub(super) struct Ruling<'a> {
    connection: &'a Connection,
    rulings: &'a Rulings,
    article_id: i64,
    /// `articles.identity`.
    article: String,
    /// Whom the machine's entities are, as far as it was asked.
    known: HashMap<i64, Whom>,
    /// Those who lose a name, by their rows, where the article uses other names of them too.
    disputed: BTreeMap<i64, Disputed>,
    /// Those who lose all that the article has of them.
    losers: Vec<i64>,
}

/// Whom an entity of the machine is.
#[derive(Clone, Debug)]
struct Whom {
    /// None where there is no such entity.
    row: Option<i64>,
    /// None where nothing is ruled of it.
    identity: Option<Identity>,
}

/// Whose the mentions by name are of an entity from which a name is split off: of somebody else, or still of
/// the entity itself; none where there is no such entity.
#[derive(Default)]
struct Disputed {
    /// By start and end.
    at: BTreeMap<(i64, i64), Option<i64>>,
    /// By the key of the name.
    by_name: HashMap<String, Option<i64>>,
    /// What is printed at each place, where mentions are split off one by one.
    words: BTreeMap<(i64, i64), String>,
}

impl Disputed {
    /// Whose all is that stands at no place of its own, where it is by its row `loser`'s: where every mention of it is split
    /// off, whom the first of them means.
    fn rest(&self, loser: i64) -> Option<i64> {
        let is_left = self.words.is_empty() || self.at.values().any(|row| *row == Some(loser));
        if is_left { Some(loser) } else { self.at.values().next().copied().flatten() }
    }
}

impl<'a> Ruling<'a> {
    pub(crate) fn new(
        connection: &'a Connection,
        rulings: &'a Rulings,
        article_id: i64,
    ) -> rusqlite::Result<Self> {
        let article = articles::identity(connection, article_id)?;
        let (known, disputed, losers) = (HashMap::new(), BTreeMap::new(), Vec::new());
        Ok(Ruling { connection, rulings, article_id, article, known, disputed, losers })
    }

    /// What is to be shown of what the machine found.
    pub(crate) fn overrule(&mut self, machine: &ArticleRows) -> rusqlite::Result<ArticleRows> {
        for entity in machine.entities() {
            let whom = self.find(entity)?;
            self.known.insert(entity, whom);
        }
        self.split_aliases(machine)?;
        self.split_mentions(machine)?;
        let mut ruled = ArticleRows::default();
        for mention in &machine.mentions {
            ruled.mentions.extend(self.mention(mention));
        }
        // Of two forms at one place, the first stays.
        let mut places = BTreeSet::new();
        ruled.mentions.retain(|mention| places.insert((mention.start, mention.end, mention.entity)));
        for (entity, alias) in &machine.names {
            let whom = self.by_name(*entity, &entities::key(alias));
            ruled.names.extend(whom.map(|row| (row, alias.clone())));
        }
        for (id, quote) in &machine.quotes {
            ruled.quotes.extend(self.quote(quote)?.map(|quote| (*id, quote)));
        }
        // What is told in a quote that is none stands alone.
        let keys: BTreeSet<String> = ruled.quotes.values().map(|quote| quote.key.clone()).collect();
        for quote in ruled.quotes.values_mut() {
            quote.within = quote.within.take().filter(|within| keys.contains(within));
        }
        for (id, related) in &machine.relationships {
            ruled.relationships.extend(self.relationship(related)?.map(|related| (*id, related)));
        }
        Ok(ruled)
    }

    /// Those who were given a row on the way and are not in what is shown in the end.
    pub(super) fn not_in(&self, shown: &ArticleRows) -> impl Iterator<Item = i64> {
        let shown = shown.entities();
        let rows = self.known.iter().flat_map(|(entity, whom)| whom.row.into_iter().chain([*entity]));
        let rows = rows.chain(self.losers.iter().copied());
        rows.filter(|row| !shown.contains(row)).collect::<BTreeSet<_>>().into_iter()
    }

    fn find(&self, entity: i64) -> rusqlite::Result<Whom> {
        let Some(identity) = registry::identity(self.connection, entity)? else {
            return Ok(Whom { row: Some(entity), identity: None });
        };
        let whom = self.rulings.who_in(&self.article, &identity);
        let row = match &whom {
            Some(whom) if *whom == identity => {
                shown::show_again(self.connection, entity)?;
                Some(entity)
            }
            Some(whom) => self.row(whom)?,
            None => None,
        };
        Ok(Whom { row, identity: whom })
    }

    /// The row of somebody that a correction names.
    fn row(&self, identity: &Identity) -> rusqlite::Result<Option<i64>> {
        let name = self.rulings.spelled(identity);
        name.map(|name| shown::ensure(self.connection, self.rulings, name)).transpose()
    }

    /// Finds the mentions by names that are split off. Where an article uses no other name of an entity,
    /// all of the entity there is somebody else.
    fn split_aliases(&mut self, machine: &ArticleRows) -> rusqlite::Result<()> {
        let disputes =
            |whom: &Whom| whom.identity.as_ref().is_some_and(|identity| self.rulings.loses_aliases(identity));
        if !self.known.values().any(disputes) {
            return Ok(());
        }
        let body = articles::body(self.connection, self.article_id)?;
        let points = CodePoints::new(&body);
        let mut disputed: BTreeMap<i64, Disputed> = BTreeMap::new();
        for mention in machine.mentions.iter().filter(|mention| mention.form == "name") {
            let Some(Whom { row: Some(loser), identity: Some(identity) }) = self.known.get(&mention.entity)
            else {
                continue;
            };
            if self.rulings.loses_aliases(identity) {
                let name_key = entities::key(&entities::on_one_line(printed(&body, &points, mention)));
                let row = match self.rulings.who_by_alias(&self.article, identity, &name_key) {
                    Some(whom) if whom == *identity => Some(*loser),
                    Some(whom) => self.row(&whom)?,
                    None => None,
                };
                let disputed = disputed.entry(*loser).or_default();
                disputed.at.insert((mention.start, mention.end), row);
                disputed.by_name.insert(name_key, row);
            }
        }
        for (loser, disputed) in disputed {
            self.dispute(loser, disputed);
        }
        Ok(())
    }

    /// Finds the mentions that are split off one by one. All others of whoever loses one are noted as well, so that a quote
    /// is by whom its source means, and about whom its own words mean.
    fn split_mentions(&mut self, machine: &ArticleRows) -> rusqlite::Result<()> {
        let splits: Vec<_> = self.rulings.split_mentions(&self.article).collect();
        if splits.is_empty() {
            return Ok(());
        }
        let body = articles::body(self.connection, self.article_id)?;
        let points = CodePoints::new(&body);
        for (mention, from, to) in splits {
            let Some((start, end)) = mention.place(&body, &points) else { continue };
            let (Ok(start), Ok(end)) = (i64::try_from(start), i64::try_from(end)) else { continue };
            let is_loser = |whom: &&Whom| whom.identity.as_ref() == Some(from);
            let Some(Whom { row: Some(loser), .. }) = self.known.values().find(is_loser) else { continue };
            let loser = *loser;
            let is_there = |of: &MentionRow| {
                (of.start, of.end) == (start, end)
                    && self.known.get(&of.entity).is_some_and(|whom| whom.row == Some(loser))
            };
            if !machine.mentions.iter().any(is_there) {
                continue;
            }
            let row = to.map(|to| self.row(&to)).transpose()?.flatten();
            let disputed = self.disputed.entry(loser).or_default();
            for other in &machine.mentions {
                if self.known.get(&other.entity).is_some_and(|whom| whom.row == Some(loser)) {
                    disputed.at.entry((other.start, other.end)).or_insert(Some(loser));
                    let words = printed(&body, &points, other).to_owned();
                    disputed.words.insert((other.start, other.end), words);
                }
            }
            disputed.at.insert((start, end), row);
        }
        Ok(())
    }

    /// Whom the source of a quote means, where mentions of `entity` are split off: the mention next to the quote whose words
    /// are in its source.
    fn by_source(&self, entity: i64, quote: &QuoteRow) -> Option<Option<i64>> {
        let disputed = self.disputed.get(&self.whom(entity)?)?;
        let source = quote.speaker_text.as_deref()?;
        let is_inside =
            |start: i64, end: i64| quote.spans.iter().any(|(from, to)| *from <= start && end <= *to);
        let distance = |start: i64, end: i64| {
            let to_piece = |(from, to): &(i64, i64)| (start - to).max(from - end).max(0);
            quote.spans.iter().map(to_piece).min().unwrap_or(i64::MAX)
        };
        let of_source = disputed
            .words
            .iter()
            .filter(|((start, end), words)| source.contains(words.as_str()) && !is_inside(*start, *end));
        let ((start, end), _) = of_source.min_by_key(|((start, end), _)| (distance(*start, *end), *start))?;
        disputed.at.get(&(*start, *end)).copied()
    }

    fn dispute(&mut self, loser: i64, disputed: Disputed) {
        let winners: BTreeSet<Option<i64>> = disputed.by_name.values().copied().collect();
        match (winners.first(), winners.len()) {
            (Some(winner), 1) => {
                self.losers.push(loser);
                for whom in self.known.values_mut().filter(|whom| whom.row == Some(loser)) {
                    *whom = Whom { row: *winner, identity: None };
                }
            }
            _ => {
                self.disputed.insert(loser, disputed);
            }
        }
    }

    /// Whom an entity of the machine is; none where there is no such entity.
    fn whom(&self, entity: i64) -> Option<i64> {
        self.known.get(&entity).and_then(|whom| whom.row)
    }

    /// Whom an entity of the machine is where it goes by a name.
    fn by_name(&self, entity: i64, name_key: &str) -> Option<i64> {
        let row = self.whom(entity)?;
        let Some(disputed) = self.disputed.get(&row) else { return Some(row) };
        disputed.by_name.get(name_key).copied().unwrap_or(disputed.rest(row))
    }

    /// Whom an entity of the machine is where it stands at no place of its own.
    fn anywhere(&self, entity: i64) -> Option<i64> {
        let row = self.whom(entity)?;
        self.disputed.get(&row).map_or(Some(row), |disputed| disputed.rest(row))
    }

    /// Whom an entity of the machine is in a stretch of text: those whose names stand there, or else the
    /// one that it is elsewhere.
    fn within(&self, entity: i64, stretches: &[(i64, i64)]) -> BTreeSet<i64> {
        let Some(row) = self.whom(entity) else { return BTreeSet::new() };
        let Some(disputed) = self.disputed.get(&row) else { return BTreeSet::from([row]) };
        let mut named = BTreeSet::new();
        for (start, end) in stretches.iter().copied() {
            let begin_inside = disputed.at.range((start, start)..(end.max(start), 0));
            named.extend(begin_inside.filter(|((_, last), _)| *last <= end).map(|(_, row)| *row));
        }
        if named.is_empty() {
            named.insert(disputed.rest(row));
        }
        named.into_iter().flatten().collect()
    }

    fn mention(&self, mention: &MentionRow) -> Option<MentionRow> {
        let row = self.whom(mention.entity)?;
        let ruled =
            self.disputed.get(&row).and_then(|disputed| disputed.at.get(&(mention.start, mention.end)));
        Some(MentionRow { entity: ruled.copied().unwrap_or(Some(row))?, ..mention.clone() })
    }

    fn quote(&self, quote: &QuoteRow) -> rusqlite::Result<Option<QuoteRow>> {
        let source =
            quote.speaker_text.as_deref().map(|source| entities::key(&entities::on_one_line(source)));
        let mut ruled = quote.clone();
        ruled.speaker = quote.speaker.and_then(|speaker| match (self.by_source(speaker, quote), &source) {
            (Some(whom), _) => whom,
            (None, Some(source)) => self.by_name(speaker, source),
            (None, None) => self.anywhere(speaker),
        });
        ruled.subjects =
            quote.subjects.iter().flat_map(|subject| self.within(*subject, &quote.spans)).collect();
        let Some(verdict) = self.rulings.of_quote(&quote.key) else { return Ok(Some(ruled)) };
        if verdict.rejected {
            return Ok(None);
        }
        ruled.vouched |= verdict.confirmed;
        self.change_quote(&mut ruled, &verdict.change)?;
        if let Some(speaker) = &verdict.speaker {
            ruled.speaker = speaker.as_ref().map(|speaker| self.row(speaker)).transpose()?.flatten();
        }
        if let Some(subjects) = &verdict.subjects {
            ruled.subjects.clear();
            for subject in subjects {
                ruled.subjects.extend(self.row(subject)?);
            }
        }
        for (subject, is_about) in &verdict.changes {
            if *is_about {
                ruled.subjects.extend(self.row(subject)?);
            } else if let Some(row) = registry::find(self.connection, self.rulings, subject)? {
                ruled.subjects.remove(&row);
            }
        }
        Ok(Some(ruled))
    }

    /// Gives a quote another act or other words; where those are not in the article any more it keeps its own.
    fn change_quote(&self, quote: &mut QuoteRow, change: &QuoteChange) -> rusqlite::Result<()> {
        if let Some(act) = &change.act {
            quote.act.clone_from(act);
            let is_thought = act == Act::Thought.name();
            if is_thought || quote.mode == Mode::Thought.name() {
                let mode = if is_thought { Mode::Thought } else { Mode::Speech };
                mode.name().clone_into(&mut quote.mode);
            }
        }
        let Some(pieces) = &change.pieces else { return Ok(()) };
        let body = articles::body(self.connection, self.article_id)?;
        let points = CodePoints::new(&body);
        let near = usize::try_from(quote.start).unwrap_or_default();
        let Some(spans) = quote_change::places(&body, &points, pieces, near) else { return Ok(()) };
        if let (Some((start, _)), Some((_, end))) = (spans.first(), spans.last()) {
            (quote.start, quote.end) = (*start, *end);
        }
        if let Some(kind) = quote_change::kind(&body, &points, &spans) {
            kind.name().clone_into(&mut quote.kind);
        }
        quote.text = pieces.join(" … ");
        quote.spans = spans;
        Ok(())
    }

    /// None where one of the two is no entity, or both are one, or the article does not state it.
    fn relationship(&self, related: &RelationshipRow) -> rusqlite::Result<Option<RelationshipRow>> {
        let evidence = [(related.start, related.end)];
        let party = |entity: i64| self.within(entity, &evidence).first().copied();
        let verdict =
            related.key.as_ref().and_then(|key| self.rulings.of_relationship(key)).unwrap_or_default();
        if verdict.rejected {
            return Ok(None);
        }
        let subject = match &verdict.subject {
            Some(subject) => subject.as_ref().map(|subject| self.row(subject)).transpose()?.flatten(),
            None => party(related.subject),
        };
        let Some(subject) = subject else { return Ok(None) };
        let object = match (&verdict.object, related.object) {
            (Some(object), _) => object.as_ref().map(|object| self.row(object)).transpose()?.flatten(),
            (None, Some(object)) => match party(object) {
                Some(object) => Some(object),
                None => return Ok(None),
            },
            (None, None) => None,
        };
        let was_reflexive = related.object == Some(related.subject);
        if !was_reflexive && object == Some(subject) {
            return Ok(None);
        }
        Ok(Some(RelationshipRow {
            subject,
            predicate: verdict.predicate.unwrap_or_else(|| related.predicate.clone()),
            object,
            status: verdict.status.unwrap_or_else(|| related.status.clone()),
            claimant: related.claimant.and_then(|claimant| self.anywhere(claimant)),
            ..related.clone()
        }))
    }
}

/// The words of a mention.
fn printed<'t>(body: &'t str, points: &CodePoints, mention: &MentionRow) -> &'t str {
    let place = |offset: i64| points.byte(usize::try_from(offset).unwrap_or_default());
    Span::<Byte>::new(place(mention.start), place(mention.end)).slice(body)
}
