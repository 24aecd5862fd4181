//! Dates as news archives print them → ISO 8601 in UTC.
//!
//! A date is cut into numbers, words and marks, and those tell each other apart: a word names the
//! month, colons make a time. Nothing is guessed from words that are not known, so that "3 hours ago"
//! is no date. A time without a zone is taken as UTC.

use Token::{Mark, Number, Word};
use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use crate::calendar::{self, WEEKDAYS};
use crate::error::Error;
use crate::read::rejection;

/// In which order dates of numbers alone are printed, where their day could be their month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `3/4/2016` is March 4.
    MonthFirst,
    /// `3/4/2016` is April 3.
    DayFirst,
}

impl DateOrder {
    /// Both, by the names that `--date-order` knows them by.
    pub const ALL: [(&str, DateOrder); 2] = [("mdy", DateOrder::MonthFirst), ("dmy", DateOrder::DayFirst)];
}

/// A longer line is no date, in bytes.
const LONGEST_LINE: usize = 60;

/// Reads a date that is written in one way only, such as an ISO 8601 one that a program made: not one whose day could be its month.
/// For what people print there is [`parse_in`].
pub(crate) fn parse(text: &str) -> Option<String> {
    parse_in(text, None)
}

/// Whether a text is a date, also one whose day could be its month.
pub(crate) fn is_date(text: &str) -> bool {
    parse_in(text, Some(DateOrder::DayFirst)).is_some()
}

/// Whether a line is a date and nothing else, and no number of something: it has a word, or marks between its numbers.
pub(crate) fn is_line_of_date(line: &str) -> bool {
    let marks = line.bytes().filter(|byte| matches!(byte, b'/' | b'-' | b'.')).count();
    let has_shape = line.bytes().any(|byte| byte.is_ascii_alphabetic()) || marks >= 2;
    has_shape && line.len() < LONGEST_LINE && is_date(line)
}

/// Reads a date; a date alone stays one (`2016-09-20`), a time makes it `2016-09-20T14:05:00Z`. One whose day could be its month is
/// read in the order that is known, if it is.
pub(crate) fn parse_in(text: &str, order: Option<DateOrder>) -> Option<String> {
    let text = text.trim();
    if text.len() > 100 {
        return None;
    }
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text);
    }
    let mut tokens = tokens(text)?;
    let zone_after_time = take_time(&mut tokens)?;
    let date = date(&tokens, order)?;
    let Some((time, zone)) = zone_after_time else { return Some(date.format("%Y-%m-%d").to_string()) };
    let local = date.and_time(time);
    Some(utc(local - Duration::minutes(zone.minutes_at(local))))
}

/// A date that the caller gives; the error says why it is none.
pub fn given_date(text: &str, order: Option<DateOrder>) -> Result<String, Error> {
    parse_in(text, order).ok_or_else(|| Error::usage(doubt(text)).hint("write it like 2016-09-20"))
}

/// What is said of a date that cannot be read.
pub(crate) fn doubt(printed: &str) -> String {
    let shown = rejection::shortened(printed);
    match DateOrder::ALL.map(|(_, order)| parse_in(printed, Some(order))) {
        [Some(month_first), Some(day_first)] => format!(
            "the date “{shown}” is {} or {}: --date-order mdy or dmy says which",
            &month_first[..DAY],
            &day_first[..DAY]
        ),
        _ => format!("the date “{shown}” cannot be read"),
    }
}

/// How long a day is in ISO 8601.
const DAY: usize = "2016-09-20".len();

fn utc(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A date of digits alone: `20160920`, or seconds or milliseconds since 1970.
fn digits(text: &str) -> Option<String> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        8 => {
            let date =
                NaiveDate::parse_from_str(text, "%Y%m%d").ok().filter(|date| plausible(date.year()))?;
            Some(date.format("%Y-%m-%d").to_string())
        }
        9 | 10 => DateTime::from_timestamp(number, 0).map(|time| utc(time.naive_utc())),
        12 | 13 => DateTime::from_timestamp_millis(number).map(|time| utc(time.naive_utc())),
        14 => NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok().map(utc),
        _ => None,
    }
}

fn plausible(year: i32) -> bool {
    (1500..=2200).contains(&year)
}

/// What a date is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// Digits, and how many.
    Number(u32, usize),
    /// Letters, in lower case, without full stops (`a.m.` is `am`).
    Word(String),
    /// Any other mark.
    Mark(char),
}

/// Cuts a text; white space and commas part the tokens and are left out. None if it holds a word that
/// no date has.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            let value = rest[..length].parse().ok()?;
            match tokens.last() {
                // The time of 20160920T101500, as if it were printed with colons.
                Some(Number(_, 8)) if length == 6 => tokens.extend([
                    Number(value / 10_000, 2),
                    Mark(':'),
                    Number(value / 100 % 100, 2),
                    Mark(':'),
                    Number(value % 100, 2),
                ]),
                _ => tokens.push(Number(value, length)),
            }
            length
        } else if first.is_alphabetic() {
            let length = rest.find(|mark: char| !mark.is_alphabetic() && mark != '.').unwrap_or(rest.len());
            let word = rest[..length].replace('.', "").to_lowercase();
            if !is_filler(&word, &tokens) {
                tokens.push(Word(word));
            }
            length
        } else {
            let parts = first.is_whitespace() || matches!(first, ',' | '(' | ')' | '|' | '•' | '·');
            let after_words = first == ':' && !matches!(tokens.last(), Some(Number(..)));
            if !parts && !after_words {
                tokens.push(Mark(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    let known = |token: &Token| match token {
        Word(word) => month(word).is_some() || zone(word).is_some() || matches!(word.as_str(), "am" | "pm"),
        _ => true,
    };
    tokens.iter().all(known).then_some(tokens)
}

/// Words that say nothing: weekdays, the ending of `20th`, the `T` between date and time.
fn is_filler(word: &str, before: &[Token]) -> bool {
    const WORDS: &[&str] = &["at", "on", "of", "the", "published", "updated", "posted", "date", "first"];
    let after_number = matches!(before.last(), Some(Number(..)));
    WORDS.contains(&word)
        || word.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(word))
        || after_number && matches!(word, "st" | "nd" | "rd" | "th" | "t")
}

/// The number of a month, by its name or the first three or four letters of it.
fn month(word: &str) -> Option<u32> {
    calendar::month(|month| word.len() >= 3 && month.name.starts_with(word))
}

/// How far a clock is ahead of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zone {
    /// By this many minutes.
    Fixed(i64),
    /// By this many minutes in winter, and an hour more in the American summer.
    American(i64),
}

impl Zone {
    fn minutes_at(self, local: NaiveDateTime) -> i64 {
        match self {
            Zone::Fixed(minutes) => minutes,
            Zone::American(minutes) => minutes + if american_summer(local) { 60 } else { 0 },
        }
    }
}

/// Zones by name. British summer time is what news mean by BST.
fn zone(word: &str) -> Option<Zone> {
    Some(match word {
        "z" | "utc" | "gmt" | "ut" | "wet" => Zone::Fixed(0),
        "bst" | "cet" => Zone::Fixed(60),
        "cest" | "sast" | "eet" => Zone::Fixed(120),
        "eest" | "msk" => Zone::Fixed(180),
        "ist" => Zone::Fixed(330),
        "jst" | "kst" => Zone::Fixed(540),
        "aest" => Zone::Fixed(600),
        "aedt" => Zone::Fixed(660),
        "est" => Zone::Fixed(-300),
        "edt" => Zone::Fixed(-240),
        "cst" => Zone::Fixed(-360),
        "cdt" => Zone::Fixed(-300),
        "mst" => Zone::Fixed(-420),
        "mdt" => Zone::Fixed(-360),
        "pst" => Zone::Fixed(-480),
        "pdt" => Zone::Fixed(-420),
        "et" => Zone::American(-300),
        "ct" => Zone::American(-360),
        "mt" => Zone::American(-420),
        "pt" => Zone::American(-480),
        _ => return None,
    })
}

/// Whether American clocks were an hour ahead, by the rules since 1967 to the day.
fn american_summer(local: NaiveDateTime) -> bool {
    let year = local.year();
    let (from, to) = match year {
        2007.. => (sunday(year, 3, 2), sunday(year, 11, 1)),
        1987.. => (sunday(year, 4, 1), last_sunday(year, 10)),
        _ => (last_sunday(year, 4), last_sunday(year, 10)),
    };
    let two = NaiveTime::from_hms_opt(2, 0, 0).unwrap_or_default();
    let at_two = |day: Option<NaiveDate>| day.map(|day| day.and_time(two));
    at_two(from).is_some_and(|from| local >= from) && at_two(to).is_some_and(|to| local < to)
}

fn sunday(year: i32, month: u32, count: u8) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, count)
}

fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    sunday(year, month, 5).or_else(|| sunday(year, month, 4))
}

/// Takes the time and its zone out of the tokens. The outer `None` is a time that is none.
#[allow(clippy::option_option)]
fn take_time(tokens: &mut Vec<Token>) -> Option<Option<(NaiveTime, Zone)>> {
    let Some(start) = time_start(tokens) else { return Some(None) };
    let (mut hour, _) = number(tokens.get(start))?;
    let mut end = start + 1;
    let (mut minute, mut second) = (0, 0);
    if let Some((value, digits)) = after(tokens, end, ':') {
        if digits != 2 {
            return None;
        }
        (minute, end) = (value, end + 2);
        if let Some((value, _)) = after(tokens, end, ':') {
            (second, end) = (value.min(59), end + 2);
            if after(tokens, end, '.').is_some() {
                end += 2;
            }
        }
    }
    if let Some(Word(word)) = tokens.get(end)
        && matches!(word.as_str(), "am" | "pm")
    {
        if hour == 0 || hour > 12 {
            return None;
        }
        hour = hour % 12 + if word == "pm" { 12 } else { 0 };
        end += 1;
    }
    let (zone, end) = zone_at(tokens, end)?;
    tokens.drain(start..end);
    Some(Some((NaiveTime::from_hms_opt(hour, minute, second)?, zone)))
}

/// Where a time begins: a number before a colon, or before `am` or `pm`.
fn time_start(tokens: &[Token]) -> Option<usize> {
    tokens.windows(2).position(|pair| match pair {
        [Number(..), Mark(':')] => true,
        [Number(..), Word(word)] => matches!(word.as_str(), "am" | "pm"),
        _ => false,
    })
}

fn number(token: Option<&Token>) -> Option<(u32, usize)> {
    match token {
        Some(Number(value, digits)) => Some((*value, *digits)),
        _ => None,
    }
}

/// The number behind this mark at `at`.
fn after(tokens: &[Token], at: usize, mark: char) -> Option<(u32, usize)> {
    if tokens.get(at) == Some(&Mark(mark)) { number(tokens.get(at + 1)) } else { None }
}

/// The zone that begins at `at`, and where it ends; UTC if there is none. None for an offset that is none.
fn zone_at(tokens: &[Token], at: usize) -> Option<(Zone, usize)> {
    let named = match tokens.get(at) {
        Some(Word(word)) => zone(word),
        _ => None,
    };
    let signed_at = if named.is_some() { at + 1 } else { at };
    let sign = match tokens.get(signed_at) {
        Some(Mark('+')) => 1,
        Some(Mark('-' | '−')) => -1,
        _ => return Some((named.unwrap_or(Zone::Fixed(0)), signed_at)),
    };
    let (value, digits) = number(tokens.get(signed_at + 1))?;
    let (minutes, end) = match (digits, after(tokens, signed_at + 2, ':')) {
        (1 | 2, Some((minutes, 2))) => (value * 60 + minutes, signed_at + 4),
        (1 | 2, None) => (value * 60, signed_at + 2),
        (4, None) => (value / 100 * 60 + value % 100, signed_at + 2),
        _ => return None,
    };
    (minutes <= 15 * 60).then_some((Zone::Fixed(sign * i64::from(minutes)), end))
}

/// The date that the tokens make, once the time is taken out.
fn date(tokens: &[Token], order: Option<DateOrder>) -> Option<NaiveDate> {
    let numbers: Vec<(u32, usize)> = tokens.iter().filter_map(|token| number(Some(token))).collect();
    let marks: Vec<char> = tokens
        .iter()
        .filter_map(|token| match token {
            Mark(mark) => Some(*mark),
            _ => None,
        })
        .collect();
    if !marks.iter().all(|mark| matches!(mark, '-' | '/' | '.' | '–')) {
        return None;
    }
    let months: Vec<u32> = tokens
        .iter()
        .filter_map(|token| match token {
            Word(word) => month(word),
            _ => None,
        })
        .collect();
    match (months.as_slice(), numbers.as_slice()) {
        // 20 September 2016, Sept. 20 2016, 20-Sep-16
        ([month], [(day, 1 | 2), year]) => calendar(full_year(*year)?, *month, *day),
        ([month], [(year, 4), (day, 1 | 2)]) => calendar(*year, *month, *day),
        // 20160920 before a time
        ([], [(date, 8)]) => calendar(date / 10_000, date / 100 % 100, date % 100),
        // 2016-09-20, 2016/9/20
        ([], [(year, 4), (month, 1 | 2), (day, 1 | 2)]) => calendar(*year, *month, *day),
        // 20.09.2016 is European; 9/20/2016 and 20/9/2016 can be but one day, 3/4/2016 can be two
        ([], [(day, 1 | 2), (month, 1 | 2), year]) if marks == ['.', '.'] || *day > 12 => {
            calendar(full_year(*year)?, *month, *day)
        }
        ([], [(first, 1 | 2), (second, 1 | 2), year]) => {
            let (month, day) = match order {
                _ if *second > 12 || first == second => (first, second),
                Some(DateOrder::MonthFirst) => (first, second),
                Some(DateOrder::DayFirst) => (second, first),
                None => return None,
            };
            calendar(full_year(*year)?, *month, *day)
        }
        _ => None,
    }
}

/// A year in four digits; one of two digits lies between 1969 and 2068.
fn full_year((year, digits): (u32, usize)) -> Option<u32> {
    match digits {
        4 => Some(year),
        2 if year >= 69 => Some(1900 + year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn calendar(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| plausible(*year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use crate::read::dates::{DateOrder, doubt, parse, parse_in};

    #[test]
    fn dates_are_read_as_archives_print_them() {
        for (printed, expected) in [
            ("2016-09-20", "2016-09-20"),
            ("2016/9/20", "2016-09-20"),
            ("20160920", "2016-09-20"),
            ("9/20/16", "2016-09-20"),
            ("09/20/2016", "2016-09-20"),
            ("05-05-2019", "2019-05-05"),
            ("20/9/2016", "2016-09-20"),
            ("20.09.2016", "2016-09-20"),
            ("1/1/87", "1987-01-01"),
            ("20 September 2016", "2016-09-20"),
            ("Tuesday, September 20th, 2016", "2016-09-20"),
            ("Sept. 20, 2016", "2016-09-20"),
            ("2016 Sep 20", "2016-09-20"),
            ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01Z"),
            ("2016-09-20T10:15:00Z", "2016-09-20T10:15:00Z"),
            ("2016-09-20T10:15:00.123456+02:00", "2016-09-20T08:15:00Z"),
            ("2016-09-20 23:30:00 -0500", "2016-09-21T04:30:00Z"),
            ("2016-09-20 10:15", "2016-09-20T10:15:00Z"),
            ("20160920T101500Z", "2016-09-20T10:15:00Z"),
            ("20160920101500", "2016-09-20T10:15:00Z"),
            ("Tue, 20 Sep 2016 10:15:00 +0000", "2016-09-20T10:15:00Z"),
            ("Tue, 20 Sep 16 10:15 GMT", "2016-09-20T10:15:00Z"),
            ("Tue Sep 20 10:15:00 +0000 2016", "2016-09-20T10:15:00Z"),
            ("Tue Sep 20 10:15:00 2016", "2016-09-20T10:15:00Z"),
            ("Sept. 20, 2016 10:15 a.m. ET", "2016-09-20T14:15:00Z"),
            ("Jan. 2, 2024 10:15 PM ET", "2024-01-03T03:15:00Z"),
            ("Published: 12:05 AM EDT, Sept 20, 2016", "2016-09-20T04:05:00Z"),
            ("20 September 2016 at 9 pm BST", "2016-09-20T20:00:00Z"),
            ("1474366500", "2016-09-20T10:15:00Z"),
            ("1474366500000", "2016-09-20T10:15:00Z"),
        ] {
            assert_eq!(parse(printed).as_deref(), Some(expected), "{printed}");
        }
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for printed in [
            "",
            " ",
            "3 hours ago",
            "yesterday",
            "2016",
            "2016-09",
            "2016-13-01",
            "30 February 2016",
            "20160230",
            "10:15",
            "25:00 2016-09-20",
            "13 pm, 20 September 2016",
            "2016-09-20T10:15:00+99:00",
            "12345",
            "99999999999999999999",
            "Sept. 20, 2016 – Sept. 22, 2016",
            "0000-00-00",
            "March 7 and 8, 2016",
            "3/4/2016",
            "05-02-2019 10:15",
        ] {
            assert_eq!(parse(printed), None, "{printed}");
        }
    }

    #[test]
    fn a_day_that_could_be_a_month_is_not_guessed() {
        let read = |printed, order| parse_in(printed, Some(order));
        assert_eq!(read("3/4/2016", DateOrder::MonthFirst).as_deref(), Some("2016-03-04"));
        assert_eq!(read("3/4/2016 10:15", DateOrder::DayFirst).as_deref(), Some("2016-04-03T10:15:00Z"));
        // What can be but one day is that, whatever is said of others.
        assert_eq!(read("9/20/2016", DateOrder::DayFirst).as_deref(), Some("2016-09-20"));
        assert_eq!(read("20/9/2016", DateOrder::MonthFirst).as_deref(), Some("2016-09-20"));
        assert_eq!(
            doubt("3/4/2016"),
            "the date “3/4/2016” is 2016-03-04 or 2016-04-03: --date-order mdy or dmy says which"
        );
        assert_eq!(doubt("3 hours ago"), "the date “3 hours ago” cannot be read");
    }
}
