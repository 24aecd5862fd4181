//! Dictionary forms.
//!
//! Knows, for each part of speech, how endings change: `studies` as a verb loses `ies` and gains
//! `y`. A word seen in training has its own rule where endings do not tell; any other takes the
//! rule of its longest known ending.

use crate::annotate::features::hash;
use crate::annotate::model::file::ModelFile;
use crate::annotate::model::network::KeyIndex;
use crate::error::Error;

/// The longest ending that has rules of its own, in characters.
pub const LONGEST_ENDING: usize = 7;

/// How a word becomes its lemma.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// Whether capitals stay.
    pub keeps_case: bool,
    /// How many characters are taken from the end.
    pub strip: usize,
    /// What is put there.
    pub append: String,
}

impl Rule {
    /// The rule that leads from `word` to `lemma`, the shortest there is.
    pub fn between(word: &str, lemma: &str) -> Self {
        let lower = word.to_lowercase();
        let keeps_case = lemma.starts_with(char::is_uppercase) && common(word, lemma) > 0;
        let from = if keeps_case { word } else { &lower };
        let shared = common(from, lemma);
        Rule {
            keeps_case,
            strip: from.chars().count() - shared,
            append: lemma.chars().skip(shared).collect(),
        }
    }

    /// Applies the rule to a word, given as printed and in lower case.
    pub fn apply(&self, word: &str, lower: &str) -> String {
        let from = if self.keeps_case { word } else { lower };
        let end = match self.strip {
            0 => from.len(),
            strip => from.char_indices().rev().nth(strip - 1).map_or(0, |(end, _)| end),
        };
        let mut lemma = String::with_capacity(end + self.append.len());
        lemma.push_str(&from[..end]);
        lemma.push_str(&self.append);
        if lemma.is_empty() { lower.to_owned() } else { lemma }
    }

    /// The rule as model files print it.
    pub fn print(&self) -> String {
        format!("{}\t{}\t{}", u8::from(self.keeps_case), self.strip, self.append)
    }

    fn read(line: &str) -> Option<Self> {
        let mut fields = line.split('\t');
        Some(Rule {
            keeps_case: fields.next()? == "1",
            strip: fields.next()?.parse().ok()?,
            append: fields.next()?.to_owned(),
        })
    }
}

/// How many characters two words share at their heads.
fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// The trained lemmatizer.
#[derive(Debug, Default)]
pub struct Lemmas {
    rules: Vec<Rule>,
    index: KeyIndex,
    /// For each key of the index the number of its rule.
    numbers: Vec<u16>,
}

impl Lemmas {
    pub(super) fn from_file(file: &ModelFile) -> Result<Self, Error> {
        let rules: Option<Vec<Rule>> = file.text("lemma.rules").lines().map(Rule::read).collect();
        let rules = rules.ok_or_else(|| Error::new("the model's rules for lemmas cannot be read"))?;
        let numbers: Vec<u16> = file.numbers("lemma.numbers");
        let index = KeyIndex::new(&file.numbers::<u32>("lemma.keys"));
        Ok(Lemmas { rules, index, numbers })
    }

    /// The lemma of `word` with the part of speech `code`; `lower` is space to work in.
    pub(crate) fn of(&self, word: &str, code: u32, lower: &mut String) -> Box<str> {
        lower.clear();
        lower.extend(word.chars().map(straight).flat_map(char::to_lowercase));
        let known = keys(lower, code).find_map(|key| self.index.get(key));
        let rule = known.and_then(|at| self.rules.get(usize::from(*self.numbers.get(at)?)));
        match rule {
            Some(rule) => rule.apply(word, lower).into(),
            None => lower.as_str().into(),
        }
    }
}

/// A curved apostrophe as a straight one.
fn straight(character: char) -> char {
    if character == '’' { '\'' } else { character }
}

/// The keys under which a rule is looked up, from the whole word to the empty ending.
pub fn keys(lower: &str, code: u32) -> impl Iterator<Item = u32> + '_ {
    let whole = hash(lower) ^ 0x0A11_0000 ^ code;
    let starts = lower.char_indices().rev().map(|(start, _)| start).take(LONGEST_ENDING);
    let mut ends: Vec<usize> = std::iter::once(lower.len()).chain(starts).collect();
    ends.reverse();
    std::iter::once(whole).chain(ends.into_iter().map(move |start| hash(&lower[start..]) ^ code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_leads_from_word_to_lemma() {
        for (word, lemma) in [
            ("studies", "study"),
            ("Went", "go"),
            ("Paris", "Paris"),
            ("U.S.", "U.S."),
            ("n't", "not"),
            ("I", "I"),
            ("is", "be"),
        ] {
            let rule = Rule::between(word, lemma);
            assert_eq!(rule.apply(word, &word.to_lowercase()), lemma);
            assert_eq!(Rule::read(&rule.print()), Some(rule));
        }
    }

    #[test]
    fn rules_carry_over_to_other_words() {
        assert_eq!(Rule::between("carries", "carry").apply("Studies", "studies"), "study");
        assert_eq!(Rule::between("as", "a").apply("", ""), "");
    }

    #[test]
    fn longer_endings_are_looked_up_first() {
        let found: Vec<u32> = keys("né", 3).collect();
        assert_eq!(found[1..], [hash("né") ^ 3, hash("é") ^ 3, hash("") ^ 3]);
        assert_ne!(found[0], found[1]);
    }
}
