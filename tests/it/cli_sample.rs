//! A sheet to be judged, and what its marks come to.

use crate::cli_check::filled;
use crate::support::run_onrecord;

/// The rows of a sheet without the line of names.
fn rows(sheet: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(sheet.as_bytes());
    reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn a_sheet_is_drawn_filled_in_and_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    filled(folder.path(), 1);
    let drawn = run_onrecord(folder.path(), &["sample", "40", "--all"]);
    assert_eq!((drawn.code, drawn.stderr.as_str()), (Some(0), ""));
    let sheet = rows(&drawn.stdout);
    assert_eq!(sheet.len(), 40);
    for row in &sheet {
        let (quote, passage) = (&row[5], &row[7]);
        assert!(quote.split(" … ").all(|piece| passage.contains(&format!("[[{piece}]]"))), "{row:?}");
    }
    // The first ten are wrong.
    let mut filled_in = String::from("right,why,key\n");
    for (index, row) in sheet.iter().enumerate() {
        let mark = if index < 10 { "n,cut short" } else { "y," };
        filled_in.push_str(&format!("{mark},{}\n", row[12]));
    }
    filled_in.push_str(",,not judged\ny,,ffffffffffffffffffffffffffffffff\n");
    std::fs::write(folder.path().join("sheet.csv"), filled_in).expect("a sheet");
    let scored = run_onrecord(folder.path(), &["score", "sheet.csv", "--format", "csv"]);
    assert_eq!(scored.code, Some(0), "{}", scored.stderr);
    for line in [
        "what,item,judged,right,share,from,to",
        "quotes,all that were judged,41,31,76,61,86",
        "wrong,cut short,10,,,,",
    ] {
        assert!(scored.stdout.lines().any(|found| found == line), "{line}\n{}", scored.stdout);
    }
    for note in ["1 row without a mark left out", "1 row for quotes that this database does not hold"] {
        assert!(scored.stderr.contains(note), "{note}\n{}", scored.stderr);
    }
}

#[test]
fn the_same_seed_draws_the_same_and_another_others() {
    let folder = tempfile::tempdir().expect("a folder");
    filled(folder.path(), 1);
    let drawn = |arguments: &[&str]| run_onrecord(folder.path(), arguments).stdout;
    let first = drawn(&["sample", "20"]);
    assert_eq!(first, drawn(&["sample", "20", "--seed", "1"]));
    assert_ne!(first, drawn(&["sample", "20", "--seed", "2"]));
    // A smaller sheet is the beginning of a larger one.
    assert!(first.starts_with(&drawn(&["sample", "5"])), "{first}");
}

#[test]
fn a_sheet_that_says_nothing_is_a_wrong_call() {
    let folder = tempfile::tempdir().expect("a folder");
    filled(folder.path(), 1);
    for (sheet, message) in [
        ("right,key\n,a\n", "no row of the sheet has a mark"),
        ("right,key\nperhaps,a\n", "line 2: “perhaps” in the column right is neither y nor n"),
        ("name\nAna Ruiz\n", "the sheet has no column key"),
    ] {
        std::fs::write(folder.path().join("sheet.csv"), sheet).expect("a sheet");
        let scored = run_onrecord(folder.path(), &["score", "sheet.csv"]);
        assert_eq!(scored.code, Some(2), "{sheet}");
        assert!(scored.stderr.contains(message), "{}", scored.stderr);
    }
    assert_eq!(run_onrecord(folder.path(), &["score", "missing.csv"]).code, Some(2));
}
