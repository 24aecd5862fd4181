//! What to say of a question that is not understood: which words, and how to ask instead.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::dates;
use crate::error::Error;
use crate::query::question::all_forms::ALL_FORMS;
use crate::query::question::form::Form;
use crate::query::question::section::Section;
use crate::query::question::slots;
use crate::query::question::spelling::GRAMMAR;
use crate::query::question::understanding::{no_date, take_dates, understand};
use crate::query::question::vocabulary::Vocabulary;
use crate::query::question::words::{self, Word, text_of};

/// So many words are left out at most to find those that are not understood.
const MOST_LEFT_OUT: usize = 8;

/// In longer questions the words that are too much are not looked for: it takes reading them again and again.
const MOST_WORDS_TRIED: usize = 16;

/// What so many articles have is a word.
const OF_A_WORD: usize = 20;

/// So many forms are shown.
const SHOWN: usize = 3;

/// Says which words of a question are not understood, and how to ask.
pub(super) fn refuse(question: &str, typed: &[Word], today: NaiveDate, archive: &dyn Vocabulary) -> Error {
    let left = take_dates(typed.to_vec(), today).map_or_else(|_| typed.to_vec(), |(left, _)| left);
    let left =
        left.iter().filter(|word| !word.quoted).map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    if let Some(date) = left.split(' ').find_map(dates::with_slashes).or(dates::doubtful(&left)) {
        return no_date(date);
    }
    let mut error = Error::usage(format!("the question is not understood: {question}"));
    match without_some(typed, today, archive) {
        Some((odd, rest)) => {
            error = error.hint(format!("these words are not understood: \"{odd}\"; without them: {rest}"));
        }
        None => {
            let unknown = unknown_words(typed, archive);
            if !unknown.is_empty() {
                let unknown = unknown.into_iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>();
                error = error.hint(format!("no form of question has the words {}", unknown.join(", ")));
            }
        }
    }
    with_nearest_forms(typed, today, archive, error)
}

/// The words of the grammar for which a form has no place.
fn out_of_place<'w>(typed: &'w [Word], names: &[String], example: &str) -> Vec<&'w str> {
    let in_names: BTreeSet<&str> = names.iter().flat_map(|name| name.split(' ')).collect();
    let words = words::words(example);
    let of_form: BTreeSet<&str> = words.iter().map(Word::folded).collect();
    let is_odd = |word: &&Word| {
        !word.quoted && !of_form.contains(word.folded()) && !in_names.contains(word.text.as_str())
    };
    typed.iter().filter(is_odd).map(Word::folded).collect()
}

/// The fewest words in a row without which the rest is understood, and the rest; rather those at the end than some in the
/// middle, where what follows them hangs on them.
fn without_some(typed: &[Word], today: NaiveDate, archive: &dyn Vocabulary) -> Option<(String, String)> {
    const PREPOSITIONS: [&str; 12] =
        ["in", "at", "to", "with", "from", "before", "after", "than", "for", "during", "when", "while"];
    if typed.len() > MOST_WORDS_TRIED {
        return None;
    }
    let most = MOST_LEFT_OUT.min(typed.len().saturating_sub(2));
    let without = |start: usize, length: usize| {
        let left_out = &typed[start..start + length];
        // A name is what is asked for, and never too much, but with what hangs it on: `in Lisbon`.
        let hangs_on = length > 1 && start > 0 && PREPOSITIONS.contains(&left_out[0].folded());
        let has_name =
            (start..).zip(left_out).any(|(at, word)| word.quoted || at > 0 && word.is_capitalized());
        let alone = length == 1 && slots::is_joint(&left_out[0]) && start > 0;
        if alone || has_name && !hangs_on || archive.is_name(&text_of(left_out)) {
            return None;
        }
        let rest = [&typed[..start], &typed[start + length..]].concat();
        understand(&rest, today, archive).ok()??;
        Some((text_of(left_out), as_typed(&rest)))
    };
    let at_end = (1..=most).find_map(|length| without(typed.len() - length, length));
    let inside = || {
        (1..=most).find_map(|length| (0..typed.len() - length).rev().find_map(|start| without(start, length)))
    };
    at_end.or_else(inside)
}

/// The words as a question, quotations in their marks.
fn as_typed(words: &[Word]) -> String {
    let words = words.iter().map(|word| match word.quoted {
        true => format!("\"{}\"", word.text),
        false => word.text.clone(),
    });
    let text = words.collect::<Vec<_>>().join(" ").replace(" '", "'");
    format!("{}?", text.trim_end_matches([',', '?', ' ']))
}

/// The words that neither the grammar has nor a name of the asker's.
fn unknown_words<'w>(typed: &'w [Word], archive: &dyn Vocabulary) -> Vec<&'w str> {
    let names = names(typed, archive, false);
    let in_names: BTreeSet<&str> = names.iter().flat_map(|name| name.split(' ')).collect();
    let is_unknown = |word: &&Word| {
        !word.quoted
            && !GRAMMAR.contains(word.folded())
            && !in_names.contains(word.text.as_str())
            && word.folded().chars().any(char::is_alphabetic)
    };
    typed.iter().filter(is_unknown).map(|word| word.folded()).collect()
}

/// Whom and what a question names: what stands in quotation marks or begins with a capital, what the archive knows, and
/// what stands behind `about`; with `guess` also what may be a name because it is nothing else.
fn names(typed: &[Word], archive: &dyn Vocabulary, guess: bool) -> Vec<String> {
    const JOINTS: [&str; 5] = ["of", "the", "de", "for", "van"];
    let mut names = Vec::new();
    let mut at = 0;
    while at < typed.len() {
        let known = (1..=5.min(typed.len() - at)).rev().find(|length| {
            let words = &typed[at..at + length];
            words.iter().any(|word| !GRAMMAR.contains(word.folded())) && archive.is_name(&text_of(words))
        });
        let is_strange = |word: &Word| {
            !word.quoted
                && !GRAMMAR.contains(word.folded())
                && !slots::is_joint(word)
                && !JOINTS.contains(&word.folded())
                && word.folded().chars().any(char::is_alphabetic)
        };
        let is_name = |word: &Word| word.is_capitalized() && !(at == 0 && GRAMMAR.contains(word.folded()));
        let length = if typed[at].quoted {
            1
        } else if let Some(length) = known {
            length
        } else if is_name(&typed[at]) {
            let mut end = at + 1;
            while end < typed.len() {
                let goes_on = typed[end].is_capitalized()
                    || JOINTS.contains(&typed[end].folded())
                        && typed.get(end + 1).is_some_and(Word::is_capitalized);
                if !goes_on {
                    break;
                }
                end += 1;
            }
            end - at
        } else if at > 0 && matches!(typed[at - 1].folded(), "about" | "on" | "to" | "regarding") {
            let ends =
                |word: &Word| word.quoted || matches!(word.folded(), "and" | "that" | "in" | "by" | "since");
            (at..typed.len()).find(|end| ends(&typed[*end])).unwrap_or(typed.len()) - at
        } else if !guess {
            0
        } else {
            // Small letters, and no word of the grammar: perhaps a name that is misspelled.
            typed[at..].iter().take_while(|word| is_strange(word) && !word.is_capitalized()).count()
        };
        if length > 0 {
            let name = text_of(&typed[at..at + length]);
            let name = name.trim_end_matches("'s").trim_end_matches("’s").to_owned();
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        at += length.max(1);
    }
    names
}

/// The names in the examples, in the order in which they take the asker's.
const PLACEHOLDERS: [&str; 4] = ["Ana Ruiz", "Harbor Bank", "Porto", "Lia Okafor"];

/// Adds the nearest forms to an error as hints, with the asker's own names in them.
fn with_nearest_forms(typed: &[Word], today: NaiveDate, archive: &dyn Vocabulary, error: Error) -> Error {
    let mut names = names(typed, archive, true);
    // What many articles have in small letters is a word that was not understood, and nobody's name.
    names.retain(|name| {
        name.contains(char::is_uppercase)
            || name.contains(' ')
            || archive.is_name(name)
            || archive.frequency(name) < OF_A_WORD
    });
    let asked: Vec<&str> = typed.iter().map(Word::folded).filter(|word| GRAMMAR.contains(word)).collect();
    let whole = text_of(typed).to_lowercase();
    let mut forms: Vec<(f64, &Form, String)> = ALL_FORMS
        .iter()
        .flat_map(|form| std::iter::once(&form.example).chain(&form.also).map(move |example| (form, example)))
        .map(|(form, example)| {
            let (filled, missing) = with_names(example, &names);
            let words = words::words(example);
            let of_form: BTreeSet<&str> =
                words.iter().map(Word::folded).filter(|word| GRAMMAR.contains(word)).collect();
            let common = asked.iter().filter(|word| of_form.contains(*word)).count();
            #[expect(clippy::cast_precision_loss, reason = "a question has few words")]
            let share = 2.0 * common as f64 / (asked.len() + of_form.len()).max(1) as f64;
            let likeness = share + strsim::sorensen_dice(&whole, &filled.to_lowercase());
            (if missing { likeness / 2.0 } else { likeness }, form, filled)
        })
        .collect();
    forms.sort_by(|one, other| other.0.total_cmp(&one.0));
    // One of each form, and one of the many verbs of saying.
    let mut shown: Vec<(&Form, String)> = Vec::new();
    for (_, form, filled) in forms {
        let is_like = |(other, text): &(&Form, String)| {
            std::ptr::eq(*other, form)
                || form.section == Section::Cues && other.section == Section::Cues
                || *text == filled
        };
        let helps = || {
            let words = words::words(&filled);
            text_of(&words).to_lowercase() != whole
                && understand(&words, today, archive).is_ok_and(|read| read.is_some())
        };
        if shown.len() < SHOWN && !shown.iter().any(is_like) && helps() {
            shown.push((form, filled));
        }
    }
    // Where every word is one of some form, those that the nearest has no place for are too much.
    let error = match shown.first().filter(|_| error.hints().is_empty() && typed.len() > 2) {
        Some((_, nearest)) => match out_of_place(typed, &names, nearest).as_slice() {
            [] => error,
            odd => {
                let odd = odd.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
                error.hint(format!("the nearest form has no place for {odd}"))
            }
        },
        None => error,
    };
    let error =
        shown.iter().fold(error, |error, (_, example)| error.hint(format!("ask like this: {example}")));
    error.hint("`onrecord query --help` lists all forms and flags")
}

/// An example with the asker's names in the place of its own; whether it has more than the asker gave.
fn with_names(example: &str, names: &[String]) -> (String, bool) {
    let mut places: Vec<(usize, &str)> = PLACEHOLDERS
        .iter()
        .filter_map(|placeholder| example.find(placeholder).map(|at| (at, *placeholder)))
        .collect();
    places.sort_unstable();
    let missing = places.len() > names.len();
    let (mut filled, mut after) = (String::new(), 0);
    for ((at, placeholder), name) in places.into_iter().zip(names) {
        filled.push_str(&example[after..at]);
        filled.push_str(name);
        after = at + placeholder.len();
    }
    filled.push_str(&example[after..]);
    (filled, missing)
}
