//! A quote in the midst of its article, to be judged by who reads it.
//!
//! Pure; text is given as it is printed, and whoever shows it on a terminal makes it safe.

/// How much of the article stands before and after a quote in its passage, in characters.
const CONTEXT: usize = 300;

/// The quote in the midst of its article, its pieces between `[[` and `]]`, cut between words.
pub(crate) fn passage(body: &str, pieces: &[(usize, usize)]) -> String {
    let (Some(&(start, _)), Some(&(_, end))) = (pieces.first(), pieces.last()) else { return String::new() };
    let characters: Vec<char> = body.chars().collect();
    let end = end.min(characters.len());
    let start = start.min(end);
    let is_gap = |at: usize| characters.get(at).is_none_or(|character| character.is_whitespace());
    let from = start.saturating_sub(CONTEXT);
    let from = if from == 0 { 0 } else { (from..start).find(|&at| is_gap(at)).map_or(start, |at| at + 1) };
    let last = (end + CONTEXT).min(characters.len());
    let to = (end..=last).rev().find(|&at| is_gap(at)).unwrap_or(end);
    let text =
        |from: usize, to: usize| characters.get(from..to).unwrap_or_default().iter().collect::<String>();
    let mut passage = String::from(if from > 0 { "… " } else { "" });
    let mut at = from;
    for &(start, end) in pieces {
        passage.push_str(&text(at, start));
        passage.push_str("[[");
        passage.push_str(&text(start, end));
        passage.push_str("]]");
        at = end;
    }
    passage.push_str(&text(at, to));
    passage.push_str(if to < characters.len() { " …" } else { "" });
    passage
}

#[cfg(test)]
mod tests {
    use super::passage;

    #[test]
    fn a_passage_shows_the_pieces_where_they_stand() {
        let body = "“We will rebuild,” Ana Ruiz said, “and soon.”";
        assert_eq!(
            passage(body, &[(1, 16), (35, 43)]),
            "“[[We will rebuild]],” Ana Ruiz said, “[[and soon]].”"
        );
        assert_eq!(passage(body, &[]), "");
    }

    #[test]
    fn a_passage_of_a_long_article_is_cut_between_words() {
        let filling = "word ".repeat(200);
        let body = format!("{filling}The roof is safe. {filling}");
        let passage = passage(&body, &[(1000, 1016)]);
        assert!(passage.starts_with("… word word") && passage.ends_with("word word …"), "{passage}");
        assert!(passage.contains("[[The roof is safe]]. word"), "{passage}");
        assert!(passage.chars().count() < 650, "{passage}");
    }
}
