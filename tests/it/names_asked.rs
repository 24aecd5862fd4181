//! Whom a name in a question means: bearers of one name, misspelled ones, offices, sources without a name.

use onrecord::query::Audience;
use onrecord::query::question::Question;
use rusqlite::Connection;

use crate::golden_database::GoldenDatabase;
use crate::questions::{ask, read, with};

#[test]
fn the_best_known_bearer_of_a_name_is_meant_unless_each_is_asked_for() {
    let golden = GoldenDatabase::new();
    let writer = Connection::open(golden.path()).expect("the database opens");
    writer
        .execute_batch("UPDATE entities SET mention_count = 50 WHERE id = 1")
        .expect("Ana Ruiz is well known");
    let db = golden.reader();
    let question = read("what did Ruiz say in May 2017?");
    let (kept, notes) = ask(&db, &question, Audience::Programs);
    assert_eq!(kept.shown(&["quote_id"]), "10, 7");
    let taken = "\"Ruiz\" was taken for Ana Ruiz (person); --each also asks for Tomás Ruiz (person)";
    assert_eq!(notes.iter().collect::<Vec<_>>(), [taken]);
    let (kept, notes) = ask(&db, &Question { each: true, ..question }, Audience::Programs);
    assert_eq!(kept.shown(&["quote_id"]), "10, 8, 7");
    assert_eq!(
        notes.iter().collect::<Vec<_>>(),
        ["\"Ruiz\" fits 2 entities: Ana Ruiz (person), Tomás Ruiz (person)"]
    );
}

#[test]
fn who_has_no_name_is_asked_for_as_printed() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    for (question, answer) in
        [("what did the fisherman say?", "6"), ("what did a fisherman say about Ana Ruiz?", "6")]
    {
        let (kept, notes) = ask(&db, &read(question), Audience::Programs);
        assert_eq!(kept.shown(&["quote_id"]), answer, "{question}");
        let note = notes.iter().next().unwrap_or_default();
        assert!(
            note.ends_with(
                "fisherman\" is not a name in this database; looked for it in the sources as printed"
            ),
            "{note}"
        );
    }
    let (kept, notes) = ask(&db, &read("what did the harbor master say?"), Audience::Programs);
    assert_eq!((kept.rows.len(), notes.iter().count()), (0, 1));
}

#[test]
fn whom_a_misread_line_called_so_is_not_meant() {
    let golden = with(
        "UPDATE aliases SET article_count = 60 WHERE alias = 'Ruiz';
         INSERT INTO aliases (entity_id, alias, alias_key, article_count) VALUES (5, 'Ruiz', 'ruiz', 1);",
    );
    let notes = |question: &Question| ask(&golden.reader(), question, Audience::Readers).1;
    let question = read("what did Ruiz say?");
    assert!(notes(&question).iter().any(|note| note.contains("fits 2 entities")), "{:?}", notes(&question));
    let question = Question { each: true, ..question };
    assert!(notes(&question).iter().any(|note| note.contains("fits 3 entities")), "{:?}", notes(&question));
}

#[test]
fn of_names_as_near_to_a_misspelled_one_the_well_known_is_taken() {
    let golden = with(
        "UPDATE entities SET mention_count = 500 WHERE id = 2;
         INSERT INTO entities (id, kind, name, name_key, mention_count) VALUES (20, 'person', 'Lia Okofor', 'lia okofor', 1);
         INSERT INTO aliases (entity_id, alias, alias_key, article_count) VALUES (20, 'Lia Okofor', 'lia okofor', 1);",
    );
    let (_, notes) = ask(&golden.reader(), &read("what did Lia Okefor say?"), Audience::Readers);
    assert!(notes.iter().any(|note| note.contains("answered for the nearest: Lia Okafor")), "{notes:?}");
}

#[test]
fn who_stands_for_an_office_is_asked_by_the_office() {
    let golden = with(
        "INSERT INTO relationships (article_id, subject_id, predicate, detail, detail_key, status, start, end, confidence)
         VALUES (4, 5, 'candidate_for', 'mayor', 'mayor', 'asserted', 0, 1, 0.8);",
    );
    for question in ["who ran for mayor?", "who ran for mayor since 2010?"] {
        let (kept, _) = ask(&golden.reader(), &read(question), Audience::Programs);
        assert_eq!(
            kept.shown(&["name", "predicate", "detail"]),
            "José Méndez/candidate_for/mayor",
            "{question}"
        );
    }
}
