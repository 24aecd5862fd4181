//! A linear chain of tags over the tokens of a window (Lafferty, McCallum and Pereira 2001): the best tags, and how likely they are.
//!
//! Knows scores and tags. The tag before the first token is [`OTHER`].

/// How many tags there are.
pub(crate) const TAGS: usize = 3;

/// Neither source nor content.
pub(crate) const OTHER: u8 = 0;
/// Part of the source.
pub(crate) const SOURCE: u8 = 1;
/// Part of the content.
pub(crate) const CONTENT: u8 = 2;

/// The score of a tag behind each other one: previous × this, row by row.
pub(crate) type Potentials = [f32; TAGS * TAGS];

/// The best tags, and the logarithm of their probability.
pub(crate) fn best(potentials: &[Potentials]) -> (Vec<u8>, f32) {
    let Some(first) = potentials.first() else { return (Vec::new(), 0.0) };
    let mut scores: [f32; TAGS] = std::array::from_fn(|tag| first[tag]);
    let mut forward = scores;
    let mut from: Vec<[u8; TAGS]> = Vec::with_capacity(potentials.len());
    from.push([OTHER; TAGS]);
    for potential in &potentials[1..] {
        let mut back = [OTHER; TAGS];
        scores = std::array::from_fn(|tag| {
            let mut best = f32::NEG_INFINITY;
            for previous in 0..TAGS {
                let score = scores[previous] + potential[previous * TAGS + tag];
                if score > best {
                    (best, back[tag]) = (score, previous as u8);
                }
            }
            best
        });
        from.push(back);
        forward = std::array::from_fn(|tag| {
            log_sum(std::array::from_fn(|previous| forward[previous] + potential[previous * TAGS + tag]))
        });
    }
    let mut tag = (0..TAGS).fold(0, |best, tag| if scores[tag] > scores[best] { tag } else { best });
    let likelihood = scores[tag] - log_sum(forward);
    let mut tags = vec![OTHER; potentials.len()];
    for (place, back) in tags.iter_mut().zip(&from).rev() {
        *place = tag as u8;
        tag = back[tag] as usize;
    }
    (tags, likelihood)
}

/// The logarithm of the sum of exponentials.
fn log_sum(values: [f32; TAGS]) -> f32 {
    let largest = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    largest + libm::logf(values.iter().map(|value| libm::expf(value - largest)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_tags_are_those_of_all_sequences_and_as_likely() {
        let score = |at: usize, pair: usize| ((at * 7 + pair * 5) % 11) as f32 / 3.0 - 1.5;
        let potentials: Vec<Potentials> =
            (0..4).map(|at| std::array::from_fn(|pair| score(at, pair))).collect();
        let mut all = Vec::new();
        for number in 0..TAGS.pow(4) {
            let tags: Vec<usize> = (0..4).map(|at| number / TAGS.pow(at) % TAGS).collect();
            let mut previous = 0;
            let sum: f32 = tags
                .iter()
                .zip(&potentials)
                .map(|(tag, potential)| potential[std::mem::replace(&mut previous, *tag) * TAGS + tag])
                .sum();
            all.push((sum, tags));
        }
        let (top, expected) = all.iter().max_by(|one, other| one.0.total_cmp(&other.0)).unwrap();
        let sum: f32 = all.iter().map(|(score, _)| libm::expf(*score)).sum();
        let (tags, likelihood) = best(&potentials);
        assert_eq!(tags.iter().map(|tag| usize::from(*tag)).collect::<Vec<_>>(), *expected);
        assert!((likelihood - (top - libm::logf(sum))).abs() < 1e-4);
        assert_eq!(best(&[]), (Vec::new(), 0.0));
    }
}
