//! The stages of training: their order, their names, and which of them need data of unclear licence.

use crate::options::Options;

/// A stage of training. Each sees what the stages before it give in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Codes of words, from raw text.
    Clusters,
    /// Where a sentence ends.
    Split,
    /// Parts of speech.
    Tag,
    /// Dictionary forms.
    Lemma,
    /// Names of people, organizations and places.
    Name,
    /// Dependency trees.
    Parse,
    /// Which reading of a cue is an indirect quote, and how likely a quote is right.
    Report,
    /// How likely a quote is right of which the encoder has its say; the encoder itself comes from `trainer/student`.
    Encoder,
    /// Whom a pronoun stands for.
    Coref,
    /// What readers take of what is found, and which of it is thought or attitude.
    Vouch,
}

impl Stage {
    /// All stages, in the order in which they are trained.
    const ALL: [Stage; 10] = [
        Stage::Clusters,
        Stage::Split,
        Stage::Tag,
        Stage::Lemma,
        Stage::Name,
        Stage::Parse,
        Stage::Report,
        Stage::Encoder,
        Stage::Coref,
        Stage::Vouch,
    ];

    /// The stages that `--only` names, in the order of training whatever the order of the names; all if it names none.
    pub fn chosen(options: &Options) -> Result<Vec<Stage>, String> {
        options.chosen(&Stage::ALL, Stage::name)
    }

    /// The name that `--only` knows it by; most of its parts in the model file begin with it.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Clusters => "clusters",
            Stage::Split => "split",
            Stage::Tag => "tag",
            Stage::Lemma => "lemma",
            Stage::Name => "name",
            Stage::Parse => "parse",
            Stage::Report => "report",
            Stage::Encoder => "encoder",
            Stage::Coref => "coref",
            Stage::Vouch => "vouch",
        }
    }

    /// Why `--clean` leaves the stage out, if it does.
    pub fn unclean(self) -> Option<&'static str> {
        match self {
            Stage::Clusters => Some("all raw text is of unclear licence"),
            Stage::Report | Stage::Encoder => Some("the only corpus of attributions states no licence"),
            Stage::Vouch => Some("what was judged stands in articles of publishers"),
            Stage::Split | Stage::Tag | Stage::Lemma | Stage::Name | Stage::Parse | Stage::Coref => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(arguments: &[&str]) -> Result<Vec<Stage>, String> {
        let options = Options::parse(arguments.iter().map(|argument| (*argument).to_owned()));
        Stage::chosen(&options.ok_or("wrong usage")?)
    }

    #[test]
    fn stages_are_trained_in_their_own_order() {
        assert_eq!(
            chosen(&["--only", "parse,split", "--only", "tag"]),
            Ok(vec![Stage::Split, Stage::Tag, Stage::Parse])
        );
        assert_eq!(chosen(&[]), Ok(Stage::ALL.to_vec()));
    }

    #[test]
    fn an_unknown_stage_is_an_error_that_lists_the_known_ones() {
        let expected = "--only takes no `reports`, but clusters, split, tag, lemma, name, parse, report, encoder, coref, vouch";
        assert_eq!(chosen(&["--only", "tag,reports"]), Err(expected.to_owned()));
    }

    #[test]
    fn only_stages_without_a_clean_corpus_are_left_out() {
        let left_out: Vec<Stage> = Stage::ALL.into_iter().filter(|stage| stage.unclean().is_some()).collect();
        assert_eq!(left_out, [Stage::Clusters, Stage::Report, Stage::Encoder, Stage::Vouch]);
    }
}
