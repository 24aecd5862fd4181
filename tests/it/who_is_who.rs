//! Which stored entity an entity of an article is: one test a rule, each on a small invented archive.

use onrecord::facts::{Gender, Status};
use onrecord::store::IfUnchanged;

use crate::store::{Marked, Shelf, marked};

/// Articles with the ids 1, 2, 3 … and a date each, out of their marked texts.
fn articles(texts: &[&str]) -> Vec<Marked> {
    let article = |(number, text): (usize, &&str)| {
        marked(&(number + 1).to_string(), &format!("2020-01-{:02}", number + 1), text)
    };
    texts.iter().enumerate().map(article).collect()
}

/// A shelf with those articles, saved in one run.
fn shelf_of(articles: &[Marked]) -> Shelf {
    let shelf = Shelf::new();
    shelf.save(&articles.iter().collect::<Vec<_>>());
    shelf
}

/// For each mention in the order of the archive: the article, what is printed, and the name of whom it is.
const MENTIONS: &str = "
SELECT article_id, substr(body, start + 1, end - start), entities.name, entity_id
FROM mentions JOIN articles ON articles.id = article_id JOIN entities ON entities.id = entity_id
WHERE kind <> 'place' ORDER BY article_id, start";

/// The ids of whom a text refers to, in the order of the archive.
fn ids_of(shelf: &Shelf, printed: &str) -> Vec<i64> {
    let rows = shelf.rows(MENTIONS);
    let fields = rows.lines().map(|line| line.split('|').collect::<Vec<_>>());
    fields
        .filter(|fields| fields[1] == printed)
        .map(|fields| fields[3].parse().expect("an id is a number"))
        .collect()
}

fn people(shelf: &Shelf) -> String {
    shelf.rows("SELECT name FROM people ORDER BY id")
}

#[test]
fn a_last_name_alone_joins_nobody() {
    let shelf = shelf_of(&articles(&[
        "[P Ana Ruiz] met [P Leo Brandt].",
        "[P Ruiz] left [L Valdora].",
        "[P Ruiz] came to [L Estmark].",
    ]));
    assert_eq!(people(&shelf), "Ana Ruiz\nLeo Brandt\nRuiz\nRuiz\n");
}

#[test]
fn a_last_name_in_the_company_of_its_bearer_is_hers() {
    let shelf = shelf_of(&articles(&[
        "[P Ana Ruiz] met [P Leo Brandt] of [O Northwind].",
        "[P Mira Ruiz] sang in [L Valdora].",
        "[P Ruiz] wrote to [P Leo Brandt] again.",
    ]));
    assert_eq!(people(&shelf), "Ana Ruiz\nLeo Brandt\nMira Ruiz\n");
    assert_eq!(ids_of(&shelf, "Ruiz"), ids_of(&shelf, "Ana Ruiz"));
    assert_eq!(
        shelf.rows(
            "SELECT alias FROM aliases JOIN people ON id = entity_id WHERE name = 'Ana Ruiz' ORDER BY alias"
        ),
        "Ana Ruiz\nRuiz\n"
    );
}

#[test]
fn an_office_tells_bearers_of_one_last_name_apart() {
    let texts =
        ["[P Ana Ruiz], the mayor, spoke.", "[P Leo Ruiz], a coach, spoke.", "Coach [P Ruiz] was content."];
    let mut articles = articles(&texts);
    for (article, office) in articles.iter_mut().zip(["mayor", "coach", "Coach"]) {
        *article =
            std::mem::replace(article, marked("0", "2020-01-01", "")).with_office(office, Status::Asserted);
    }
    let shelf = shelf_of(&articles);
    assert_eq!(ids_of(&shelf, "Ruiz"), ids_of(&shelf, "Leo Ruiz"));
}

#[test]
fn a_form_of_address_for_a_woman_is_no_mans() {
    let mut articles = articles(&["[P Leo Ruiz] met [P Ida Falk].", "[P Ruiz] thanked [P Ida Falk]."]);
    articles[0].facts.entities[0].gender = Some(Gender::Male);
    articles[1].facts.entities[0].gender = Some(Gender::Female);
    assert_eq!(people(&shelf_of(&articles)), "Leo Ruiz\nIda Falk\nRuiz\n");
}

#[test]
fn namesakes_in_different_walks_of_life_stay_apart() {
    let texts = [
        "[P Ana Ruiz], the mayor of [L Porto Sereno], opened [O Harbor Bank].",
        "[P Ana Ruiz], the coach of the [O Bluefin Herons], was content.",
        "The coach [P Ana Ruiz] praised the [O Bluefin Herons].",
        "[P Ana Ruiz] owes money to [O Harbor Bank].",
    ];
    let mut articles = articles(&texts);
    for (article, office) in articles.iter_mut().zip(["mayor", "coach", "coach"]) {
        *article =
            std::mem::replace(article, marked("0", "2020-01-01", "")).with_office(office, Status::Asserted);
    }
    let ids = ids_of(&shelf_of(&articles), "Ana Ruiz");
    assert_ne!(ids[0], ids[1]);
    assert_eq!(ids, [ids[0], ids[1], ids[1], ids[0]]);
}

#[test]
fn a_new_office_among_the_same_people_is_the_same_persons() {
    let texts =
        ["[P Ana Ruiz], the mayor, met [P Leo Brandt].", "[P Ana Ruiz], an editor, met [P Leo Brandt]."];
    let mut articles = articles(&texts);
    for (article, office) in articles.iter_mut().zip(["mayor", "editor"]) {
        *article =
            std::mem::replace(article, marked("0", "2020-01-01", "")).with_office(office, Status::Asserted);
    }
    assert_eq!(people(&shelf_of(&articles)), "Ana Ruiz\nLeo Brandt\n");
}

#[test]
fn middle_names_come_and_go_but_do_not_change() {
    let shelf = shelf_of(&articles(&[
        "[P Ana M. Ruiz] left.",
        "[P Ana Ruiz] came.",
        "[P Ana P. Ruiz] stayed.",
        "[P ANA RUIZ] slept.",
    ]));
    let [m] = ids_of(&shelf, "Ana M. Ruiz")[..] else { panic!("is mentioned once") };
    assert_eq!(ids_of(&shelf, "Ana Ruiz"), [m]);
    assert_eq!(ids_of(&shelf, "ANA RUIZ"), [m]);
    assert_ne!(ids_of(&shelf, "Ana P. Ruiz"), [m]);
}

#[test]
fn a_nickname_needs_company() {
    let shelf = shelf_of(&articles(&[
        "[P William Falk] of [O Northwind] left.",
        "[P Bill Falk] spoke for [O Northwind].",
        "[P Bill Falk] fished in [L Valdora].",
    ]));
    let ids = ids_of(&shelf, "Bill Falk");
    assert_eq!(ids[0], ids_of(&shelf, "William Falk")[0]);
    // By then the archive has seen him called so.
    assert_eq!(ids[1], ids[0]);
    let apart = shelf_of(&articles(&["[P William Falk] of [O Northwind] left.", "[P Bill Falk] fished."]));
    assert_eq!(people(&apart), "William Falk\nBill Falk\n");
}

#[test]
fn a_full_name_completes_a_last_name_that_came_first() {
    let shelf = shelf_of(&articles(&[
        "[P Ruiz] met [P Leo Brandt] of [O Northwind].",
        "[P Ana Ruiz] met [P Leo Brandt] of [O Northwind] again.",
    ]));
    assert_eq!(shelf.rows("SELECT id, name, mention_count FROM people"), "1|Ana Ruiz|2\n2|Leo Brandt|2\n");
}

#[test]
fn an_acronym_is_known_from_where_it_stands_beside_the_long_name() {
    let shelf = shelf_of(&articles(&[
        "The [O National Ferry Board] ([O NFB=National Ferry Board]) met.",
        "The [O NFB] paid.",
        "The [O National Ferry Board] paid.",
    ]));
    assert_eq!(shelf.rows("SELECT name, mention_count FROM organizations"), "National Ferry Board|4\n");
}

#[test]
fn suffixes_of_organizations_come_and_go() {
    let shelf = shelf_of(&articles(&[
        "[O Northwind Inc.] grew.",
        "[O Northwind] shrank.",
        "[O Northwind Holdings PLC] sold.",
        "The [O University of Estmark] opened.",
        "[O Estmark University] closed.",
    ]));
    assert_eq!(
        shelf.rows("SELECT mention_count FROM organizations ORDER BY id"),
        "3\n2\n",
        "{}",
        shelf.rows(MENTIONS)
    );
}

#[test]
fn a_party_needs_company_to_be_what_its_name_says() {
    let shelf = shelf_of(&articles(&[
        "[P Ana Ruiz] leads the [O Harvest Party].",
        "[P Ana Ruiz] left [O Harvest].",
        "[O Congress] met.",
        "The [O Congress Party] of [P Leo Brandt] met.",
    ]));
    assert_eq!(
        shelf.rows("SELECT mention_count FROM organizations ORDER BY id"),
        "2\n1\n1\n",
        "{}",
        shelf.rows(MENTIONS)
    );
}

#[test]
fn a_part_of_a_body_is_not_the_body() {
    let shelf = shelf_of(&articles(&[
        "[P Ana Ruiz] spoke to the [O Senate].",
        "[P Ana Ruiz] spoke to the [O Senate Ferry Committee].",
    ]));
    assert_eq!(shelf.rows("SELECT count(*) FROM organizations"), "2\n");
}

#[test]
fn a_name_is_what_the_archive_knows_it_as() {
    let mut texts = vec!["[O Northwind] grew."; 4];
    texts.push("Yesterday [P Northwind] shrank.");
    let shelf = shelf_of(&articles(&texts));
    assert_eq!(shelf.rows("SELECT kind, name, mention_count FROM entities"), "organization|Northwind|5\n");
    // A last name stays one whose company has to speak for it, whatever an article takes it for.
    let mut texts = vec!["[P Leo Brandt] met [P Brandt=Leo Brandt]."; 4];
    texts.push("Yesterday [O Brandt] shrank.");
    let shelf = shelf_of(&articles(&texts));
    assert_eq!(
        shelf.rows("SELECT kind, name, mention_count FROM entities"),
        "person|Leo Brandt|8\nperson|Brandt|1\n"
    );
    // One article is no archive.
    let shelf = shelf_of(&articles(&["[O Northwind] grew.", "[P Northwind] shrank."]));
    assert_eq!(shelf.rows("SELECT count(*) FROM entities"), "2\n");
}

#[test]
fn places_in_different_countries_stay_apart() {
    let mut articles = articles(&["It rained in [L Porto Sereno].", "It snowed in [L Porto Sereno]."]);
    for (article, country) in articles.iter_mut().zip(["PT", "BR"]) {
        article.facts.entities[0].country = Some(country.to_owned());
    }
    assert_eq!(shelf_of(&articles).rows("SELECT country FROM places ORDER BY id"), "PT\nBR\n");
}

/// An archive with something to decide in every article.
fn undecided() -> Vec<Marked> {
    articles(&[
        "[P Ruiz] met [P Leo Brandt] of [O Northwind].",
        "[P Ana Ruiz] met [P Leo Brandt] of [O Northwind] again.",
        "[O NFB] paid [P Brandt] for [O Northwind Inc.].",
        "The [O National Ferry Board] ([O NFB=National Ferry Board]) met [P Ruiz] and [P Leo Brandt].",
        "[O NFB] and [P A. Ruiz] met [P Brandt].",
        "[P Mira Ruiz] and [P Leo Brandt] left [O NFB].",
        "[P Ruiz] came home.",
    ])
}

#[test]
fn ids_stay_when_more_is_ingested_and_where_runs_are_cut_makes_no_difference() {
    let all = undecided();
    let at_once = crate::support::dump(&shelf_of(&all).db());
    for cut in 1..all.len() {
        let shelf = shelf_of(&all[..cut]);
        let before = shelf.rows("SELECT article_id, start, entity_id FROM mentions ORDER BY 1, 2");
        shelf.save(&all[cut..].iter().collect::<Vec<_>>());
        let after = shelf.rows("SELECT article_id, start, entity_id FROM mentions ORDER BY 1, 2");
        assert!(after.starts_with(&before), "cut after {cut}:\n{before}\n{after}");
        assert_eq!(crate::support::dump(&shelf.db()), at_once, "cut after {cut}");
    }
}

#[test]
fn the_same_again_changes_nothing_and_a_new_analysis_loses_nobody() {
    let all = undecided();
    let shelf = shelf_of(&all);
    let before = crate::support::dump(&shelf.db());
    shelf.save(&all.iter().collect::<Vec<_>>());
    assert_eq!(crate::support::dump(&shelf.db()), before);
    let ids = shelf.rows("SELECT id FROM people WHERE mention_count > 1 ORDER BY id");
    shelf.save_with(&all.iter().collect::<Vec<_>>(), IfUnchanged::Reanalyze);
    assert_eq!(shelf.rows("SELECT id FROM people WHERE mention_count > 1 ORDER BY id"), ids);
}

#[test]
fn an_archive_of_one_name_is_stored_in_linear_time() {
    let texts: Vec<String> =
        (0..600).map(|number| format!("[P Ruiz] {number} [P Ana{number} Ruiz].")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let articles = articles(&texts);
    let started = std::time::Instant::now();
    shelf_of(&articles[..150]);
    let few = started.elapsed();
    let started = std::time::Instant::now();
    shelf_of(&articles);
    let many = started.elapsed();
    assert!(many < few * 12 + std::time::Duration::from_secs(2), "{few:?} for 150, {many:?} for 600");
}

#[test]
fn analyzing_anew_changes_no_row() {
    let mut articles = articles(&[
        "[P Ruiz] left [L Valdora].",
        "[P Ana Ruiz] met [P Leo Brandt] of [O Northwind] in [L Valdora].",
        "[P Ruiz] wrote to [P Leo Brandt], the mayor of [L Valdora].",
        "[O NW=Northwind Shipping] and [P Leo Brandt] sang with [P Ana M. Ruiz].",
        "[O Northwind Shipping] paid [P Ruiz] and [P Mira Ruiz].",
        "“{[P Ruiz] waits},” said [P L. Brandt] in [L Estmark].",
    ]);
    articles[2].facts.relationships.clear();
    articles[1].facts.entities[0].gender = Some(Gender::Female);
    articles[5].facts.entities[2].country = Some("PT".to_owned());
    let shelf = shelf_of(&articles);
    let rows = crate::support::dump(&shelf.db());
    let all: Vec<&Marked> = articles.iter().collect();
    shelf.save_with(&all, IfUnchanged::Reanalyze);
    assert_eq!(crate::support::dump(&shelf.db()), rows);
    // Nor in another order, nor in part.
    shelf.save_with(&[all[4], all[0]], IfUnchanged::Reanalyze);
    assert_eq!(crate::support::dump(&shelf.db()), rows);
}
