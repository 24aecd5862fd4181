//! How alike two texts are: the shingles of each (runs of five words), and a sketch of them by which like texts are found.
//!
//! Shingles and their resemblance and containment are Broder's (1997). The sketch is a bottom-k one: the shingles with the
//! lowest hashes. Where one text holds most of another, they have some of these in common, however long the rest is; of
//! equal bands of MinHash values that is so only where both are about as long. Knows texts, and nothing of the store.

use twox_hash::XxHash64;

/// The words of a shingle.
const WORDS: usize = 5;

/// A text of fewer words is a copy only of one that is equal: a notice, a result, a rate is printed every day with another
/// figure.
const FEWEST_WORDS: usize = 40;

/// The shingles of a sketch. Two texts of which the one holds the half of the other share none of six in 2 cases of 100.
const SKETCH: usize = 6;

/// How much of a text is compared, in bytes: enough to know it by, whatever the size of the document.
const COMPARED: usize = 1 << 20;

/// The part of its shingles that the shorter of two texts shares with the longer if one is a copy of the other.
///
/// Of 15,000 agency stories of half a year, no two of different weeks share so much, but for one table of prices with the
/// same heads; corrections and new leads of one day do.
const NEARLY_ALL: f64 = 0.92;

/// The same for long texts of two outlets, which give a story leads of their own and cut and rewrite some of it. Columns with
/// the same frame every week are of one outlet.
const MOST: f64 = 0.8;

/// From so many shingles on a text is long.
const LONG: usize = 200;

/// How much of the longer text the copy is at least. A note that stands in a survey of many is another article.
const LEAST: f64 = 0.25;

/// The shingles of a text, as sorted hashes.
pub(super) struct Shingles(Vec<u64>);

impl Shingles {
    /// The shingles of a text; none if it is too short to be told from others by them.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = &text[..text.floor_char_boundary(COMPARED)];
        let mut folded = String::new();
        let mut words = Vec::new();
        for word in text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
        {
            folded.clear();
            folded.extend(word.chars().flat_map(char::to_lowercase));
            words.push(XxHash64::oneshot(0, folded.as_bytes()).to_le_bytes());
        }
        if words.len() < FEWEST_WORDS {
            return None;
        }
        let mut shingles: Vec<u64> =
            words.windows(WORDS).map(|words| XxHash64::oneshot(0, words.as_flattened())).collect();
        shingles.sort_unstable();
        shingles.dedup();
        Some(Shingles(shingles))
    }

    /// The sketch: what stands for the shingles in the index. Of the lowest hashes the lower half, which is as good as any.
    pub(super) fn sketch(&self) -> Vec<i64> {
        let mut sketch: Vec<i64> = self.0.iter().take(SKETCH).map(|hash| i64::from(*hash as i32)).collect();
        sketch.sort_unstable();
        sketch.dedup();
        sketch
    }

    /// Whether one of two texts is a copy of the other. `elsewhere` says that they are of two outlets.
    pub(super) fn is_copy(&self, other: &Shingles, elsewhere: bool) -> bool {
        let shared = self.shared(other) as f64;
        let (shorter, longer) = (self.0.len().min(other.0.len()), self.0.len().max(other.0.len()));
        let needed = if elsewhere && shorter >= LONG { MOST } else { NEARLY_ALL };
        shared >= needed * shorter as f64 && shared >= LEAST * longer as f64
    }

    /// How many they have in common.
    fn shared(&self, other: &Shingles) -> usize {
        let (mut one, mut two) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0;
        while let (Some(left), Some(right)) = (one.peek(), two.peek()) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => one.next(),
                std::cmp::Ordering::Greater => two.next(),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    two.next();
                    one.next()
                }
            };
        }
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many words that no other text has.
    fn words(name: &str, count: usize) -> String {
        (0..count).map(|number| format!("{name}{number} ")).collect()
    }

    fn is_copy(one: &str, other: &str, elsewhere: bool) -> bool {
        let [one, other] = [one, other].map(|text| Shingles::of(text).expect("is long enough"));
        assert_eq!(one.is_copy(&other, elsewhere), other.is_copy(&one, elsewhere));
        one.is_copy(&other, elsewhere)
    }

    #[test]
    fn a_story_cut_or_under_another_lead_is_a_copy() {
        let story = words("w", 600);
        let cut = words("w", 200);
        let led = format!("{} {cut}", words("lead", 12));
        assert!(is_copy(&story, &story.to_uppercase(), false));
        assert!(is_copy(&story, &cut, false));
        assert!(is_copy(&story, &led, false));
        assert!(!is_copy(&story, &words("w", 100), true), "a note of a long story");
        assert!(!is_copy(&story, &words("other", 600), true));
    }

    #[test]
    fn two_outlets_may_differ_more_than_the_columns_of_one() {
        let frame = words("frame", 350);
        let [one, other] = ["one", "other"].map(|name| format!("{frame} {}", words(name, 50)));
        assert!(is_copy(&one, &other, true));
        assert!(!is_copy(&one, &other, false));
        let frame = words("frame", 100);
        let [one, other] = ["one", "other"].map(|name| format!("{frame} {}", words(name, 15)));
        assert!(!is_copy(&one, &other, true), "short ones have to be nearly equal");
    }

    #[test]
    fn short_texts_have_no_shingles() {
        assert!(Shingles::of(&words("w", FEWEST_WORDS - 1)).is_none());
        assert!(Shingles::of(&words("w", FEWEST_WORDS)).is_some());
        assert!(Shingles::of("").is_none());
    }

    #[test]
    fn a_sketch_is_of_the_text_alone_and_shared_by_copies() {
        let sketch = |text: &str| Shingles::of(text).expect("is long enough").sketch();
        let whole = sketch(&words("w", 600));
        assert_eq!(whole.len(), SKETCH);
        // Stored for good: the hash of words is the same in every version of the program.
        assert_eq!(whole, sketch(&words("W", 600)));
        assert!(sketch(&words("w", 400)).iter().any(|shingle| whole.contains(shingle)));
        // One word over and over is one shingle.
        assert_eq!(sketch(&"again ".repeat(900)).len(), 1);
    }
}
