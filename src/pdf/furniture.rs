//! What the page puts around the text: running heads and feet, and page numbers.

use std::collections::{HashMap, HashSet};

use crate::pdf::lines::Line;

/// How many rows at the top and at the bottom of a page may be running ones.
const ROWS: usize = 3;

/// Takes running heads and feet, and page numbers, out of the lines of all pages.
pub(crate) fn take_out(pages: &mut [Vec<Line>]) {
    let mut seen: HashMap<(String, i64), HashSet<usize>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        let outermost = outermost(page);
        for place in edges(page) {
            for pattern in patterns(&page[place].text, outermost.contains(&place)) {
                seen.entry((pattern, at(&page[place]))).or_default().insert(number);
            }
        }
    }
    // Left and right pages may have heads of their own.
    let enough = (pages.len() / 3).max(2);
    let times = |pattern: &str, place: i64| {
        let near = [-1, 0, 1].into_iter().filter_map(|off| seen.get(&(pattern.to_owned(), place + off)));
        near.flatten().collect::<HashSet<_>>().len()
    };
    for page in pages.iter_mut() {
        let edges: HashSet<usize> = edges(page).collect();
        let outermost = outermost(page);
        let mut place = 0;
        page.retain(|line| {
            let (is_edge, is_outermost) = (edges.contains(&place), outermost.contains(&place));
            place += 1;
            let mut patterns = patterns(&line.text, is_outermost).into_iter();
            let is_running = is_edge && patterns.any(|pattern| times(&pattern, at(line)) >= enough);
            !(is_running || is_outermost && is_page_number(&line.text))
        });
    }
}

/// By what a line is known again on other pages: by all of it, or, at the very edge, by how it begins. The name of the paper
/// is on each page, the date perhaps on every other one.
fn patterns(text: &str, is_outermost: bool) -> Vec<String> {
    let whole = pattern(text);
    let words: Vec<&str> = whole.split(' ').collect();
    let beginning = words.get(..3).filter(|_| is_outermost).map(|words| format!("{} …", words.join(" ")));
    beginning.into_iter().chain([whole]).collect()
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
    let (Some(first), Some(last)) = (page.first().map(at), page.last().map(at)) else {
        return HashSet::new();
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of lines one below the other, ten points apart.
    fn page(lines: &[&str]) -> Vec<Line> {
        let line = |(number, text): (usize, &&str)| Line {
            left: 0.0,
            right: 100.0,
            y: number as f64 * 10.0,
            size: 10.0,
            text: (*text).to_owned(),
        };
        lines.iter().enumerate().map(line).collect()
    }

    fn left(mut pages: Vec<Vec<Line>>) -> Vec<String> {
        take_out(&mut pages);
        pages.into_iter().flatten().map(|line| line.text).collect()
    }

    #[test]
    fn lines_of_one_page_are_no_running_ones() {
        let mut twice = page(&["Sold", "Sold", "a", "b", "c"]);
        twice[1].y = 5.0;
        assert_eq!(left(vec![twice.clone()]), ["Sold", "Sold", "a", "b", "c"]);
        assert_eq!(left(vec![twice, page(&["d", "e", "f"])]), ["Sold", "Sold", "a", "b", "c", "d", "e", "f"]);
    }

    #[test]
    fn what_runs_on_over_the_pages_is_taken_out() {
        let text = |number| format!("Words of page {}, all its own.", ["one", "two", "three"][number]);
        let bodies: Vec<String> = (0..3).map(text).collect();
        let pages = |heads: [&str; 3], feet: [&str; 3]| -> Vec<Vec<Line>> {
            let of =
                |number: usize| page(&[heads[number], "a", &bodies[number], "b", "c", "d", feet[number]]);
            (0..3).map(of).collect()
        };
        let kept = |pages| -> Vec<String> {
            left(pages).into_iter().filter(|line| line.len() > 1 && !line.contains("all its own")).collect()
        };
        let courier = "The Sereno Courier";
        assert!(kept(pages([courier; 3], ["1", "2", "3"])).is_empty());
        assert!(
            kept(pages([courier, "The Sereno Courier  March 9", courier], ["- 1 -", "ii", "Page 3 of 3"]))
                .is_empty()
        );
        // What stands there once is text.
        let once = ["A ferry sails", "It rains", "Nobody came"];
        assert_eq!(
            kept(pages(once, ["7 boats", "Page turner", "no"])),
            ["A ferry sails", "7 boats", "It rains", "Page turner", "Nobody came", "no"]
        );
    }
}
