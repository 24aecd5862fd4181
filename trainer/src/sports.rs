//! Made-up sports reports: results, tables and line-ups, in which a town or a country is the name of a team, and pages
//! of the same look in which it is a place.
//!
//! No free corpus of names holds such pages, and in none of ours does a place play against another. Patterns are our
//! own; places and people are drawn from the word lists of the product. Knows nothing of any corpus.

use onrecord::annotate::NameKind;
use onrecord::span::Span;

use crate::names::Text;
use crate::random::Random;

/// How many reports are written.
const REPORTS: usize = 240;
/// How many lines each has.
const LINES: usize = 12;

/// Groups of lines that stand together on a page. A word in braces is filled in: `team` and `TEAM` by a place that
/// stands for its side, `club`, `place`, `PLACE`, `land` (a country), `person`, `short` (a person with an initial),
/// `SPEAKER` (a surname); `0` by a digit.
const PAGES: &[&[&str]] = &[
    &[
        "{team} 0 {team} 0",
        "{team} 0 {team} 0 (halftime 0-0)",
        "Scorers: {team} - {person} (00), {person} (00)",
        "{PLACE} 0000-00-00 {team} beat {team} 0-0 (halftime 0-0) in a soccer international on Saturday.",
        "Attendance: 00,000.",
        "{club} 0 {club} 0",
    ],
    &[
        "{TEAM} 00 00 .000 -",
        "{TEAM} 00 00 .000 0 1/2",
        "{TEAM} AT {TEAM}",
        "{TEAM} 0 {TEAM} 0 (10 innings)",
        "In {place}, {person} homered twice as {team} beat {team} 0-0.",
        "{person} pitched six innings for {team}.",
    ],
    &[
        "{team} 00 0 0 0 00 00 00",
        "{club} 00 0 0 0 00 00 00",
        "Standings (played, won, drawn, lost, goals for, against, points):",
        "{team} are second in the table, two points behind {team}.",
    ],
    &[
        "{team} 000 and 000 ({short} 00, {short} 00; {short} 0-00), {team} 000-0.",
        "{place}: {team} 000 ({short} 00 not out), {team} 00-0.",
        "{team} won by an innings and 00 runs.",
        "{team} 0 points, {team} 00.",
        "{team} declared at 000-0 against {team} at {place}.",
    ],
    &[
        "{person} ({land}) beat {person} ({land}) 6-0 6-0",
        "0. {person} ({land}) 0:00.00",
        "0. {person} ({land}) 00.00 meters",
        "{person}, {land}, 0:00.00",
        "Men's 000 meters: {person} ({land}) 00.00 seconds",
    ],
    &[
        "{team} coach {person} named an unchanged side for Sunday's match against {team} in {place}.",
        "{team} captain {person} will miss the game with {team} because of a knee injury.",
        "{person} scored twice as {team} drew 0-0 with {team} on Friday.",
        "{club} signed striker {person} from {club} for three years.",
        "{team} defeated {team} to reach the final in {place}.",
        "{team}: {person}, {person}, {person}, {person}.",
        "{person} was born in {place} and lives in {place}, {land}.",
        "The match in {place} drew 00,000 people.",
    ],
    // Pages of the same look in which a place is a place.
    &[
        "{place} 00 degrees, {place} 0",
        "{place}, {land} - 00",
        "Rain is likely in {place}, {place} and {place} until Saturday.",
        "{place} 00,000 votes, {place} 00,000",
        "Flights from {place} to {place}: 0:00, 00:00",
        "{PLACE} - {person} was elected mayor of {place} on Sunday.",
        "{land} exported 00,000 tons to {land} in May.",
        "{PLACE}, May 00 - {land} and {land} signed a treaty on Tuesday, {person} said.",
        "{PLACE} 0000-00-00 {person} met reporters in {place} on Monday.",
    ],
    // Hearings and interviews, in which a name in capitals speaks.
    &[
        "{SPEAKER}: Thank you. We will hear that later.",
        "{SPEAKER}: Were you in {place} on that day?",
        "{SPEAKER}: I have a short answer. It began in {place}.",
        "{person}: No.",
    ],
    &[
        "{place}, {land}",
        "Our offices: {place}, {place}, {place}, {place}.",
        "Call 000-0000 in {place} or write to {person}, 00 Hill Road, {place}.",
        "Any good places to eat in {place}? We stay in {place} for 0 days.",
        "From: {person}, {place}",
        "The hotel in {place} was clean, and {place} is near.",
        "{person} visited {land}, {land} and {land}.",
    ],
];

/// Words before and behind the town in the name of a club; an empty pair is the town alone.
const CLUBS: &[(&str, &str)] = &[
    ("", ""),
    ("", " United"),
    ("", " City"),
    ("", " Rovers"),
    ("Real ", ""),
    ("Dynamo ", ""),
    ("FC ", ""),
    ("", " FC"),
];

/// Writes the reports; the same for the same seed.
pub fn reports(seed: u64) -> Vec<Text> {
    let mut writer = Writer { random: Random::new(seed ^ 6), lists: Lists::read(), text: Text::default() };
    (0..REPORTS).map(|_| writer.report()).collect()
}

/// What is drawn from.
struct Lists {
    towns: Vec<&'static str>,
    countries: Vec<&'static str>,
    given: Vec<&'static str>,
    surnames: Vec<&'static str>,
}

impl Lists {
    fn read() -> Self {
        let column = |table: &'static str, number: usize| {
            let rows = table.lines().skip(1).filter_map(move |row| row.split('\t').nth(number));
            rows.filter(|name| name.starts_with(char::is_alphabetic)).collect::<Vec<_>>()
        };
        let large = |row: &&str| {
            row.rsplit('\t')
                .next()
                .and_then(|count| count.parse().ok())
                .is_some_and(|count: u64| count > 150_000)
        };
        let cities = include_str!("../../model/lexicon/cities.tsv");
        Lists {
            towns: cities.lines().skip(1).filter(large).filter_map(|row| row.split('\t').next()).collect(),
            countries: column(include_str!("../../model/lexicon/countries.tsv"), 1),
            given: column(include_str!("../../model/lexicon/given_names.tsv"), 0),
            surnames: column(include_str!("../../model/lexicon/surnames.tsv"), 0),
        }
    }
}

struct Writer {
    random: Random,
    lists: Lists,
    text: Text,
}

impl Writer {
    fn report(&mut self) -> Text {
        let page = PAGES[self.random.below(PAGES.len())];
        for _ in 0..LINES {
            let line = page[self.random.below(page.len())];
            self.line(line);
            self.text.article.body.push(' ');
        }
        std::mem::take(&mut self.text)
    }

    fn line(&mut self, pattern: &str) {
        let mut pieces = pattern.split(['{', '}']);
        while let Some(plain) = pieces.next() {
            for character in plain.chars() {
                let digit = char::from(b'0' + self.random.below(10) as u8);
                self.text.article.body.push(if character == '0' { digit } else { character });
            }
            if let Some(slot) = pieces.next() {
                let (name, kind) = self.fill(slot);
                let start = self.text.article.body.len();
                self.text.article.body.push_str(&name);
                self.text.names.push((Span::new(start, start + name.len()), kind));
            }
        }
    }

    fn fill(&mut self, slot: &str) -> (String, NameKind) {
        match slot {
            "team" => (self.place(), NameKind::Organization),
            "TEAM" => (self.place().to_uppercase(), NameKind::Organization),
            "club" => {
                let (before, behind) = CLUBS[self.random.below(CLUBS.len())];
                (
                    format!("{before}{}{behind}", draw(&self.lists.towns, &mut self.random)),
                    NameKind::Organization,
                )
            }
            "place" => (draw(&self.lists.towns, &mut self.random), NameKind::Place),
            "PLACE" => (draw(&self.lists.towns, &mut self.random).to_uppercase(), NameKind::Place),
            "land" => (draw(&self.lists.countries, &mut self.random), NameKind::Place),
            "SPEAKER" => (self.surname().to_uppercase(), NameKind::Person),
            _ => (self.person(slot == "short"), NameKind::Person),
        }
    }

    fn place(&mut self) -> String {
        let list = if self.random.below(5) < 2 { &self.lists.countries } else { &self.lists.towns };
        draw(list, &mut self.random)
    }

    fn person(&mut self, short: bool) -> String {
        let given = common_first(&self.lists.given, &mut self.random);
        let surname = self.surname();
        let initial = given.chars().take(1).collect::<String>() + ".";
        format!("{} {surname}", if short { initial } else { given })
    }

    fn surname(&mut self) -> String {
        common_first(&self.lists.surnames, &mut self.random)
    }
}

/// A name with a capital out of a list that is sorted by how common names are: every second one is common.
fn common_first(list: &[&str], random: &mut Random) -> String {
    let within = if random.below(2) == 0 { list.len() / 10 } else { list.len() };
    title(&draw(&list[..within], random))
}

fn draw(list: &[&str], random: &mut Random) -> String {
    list.get(random.below(list.len())).map_or_else(String::new, |name| (*name).to_owned())
}

/// A word with a capital.
fn title(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_they_are_said_to() {
        let reports = reports(1);
        assert_eq!(reports.len(), REPORTS);
        for text in &reports {
            for (span, _) in &text.names {
                let name = span.slice(&text.article.body);
                assert!(!name.is_empty() && !name.contains(['{', '}']), "{name}");
            }
            assert!(!text.article.body.contains(['{', '}']));
        }
        let kinds = [NameKind::Person, NameKind::Organization, NameKind::Place];
        assert!(
            kinds.iter().all(|kind| reports.iter().any(|text| text.names.iter().any(|name| name.1 == *kind)))
        );
    }

    #[test]
    fn the_same_seed_writes_the_same_reports() {
        let bodies = |seed| reports(seed).into_iter().map(|text| text.article.body).collect::<Vec<_>>();
        assert_eq!(bodies(3), bodies(3));
        assert_ne!(bodies(3), bodies(4));
    }
}
