//! What the database holds, counted.

use crate::cli_check::filled;
use crate::support::run_onrecord;

#[test]
fn everything_is_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    filled(folder.path(), 1);
    let ended = run_onrecord(folder.path(), &["stats", "--format", "csv"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    for line in [
        "articles,all,40",
        "articles,copies of an earlier one,0",
        "articles by publisher,Harbor News,20",
        "entities,people,6",
        "quotes,direct,120",
        "quotes,with a named speaker,120",
        "relationships,holds_office,40",
        "runs,all,1",
    ] {
        assert!(ended.stdout.lines().any(|found| found == line), "{line}\n{}", ended.stdout);
    }
}

#[test]
fn a_missing_database_is_a_wrong_call() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run_onrecord(folder.path(), &["stats"]).code, Some(2));
}
