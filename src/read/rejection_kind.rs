//! Why documents are rejected, by kind: a word that stays the same, and what to do next.

/// What kind of a reason it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RejectionKind {
    /// There is no such file.
    Missing,
    /// The system does not let it be read.
    Unreadable,
    /// There is nothing in it.
    Empty,
    /// It breaks off.
    CutOff,
    /// It is not what its format demands.
    Damaged,
    /// It is no JSON where it should be.
    BrokenJson,
    /// Its bytes are no text.
    Encoding,
    /// It has no text, or none that is known for one.
    NoText,
    /// It is a page, but of no article.
    NoArticle,
    /// It is longer than what is read or stored.
    TooLong,
    /// It is beyond another limit: of expansion, of depth, of members.
    Limit,
    /// It needs a password.
    Encrypted,
    /// It leads out of its archive.
    Unsafe,
    /// Nothing here reads what it is.
    Unsupported,
    /// The program failed over it.
    Analysis,
    /// Several more of one file, which are counted and not listed.
    More,
}

/// A kind, its word, and what to do next.
const KINDS: &[(RejectionKind, &str, &str)] = &[
    (RejectionKind::Missing, "missing", "put the file back where it was, or ingest it from where it is now"),
    (
        RejectionKind::Unreadable,
        "unreadable",
        "give yourself the right to read it, or copy it to where it can be read",
    ),
    (RejectionKind::Empty, "empty", "fetch it again, if it should hold something"),
    (
        RejectionKind::CutOff,
        "cut_off",
        "copy or fetch the whole file again; what comes before the break is stored already",
    ),
    (RejectionKind::Damaged, "damaged", "export or fetch the file again"),
    (
        RejectionKind::BrokenJson,
        "broken_json",
        "mend the JSON at the line and byte that are named, or export it again",
    ),
    (
        RejectionKind::Encoding,
        "encoding",
        "save it as UTF-8, or see with the program that made it what it is",
    ),
    (
        RejectionKind::NoText,
        "no_text",
        "see what it holds with: onrecord inspect FILE; a text under another name is taken with --map body=FIELD",
    ),
    (RejectionKind::NoArticle, "no_article", "save the page of the article itself"),
    (RejectionKind::TooLong, "too_long", "cut it into its articles, one a file or one a line of JSON"),
    (RejectionKind::Limit, "limit", "unpack it with the program that packed it, then ingest what comes out"),
    (
        RejectionKind::Encrypted,
        "encrypted",
        "unpack it with its password, or save it without one, then ingest what comes out",
    ),
    (
        RejectionKind::Unsafe,
        "unsafe",
        "unpack the archive into a folder of its own, look at what it holds, and ingest that",
    ),
    (
        RejectionKind::Unsupported,
        "unsupported",
        "save it as one of the formats in docs/input.md, or leave it out",
    ),
    (RejectionKind::Analysis, "analysis", "report it as a fault of onrecord, with the document"),
    (RejectionKind::More, "more", "mend the first ones; the others are listed when the file is tried again"),
];

impl RejectionKind {
    /// The word for it, which stays the same.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What to do next.
    pub fn advice(self) -> &'static str {
        self.row().2
    }

    /// The kind that goes by this word.
    pub fn named(name: &str) -> Option<Self> {
        KINDS.iter().find(|(_, known, _)| *known == name).map(|(kind, ..)| *kind)
    }

    /// All words.
    pub fn names() -> impl Iterator<Item = &'static str> {
        KINDS.iter().map(|(_, name, _)| *name)
    }

    fn row(self) -> (RejectionKind, &'static str, &'static str) {
        KINDS.iter().find(|(kind, ..)| *kind == self).copied().unwrap_or((self, "damaged", ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_word_of_its_own_and_a_next_step() {
        for (kind, name, advice) in KINDS {
            assert_eq!(RejectionKind::named(name), Some(*kind));
            assert_eq!((kind.name(), kind.advice()), (*name, *advice));
            assert!(advice.len() > 20 && !advice.contains("plain"), "{name}: {advice}");
        }
    }
}
