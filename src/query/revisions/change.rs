//! One thing that is otherwise in the later version of an article.

/// One thing that is otherwise in the later version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What: `headline`, `text added`, `quote removed`, `speaker changed` …
    pub what: &'static str,
    /// What the earlier version has; of a quote its words.
    pub before: Option<String>,
    /// What the later version has in its place.
    pub after: Option<String>,
    /// Of a text: both, among the words around them.
    pub context: Vec<Piece>,
    /// Of a quote: its source in the earlier version.
    pub speaker_before: Option<String>,
    /// Its source in the later version.
    pub speaker_after: Option<String>,
    /// The quote in the database, if the later version is the present one.
    pub quote_id: Option<i64>,
}

/// A stretch of a text in which changes are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// It is in both versions.
    Same(String),
    /// It is in the earlier one only.
    Removed(String),
    /// It is in the later one only.
    Added(String),
}

/// Pieces as one text: `will run on [-Monday-]{+Thursday+} again`.
pub(crate) fn marked(pieces: &[Piece]) -> String {
    let mark = |piece: &Piece| match piece {
        Piece::Same(text) => text.clone(),
        Piece::Removed(text) => format!("[-{text}-]"),
        Piece::Added(text) => format!("{{+{text}+}}"),
    };
    pieces.iter().map(mark).collect::<Vec<_>>().join(" ")
}

impl Change {
    /// Who said it, and before, where that was somebody else: `Leo Brandt → Ana Ruiz`.
    pub(super) fn sources(&self) -> Option<String> {
        match (&self.speaker_before, &self.speaker_after) {
            (Some(before), Some(after)) if before != after => Some(format!("{before} → {after}")),
            (Some(before), None) if self.after.is_some() => Some(format!("{before} → nobody named")),
            (None, Some(after)) if self.before.is_some() => Some(format!("nobody named → {after}")),
            (before, after) => after.clone().or_else(|| before.clone()),
        }
    }
}
