//! Long answers on a terminal go through the pager, and nothing else does.

use std::fs;

use crate::command::onrecord;
use crate::golden_database::GoldenDatabase;
use crate::terminal::on_terminal;

const LONG: &str = "query --all --limit 30 --format table --db golden.db";
const SHORT: &str = "query --all --limit 1 --format csv --db golden.db";

#[test]
fn what_is_longer_than_the_screen_goes_through_the_pager() {
    let golden = GoldenDatabase::new();
    let folder = golden.folder();
    let paged = folder.join("paged.txt");
    let tee = [("PAGER", "tee paged.txt")];
    let shown = on_terminal(folder, LONG, &tee, &[]);
    assert_eq!(shown.code, Some(0), "{}", shown.text);
    let text = fs::read_to_string(&paged).expect("the pager was started");
    assert!(text.lines().count() > 30, "{text}");
    assert!(shown.text.contains(text.lines().last().expect("a line").trim_end()), "{}", shown.text);
    fs::remove_file(&paged).expect("is removed");

    let short = on_terminal(folder, SHORT, &tee, &[]);
    assert!(short.code == Some(0) && short.text.contains("quote_id"), "{}", short.text);
    let whole = on_terminal(folder, &format!("{LONG} --no-pager"), &tee, &[]);
    assert!(whole.code == Some(0) && whole.text.lines().count() > 30, "{}", whole.text);
    let piped = on_terminal(folder, &format!("{LONG} | cat"), &tee, &[]);
    assert!(piped.code == Some(0) && piped.text.lines().count() > 30, "{}", piped.text);
    assert!(!paged.exists(), "a pager was started");
    let long: Vec<&str> = LONG.split(' ').collect();
    assert!(onrecord(folder, &long).lines().count() > 30);
}

#[test]
fn who_leaves_the_pager_has_seen_enough() {
    let golden = GoldenDatabase::new();
    let shown = on_terminal(golden.folder(), LONG, &[("PAGER", "head -n 2")], &[]);
    assert_eq!(shown.code, Some(0), "{}", shown.text);
    assert!(!shown.text.contains("error"), "{}", shown.text);
}

#[test]
fn without_a_pager_all_is_printed() {
    let golden = GoldenDatabase::new();
    let shown = on_terminal(golden.folder(), LONG, &[("PAGER", "no-such-pager")], &[]);
    assert!(shown.code == Some(0) && shown.text.lines().count() > 30, "{}", shown.text);
}
