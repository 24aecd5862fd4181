//! What two lists of words have in common, whatever their order.

use std::collections::HashMap;

/// How many words the lists have in common, each as often as both have it.
pub(crate) fn common<W: AsRef<str>>(one: &[W], other: &[W]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in one {
        *counts.entry(word.as_ref()).or_default() += 1;
    }
    let mut common = 0;
    for word in other {
        if let Some(count) = counts.get_mut(word.as_ref()).filter(|count| **count > 0) {
            *count -= 1;
            common += 1;
        }
    }
    common
}

/// How much of all their words that is, from 0 to 1.
pub(super) fn likeness<W: AsRef<str>>(one: &[W], other: &[W]) -> f64 {
    (2 * common(one, other)) as f64 / (one.len() + other.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_as_often_as_both_have_them() {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        assert_eq!(common(&words("a b a c"), &words("a a a d")), 2);
        assert_eq!(likeness(&words("a b"), &words("b a")), 1.0);
        assert_eq!(likeness::<&str>(&[], &[]), 0.0);
    }
}
