//! An entity of the archive, as answers and messages show it.

/// A row of `entities`.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEntity {
    /// Its row.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// `person`, `organization` or `place`.
    pub kind: String,
    /// How many quotes it speaks.
    pub quotes: i64,
    /// How often it is mentioned: an upper bound of the quotes about it.
    pub mentions: i64,
}

impl std::fmt::Display for StoredEntity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({}, mentioned {} times)", self.id, self.name, self.kind, self.mentions)
    }
}
