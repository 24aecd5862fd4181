//! Words for dates → the days they mean: `in March 2017`, `since 2015`, `last week`.
//!
//! Knows the English calendar and today's date, which is handed in. Never guesses: `9/3/2017` is a
//! different day in London and New York, so it is no date here.
//!
//! `last week` is the week before this one, from Monday to Sunday, and so for month and year;
//! `past week` and `last 7 days` end today.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::calendar::{self, WEEKDAYS};
use crate::error::Error;

/// When something was published: from the first day to the last, both included; open where `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: Option<NaiveDate>,
    /// The last day.
    pub last: Option<NaiveDate>,
}

impl Period {
    /// What all of these bounds leave, each given in words or not at all, as of a day.
    pub fn of(bounds: &[(&Option<String>, Bound)], today: NaiveDate) -> Result<Self, Error> {
        let given = bounds.iter().filter_map(|(words, bound)| Some((words.as_ref()?, bound)));
        given.into_iter().try_fold(Period::default(), |period, (words, bound)| {
            Ok(period.within(&bound.around(Dates::parse(words, today)?)))
        })
    }

    /// The year or the month that this is, as dates begin in it, or nothing where it has no bounds; `None` for any other.
    pub(crate) fn year_or_month(&self) -> Option<String> {
        use chrono::Datelike;
        let (first, last) = match (self.first, self.last) {
            (None, None) => return Some(String::new()),
            (Some(first), Some(last)) => (first, last),
            _ => return None,
        };
        let after = last.succ_opt()?;
        if first.day() != 1 || after.day() != 1 {
            return None;
        }
        let months = (after.year() - first.year()) * 12 + after.month() as i32 - first.month() as i32;
        match (months, first.month()) {
            (1, _) => Some(first.format("%Y-%m").to_string()),
            (12, 1) => Some(first.format("%Y").to_string()),
            _ => None,
        }
    }

    /// The days that lie in both.
    pub fn within(&self, other: &Period) -> Period {
        Period {
            first: self.first.max(other.first),
            last: match (self.last, other.last) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            },
        }
    }

    /// Whether it leaves out nothing.
    pub fn is_open(&self) -> bool {
        *self == Period::default()
    }

    /// The lower bound for a stored date: it is at least this text. ISO 8601.
    pub(crate) fn lower(&self) -> Option<String> {
        self.first.map(|day| day.to_string())
    }

    /// The upper bound for a stored date: it is less than this text. ISO 8601.
    pub(crate) fn upper(&self) -> Option<String> {
        self.last.and_then(|day| day.succ_opt()).map(|day| day.to_string())
    }

    /// The flags that mean it.
    pub(crate) fn to_flags(self) -> Vec<String> {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => vec![format!("--on {first}")],
            (first, last) => {
                let since = first.map(|day| format!("--since {day}"));
                since.into_iter().chain(last.map(|day| format!("--until {day}"))).collect()
            }
        }
    }
}

/// How a word in front of a date bounds the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// In, on, during.
    Within,
    /// From its first day.
    Since,
    /// After this date.
    After,
    /// Before this date.
    Before,
    /// On or before this date.
    Until,
}

impl Bound {
    fn of(word: &str) -> Option<Bound> {
        Some(match word {
            "in" | "on" | "during" | "throughout" => Bound::Within,
            "since" | "from" => Bound::Since,
            "after" => Bound::After,
            "before" => Bound::Before,
            "until" | "till" => Bound::Until,
            _ => return None,
        })
    }

    /// The period that it makes of a date.
    pub fn around(self, dates: Dates) -> Period {
        let Dates { first, last } = dates;
        match self {
            Bound::Within => Period { first: Some(first), last: Some(last) },
            Bound::Since => Period { first: Some(first), last: None },
            Bound::After => Period { first: last.succ_opt(), last: None },
            Bound::Before => Period { first: None, last: first.pred_opt() },
            Bound::Until => Period { first: None, last: Some(last) },
        }
    }
}

/// What a date in words names: a day, a month, a year; from the first day to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dates {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Dates {
    /// Reads a date as a flag gives it, without a word in front: `2017`, `March 2017`, `last week`.
    ///
    /// Fails with a hint at the forms that are understood.
    pub fn parse(words: &str, today: NaiveDate) -> Result<Dates, Error> {
        read_dates(&date_words(words), today).ok_or_else(|| {
            unreadable(words).hint(
                "write 2017, 2017-03, 2017-03-09, March 2017, 9 March 2017, today, yesterday, last week, or past 30 days",
            )
        })
    }

    fn day(day: NaiveDate) -> Dates {
        Dates { first: day, last: day }
    }

    fn until_today(first: NaiveDate, today: NaiveDate) -> Dates {
        Dates { first, last: today }
    }

    fn month(year: i32, month: u32) -> Option<Dates> {
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        Some(Dates { first, last: first.checked_add_months(Months::new(1))?.pred_opt()? })
    }

    fn years(first: i32, last: i32) -> Option<Dates> {
        Some(Dates {
            first: NaiveDate::from_ymd_opt(first, 1, 1)?,
            last: NaiveDate::from_ymd_opt(last, 12, 31)?,
        })
    }
}

/// Reads a whole phrase with the word that bounds it: `since 2015`, `between 2015 and 2016`, `last week`.
///
/// `None` where any word is no part of a date.
pub fn parse_phrase(phrase: &str, today: NaiveDate) -> Option<Period> {
    let words = date_words(phrase);
    let (first, rest) = words.split_first()?;
    let pair = |joints: &[&str]| {
        let joint = rest.iter().position(|word| joints.contains(&word.as_str()))?;
        let (from, to) = (&rest[..joint], &rest[joint + 1..]);
        let to_dates = read_dates(to, today)?;
        // `from May to June 2016`: the year belongs to both.
        let year = to
            .last()
            .filter(|word| year_of(word).is_some() && !from.iter().any(|word| year_of(word).is_some()));
        let with_year = || read_dates(&[from, &year.map(|year| vec![year.clone()])?].concat(), today);
        let (from, to) = (with_year().or_else(|| read_dates(from, today))?, to_dates);
        (from.first <= to.last).then_some(Period { first: Some(from.first), last: Some(to.last) })
    };
    match first.as_str() {
        "between" => return pair(&["and"]),
        "from" => {
            if let Some(period) = pair(&["to", "until", "till", "through"]) {
                return Some(period);
            }
        }
        _ => {}
    }
    if let Some(bound) = Bound::of(first) {
        // `since the beginning of 2016`, `until the end of May`
        let rest = match (bound, rest) {
            (Bound::Since, [word, rest @ ..]) if matches!(word.as_str(), "beginning" | "start") => rest,
            (Bound::Until, [word, rest @ ..]) if word == "end" => rest,
            _ => rest,
        };
        return read_dates(rest, today).map(|dates| bound.around(dates));
    }
    // Without a word in front only what cannot be anything else: a bare year or month may be a number or a name.
    let relative =
        matches!(first.as_str(), "today" | "yesterday" | "last" | "past" | "previous" | "this" | "recent");
    (relative || written_out(&words) || words.last().is_some_and(|word| word == "ago"))
        .then(|| read_dates(&words, today).map(|dates| Bound::Within.around(dates)))?
}

/// Whether it is a month, a season or a day with its year and no word in front.
pub(crate) fn is_written_out(phrase: &str) -> bool {
    written_out(&date_words(phrase))
}

fn written_out(words: &[String]) -> bool {
    let names = |word: &String| month(word).is_some() || season(word).is_some();
    words.iter().take(2).any(names)
        && words.len() > 1
        && words.last().is_some_and(|word| year_of(word).is_some())
}

/// Says that words look like a date and are none that can be read, and why that is so of figures between slashes.
pub(super) fn unreadable(words: &str) -> Error {
    let error = Error::usage(format!("`{words}` cannot be read as a date"));
    if words.split_whitespace().any(|word| with_slashes(word).is_some()) {
        error.hint(
            "figures like these mean one day in London and another in New York: write the month as a word",
        )
    } else {
        error
    }
}

/// A word that is a date in figures between slashes, without the mark behind it.
pub(super) fn with_slashes(word: &str) -> Option<&str> {
    let date = word.trim_end_matches(['.', ',', '?', '!', ';']);
    (date.contains('/') && is_date_in_figures(date)).then_some(date)
}

/// The part of a text that looks like dates which [`parse_phrase`] does not understand: `in early March 2017`, or
/// `9/3/2017` alone.
pub(crate) fn doubtful(text: &str) -> Option<&str> {
    if let Some(date) = with_slashes(text) {
        return Some(date);
    }
    let mut starts = text.match_indices(' ').map(|(at, _)| &text[at + 1..]);
    starts.rfind(|rest| {
        let words = date_words(rest);
        let bounds = words.first().is_some_and(|word| Bound::of(word).is_some() || word == "between");
        let dated =
            |word: &String| year_of(word).is_some() || month(word).is_some() || is_date_in_figures(word);
        bounds && words.iter().skip(1).any(dated)
    })
}

/// Whether a word is a date in figures alone: `9/3/2017`, `9.3.17`, `2017-13`.
fn is_date_in_figures(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let figures =
        |part: &&str| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|byte| byte.is_ascii_digit());
    let with_year = parts.iter().any(|part| year_of(part).is_some());
    parts.iter().all(figures) && (parts.len() == 3 || parts.len() == 2 && with_year)
}

/// The words of a date in lower case, without commas, articles and the endings of ordinals.
fn date_words(text: &str) -> Vec<String> {
    text.split(|character: char| character.is_whitespace() || character == ',')
        .map(|word| word.trim_end_matches(['.', '?', '!', ';']).to_lowercase())
        .filter(|word| !matches!(word.as_str(), "" | "the" | "of"))
        .map(|word| without_ordinal(&word).to_owned())
        .collect()
}

fn without_ordinal(word: &str) -> &str {
    let digits = word.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    match (digits.is_empty(), &word[digits.len()..]) {
        (false, "st" | "nd" | "rd" | "th") => digits,
        _ => word,
    }
}

fn read_dates(words: &[String], today: NaiveDate) -> Option<Dates> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["today"] => Some(Dates::day(today)),
        ["yesterday"] => today.pred_opt().map(Dates::day),
        [one] => one_word(one, today),
        ["this", unit] => calendar(unit, 0, today),
        ["last" | "previous", name] => match (weekday(name), season(name)) {
            (Some(weekday), _) => latest_weekday(weekday, today).map(Dates::day),
            (None, Some(first)) => last_season(first, today),
            (None, None) => calendar(name, 1, today),
        },
        ["past" | "recent", unit] => back(1, unit, today).map(|day| Dates::until_today(day, today)),
        ["last" | "past" | "previous", number, unit] => {
            back(amount(number)?, unit, today).map(|day| Dates::until_today(day, today))
        }
        [number, unit, "ago"] => back_exactly(amount(number)?, unit, today).map(Dates::day),
        [name, year] if season(name).is_some() => of_season(season(name)?, year_of(year)?),
        [one, other] => month_and_day_or_year(one, other, today),
        [one, other, year] => {
            let year = year_of(year)?;
            let (month, day) = month_and_day(one, other)?;
            NaiveDate::from_ymd_opt(year, month, day).map(Dates::day)
        }
        _ => None,
    }
}

fn one_word(word: &str, today: NaiveDate) -> Option<Dates> {
    if let Some(year) = year_of(word) {
        return Dates::years(year, year);
    }
    if let Some(decade) = word.strip_suffix('s').and_then(year_of).filter(|year| year % 10 == 0) {
        return Dates::years(decade, decade + 9);
    }
    if let Some(month) = month(word) {
        return Dates::month(latest_year(month, 1, today), month);
    }
    if let Some(weekday) = weekday(word) {
        return latest_weekday(weekday, today).map(Dates::day);
    }
    let parts: Vec<&str> = word.split('-').collect();
    match parts.as_slice() {
        [year, month] if month.len() == 2 => Dates::month(year_of(year)?, month.parse().ok()?),
        [year, month, day] if month.len() == 2 && day.len() == 2 => {
            NaiveDate::from_ymd_opt(year_of(year)?, month.parse().ok()?, day.parse().ok()?).map(Dates::day)
        }
        _ => None,
    }
}

/// `March 2017`, `9 March` or `March 9`: without a year, the latest such day that is not in the future.
fn month_and_day_or_year(one: &str, other: &str, today: NaiveDate) -> Option<Dates> {
    if let (Some(month), Some(year)) = (month(one), year_of(other)) {
        return Dates::month(year, month);
    }
    let (month, day) = month_and_day(one, other)?;
    NaiveDate::from_ymd_opt(latest_year(month, day, today), month, day).map(Dates::day)
}

fn month_and_day(one: &str, other: &str) -> Option<(u32, u32)> {
    let (name, day) = if month(one).is_some() { (one, other) } else { (other, one) };
    let day = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    Some((month(name)?, day))
}

fn latest_year(month: u32, day: u32, today: NaiveDate) -> i32 {
    if (month, day) <= (today.month(), today.day()) { today.year() } else { today.year() - 1 }
}

fn latest_weekday(weekday: Weekday, today: NaiveDate) -> Option<NaiveDate> {
    let back = (today.weekday().days_since(weekday) + 6) % 7 + 1;
    today.checked_sub_days(Days::new(u64::from(back)))
}

/// The calendar week, month or year, so many before this one.
fn calendar(unit: &str, before: u32, today: NaiveDate) -> Option<Dates> {
    match unit {
        "week" => {
            let back = today.weekday().num_days_from_monday() + 7 * before;
            let first = today.checked_sub_days(Days::new(u64::from(back)))?;
            Some(Dates { first, last: first.checked_add_days(Days::new(6))? })
        }
        "month" => {
            let day = today.checked_sub_months(Months::new(before))?;
            Dates::month(day.year(), day.month())
        }
        "year" => {
            let year = today.year() - i32::try_from(before).ok()?;
            Dates::years(year, year)
        }
        _ => None,
    }
}

/// The first of so many days, weeks, months or years that end today.
fn back(number: u32, unit: &str, today: NaiveDate) -> Option<NaiveDate> {
    back_exactly(number, unit, today)?.succ_opt()
}

/// The day so many days, weeks, months or years ago.
fn back_exactly(number: u32, unit: &str, today: NaiveDate) -> Option<NaiveDate> {
    let days = |days: u32| today.checked_sub_days(Days::new(u64::from(days)));
    let months = |months: u32| today.checked_sub_months(Months::new(months));
    match unit.strip_suffix('s').unwrap_or(unit) {
        "day" => days(number),
        "week" => days(number.checked_mul(7)?),
        "month" => months(number),
        "year" => months(number.checked_mul(12)?),
        _ => None,
    }
}

fn amount(word: &str) -> Option<u32> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let written = WORDS.iter().position(|name| *name == word).and_then(|number| u32::try_from(number).ok());
    written.or_else(|| word.parse().ok()).filter(|number| *number > 0)
}

fn year_of(word: &str) -> Option<i32> {
    let digits = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| word.parse().ok())?.filter(|year| (1000..=2999).contains(year))
}

/// The number of a month by its name, as print shortens it, or by its first three letters.
fn month(word: &str) -> Option<u32> {
    calendar::month(|month| {
        month.name == word || month.short == Some(word) || month.name.get(..3) == Some(word)
    })
}

/// The first month of a season, as the north has them.
fn season(word: &str) -> Option<u32> {
    Some(match word {
        "spring" => 3,
        "summer" => 6,
        "autumn" | "fall" => 9,
        "winter" => 12,
        _ => return None,
    })
}

/// The three months from this one of a year on.
fn of_season(first: u32, year: i32) -> Option<Dates> {
    let first = NaiveDate::from_ymd_opt(year, first, 1)?;
    Some(Dates { first, last: first.checked_add_months(Months::new(3))?.pred_opt()? })
}

/// The latest such season that is over.
fn last_season(first: u32, today: NaiveDate) -> Option<Dates> {
    (0..3).filter_map(|back| of_season(first, today.year() - back)).find(|season| season.last < today)
}

fn weekday(word: &str) -> Option<Weekday> {
    let number = WEEKDAYS.iter().position(|weekday| *weekday == word)?;
    Weekday::try_from(u8::try_from(number).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Tuesday.
    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default()
    }

    fn shown(period: Option<Period>) -> String {
        let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
        period.map_or("no date".into(), |period| format!("{}..{}", day(period.first), day(period.last)))
    }

    #[test]
    fn phrases_mean_the_days_that_a_reader_would_say() {
        for (phrase, days) in [
            ("in 2017", "2017-01-01..2017-12-31"),
            ("in March 2017", "2017-03-01..2017-03-31"),
            ("in Feb. 2016", "2016-02-01..2016-02-29"),
            ("on 9 March 2017", "2017-03-09..2017-03-09"),
            ("on March 9, 2017", "2017-03-09..2017-03-09"),
            ("on the 9th of March 2017", "2017-03-09..2017-03-09"),
            ("on 2017-03-09", "2017-03-09..2017-03-09"),
            ("in the 2010s", "2010-01-01..2019-12-31"),
            ("since 2015", "2015-01-01.."),
            ("since last week", "2026-11-16.."),
            ("after 2015", "2016-01-01.."),
            ("before March 2017", "..2017-02-28"),
            ("until March 2017", "..2017-03-31"),
            ("between 2015 and March 2016", "2015-01-01..2016-03-31"),
            ("from 3 May 2016 to 5 May 2016", "2016-05-03..2016-05-05"),
            ("today", "2026-11-24..2026-11-24"),
            ("yesterday", "2026-11-23..2026-11-23"),
            ("last week", "2026-11-16..2026-11-22"),
            ("this week", "2026-11-23..2026-11-29"),
            ("last month", "2026-10-01..2026-10-31"),
            ("last year", "2025-01-01..2025-12-31"),
            ("past week", "2026-11-18..2026-11-24"),
            ("in the last 30 days", "2026-10-26..2026-11-24"),
            ("in December", "2025-12-01..2025-12-31"),
            ("on 25 November", "2025-11-25..2025-11-25"),
            ("on Tuesday", "2026-11-17..2026-11-17"),
            ("since two weeks ago", "2026-11-10.."),
            ("from January to March 2014", "2014-01-01..2014-03-31"),
            ("between 3 May and 5 May 2016", "2016-05-03..2016-05-05"),
            ("since the beginning of 2014", "2014-01-01.."),
            ("until the end of May 2014", "..2014-05-31"),
        ] {
            assert_eq!(shown(parse_phrase(phrase, today())), days, "{phrase}");
        }
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for phrase in [
            "in Porto",
            "in 2017 Porto",
            "2017",
            "May",
            "on 30 February 2017",
            "on 9/3/2017",
            "between 2016 and 2015",
            "in 99999",
            "last judgment",
            "",
            "since",
            "in 0 days",
            "4294967295 years ago",
            "in 2017-13",
        ] {
            assert_eq!(parse_phrase(phrase, today()), None, "{phrase}");
        }
    }

    #[test]
    fn what_looks_like_a_date_is_seen() {
        for (text, found) in [
            ("what did Ana Ruiz say on 9/3/2017", Some("on 9/3/2017")),
            ("what did Ana Ruiz say since 9.3.17", Some("since 9.3.17")),
            ("what did Ana Ruiz say in 2017-13", Some("in 2017-13")),
            ("what did Ana Ruiz say in early March 2017", Some("in early March 2017")),
            ("what did Ana Ruiz say about Flight 9-3", None),
            ("what did Ana Ruiz say in Porto", None),
        ] {
            assert_eq!(doubtful(text), found, "{text}");
        }
    }

    #[test]
    fn bounds_take_in_the_whole_last_day() {
        let period = parse_phrase("on 31 December 2016", today()).unwrap_or_default();
        assert_eq!(
            (period.lower().as_deref(), period.upper().as_deref()),
            (Some("2016-12-31"), Some("2017-01-01"))
        );
    }

    #[test]
    fn two_periods_leave_what_lies_in_both() {
        let (one, other) = (parse_phrase("since 2015", today()), parse_phrase("in 2014", today()));
        let both = one.unwrap_or_default().within(&other.unwrap_or_default());
        assert_eq!(shown(Some(both)), "2015-01-01..2014-12-31");
    }
}
