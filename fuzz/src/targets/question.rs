//! The parser of questions: it answers or refuses, the same each time, and what it understands has a meaning or is refused.

use chrono::NaiveDate;
use onrecord::query::question::parse::{examples, parse};

use crate::runner::{Seen, Target};
use crate::targets::must;

/// The target.
pub(super) const TARGET: Target = Target { name: "question", corpus, dictionary: WORDS, longest: 600, run };

const WORDS: &[&str] = &[
    "who",
    "whom",
    "what",
    "when",
    "how often",
    "did",
    "said",
    "say",
    "about",
    "since",
    "before",
    "after",
    "between",
    "and",
    "in 2017",
    "on 9 March 2017",
    "in March 2017",
    "last week",
    "today",
    "yesterday",
    "is",
    "leads",
    "works for",
    "met",
    "accused",
    "\"",
    "“",
    "”",
    "?",
    "Ana Ruiz",
    "Porto Sereno",
    "the",
    "of",
    "'s",
    "or",
    "not",
    "most",
    "quoted",
    "related",
    "are",
    "30 February 2017",
    "in 99999",
    "0",
    "last 5 days",
    "this year",
    "Q1 2017",
    "2017-02-31",
    "31/12/2016",
    "next",
];

fn corpus() -> std::io::Result<Vec<Vec<u8>>> {
    Ok(examples().into_iter().map(|(question, _)| question.into_bytes()).collect())
}

fn run(input: &[u8]) -> Result<Seen, String> {
    let question = String::from_utf8_lossy(input);
    let mut seen = Seen::default();
    for (year, month, day) in [(2017, 3, 31), (2024, 2, 29)] {
        let Some(today) = NaiveDate::from_ymd_opt(year, month, day) else { continue };
        let (once, again) = (parse(&question, today), parse(&question, today));
        match (once, again) {
            (Ok(once), Ok(again)) => {
                must(once == again, || "it means something else the second time".to_owned())?;
                must(!once.is_empty(), || "it is understood, and asks nothing".to_owned())?;
                let flags = once.to_flags();
                must(!flags.is_empty(), || "it is understood, and no flags say it".to_owned())?;
                if let (Some(first), Some(last)) = (once.period.first, once.period.last) {
                    seen.note(("days", (last - first).num_days().clamp(-2, 400) / 20));
                }
                seen.note((
                    "flags",
                    flags
                        .split(' ')
                        .filter(|word| word.starts_with("--"))
                        .map(str::to_owned)
                        .collect::<Vec<_>>(),
                ));
                seen.note((
                    "matter",
                    once.subject_matter()
                        .map(|_| ())
                        .map_err(|error| error.to_string().chars().take(20).collect::<String>()),
                ));
            }
            (Err(once), Err(again)) => {
                must(once.to_string() == again.to_string(), || {
                    "it is refused otherwise the second time".to_owned()
                })?;
                must(!once.to_string().is_empty(), || "it is refused without a word".to_owned())?;
                seen.note(once.to_string().chars().take(16).collect::<String>());
            }
            _ => return Err("it is understood once and refused once".to_owned()),
        }
    }
    Ok(seen)
}
