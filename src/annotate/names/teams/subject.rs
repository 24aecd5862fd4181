//! Whether an article is about team games.
//!
//! Knows how often words of games are said. A word such as `goal` or `win` says little; several of them, in a short
//! text, or the name of a game beside them, say enough. A report of tennis or of a race has the same words, and in it a
//! place beside a name is where somebody comes from.

use crate::annotate::features::{Case, Lexeme};
use crate::annotate::names::teams::words;

/// One word in so many is of games.
const SHARE: usize = 50;
/// The same where no word is said of games alone.
const LARGE_SHARE: usize = 25;
/// How many different words there are; those said of games alone count twice.
const VARIETY: usize = 3;
/// The same where no word is said of games alone.
const LARGE_VARIETY: usize = 5;
/// How many words of contests outweigh one of contests between two people.
const OUTWEIGH: usize = 12;

/// Whether the words of an article are those of team games.
pub(super) fn is_of_games(lexemes: &[Lexeme]) -> bool {
    let sets = words::sets();
    let (mut sports, mut contests, mut singles, mut all) = (Tally::default(), Tally::default(), 0, 0);
    for lexeme in lexemes.iter().filter(|lexeme| lexeme.case.is_capital() || lexeme.case == Case::Lower) {
        all += 1;
        singles += usize::from(sets.singles.contains(&lexeme.lower));
        if sets.sports.contains(&lexeme.lower) {
            sports.add(lexeme.lower);
        } else if sets.contests.contains(&lexeme.lower) {
            contests.add(lexeme.lower);
        }
    }
    let is_varied = 2 * sports.words.len() + contests.words.len() >= VARIETY;
    let is_frequent = (sports.count + contests.count) * SHARE >= all;
    let is_certain =
        sports.count > 0 || (contests.words.len() >= LARGE_VARIETY && contests.count * LARGE_SHARE >= all);
    is_varied && is_frequent && is_certain && singles <= sports.count + contests.count / OUTWEIGH
}

/// Words of one class that an article has.
#[derive(Default)]
struct Tally {
    count: usize,
    /// Each once, and no more than decide.
    words: Vec<u32>,
}

impl Tally {
    fn add(&mut self, word: u32) {
        self.count += 1;
        if self.words.len() < LARGE_VARIETY && !self.words.contains(&word) {
            self.words.push(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::features::{Clusters, lexeme};

    #[test]
    fn the_words_tell_whether_teams_play() {
        for (body, of_games) in [
            ("Results of soccer league matches on Saturday", true),
            ("Ardle won the cup final after a late goal as the champions drew with the league side", true),
            (
                "The tennis results of the singles quarterfinals after matches that the seeded players won",
                false,
            ),
            ("The mayor won a vote on the port and the council met again after the draw of lots", false),
        ] {
            let lexemes: Vec<Lexeme> =
                body.split(' ').map(|word| lexeme(word, &Clusters::default())).collect();
            assert_eq!(is_of_games(&lexemes), of_games, "{body}");
        }
    }
}
