//! [`Finding`]: one thing in which a quote of a draft is not what the archive has.

/// One thing in which a quote of a draft is not what the archive has; the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Finding {
    /// The archive says *not* and the draft does not.
    NegationLost,
    /// The draft says *not* and the archive does not.
    NegationAdded,
    /// The archive has the words from somebody else.
    OtherSpeaker,
    /// Words are others, or some are added.
    WordsDiffer,
    /// The archive has the words, and not between quotation marks.
    Paraphrased,
    /// It begins inside a sentence of the archive's.
    CutAtStart,
    /// It ends inside one.
    CutAtEnd,
    /// Words in the middle are left out, and nothing says so.
    LeftOut,
    /// Who speaks in the draft, or in the archive, has no name.
    SpeakerUnclear,
    /// The draft gives a date on which the archive does not have it.
    DateDiffers,
    /// Words are left out where the draft says so.
    OmissionMarked,
    /// An article prints the words, and they were not taken for a quote there.
    OnlyInText,
    /// Nothing in the archive is like it.
    NotFound,
}

impl Finding {
    /// The word for programs.
    pub fn name(self) -> &'static str {
        match self {
            Finding::NegationLost => "negation_lost",
            Finding::NegationAdded => "negation_added",
            Finding::OtherSpeaker => "other_speaker",
            Finding::WordsDiffer => "words_differ",
            Finding::Paraphrased => "paraphrased",
            Finding::CutAtStart => "cut_at_start",
            Finding::CutAtEnd => "cut_at_end",
            Finding::LeftOut => "left_out",
            Finding::SpeakerUnclear => "speaker_unclear",
            Finding::DateDiffers => "date_differs",
            Finding::OmissionMarked => "omission_marked",
            Finding::OnlyInText => "only_in_text",
            Finding::NotFound => "not_found",
        }
    }

    /// The same for people.
    pub fn in_words(self) -> &'static str {
        match self {
            Finding::NegationLost => "NEGATION LOST",
            Finding::NegationAdded => "NEGATION ADDED",
            Finding::OtherSpeaker => "another speaker",
            Finding::WordsDiffer => "words differ",
            Finding::Paraphrased => "a paraphrase in quotation marks",
            Finding::CutAtStart => "cut short: begins inside a sentence",
            Finding::CutAtEnd => "cut short: ends inside a sentence",
            Finding::LeftOut => "cut short: words are left out",
            Finding::SpeakerUnclear => "speaker unclear",
            Finding::DateDiffers => "another date",
            Finding::OmissionMarked => "words are left out, and marked so",
            Finding::OnlyInText => "printed, and not taken for a quote",
            Finding::NotFound => "not found",
        }
    }

    /// Whether a quote stands all the same.
    pub fn lets_stand(self) -> bool {
        self == Finding::OmissionMarked
    }
}
