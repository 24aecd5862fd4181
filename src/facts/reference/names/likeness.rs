//! How one name stands to another.

/// How a name stands to the name of somebody known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// One name, up to case, accents, marks and an organization's suffix.
    Same,
    /// First and last name are equal, and one has middle names or initials more; or one is called a party.
    Near,
    /// The last names are equal, and a nickname or an initial stands for the first name.
    Loose,
    /// A short form of the other: a last name, a given name, an acronym, a distinctive part.
    Short,
    /// The other is a short form of this one.
    Long,
    /// Not one's.
    Other,
}
