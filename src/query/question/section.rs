//! [`Section`]: where a form stands in the documentation.

/// Where a form stands in the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What was said about somebody or something.
    About,
    /// What somebody said.
    Speaker,
    /// The words of a quote.
    Words,
    /// When something was said.
    When,
    /// How often, and who most.
    Numbers,
    /// Promises, denials and other acts of speech.
    Acts,
    /// How it was said.
    Cues,
    /// Who is who, and who is what to whom.
    Relationships,
    /// Who did what to whom.
    Deeds,
}

impl Section {
    /// All, in the order of the documentation.
    pub const ALL: [Section; 9] = [
        Section::About,
        Section::Speaker,
        Section::Words,
        Section::When,
        Section::Numbers,
        Section::Acts,
        Section::Cues,
        Section::Relationships,
        Section::Deeds,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Section::About => "What was said about somebody or something",
            Section::Speaker => "What somebody said",
            Section::Words => "Who used these words",
            Section::When => "When it was said",
            Section::Numbers => "How often, and who most",
            Section::Acts => "Promises, denials and other acts of speech",
            Section::Cues => "How it was said",
            Section::Relationships => "Who is who, and who is what to whom",
            Section::Deeds => "Who did what to whom",
        }
    }
}
