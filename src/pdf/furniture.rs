//! What the page puts around the text: running heads and feet, and page numbers.

use std::collections::{HashMap, HashSet};

use crate::pdf::lines::Line;

/// How many rows at the top and at the bottom of a page may be running ones.
const ROWS: usize = 3;

/// Takes running heads and feet, and page numbers, out of the lines of all pages.
pub(crate) fn take_out(pages: &mut [Vec<Line>]) {
    let mut seen: HashMap<(String, i64), HashSet<usize>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        for place in edges(page) {
            let line = &page[place];
            seen.entry((pattern(&line.text), at(line))).or_default().insert(number);
        }
    }
    // Left and right pages may have heads of their own.
    let enough = (pages.len() / 3).max(2);
    for page in pages.iter_mut() {
        let edges: HashSet<usize> = edges(page).collect();
        let outermost = outermost(page);
        let mut place = 0;
        page.retain(|line| {
            let here = place;
            place += 1;
            if !edges.contains(&here) {
                return true;
            }
            let times: usize =
                [-1, 0, 1].iter().filter_map(|off| seen.get(&(pattern(&line.text), at(line) + off))).map(HashSet::len).sum();
            times < enough && !(outermost.contains(&here) && is_page_number(&line.text))
        });
    }
}

/// The places of the lines in the first and the last rows.
fn edges(page: &[Line]) -> impl Iterator<Item = usize> + use<> {
    let mut rows: Vec<i64> = page.iter().map(at).collect();
    rows.dedup();
    let top = rows.get(ROWS.min(rows.len()).saturating_sub(1)).copied().unwrap_or(0);
    let bottom = rows.get(rows.len().saturating_sub(ROWS)).copied().unwrap_or(0);
    let places: Vec<usize> = page
        .iter()
        .enumerate()
        .filter(|(_, line)| at(line) <= top || at(line) >= bottom)
        .map(|(place, _)| place)
        .collect();
    places.into_iter()
}

/// The places of the lines in the very first and the very last row.
fn outermost(page: &[Line]) -> HashSet<usize> {
    let (Some(first), Some(last)) = (page.first().map(at), page.last().map(at)) else { return HashSet::new() };
    let is_outermost = |line: &Line| (at(line) - first).abs() <= 1 || (at(line) - last).abs() <= 1;
    page.iter().enumerate().filter(|(_, line)| is_outermost(line)).map(|(place, _)| place).collect()
}

/// Where a line stands, in steps of a few points: the same head is not always at the very same place.
fn at(line: &Line) -> i64 {
    (line.y / 4.0) as i64
}

/// A line with its numbers left open, as they count pages.
fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_ascii_digit() {
            pattern.push(character);
        } else if !pattern.ends_with('#') {
            pattern.push('#');
        }
    }
    pattern
}

/// Whether a line is nothing but the number of its page: `7`, `- 7 -`, `Page 7 of 12`, `iv`.
fn is_page_number(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_number = |word: &String| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = |word: &String| word.len() <= 6 && word.bytes().all(|byte| b"ivxl".contains(&byte));
    match words.as_slice() {
        [one] => is_number(one) || is_roman(one),
        [page, one] => page == "page" && is_number(one) || is_number(page) && is_number(one),
        [page, one, of, all] => page == "page" && of == "of" && is_number(one) && is_number(all),
        [one, of, all] => of == "of" && is_number(one) && is_number(all),
        _ => false,
    }
}
