//! Questions and flags against the golden database: which quotes and relationships answer them.

use chrono::NaiveDate;
use onrecord::error::Error;
use onrecord::facts::predicates;
use onrecord::query::output::{Cell, Sink};
use onrecord::query::question::{Count, CountKey, Question, parse};
use onrecord::query::{ALL_ATTRIBUTIONS, Audience, Notes, WHO_IS, WHO_SAID_WHAT, answer};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::golden_database::GoldenDatabase;

/// Keeps an answer.
#[derive(Default)]
pub(crate) struct Kept {
    columns: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl Sink for Kept {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.columns = names.iter().map(|name| (*name).to_owned()).collect();
        Ok(())
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        assert_eq!(values.len(), self.columns.len());
        self.rows.push(values.to_vec());
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

impl Kept {
    /// The chosen columns of every row: values by `/`, rows by `, `.
    pub(crate) fn shown(&self, columns: &[&str]) -> String {
        let index = |name: &&str| {
            self.columns.iter().position(|column| column == name).expect("there is such a column")
        };
        let indexes: Vec<usize> = columns.iter().map(index).collect();
        let cell = |value: &Cell| match value {
            Cell::Null => "-".to_owned(),
            Cell::Integer(number) => number.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Text(text) => text.clone(),
            Cell::Blob(_) => "blob".to_owned(),
            Cell::List(texts) => texts.join("+"),
        };
        let row =
            |row: &Vec<Cell>| indexes.iter().map(|index| cell(&row[*index])).collect::<Vec<_>>().join("/");
        self.rows.iter().map(row).collect::<Vec<_>>().join(", ")
    }
}

pub(crate) fn ask(db: &Connection, question: &Question, audience: Audience) -> (Kept, Notes) {
    let mut kept = Kept::default();
    let notes = answer(db, question, audience, &mut kept).expect("the question can be answered");
    (kept, notes)
}

pub(crate) fn read(question: &str) -> Question {
    let today = NaiveDate::from_ymd_opt(2017, 5, 10).expect("a day");
    parse::parse(question, today).expect("the question is understood")
}

#[test]
fn questions_on_quotes_have_their_answers() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    for (question, answer) in [
        // Newest first; of one day, the later quote first; without a date last.
        ("who said what about Harbor Bank?", "7/Harbor Bank, 6/Harbor Bank, 2/Harbor Bank, 1/Harbor Bank"),
        ("what was said about HB?", "7/Harbor Bank, 6/Harbor Bank, 2/Harbor Bank, 1/Harbor Bank"),
        ("what did Ana Ruiz say?", "10/Lia Okafor, 7/Harbor Bank, 4/Porto Verde, 3/-, 2/Harbor Bank"),
        ("what did ANA RUIZ say about harbor bank?", "7/Harbor Bank, 2/Harbor Bank"),
        ("what did Mayor Ana Ruiz say about Harbor Bank since 2017?", "7/Harbor Bank"),
        ("what has Ana Ruiz said in 2016?", "4/Porto Verde, 3/-, 2/Harbor Bank"),
        ("what did Ana Ruiz say on 20 September 2016?", "4/Porto Verde, 3/-"),
        ("what did Ana Ruiz say before March 2016?", ""),
        ("what did Ana Ruiz say last week?", "10/Lia Okafor, 7/Harbor Bank"),
        ("what did Jose Mendez say about Ana Ruiz?", "5/Ana Ruiz"),
        ("what did Okafor say?", "1/Harbor Bank, 1/Porto Verde, 9/-"),
        // Two bear that name.
        ("what did Ruiz say in May 2017?", "10/Lia Okafor, 8/José Méndez, 7/Harbor Bank"),
        // A list of names.
        ("what did Okafor and Méndez say?", "5/Ana Ruiz, 1/Harbor Bank, 1/Porto Verde, 9/-"),
        ("who said what about Ana Ruiz and Harbor Bank?", "6/Ana Ruiz, 6/Harbor Bank"),
        // No name: words of the quote.
        ("who said what about the price of bread?", "5/Ana Ruiz"),
        ("what did Ana Ruiz say about bread?", "10/Lia Okafor"),
        ("who said \"open to all\"?", "3/-"),
        ("who said \"to open all\"?", ""),
        ("did Ana Ruiz say \"never again\"?", ""),
        ("when did Ana Ruiz last speak about Harbor Bank?", "7/Harbor Bank"),
        ("when did Ana Ruiz first mention Harbor Bank?", "2/Harbor Bank"),
        // What has no date is neither the newest nor the oldest.
        ("when did Okafor first mention Porto?", "1/Porto Verde"),
        ("what did Okafor last say?", "1/Harbor Bank, 1/Porto Verde"),
        ("what did Ana Ruiz deny?", "2/Harbor Bank"),
        ("what did Ana Ruiz promise?", "4/Porto Verde"),
        // Nouns in the place of verbs, and other orders.
        ("Ana Ruiz on Harbor Bank", "7/Harbor Bank, 2/Harbor Bank"),
        ("Ana Ruiz's quotes in 2016", "4/Porto Verde, 3/-, 2/Harbor Bank"),
        ("quotes by Ana Ruiz about Harbor Bank", "7/Harbor Bank, 2/Harbor Bank"),
        ("quotes about Harbor Bank by Ana Ruiz", "7/Harbor Bank, 2/Harbor Bank"),
        ("everything Ana Ruiz said in 2017", "10/Lia Okafor, 7/Harbor Bank"),
        ("in 2017 what did Ana Ruiz say?", "10/Lia Okafor, 7/Harbor Bank"),
        ("latest quote by Okafor", "1/Harbor Bank, 1/Porto Verde"),
        ("first quote by Ana Ruiz about Harbor Bank", "2/Harbor Bank"),
        ("last 2 quotes by Ana Ruiz", "10/Lia Okafor, 7/Harbor Bank"),
        ("promises by Ana Ruiz", "4/Porto Verde"),
        ("Ana Ruiz's denials", "2/Harbor Bank"),
        ("who promised what about Porto?", "4/Porto Verde"),
        // Exceptions, outlets, kinds.
        ("quotes about Harbor Bank by anyone but Ana Ruiz", "6/Harbor Bank, 1/Harbor Bank"),
        ("who said what about Harbor Bank except Okafor?", "7/Harbor Bank, 6/Harbor Bank, 2/Harbor Bank"),
        (
            "who said what about Harbor Bank but not about Ana Ruiz?",
            "7/Harbor Bank, 2/Harbor Bank, 1/Harbor Bank",
        ),
        (
            "who said what about Harbor Bank except the fisherman?",
            "7/Harbor Bank, 2/Harbor Bank, 1/Harbor Bank",
        ),
        ("what did Ana Ruiz say in Porto Courier articles?", "4/Porto Verde, 3/-, 2/Harbor Bank"),
        ("what did Ana Ruiz say in stories from the Porto Courier?", "4/Porto Verde, 3/-, 2/Harbor Bank"),
        ("what did Ana Ruiz say in Courier articles?", "4/Porto Verde, 3/-, 2/Harbor Bank"),
        // Either of several.
        ("what did Okafor or Méndez say?", "5/Ana Ruiz, 1/Harbor Bank, 1/Porto Verde, 9/-"),
        (
            "what did Okafor or the fisherman say?",
            "6/Ana Ruiz, 6/Harbor Bank, 1/Harbor Bank, 1/Porto Verde, 9/-",
        ),
        ("who said what about Lia Okafor or José Méndez?", "10/Lia Okafor, 8/José Méndez"),
        ("who said what about Lia Okafor or the price of bread?", "10/Lia Okafor, 5/Ana Ruiz"),
        ("what did Okafor and Méndez say about Porto?", "1/Porto Verde"),
        // A name and words, both.
        ("who said what about Ana Ruiz and bread?", "5/Ana Ruiz"),
        (
            "compare what Ana Ruiz and Okafor said about Harbor Bank",
            "7/Harbor Bank, 2/Harbor Bank, 1/Harbor Bank",
        ),
        // Misspelled, and near one name alone.
        ("what did Lia Okafro say?", "1/Harbor Bank, 1/Porto Verde, 9/-"),
        // Nobody of that name.
        ("what did Zoe Nobody say?", ""),
        ("who said what about Zoe Nobody?", ""),
    ] {
        let by_subject = Question { by_subject: true, ..read(question) };
        let (kept, _) = ask(&db, &by_subject, Audience::Programs);
        let columns = if kept.rows.is_empty() { Vec::new() } else { vec!["quote_id", "about"] };
        assert_eq!(kept.shown(&columns), answer, "{question}");
    }
}

#[test]
fn questions_that_count_have_their_answers() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    for (question, answer) in [
        ("how often did Ana Ruiz mention Harbor Bank?", "2"),
        ("how often was Ana Ruiz quoted?", "5"),
        ("how often was Zoe Nobody quoted?", "0"),
        ("who is quoted most about Harbor Bank?", "Ana Ruiz/2, Lia Okafor/1, -/1"),
        ("how many quotes are there by Ana Ruiz about Harbor Bank?", "2"),
        ("how often was Ana Ruiz quoted per year?", "2016/3, 2017/2"),
        ("top 2 speakers", "Ana Ruiz/5, Lia Okafor/2"),
        ("most quoted people in Porto Courier articles", "Ana Ruiz/3, Lia Okafor/1"),
        ("quotes about Harbor Bank by outlet", "Porto Courier/2, The Daily Anchor/2"),
        ("who is quoted most?", "Ana Ruiz/5, Lia Okafor/2, José Méndez/1, Tomás Ruiz/1, -/1"),
        ("whom does Ana Ruiz mention most?", "Harbor Bank/2, Lia Okafor/1, Porto Verde/1"),
        ("which papers quote Ana Ruiz most?", "Porto Courier/3, The Daily Anchor/1, -/1"),
    ] {
        let (kept, _) = ask(&db, &read(question), Audience::Programs);
        let columns: Vec<&str> = kept.columns.iter().map(String::as_str).collect();
        assert_eq!(kept.shown(&columns), answer, "{question}");
    }
    let ruiz = Question {
        about: vec!["Ruiz".into()],
        count: Some(Count::By(CountKey::About)),
        ..Question::default()
    };
    let (kept, _) = ask(&db, &ruiz, Audience::Programs);
    assert_eq!(kept.shown(&["about", "quotes"]), "Ana Ruiz/2, Harbor Bank/1");
    for (key, answer) in [
        (CountKey::About, "Harbor Bank/4, Ana Ruiz/2, Porto Verde/2, Lia Okafor/1, José Méndez/1"),
        (CountKey::Year, "2016/4, 2017/5, -/1"),
        (CountKey::Month, "2016-03/2, 2016-09/2, 2017-03/2, 2017-05/3, -/1"),
        (CountKey::Kind, "direct/7, indirect/2, mixed/1"),
        (CountKey::Act, "statement/6, criticism/1, denial/1, promise/1, question/1"),
    ] {
        let question = Question { count: Some(Count::By(key)), ..Question::default() };
        let (kept, _) = ask(&db, &question, Audience::Programs);
        let columns: Vec<&str> = kept.columns.iter().map(String::as_str).collect();
        assert_eq!(kept.shown(&columns), answer, "{key:?}");
    }
}

#[test]
fn questions_on_relationships_have_their_answers() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    for (question, answer) in [
        (
            "who is Ana Ruiz?",
            "Ana Ruiz/-/-/mayor, Ana Ruiz/leads/Porto Verde/mayor, Ana Ruiz/accused/Harbor Bank/hiding losses, \
             Ana Ruiz/spouse_of/Tomás Ruiz/husband, Ana Ruiz/met_with/Lia Okafor/-",
        ),
        ("who is Nils Quist?", "Nils Quist/-/-/-"),
        ("who is Zoe Nobody?", ""),
        ("who leads Porto Verde?", "Ana Ruiz/leads/Porto Verde/mayor"),
        ("who is the mayor of Porto?", "Ana Ruiz/leads/Porto Verde/mayor"),
        ("who is the governor of Porto?", ""),
        ("who works for Harbor Bank?", "Lia Okafor/spokesperson_for/Harbor Bank/spokeswoman"),
        ("who speaks for Harbor Bank?", "Lia Okafor/spokesperson_for/Harbor Bank/spokeswoman"),
        // Either may stand first.
        ("who met Ana Ruiz?", "Lia Okafor/met_with/Ana Ruiz/-"),
        ("who met Lia Okafor?", "Ana Ruiz/met_with/Lia Okafor/-"),
        // Denied.
        ("who met Harbor Bank?", ""),
        ("who accused Harbor Bank of hiding losses?", "Ana Ruiz/accused/Harbor Bank/hiding losses"),
        ("who accused Harbor Bank of lying?", ""),
        ("Ana Ruiz's husband", "Tomás Ruiz/spouse_of/Ana Ruiz/husband"),
        ("whom did Ana Ruiz accuse?", "Ana Ruiz/accused/Harbor Bank/hiding losses"),
        // By a relationship, and by a quote.
        ("who criticized Ana Ruiz?", "José Méndez/criticized/Ana Ruiz/-, José Méndez/criticized/Ana Ruiz/-"),
        ("who criticized Ana Ruiz in 2016?", ""),
        ("how are Ana Ruiz and Tomás Ruiz related?", "Ana Ruiz/spouse_of/Tomás Ruiz/husband"),
        ("how are Tomás Ruiz and Ana Ruiz related?", "Tomás Ruiz/spouse_of/Ana Ruiz/husband"),
    ] {
        let (kept, _) = ask(&db, &read(question), Audience::Programs);
        assert_eq!(kept.shown(&["name", "predicate", "other", "detail"]), answer, "{question}");
    }
}

#[test]
fn flags_narrow_the_answer() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    let ana = || Question { speaker: Some("Ana Ruiz".into()), ..Question::default() };
    for (question, answer) in [
        (Question { kind: Some("mixed".into()), ..ana() }, "3"),
        (Question { act: Some("denial".into()), ..ana() }, "2"),
        (Question { min_confidence: Some(0.8), ..ana() }, "10, 7, 4"),
        (Question { publisher: Some("porto courier".into()), ..ana() }, "4, 3, 2"),
        (Question { publisher: Some("Nobody's Times".into()), ..ana() }, ""),
        (Question { phrases: vec!["harbor".into(), "answ*".into()], ..ana() }, "7"),
        (Question { limit: Some(2), offset: 1, ..ana() }, "7, 4"),
        (Question { limit: Some(2), offset: 9, ..ana() }, ""),
        // The offset counts quotes, whomever they are about.
        (Question { speaker: Some("Lia Okafor".into()), offset: 1, ..Question::default() }, "9"),
        (Question { speaker: Some("Lia Okafor".into()), offset: 2, ..Question::default() }, ""),
        (Question { speaker: Some("Lia Okafor".into()), limit: Some(1), ..Question::default() }, "1"),
        (
            Question {
                about: vec!["Ana Ruiz".into(), "Harbor Bank".into()],
                limit: Some(1),
                ..Question::default()
            },
            "6",
        ),
        (Question { phrases: vec!["bread".into()], ..Question::default() }, "10, 5"),
        (Question { phrases: vec!["bread".into()], earliest: true, ..Question::default() }, "5"),
        (Question { earliest: true, ..ana() }, "2"),
        // A name that two bear: each quote once, in order.
        (Question { about: vec!["Ruiz".into()], ..Question::default() }, "6, 5"),
        (Question { about: vec!["Ruiz".into()], earliest: true, ..Question::default() }, "5"),
        (
            Question {
                about: vec!["Ruiz".into()],
                kind: Some("direct".into()),
                limit: Some(1),
                ..Question::default()
            },
            "6",
        ),
        (Question { publisher: Some("The Daily Anchor".into()), limit: Some(1), ..Question::default() }, "8"),
    ] {
        let (kept, _) = ask(&db, &question, Audience::Programs);
        assert_eq!(kept.shown(&["quote_id"]), answer, "{}", question.to_flags());
    }
}

#[test]
fn notes_say_what_the_answer_rests_on() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    for (question, note) in [
        ("what did Ruiz say?", "\"Ruiz\" fits 2 entities: Ana Ruiz (person), Tomás Ruiz (person)"),
        (
            "what did Ana Ruis say?",
            "\"Ana Ruis\" is not a name in this database; answered for the nearest: Ana Ruiz",
        ),
        ("what did Anna Okafor say?", "\"Anna Okafor\" is not a name in this database; near it: Lia Okafor"),
        ("who is Xyz?", "\"Xyz\" is not a name in this database"),
        (
            "who said what about bread?",
            "\"bread\" is not a name in this database; looked for these words in the quotes",
        ),
    ] {
        let (_, notes) = ask(&db, &read(question), Audience::Programs);
        assert_eq!(notes.iter().collect::<Vec<_>>(), [note], "{question}");
    }
}

#[test]
fn an_empty_answer_says_what_is_near_it() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    for (question, near) in [
        ("what did Ana Ruiz promise about Harbor Bank?", "2 of other acts than promise"),
        ("what did Ana Ruiz say in 2012?", "5 at other dates (2016-03-01 to 2017-05-02)"),
        ("who accused Harbor Bank of lying?", "1 without \"lying\""),
        ("what did Porto say?", "2 about Porto"),
        ("who met Harbor Bank?", "that are denied, hypothetical or planned"),
        ("whom did Harbor Bank accuse?", "1 with Harbor Bank as the one who is acted on"),
    ] {
        let (kept, notes) = ask(&db, &read(question), Audience::Programs);
        assert_eq!(kept.rows.len(), 0, "{question}");
        let said = notes.iter().find(|note| note.starts_with("nothing fits all of it")).unwrap_or_default();
        assert!(said.contains(near), "{question}: {:?}", notes.iter().collect::<Vec<_>>());
    }
    let (_, notes) = ask(&db, &read("what did Ana Ruiz say?"), Audience::Programs);
    assert!(notes.iter().all(|note| !note.starts_with("nothing")));
}

#[test]
fn speakers_stand_side_by_side_where_they_are_compared() {
    let golden = GoldenDatabase::new();
    let question = read("compare what Ana Ruiz and Lia Okafor said about Harbor Bank");
    let (kept, _) = ask(&golden.reader(), &question, Audience::Readers);
    assert_eq!(kept.columns, ["Ana Ruiz", "Lia Okafor"]);
    let shown = kept.shown(&["Ana Ruiz", "Lia Okafor"]);
    assert!(shown.contains("(quote 7)/2016-03-01") && shown.contains("(quote 2)/-"), "{shown}");
    let alone = Question { compare: true, ..read("what did Ana Ruiz say?") };
    assert!(answer(&golden.reader(), &alone, Audience::Readers, &mut Kept::default()).is_err());
}

#[test]
fn quotes_in_articles_about_a_topic_come_behind_those_that_name_it() {
    let golden = with("UPDATE articles SET title = 'What the Harbor Bank hides';");
    let db = golden.reader();
    let question = Question { broad: true, ..read("what did Ana Ruiz say about Harbor Bank?") };
    let (kept, _) = ask(&db, &question, Audience::Programs);
    let shown = kept.shown(&["quote_id", "in_article_about"]);
    assert!(shown.starts_with("7/-, 2/-"), "{shown}");
    // Limit and offset count the quotes of both tiers, each of which is there once.
    let all: Vec<&str> = shown.split(", ").collect();
    for (limit, offset) in [(1, 0), (2, 1), (3, 1), (2, 2), (5, 0)] {
        let question = Question { limit: Some(limit), offset, ..question.clone() };
        let (kept, _) = ask(&db, &question, Audience::Programs);
        let (limit, offset) =
            (usize::try_from(limit).expect("is small"), usize::try_from(offset).expect("is small"));
        let page: Vec<&str> = all.iter().copied().skip(offset).take(limit).collect();
        assert_eq!(kept.shown(&["quote_id", "in_article_about"]), page.join(", "), "{limit} from {offset}");
    }
    assert!(all.len() > 2 && all.iter().skip(2).all(|row| row.ends_with("/Harbor Bank")), "{shown}");
    let (plain, _) = ask(&db, &Question { broad: false, ..question }, Audience::Programs);
    assert_eq!(plain.shown(&["quote_id"]), "7, 2");
}

#[test]
fn a_quote_can_come_with_the_words_around_it() {
    let golden = GoldenDatabase::new();
    let writer = Connection::open(golden.path()).expect("the database opens");
    writer
        .execute_batch(
            "UPDATE articles SET body = 'Before it.\nOn Monday she said: We did not. Nobody asked.\nAfter it.' WHERE id = 1;
             UPDATE quotes SET text = 'We did not', start = 31, end = 41 WHERE id = 2;",
        )
        .expect("the article changes");
    let question = Question { context: true, ..read("what did Ana Ruiz deny?") };
    for audience in [Audience::Programs, Audience::People, Audience::Readers] {
        let (kept, _) = ask(&golden.reader(), &question, audience);
        assert_eq!(kept.shown(&["context"]), "On Monday she said: We did not. Nobody asked.");
    }
}

#[test]
fn rows_bear_the_names_of_the_views() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    let columns = |view: &str| -> Vec<String> {
        let statement = db.prepare(&format!("SELECT * FROM {view}")).expect("there is such a view");
        statement.column_names().map(str::to_owned).collect()
    };
    let with_outlets = |view: &str| [columns(view), vec!["outlets".to_owned()]].concat();
    assert_eq!(with_outlets("who_said_what"), WHO_SAID_WHAT);
    assert_eq!(with_outlets("all_attributions"), ALL_ATTRIBUTIONS);
    assert_eq!(columns("who_is"), WHO_IS);
}

/// Every row of a view as text, sorted.
fn view_rows(db: &Connection, view: &str, columns: usize) -> Vec<String> {
    let mut statement = db.prepare(&format!("SELECT * FROM {view}")).expect("there is such a view");
    let rows = statement
        .query_map([], |row| {
            (0..columns).map(|column| row.get::<_, Value>(column)).collect::<Result<Vec<_>, _>>()
        })
        .expect("the view can be read");
    let mut rows: Vec<String> = rows.map(|row| format!("{:?}", row.expect("a row"))).collect();
    rows.sort();
    rows
}

#[test]
fn answers_are_rows_of_the_views() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    let sorted = |kept: Kept| {
        let mut rows: Vec<String> = kept.rows.iter().map(|row| format!("{row:?}")).collect();
        rows.sort();
        rows
    };
    let everything = Question { limit: Some(0), by_subject: true, ..Question::default() };
    let (quotes, _) = ask(&db, &everything, Audience::Programs);
    let with_outlets = |view: &str| format!("(SELECT *, 1 AS outlets FROM {view})");
    assert_eq!(sorted(quotes), view_rows(&db, &with_outlets("who_said_what"), WHO_SAID_WHAT.len()));
    let (quotes, _) = ask(&db, &Question { all: true, ..everything }, Audience::Programs);
    assert_eq!(sorted(quotes), view_rows(&db, &with_outlets("all_attributions"), ALL_ATTRIBUTIONS.len()));

    let all_predicates: Vec<String> =
        ["leads", "spokesperson_for", "met_with", "accused", "supports", "spouse_of", "employed_by"]
            .map(String::from)
            .to_vec();
    let (relationships, _) =
        ask(&db, &Question { predicates: all_predicates, ..Question::default() }, Audience::Programs);
    // Behind the columns of the view stands what shows each relationship.
    let of_view = relationships.rows.iter().map(|row| row[..WHO_IS.len()].to_vec()).collect();
    let of_view = Kept { rows: of_view, ..Kept::default() };
    assert_eq!(
        sorted(of_view),
        view_rows(&db, "(SELECT * FROM who_is WHERE predicate <> 'criticized')", WHO_IS.len())
    );
}

#[test]
fn a_page_for_people_has_one_row_for_each_quote() {
    let golden = GoldenDatabase::new();
    let (kept, _) = ask(&golden.reader(), &read("who said what about Harbor Bank?"), Audience::People);
    assert_eq!(
        kept.shown(&["published", "speaker", "about", "quote_id"]),
        "2017-05-02/Ana Ruiz/Harbor Bank/7, 2017-03-09/a fisherman/Ana Ruiz; Harbor Bank/6, \
         2016-03-01/Ana Ruiz/Harbor Bank/2, 2016-03-01/Lia Okafor/Harbor Bank; Porto Verde/1"
    );
}

#[test]
fn what_nobody_vouches_for_is_left_out_and_counted() {
    let golden = GoldenDatabase::new();
    let writer = Connection::open(golden.path()).expect("the database opens");
    writer
        .execute_batch(
            "UPDATE quotes SET vouched = 0 WHERE id IN (2, 7); UPDATE quotes SET mode = 'attitude' WHERE id = 7;
             UPDATE quotes SET mode = 'thought' WHERE id = 4;",
        )
        .expect("the quotes change");
    let db = golden.reader();
    let all = Question { all: true, ..read("what did Ana Ruiz say?") };
    let left_out = ["2 less certain quotes left out; --all shows them too"];
    for (question, answer, note) in [
        (read("what did Ana Ruiz say?"), "10, 4, 3", &left_out[..]),
        (Question { mode: Some("thought".into()), ..read("what did Ana Ruiz say?") }, "4", &[]),
        (
            read("what did Ana Ruiz say about Harbor Bank in 2017?"),
            "",
            &[
                "1 less certain quote left out; --all shows it too",
                "nothing fits all of it; near it: 1 by others than Ana Ruiz about Harbor Bank, 1 by Ana Ruiz about other things",
            ],
        ),
        (all, "10, 7, 4, 3, 2", &[]),
        // No attitude is vouched for: who asks for them means all.
        (Question { mode: Some("attitude".into()), ..read("what did Ana Ruiz say?") }, "7", &[]),
    ] {
        for audience in [Audience::Programs, Audience::People, Audience::Readers] {
            let (kept, notes) = ask(&db, &question, audience);
            assert_eq!(kept.shown(&["quote_id"]), answer, "{}", question.to_flags());
            assert_eq!(notes.iter().collect::<Vec<_>>(), note, "{}", question.to_flags());
        }
    }
    let (kept, notes) = ask(&db, &read("how often was Ana Ruiz quoted?"), Audience::Programs);
    assert_eq!(
        (kept.shown(&["quotes"]).as_str(), notes.iter().collect::<Vec<_>>()),
        ("3", left_out.to_vec())
    );
}

#[test]
fn words_that_are_hardly_ever_a_name_are_looked_up_as_words() {
    let golden = GoldenDatabase::new();
    let writer = Connection::open(golden.path()).expect("the database opens");
    writer
        .execute_batch(
            "INSERT INTO entities (id, kind, name, name_key, mention_count) VALUES (90, 'organization', 'Bread', 'bread', 1);
             INSERT INTO aliases (entity_id, alias, alias_key, article_count) VALUES (90, 'Bread', 'bread', 1)",
        )
        .expect("a word is read as a name");
    let (kept, notes) = ask(&golden.reader(), &read("who said what about bread?"), Audience::Programs);
    assert_eq!(kept.shown(&["quote_id"]), "10, 5");
    let note = "quotes have \"bread\" more often than it names anybody; looked for these words in them";
    assert_eq!(notes.iter().collect::<Vec<_>>(), [note]);
}

#[test]
fn equal_words_are_listed_once_with_the_outlets_that_print_them() {
    let golden = GoldenDatabase::new();
    let writer = Connection::open(golden.path()).expect("the database opens");
    writer
        .execute_batch(
            "INSERT INTO quotes (id, key, article_id, speaker_id, act, kind, text, start, end, confidence, vouched)
             VALUES (20, 'q20', 1, 1, 'statement', 'direct', '“Harbor Bank has to answer.”', 0, 1, 1, 1),
                 (21, 'q21', 1, 2, 'statement', 'direct', 'Harbor Bank has to answer', 0, 1, 1, 1)",
        )
        .expect("more quotes fit in");
    let (kept, _) =
        ask(&golden.reader(), &read("what did Ana Ruiz say about Harbor Bank?"), Audience::Readers);
    assert_eq!(kept.shown(&["quote_id", "elsewhere"]), "7/also in Porto Courier, 2/-");
    let everything = Question { phrases: vec!["has to answer".into()], ..Question::default() };
    let (kept, _) = ask(&golden.reader(), &everything, Audience::Readers);
    assert_eq!(kept.shown(&["quote_id", "elsewhere"]), "7/also in Porto Courier, 21/-");
    // A page goes on where the one before ended: equal words count once there too.
    for (offset, answer) in [(1, "21"), (2, "")] {
        let (kept, _) = ask(&golden.reader(), &Question { offset, ..everything.clone() }, Audience::Readers);
        assert_eq!(kept.shown(&["quote_id"]), answer, "{offset}");
    }
}

#[test]
fn a_page_says_how_many_rows_there_are() {
    let golden = GoldenDatabase::new();
    let writer = Connection::open(golden.path()).expect("the database opens");
    writer
        .execute_batch(
            "WITH RECURSIVE number (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM number WHERE n < 1299)
             INSERT INTO quotes (id, key, article_id, speaker_id, act, kind, text, start, end, confidence, vouched)
             SELECT n, 'n' || n, 1, 7, 'statement', 'direct', 'Number ' || n, 0, 1, 1, 1 FROM number",
        )
        .expect("more quotes fit in");
    let (kept, notes) = ask(&golden.reader(), &read("what did Nils Quist say?"), Audience::People);
    assert_eq!(kept.rows.len(), 50);
    assert_eq!(notes.iter().collect::<Vec<_>>(), ["50 of 1,200 rows; --limit 0 shows all"]);
    let all = Question { limit: Some(0), ..read("what did Nils Quist say?") };
    let (kept, notes) = ask(&golden.reader(), &all, Audience::People);
    assert_eq!((kept.rows.len(), notes), (1200, Notes::default()));
}

#[test]
fn every_form_asks_for_predicates_that_there_are() {
    for (example, question) in parse::examples() {
        for predicate in &question.predicates {
            assert!(predicates::find(predicate).is_some(), "{example}: {predicate}");
        }
    }
}

#[test]
fn an_unknown_predicate_is_refused_with_the_nearest() {
    let golden = GoldenDatabase::new();
    let question = Question { predicates: vec!["meets_with".into()], ..Question::default() };
    let error = answer(&golden.reader(), &question, Audience::Programs, &mut Kept::default())
        .expect_err("it is unknown");
    assert_eq!(error.to_string(), "there is no predicate `meets_with`");
    assert!(error.hints()[0].starts_with("near it: met_with"), "{:?}", error.hints());
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..proptest::test_runner::Config::with_cases(300)
    })]

    /// Whatever is typed is understood or refused, and what is understood can be asked.
    #[test]
    fn any_text_is_understood_or_refused(words in proptest::collection::vec(any_word(), 0..12)) {
        let question = words.join(" ");
        let today = NaiveDate::from_ymd_opt(2017, 5, 10).expect("a day");
        if let Ok(question) = parse::parse(&question, today) {
            assert!(question.subject_matter().is_ok(), "{}", question.to_flags());
        }
    }
}

/// Words that questions are made of, and anything else.
fn any_word() -> impl proptest::strategy::Strategy<Value = String> {
    let known = "who whom what when how did has is was said say about on of since before between and in 2016 March last \
                 week Ana Ruiz's \"never again\" who's met most often “ ” ' ? often {x} between";
    proptest::prop_oneof![
        4 => proptest::sample::select(known.split(' ').map(str::to_owned).collect::<Vec<_>>()),
        1 => "\\PC{0,6}",
    ]
}

#[test]
fn what_is_counted_already_answers_as_the_statements_do() {
    let golden = GoldenDatabase::new();
    let fresh = golden.reader();
    let stale = GoldenDatabase::new();
    let note = "INSERT INTO stale_ties VALUES (1, 'leads', 0)";
    Connection::open(stale.path()).and_then(|db| db.execute(note, [])).expect("a note fits");
    let stale = stale.reader();
    for (words, question) in onrecord::query::question::parse::examples() {
        if question.between.is_some() {
            continue;
        }
        for audience in [Audience::Programs, Audience::Readers] {
            let (counted, stated) = (ask(&fresh, &question, audience), ask(&stale, &question, audience));
            assert_eq!(counted.0.rows, stated.0.rows, "{words}");
        }
    }
}

/// The golden database with more rows, whose relationships are counted anew.
pub(crate) fn with(sql: &str) -> GoldenDatabase {
    let golden = GoldenDatabase::new();
    let db = Connection::open(golden.path()).expect("the database opens");
    db.execute_batch(sql).expect("the rows fit");
    drop(db);
    onrecord::store::Store::open(&golden.path()).expect("the database opens").close();
    golden
}

#[test]
fn nobody_criticizes_oneself_by_a_quote() {
    let golden = with(
        "INSERT INTO quote_subjects (quote_id, entity_id) SELECT id, speaker_id FROM quotes WHERE act = 'criticism';",
    );
    for since in ["", " since 2010"] {
        let question = read(&format!("who criticized José Méndez{since}?"));
        let (kept, _) = ask(&golden.reader(), &question, Audience::Programs);
        assert_eq!(kept.shown(&["name", "other"]), "", "{since}");
    }
}
