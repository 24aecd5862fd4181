//! What the cue model may look at in one reading: its frame, where its content ends and what it hangs by.

use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::annotate::model::linear::bucket;
use crate::facts::attribution::indirect::features::cue::{
    CODE_NAMES, CueFeatures, NEAR, codes, digit, flag, length_class,
};
use crate::facts::attribution::indirect::occupied::Occupied;
use crate::facts::attribution::indirect::reading::Reading;
use crate::facts::attribution::quoted_text::{QuotedText, trim};
use crate::span::{Span, Tokens};

/// What is seen of one reading, each feature with the frame or the border.
pub(crate) fn of_reading(
    quoted: &QuotedText,
    occupied: &Occupied,
    cue: &CueFeatures,
    reading: &Reading,
    source: Option<Span<Tokens>>,
) -> Vec<u32> {
    let look = Look::new(quoted, cue, reading, source);
    let mut features = Vec::with_capacity(96);
    look.frame_features(quoted, &mut features);
    look.border_features(quoted, &mut features);
    look.tense_features(quoted, &mut features);
    look.head_features(quoted, &mut features);
    look.quote_features(occupied, &mut features);
    features
}

/// One reading as the model sees it.
struct Look<'a> {
    cue: &'a CueFeatures,
    frame: &'static str,
    border: &'static str,
    listed: &'static str,
    subject: &'a str,
    /// The first piece of the content.
    first: Span<Tokens>,
    content: &'a [Span<Tokens>],
    length: &'static str,
    /// Whether a verb stands in the content.
    verbal: &'static str,
    /// Whether the parser gives this very content.
    agrees: &'static str,
    /// Whether the frame alone would end here.
    usual: &'static str,
    nearer: usize,
    /// The word behind the content, in lower case.
    behind: String,
}

impl<'a> Look<'a> {
    fn new(
        quoted: &QuotedText,
        cue: &'a CueFeatures,
        reading: &'a Reading,
        source: Option<Span<Tokens>>,
    ) -> Self {
        let text = quoted.text;
        let first = reading.content.first().copied().unwrap_or(Span::new(0, 0));
        let is_verb = |token: usize| matches!(text.tags[token].upos, Upos::Verb | Upos::Aux);
        Look {
            cue,
            frame: reading.frame.name(),
            border: reading.border.name(),
            listed: flag(reading.listed, "listed"),
            subject: if source.is_some() { cue.subject.as_str() } else { "none" },
            first,
            content: &reading.content,
            length: length_class(reading.content.iter().map(|piece| piece.len()).sum()),
            verbal: flag(first.range().any(is_verb), "verbal"),
            agrees: flag(agrees(quoted, cue.token, reading), "as parsed"),
            usual: flag(reading.usual, "usual"),
            nearer: reading.nearer,
            behind: text.word(first.end()).to_lowercase(),
        }
    }

    /// The frame with the cue, its subject and how the content begins.
    fn frame_features(&self, quoted: &QuotedText, features: &mut Vec<u32>) {
        let text = quoted.text;
        let Look { cue, frame, listed, subject, length, verbal, .. } = *self;
        let CueFeatures { words, lemma, xpos, relation, next, before, .. } = cue;
        let start = text.word(self.first.start()).to_lowercase();
        let start_tag = text.tags.get(self.first.start()).map_or("", |tag| tag.upos.as_str());
        let mut inside = self.content.iter().flat_map(|piece| piece.range());
        let in_marks = flag(inside.any(|token| quoted.quotation_of(token).is_some()), "quoted");
        features.extend([
            bucket(&["cue words frame", words, frame]),
            bucket(&["behind frame", &self.behind, frame]),
            bucket(&["lemma next frame", lemma, next, frame]),
            bucket(&["subject listed frame", subject, listed, frame]),
            bucket(&["frame", frame]),
            bucket(&["frame listed", frame, listed]),
            bucket(&["lemma frame", lemma, frame]),
            bucket(&["lemma listed", lemma, listed]),
            bucket(&["subject frame", subject, frame]),
            bucket(&["next frame", next, frame]),
            bucket(&["before frame", before, frame]),
            bucket(&["xpos frame", xpos, frame]),
            bucket(&["relation frame", relation, frame]),
            bucket(&["start frame", &start, frame]),
            bucket(&["start tag frame", start_tag, frame]),
            bucket(&["length frame", length, frame]),
            bucket(&["length lemma", length, lemma]),
            bucket(&["quoted frame", in_marks, frame]),
            bucket(&["quoted lemma", in_marks, lemma]),
            bucket(&["verbal frame", verbal, frame]),
            bucket(&["verbal listed subject", verbal, listed, subject]),
            bucket(&["agrees frame", self.agrees, frame]),
            bucket(&["usual frame", self.usual, frame]),
        ]);
        for (code, name) in cue.codes.iter().zip(CODE_NAMES) {
            features.push(bucket(&["code frame", name, code, frame]));
            features.push(bucket(&["code border", name, code, self.border]));
        }
    }

    /// Where the content ends, and what follows it.
    fn border_features(&self, quoted: &QuotedText, features: &mut Vec<u32>) {
        let text = quoted.text;
        let Look { cue, frame, border, length, verbal, agrees, usual, .. } = *self;
        let inside = self.content.iter().flat_map(|piece| piece.range());
        let commas = digit(inside.filter(|token| text.word(*token) == ",").count().min(3));
        let nearer = digit(self.nearer);
        let follows = follower(quoted, self.first.end()).map_or("", |token| text.tags[token].xpos.as_str());
        let hangs = attachment(quoted, cue.token, self.first);
        let last = self.first.end().saturating_sub(1);
        let ending = text.tags.get(last).map_or("", |tag| tag.upos.as_str());
        features.extend([
            bucket(&["agrees border", agrees, border]),
            bucket(&["usual border", usual, border, frame]),
            bucket(&["border", border, frame]),
            bucket(&["border nearer", border, nearer]),
            bucket(&["border lemma", border, &cue.lemma]),
            bucket(&["border behind", border, &self.behind]),
            bucket(&["border follows", border, follows]),
            bucket(&["border length", border, length]),
            bucket(&["border commas", border, commas, frame]),
            bucket(&["border verbal", border, verbal, frame]),
            bucket(&["hangs", hangs, frame]),
            bucket(&["hangs border", hangs, border]),
            bucket(&["hangs border follows", hangs, border, follows]),
            bucket(&["ending border", ending, border]),
        ]);
    }

    /// How the verbs on both sides of the border agree, what stands beside it and how much of the sentence is left.
    fn tense_features(&self, quoted: &QuotedText, features: &mut Vec<u32>) {
        let text = quoted.text;
        let Look { cue, frame, border, ref behind, .. } = *self;
        let end = self.first.end();
        let stop = quoted.sentence_of(end.saturating_sub(1)).end();
        let inside = tense(quoted, self.first);
        let outside = tense(quoted, Span::new(end, stop.max(end)));
        let second = text.word(end + 1).to_lowercase();
        let last = text.word(end.saturating_sub(1)).to_lowercase();
        let rest = length_class(stop.saturating_sub(end));
        let anchored =
            follower(quoted, end).map_or("none", |token| quoted.text.syntax.relation(token).as_str());
        let gap = gap(quoted, cue.token, self.first.start());
        features.extend([
            bucket(&["tense frame", inside, cue.xpos, frame]),
            bucket(&["tense lemma", inside, &cue.lemma]),
            bucket(&["tense border", inside, outside, border]),
            bucket(&["tense border xpos", inside, outside, border, cue.xpos]),
            bucket(&["behind two", behind, &second]),
            bucket(&["last border", &last, border]),
            bucket(&["last behind", &last, behind]),
            bucket(&["rest border", rest, border, frame]),
            bucket(&["rest length", rest, self.length, frame]),
            bucket(&["anchored border", anchored, border]),
            bucket(&["anchored behind", anchored, behind]),
            bucket(&["gap frame", &gap, frame]),
            bucket(&["gap lemma", &gap, &cue.lemma]),
        ]);
    }

    /// How many quotes lie in the content, their cues included.
    fn quote_features(&self, occupied: &Occupied, features: &mut Vec<u32>) {
        let quotes = occupied.inside(self.content);
        if quotes > 0 {
            let quotes = digit(quotes);
            features.extend([
                bucket(&["quotes frame", quotes, self.frame]),
                bucket(&["quotes border", quotes, self.border]),
                bucket(&["quotes lemma", quotes, &self.cue.lemma]),
            ]);
        }
    }

    /// What the content hangs by in the tree.
    fn head_features(&self, quoted: &QuotedText, features: &mut Vec<u32>) {
        let text = quoted.text;
        let Look { cue, frame, border, .. } = *self;
        let lemma = &cue.lemma;
        let (head, loose) = head_of(quoted, self.content);
        let head_lemma = text.tags[head].lemma.to_lowercase();
        let relation = quoted.text.syntax.relation(head).as_str();
        let held = flag(quoted.text.syntax.head(head) == Some(cue.token), "held");
        let loose = digit(loose.min(3));
        features.extend([
            bucket(&["head frame", &head_lemma, frame]),
            bucket(&["head lemma", &head_lemma, lemma]),
            bucket(&["head tag frame", text.tags[head].upos.as_str(), frame]),
            bucket(&["head relation frame", relation, frame]),
            bucket(&["held frame", held, frame]),
            bucket(&["held head relation", held, relation, lemma]),
            bucket(&["loose frame", loose, frame]),
            bucket(&["loose border", loose, border]),
            bucket(&["loose held border", loose, held, border, frame]),
        ]);
        // The three clusters over whole vectors.
        for (code, name) in codes(quoted, &text.tags[head].lemma).iter().zip(CODE_NAMES).take(3) {
            features.push(bucket(&["head code frame", name, code, frame]));
            features.push(bucket(&["head code lemma", name, code, lemma]));
        }
    }
}

/// The word that a content hangs by, and how many of its words hang on something outside.
fn head_of(quoted: &QuotedText, content: &[Span<Tokens>]) -> (usize, usize) {
    let inside = |token: usize| content.iter().any(|piece| piece.contains(token));
    let hangs_out = |token: &usize| {
        quoted.text.tags[*token].upos != Upos::Punct && !quoted.text.syntax.head(*token).is_some_and(inside)
    };
    let mut loose = content.iter().flat_map(|piece| piece.range()).filter(hangs_out);
    let first = content.first().map_or(0, |piece| piece.start());
    let head = loose.next();
    (head.unwrap_or(first), usize::from(head.is_some()) + loose.count())
}

/// The form of the first finite verb of a span, looked for near its start.
fn tense(quoted: &QuotedText, span: Span<Tokens>) -> &'static str {
    let finite = |token: &usize| {
        let tag = &quoted.text.tags[*token];
        matches!(tag.upos, Upos::Verb | Upos::Aux) && !matches!(tag.xpos, Xpos::Vbn | Xpos::Vbg)
    };
    span.range().take(NEAR).find(finite).map_or("none", |token| quoted.text.tags[token].xpos.as_str())
}

/// What stands between a cue and a content: the words if they are one or two, else how many there are.
fn gap(quoted: &QuotedText, cue: usize, start: usize) -> String {
    match start.checked_sub(cue + 1) {
        None => "before".to_owned(),
        Some(0) => "none".to_owned(),
        Some(1..=2) => quoted.text.words(Span::new(cue + 1, start)).to_lowercase(),
        Some(more) => digit(more).to_owned(),
    }
}

/// Whether the content is what the parser hangs on the cue.
fn agrees(quoted: &QuotedText, cue: usize, reading: &Reading) -> bool {
    let syntax = &quoted.text.syntax;
    reading.content.iter().any(|piece| {
        syntax.children(cue).any(|child| {
            let extent = syntax.extent(child);
            let near = extent.start() + 3 > piece.start() && extent.end() < piece.end() + 3;
            matches!(
                syntax.relation(child),
                Relation::Ccomp | Relation::Xcomp | Relation::Obj | Relation::Acl | Relation::Nmod
            ) && near
                && extent.len() <= piece.len() + 6
                && trim(quoted, extent) == *piece
        })
    })
}

/// The first word behind a content that ends at `end`, in the same sentence.
fn follower(quoted: &QuotedText, end: usize) -> Option<usize> {
    let stop = quoted.sentence_of(end.saturating_sub(1)).end();
    (end..stop.min(end + 4)).find(|token| quoted.text.tags[*token].upos != Upos::Punct)
}

/// What the words behind a content hang on.
fn attachment(quoted: &QuotedText, cue: usize, content: Span<Tokens>) -> &'static str {
    let Some(next) = follower(quoted, content.end()) else { return "nothing" };
    match quoted.text.syntax.anchor(next) {
        None => "root",
        Some(head) if content.contains(head) => "content",
        Some(head) if head == cue => "cue",
        Some(head) if head < cue => "before the cue",
        Some(_) => "between",
    }
}
