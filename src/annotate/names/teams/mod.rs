//! Sides of games: a town or a country that beats, draws with or signs somebody is a team.
//!
//! Knows the vocabulary of team games, how results, tables and fixtures are laid out, and the words beside a side.
//! In no free corpus of names does a place play against another, and those that have team games call national sides
//! places; so this is said by rules, and only in articles whose words are those of games. Each mention is read for
//! itself: `Valdora beat Estmark in Estmark` names two sides and a place. Where the words around a mention leave it
//! open, it is what the name is in the rest of the article. Never looks at other articles. Start reading at [`name_sides`].

mod layout;
mod prose;
mod score_cards;
mod subject;
mod words;

use std::collections::HashMap;

use crate::annotate::lexicon;
use crate::annotate::names::name::{Name, NameKind};
use crate::annotate::names::page::Page;
use crate::annotate::names::repair::put;
use crate::span::Span;

/// Whether an article is about team games. If it is, its names of sides become organizations.
pub(super) fn name_sides(page: Page, names: &mut Vec<Name>) -> bool {
    if !subject::is_of_games(page.lexemes) {
        return false;
    }
    let lines = layout::lines(page);
    let sides = layout::sides(page, &lines, names).into_iter();
    let people = lines.iter().flat_map(|line| score_cards::people(page, *line));
    let sides = sides.map(|tokens| Name { tokens, kind: NameKind::Organization });
    let people = people.map(|tokens| Name { tokens, kind: NameKind::Person });
    let mut found: Vec<Name> = sides.chain(people).collect();
    found.sort_by_key(|name| name.tokens.start());
    found.dedup_by(|behind, before| behind.tokens.overlaps(before.tokens));
    put(names, found);
    part(page, names);
    settle(page, names);
    true
}

/// Parts a side from its country and from whom it meets: `Ardle of Valdora`, `Ardle v Porto City`.
fn part(page: Page<'_>, names: &mut Vec<Name>) {
    let mut others = Vec::new();
    for name in names.iter_mut().filter(|name| name.kind == NameKind::Organization) {
        let (start, end) = (name.tokens.start(), name.tokens.end());
        let joint =
            (start + 1..end.saturating_sub(1)).find(|token| matches!(page.word(*token), "of" | "v" | "V"));
        let Some(joint) = joint else { continue };
        let behind = Span::new(joint + 1, end);
        let kind = match page.word(joint) {
            "of" if lexicon::country(page.words(behind)).is_none() => continue,
            "of" if lexicon::country(page.words(name.tokens)).is_some() => continue,
            "of" => NameKind::Place,
            _ => NameKind::Organization,
        };
        name.tokens = Span::new(start, joint);
        others.push(Name { tokens: behind, kind });
    }
    names.extend(others);
    names.sort_by_key(|name| name.tokens.start());
}

/// Decides for every name that may be a side's whether it is.
fn settle(page: Page<'_>, names: &mut [Name]) {
    let readings = prose::read(page, names);
    let mut votes: HashMap<&str, i32> = HashMap::new();
    for reading in readings.iter().flatten() {
        *votes.entry(&reading.key).or_default() += reading.vote();
    }
    for (name, reading) in names.iter_mut().zip(&readings) {
        if let Some(reading) = reading {
            let elsewhere = votes.get(reading.key.as_str()).copied().unwrap_or(0) - reading.vote();
            name.kind = reading.kind(name.kind, elsewhere);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::given;
    use crate::annotate::names::name::NameKind;
    use crate::article::Article;

    /// The names of a text that are of one kind, once those that were recognized are mended.
    fn names(body: &str, kind: NameKind) -> Vec<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let text = given::mended(&article);
        let names = text.names.iter().filter(|name| name.kind == kind);
        names.map(|name| text.words(name.tokens).to_owned()).collect()
    }

    #[test]
    fn results_and_fixtures_name_sides() {
        // One side of each pair is known as a place: Reading, Lyon, Ghent. The word lists have no invented one.
        let body = "Results of soccer league matches on Saturday:\nReading 3 Ardle City 1 (halftime 1-0)\n\
                    Northwind 2 Lyon 0\nGhent v Ardle Rovers";
        assert_eq!(
            names(body, NameKind::Organization),
            ["Reading", "Ardle City", "Northwind", "Lyon", "Ghent", "Ardle Rovers"]
        );
    }

    #[test]
    fn tables_name_sides_but_not_players() {
        // One side of the table, Lyon, is known as a place, which an invented one is not.
        let sides = "Soccer league standings after matches on Sunday:\nLyon 3 2 1 0 7\n\
                     Northwind 3 1 1 1 4\n3. Ardle 3 0 0 3 1";
        assert_eq!(names(sides, NameKind::Organization), ["Lyon", "Northwind", "Ardle"]);
        let players = "Baseball season leaders in the league after matches:\nAna Ruiz 30 12 .411 7\n\
                       Leo Brandt 28 11 .398 6\nMaria Costa 27 10 .390 4";
        assert_eq!(names(players, NameKind::Organization), [""; 0]);
    }

    #[test]
    fn figures_and_headings_name_no_sides() {
        // Lyon is known as a place, and a figure stands behind it; what is in lines like its own is still no side.
        for (lines, sides) in [
            ("Total 3 4 5\nVotes 10 20 30\nTemperature 5 6 7", &[][..]),
            ("Chapter 3 Page 1", &[]),
            ("Section 12 Floor 4", &[]),
            ("Lyon 3 4 5\nThe goals were late.\nTotal 1 2 3\nThe match went on.\nPressure 5 6 7", &["Lyon"]),
            ("The total is of all goals.\nTotal 3 Lyon 4", &["Lyon"]),
        ] {
            let body = format!("Ana Ruiz saw the soccer league final.\n{lines}");
            assert_eq!(names(&body, NameKind::Organization), sides, "{lines}");
        }
    }

    #[test]
    fn a_town_that_plays_is_a_side_and_one_where_it_plays_a_place() {
        // Only what is known as a place can be both.
        let body = "Lyon beat Ghent 2-1 in the soccer league final in Ghent on Sunday. Lyon captain Leo Brandt \
                    scored both goals.";
        assert_eq!(names(body, NameKind::Organization), ["Lyon", "Ghent", "Lyon"]);
        assert_eq!(names(body, NameKind::Place), ["Ghent"]);
    }

    #[test]
    fn score_cards_name_people() {
        let body = "Scoreboard of the cricket match on Saturday:\nA. Ruiz c Costa b Sand 14\nT. Moro lbw b Sand 3\n\
                    Bowling: Sand 10-2-41-3, Costa 8-0-39-1.";
        assert_eq!(
            names(body, NameKind::Person),
            ["A. Ruiz", "Costa", "Sand", "T. Moro", "Sand", "Sand", "Costa"]
        );
    }
}
