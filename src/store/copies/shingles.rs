//! How alike two texts are: the shingles of each (runs of five words), and a sketch of them by which like texts are found.
//!
//! Shingles and their resemblance and containment are Broder's (1997). The sketch is a bottom-k one: the shingles with the
//! lowest hashes. Where one text holds most of another, they have some of these in common, however long the rest is; of
//! equal bands of MinHash values that is so only where both are about as long. Half of it is taken from the beginning alone,
//! which is what stays of a story that is cut. Knows texts, and nothing of the store.

use twox_hash::XxHash64;

/// The words of a shingle.
const WORDS: usize = 5;

/// A text of fewer words is a copy only of one that is equal: a notice, a result, a rate is printed every day with another
/// figure.
const FEWEST_WORDS: usize = 40;

/// The shingles of a sketch: so many of the beginning, and so many of the whole text.
///
/// Of 416 copies made of news stories, cut to a half or a third, under a lead of 20 words, or with every fortieth word changed,
/// all share some; of six from the whole text alone 17 share none.
const SKETCH: usize = 3;

/// How many shingles are the beginning.
const BEGINNING: usize = 100;

/// How much of a text is compared, in bytes: enough to know it by, whatever the size of the document.
const COMPARED: usize = 1 << 20;

/// The part of its shingles that the shorter of two texts shares with the longer if one is a copy of the other.
///
/// Of 15,000 agency stories of half a year, no two of different weeks that are not equal share so much, and a table of prices
/// with the same heads nearly does; corrections and new leads of one day do.
const NEARLY_ALL: f64 = 0.92;

/// The same for long texts of two outlets, which give a story leads of their own and cut and rewrite some of it. Columns with
/// the same frame every week are of one outlet.
const MOST: f64 = 0.8;

/// From so many shingles on a text is long.
const LONG: usize = 200;

/// How much of the longer text the copy is at least. A note that stands in a survey of many is another article.
const LEAST: f64 = 0.2;

/// The shingles of a text.
pub(super) struct Shingles {
    /// Their hashes, sorted.
    all: Vec<u64>,
    /// The lowest ones of the beginning.
    beginning: Vec<u64>,
}

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
        let all: Vec<u64> =
            words.windows(WORDS).map(|words| XxHash64::oneshot(0, words.as_flattened())).collect();
        let mut beginning = sorted(all[..all.len().min(BEGINNING)].to_vec());
        beginning.truncate(SKETCH);
        Some(Shingles { all: sorted(all), beginning })
    }

    /// The sketch: what stands for the shingles in the index. Half of each hash, the one that is not low, tells them apart.
    pub(super) fn sketch(&self) -> Vec<i64> {
        let lowest = self.all.iter().take(SKETCH).chain(&self.beginning);
        let mut sketch: Vec<i64> = lowest.map(|hash| i64::from(*hash as i32)).collect();
        sketch.sort_unstable();
        sketch.dedup();
        sketch
    }

    /// Whether one of two texts is a copy of the other. `elsewhere` says that they are of two outlets.
    pub(super) fn is_copy(&self, other: &Shingles, elsewhere: bool) -> bool {
        let shared = self.shared(other) as f64;
        let (shorter, longer) = (self.all.len().min(other.all.len()), self.all.len().max(other.all.len()));
        let needed = if elsewhere && shorter >= LONG { MOST } else { NEARLY_ALL };
        shared >= needed * shorter as f64 && shared >= LEAST * longer as f64
    }

    /// How many they have in common.
    fn shared(&self, other: &Shingles) -> usize {
        let (mut one, mut two) = (self.all.iter().peekable(), other.all.iter().peekable());
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

fn sorted(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
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
        assert!((SKETCH..=2 * SKETCH).contains(&whole.len()), "{whole:?}");
        // Stored for good: the hash of words is the same in every version of the program.
        assert_eq!(whole, sketch(&words("W", 600)));
        for cut in [150, 300, 450] {
            assert!(sketch(&words("w", cut)).iter().any(|shingle| whole.contains(shingle)), "{cut}");
        }
        // One word over and over is one shingle.
        assert_eq!(sketch(&"again ".repeat(900)).len(), 1);
    }
}
