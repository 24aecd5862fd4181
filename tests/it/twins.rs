//! Rows that the whole archive shows to be one person's: how they are joined at the end of a run, and parted again.

use onrecord::facts::Gender;
use onrecord::store::{Correction, IfUnchanged, Store, Verdict};

use crate::store::{Marked, Shelf, marked};

/// Articles with the ids 1, 2, 3 … out of their marked texts.
fn articles(texts: &[&str]) -> Vec<Marked> {
    let article = |(number, text): (usize, &&str)| {
        marked(&(number + 1).to_string(), &format!("2020-01-{:02}", number + 1), text)
    };
    texts.iter().enumerate().map(article).collect()
}

fn saved(articles: &[Marked]) -> Shelf {
    let shelf = Shelf::new();
    shelf.save(&articles.iter().collect::<Vec<_>>());
    shelf
}

/// How many are joined by the end of a run.
fn join(shelf: &Shelf) -> usize {
    let mut store = Store::open(&shelf.db()).expect("opens");
    let joined = store.join_twins().expect("joins");
    store.close();
    joined.numbers.len()
}

fn undo(shelf: &Shelf, number: i64) {
    let mut store = Store::open(&shelf.db()).expect("opens");
    store.undo(number).expect("undoes");
    store.close();
}

const PEOPLE: &str = "SELECT id, name, mention_count FROM people ORDER BY id";

/// The bearer becomes known only after an article has used the last name alone.
fn early() -> Vec<Marked> {
    articles(&[
        "[P Ruiz] left [L Valdora].",
        "[P Ana Ruiz] sang. [P Ruiz=Ana Ruiz] was glad.",
        "[P Ana Ruiz] slept. [P Ruiz=Ana Ruiz] woke.",
    ])
}

#[test]
fn a_last_name_of_an_early_article_is_joined_to_its_one_bearer_under_the_older_id() {
    let shelf = saved(&early());
    let before = shelf.rows(PEOPLE);
    assert_eq!(before, "1|Ruiz|1\n3|Ana Ruiz|4\n");
    assert_eq!(join(&shelf), 1);
    assert_eq!(shelf.rows(PEOPLE), "1|Ana Ruiz|5\n");
    assert_eq!(
        shelf.rows("SELECT action, origin, note FROM corrections"),
        "merge|automatic|automatic: 2 articles call Ana Ruiz so, and no other full name holds it\n"
    );
    let joined = crate::support::dump(&shelf.db());
    assert_eq!(join(&shelf), 0, "twice changes nothing");
    let all = early();
    shelf.save_with(&all.iter().collect::<Vec<_>>(), IfUnchanged::Reanalyze);
    assert_eq!(crate::support::dump(&shelf.db()), joined, "nor does a new analysis");
    undo(&shelf, 1);
    assert_eq!(shelf.rows(PEOPLE), before);
    assert_eq!(join(&shelf), 0, "who was parted stays so");
}

#[test]
fn a_persons_word_wins_whenever_it_is_given() {
    let told_apart = |shelf: &Shelf| {
        let mut store = Store::open(&shelf.db()).expect("opens");
        let names = shelf.rows("SELECT id FROM entities WHERE kind = 'person' ORDER BY id");
        let ids: Vec<i64> = names.lines().map(|id| id.parse().expect("an id")).collect();
        let [one, other] = [ids[0], ids[1]].map(|id| store.entity_name(id).expect("is there"));
        store.correct(&[Correction::new(Verdict::Distinct(one, other), None)]).expect("is kept");
        store.close();
    };
    let shelf = saved(&early());
    let before = shelf.rows(PEOPLE);
    told_apart(&shelf);
    assert_eq!(join(&shelf), 0);
    assert_eq!(shelf.rows(PEOPLE), before);
}

#[test]
fn a_later_article_may_be_joined_to_one_who_was_joined() {
    let shelf = saved(&early());
    join(&shelf);
    let more = [marked("9", "2020-02-01", "[P Ruiz] came back to [L Estmark].")];
    shelf.save(&more.iter().collect::<Vec<_>>());
    assert_eq!(join(&shelf), 1);
    assert_eq!(shelf.rows(PEOPLE), "1|Ana Ruiz|6\n");
}

#[test]
fn a_last_name_of_two_is_nobodys() {
    let shelf = saved(&articles(&[
        "[P Ruiz] left [L Valdora].",
        "[P Ana Ruiz] sang. [P Ruiz=Ana Ruiz] was glad.",
        "[P Ana Ruiz] slept. [P Ruiz=Ana Ruiz] woke.",
        "[P Leo Ruiz] fished.",
    ]));
    assert_eq!(join(&shelf), 0);
}

#[test]
fn a_rare_name_that_no_full_name_holds_is_ones() {
    let mut texts = articles(&["[P Qesra] sang.", "[P Qesra] slept.", "[P Qesra] left.", "[P Maria] left."]);
    texts[0].facts.entities[0].gender = Some(Gender::Female);
    texts[2].facts.entities[0].gender = Some(Gender::Male);
    texts.push(marked("5", "2020-01-05", "[P Maria] came."));
    let shelf = saved(&texts);
    assert_eq!(join(&shelf), 1);
    assert_eq!(shelf.rows(PEOPLE), "1|Qesra|2\n3|Qesra|1\n4|Maria|1\n5|Maria|1\n");
}

#[test]
fn who_is_known_by_a_last_name_draws_it_and_a_rare_bearer_does_not() {
    let known = "[P Ana Ruiz] sang. [P Ruiz=Ana Ruiz] was glad.";
    let mut texts = vec![known; 9];
    texts.extend(["[P Leo Ruiz] fished.", "[P Ruiz] left [L Valdora].", "[P Mira Ruiz] met [P Ruiz]."]);
    let shelf = saved(&articles(&texts));
    assert_eq!(
        shelf.rows("SELECT name, mention_count FROM people ORDER BY id"),
        "Ana Ruiz|20\nLeo Ruiz|1\nMira Ruiz|1\n"
    );
}

#[test]
fn a_misread_gender_parts_nobody_from_a_well_known_name() {
    let mut texts = vec!["[P Qesra Ruiz] met [P Leo Brandt]. [P Qesra Ruiz] left."; 8];
    texts.push("[P Qesra Ruiz] wrote to [P Leo Brandt].");
    texts.push("[P Qesra Ruiz] opened a shop in [L Valdora].");
    let mut articles = articles(&texts);
    for (number, article) in articles.iter_mut().enumerate() {
        article.facts.entities[0].gender = Some(if number < 8 { Gender::Female } else { Gender::Male });
    }
    let shelf = saved(&articles);
    assert_eq!(
        shelf.rows("SELECT name, gender, mention_count FROM people WHERE name <> 'Leo Brandt' ORDER BY id"),
        "Qesra Ruiz|female|17\nQesra Ruiz|male|1\n"
    );
}

/// An archive of one country: its senate goes by the bare name and by the country's, another's by that one's.
fn own_country() -> Vec<Marked> {
    let mut texts = vec!["[L France] waited for the [O French Senate].".to_owned()];
    texts.extend((0..24).map(|_| "[L Brazil] waited for the [O Senate].".to_owned()));
    texts.extend((0..4).map(|_| "[L Brazil] waited for the [O Brazilian Senate].".to_owned()));
    articles(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_body_of_the_archives_own_country_has_one_row() {
    let shelf = saved(&own_country());
    assert_eq!(join(&shelf), 1);
    assert_eq!(
        shelf.rows("SELECT name, mention_count FROM organizations ORDER BY id"),
        "French Senate|1\nBrazilian Senate|28\n"
    );
    assert_eq!(
        shelf.rows("SELECT note FROM corrections"),
        "automatic: the archive is about Brazil, and calls Brazilian Senate by the bare name 24 times\n"
    );
    undo(&shelf, 1);
    assert_eq!(join(&shelf), 0, "what was parted is not joined again");
}

#[test]
fn a_body_is_not_joined_where_no_country_is_the_archives_own() {
    let mut articles = own_country();
    let others = (0..20).map(|number| marked(&format!("x{number}"), "2020-03-01", "[L France] slept."));
    articles.extend(others);
    assert_eq!(join(&saved(&articles)), 0);
}

#[test]
fn a_given_name_beside_a_relative_is_whom_the_archive_knows_with_that_last_name() {
    let mut texts = vec!["[P Lena Falk] and [P Ben Falk] sang with [P Teo Sand]."; 5];
    texts.extend(["[P Ben Falk] went with [P Lena].", "[P Teo Sand] went with [P Lena]."]);
    let shelf = saved(&articles(&texts));
    assert_eq!(join(&shelf), 1);
    assert_eq!(
        shelf.rows("SELECT name, mention_count FROM people ORDER BY id"),
        "Lena Falk|6\nBen Falk|6\nTeo Sand|6\nLena|1\n"
    );
    assert_eq!(
        shelf.rows("SELECT note FROM corrections"),
        "automatic: mentioned beside a relative, as Lena Falk is elsewhere\n"
    );
}

#[test]
fn a_last_name_is_whose_company_is_kept() {
    let company = "[O Bluefin] [O Northwind] [O Harbor Party] [O Brume Radio]";
    let of_ana = format!("[P Ana Ruiz] sang for {company}. [P Ruiz=Ana Ruiz] left.");
    let of_leo = "[P Leo Ruiz] fished. [P Ruiz=Leo Ruiz] left. [P Leo Ruiz] slept.";
    let early = format!("[P Ruiz] worked for {company}.");
    let before = "[P Ana Ruiz] slept. [P Ruiz=Ana Ruiz] woke.";
    let shelf = saved(&articles(&[before, of_leo, &early, &of_ana]));
    assert_eq!(shelf.rows("SELECT count(*) FROM people"), "3\n");
    assert_eq!(join(&shelf), 1);
    assert_eq!(shelf.rows("SELECT name, mention_count FROM people ORDER BY id"), "Ana Ruiz|5\nLeo Ruiz|3\n");
    let alone = saved(&articles(&[before, of_leo, "[P Ruiz] worked for [O Bluefin].", &of_ana]));
    assert_eq!(join(&alone), 0, "one companion is too few");
}

/// Articles that call somebody with a rare given name by either name after the full one.
fn called_by_either() -> Vec<&'static str> {
    vec!["[P Qesra Ruiz] sang. [P Ruiz=Qesra Ruiz] slept. [P Qesra=Qesra Ruiz] woke."; 7]
}

#[test]
fn an_article_that_prints_the_given_name_and_the_last_name_by_themselves_means_one() {
    let mut texts = called_by_either();
    texts.push("[P Qesra] won. Nobody had bet on [P Ruiz].");
    let shelf = saved(&articles(&texts));
    assert_eq!(shelf.rows("SELECT name, mention_count FROM people"), "Qesra Ruiz|23\n");
    // Who is printed in full beside a last name that is kept apart is another.
    let mut texts = called_by_either();
    texts.push("[P Qesra Ruiz] won. Her brother [P Ruiz] left.");
    let shelf = saved(&articles(&texts));
    assert_eq!(shelf.rows("SELECT name, mention_count FROM people ORDER BY id"), "Qesra Ruiz|22\nRuiz|1\n");
}

#[test]
fn what_an_article_takes_for_another_kind_of_thing_is_whose_name_it_prints() {
    let mut texts = called_by_either();
    texts.push("[P Qesra Ruiz] won. [O Ruiz] was glad.");
    let shelf = saved(&articles(&texts));
    assert_eq!(shelf.rows("SELECT name, mention_count FROM people"), "Qesra Ruiz|23\n");
    assert_eq!(shelf.rows("SELECT count(*) FROM organizations"), "0\n");
}

#[test]
fn both_names_of_an_early_article_are_joined_to_their_one_bearer() {
    let mut texts = vec!["[P Qesra] won. Nobody had bet on [P Ruiz]."];
    texts.extend(called_by_either());
    let shelf = saved(&articles(&texts));
    assert_eq!(shelf.rows("SELECT count(*) FROM people"), "3\n");
    join(&shelf);
    assert_eq!(shelf.rows("SELECT mention_count FROM people"), "23\n");
}

#[test]
fn an_acronym_of_an_early_article_is_whose_name_nearly_all_articles_have_beside_it() {
    let early = "[O HSB] reported it.";
    let both = "[O Harbor State Broadcasting] said so. [O HSB=Harbor State Broadcasting] said more.";
    let other = "[O Hill Savings Bank] opened. [O HSB=Hill Savings Bank] closed.";
    let mut texts = vec![early];
    texts.extend([both; 8]);
    let one = saved(&articles(&[texts.clone(), vec![other]].concat()));
    assert_eq!(join(&one), 1);
    assert_eq!(
        one.rows("SELECT name, mention_count FROM organizations ORDER BY id"),
        "Harbor State Broadcasting|17\nHill Savings Bank|2\n"
    );
    assert_eq!(
        one.rows("SELECT note FROM corrections"),
        "automatic: 8 articles call Harbor State Broadcasting by the acronym HSB, 1 the next\n"
    );
    let two = saved(&articles(&[texts, vec![other; 2]].concat()));
    assert_eq!(join(&two), 0);
}
