//! What a note tells: of whom, what he is to others, and what was said.

/// An entity that has a note.
pub(super) struct Noted {
    pub(super) id: i64,
    /// `person`, `organization` or `place`.
    pub(super) kind: String,
    pub(super) name: String,
    /// The latest office or role.
    pub(super) description: Option<String>,
    pub(super) mentions: i64,
    pub(super) quotes: i64,
}

impl Noted {
    pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Noted {
            id: row.get(0)?,
            kind: row.get(1)?,
            name: row.get(2)?,
            description: row.get(3)?,
            mentions: row.get(4)?,
            quotes: row.get(5)?,
        })
    }
}

/// What one is to another.
pub(super) struct Tie {
    /// Whether the note is on its subject, or the predicate holds both ways.
    pub(super) forward: bool,
    pub(super) predicate: String,
    /// The other, where it is not left open.
    pub(super) other: Option<(i64, String)>,
    pub(super) detail: Option<String>,
    pub(super) status: String,
    pub(super) first_seen: Option<String>,
    pub(super) last_seen: Option<String>,
    pub(super) articles: i64,
}

impl Tie {
    pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Tie {
            forward: row.get(0)?,
            predicate: row.get(1)?,
            other: row.get::<_, Option<i64>>(2)?.zip(row.get(3)?),
            detail: row.get(4)?,
            status: row.get(5)?,
            first_seen: row.get(6)?,
            last_seen: row.get(7)?,
            articles: row.get(8)?,
        })
    }
}

/// A quote, and those who are linked beside it: its subjects, or its speaker.
pub(super) struct Said {
    pub(super) text: String,
    pub(super) published_at: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    /// An unnamed speaker has no id.
    pub(super) linked: Vec<(Option<i64>, String)>,
}

impl Said {
    pub(super) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let linked: String = row.get(5)?;
        Ok(Said {
            text: row.get(0)?,
            published_at: row.get(1)?,
            publisher: row.get(2)?,
            title: row.get(3)?,
            url: row.get(4)?,
            // The query makes this JSON itself.
            linked: serde_json::from_str(&linked).unwrap_or_default(),
        })
    }
}
