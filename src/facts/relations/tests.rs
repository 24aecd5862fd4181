//! Relationships as they are read from whole sentences.

use crate::annotate::given;
use crate::article::Article;
use crate::facts::relations::predicates::{PREDICATES, Predicate};
use crate::facts::relationship::Relationship;
use crate::pipeline;

/// The relationships of a text: subject, predicate, object, detail and status.
fn relationships(body: &str) -> Vec<String> {
    let article = Article { body: body.to_owned(), ..Article::default() };
    let facts = pipeline::facts(&given::annotations(&article), given::untrained()).0;
    let describe = |link: &Relationship| {
        let name = |id: crate::facts::EntityId| facts.entities[id.index()].name.as_str();
        let detail = link.detail.map_or("", |detail| detail.slice(body));
        let object = link.object.map_or("-", name);
        format!("{} {} {object} [{detail}] {}", name(link.subject), link.predicate, link.status.name())
    };
    facts.relationships.iter().map(describe).collect()
}

/// Asserts that a text states these relationships, among others.
#[track_caller]
fn states(found: &[String], expected: &[&str]) {
    for one in expected {
        assert!(found.contains(&(*one).to_owned()), "{one}: {found:?}");
    }
}

#[test]
fn an_office_that_is_over_or_to_come_is_not_held() {
    for (body, expected) in [
        ("Former Ohio Gov. Karl Voss left early.", "Karl Voss leads Ohio [Gov.] ended"),
        ("President-elect Maria Sand left early.", "Maria Sand leads - [President-elect] planned"),
        ("Before Karl Voss was mayor, he left London.", "Karl Voss leads - [mayor] asserted"),
    ] {
        states(&relationships(body), &[expected]);
    }
}

#[test]
fn a_lawmaker_has_a_party_and_a_home() {
    for body in ["Sen. Maria Sand (R-Ohio) left early.", "Sen. Maria Sand, R-Ohio, left early."] {
        let expected = [
            "Maria Sand holds_office Ohio [Sen.] asserted",
            "Maria Sand member_of Republican Party [] asserted",
        ];
        states(&relationships(body), &expected);
    }
}

#[test]
fn an_office_without_its_place_is_where_the_article_says() {
    let body = "Senator Maria Sand of Ohio left early. Later Senator Sand came back.";
    let found = relationships(body);
    let held = found.iter().filter(|one| *one == "Maria Sand holds_office Ohio [Senator] asserted");
    assert_eq!(held.count(), 2, "{found:?}");
    // Of what is told nowhere, one row is enough.
    let open = relationships("Judge Karl Voss left early. Later Judge Voss came back.");
    assert_eq!(open, ["Karl Voss holds_office - [Judge] asserted"]);
}

#[test]
fn who_stands_for_election_holds_no_office_yet() {
    let body = "They saw Democratic presidential nominee Maria Sand.";
    let expected = [
        "Maria Sand candidate_for Democratic Party [Democratic presidential nominee] asserted",
        "Maria Sand member_of Democratic Party [] asserted",
    ];
    states(&relationships(body), &expected);
}

#[test]
fn plans_purposes_and_claims_are_told_apart() {
    for (body, expected) in [
        ("Maria Sand is set to meet Karl Voss.", "Maria Sand met_with Karl Voss [] planned"),
        ("Maria Sand did not meet Karl Voss.", "Maria Sand met_with Karl Voss [] denied"),
        ("Maria Sand has attacked Karl Voss.", "Maria Sand criticized Karl Voss [] asserted"),
    ] {
        states(&relationships(body), &[expected]);
    }
}

#[test]
fn every_predicate_is_found_in_its_example() {
    let is_stated = |predicate: &Predicate| {
        let found = relationships(&format!("{}.", predicate.example));
        found.iter().any(|one| one.split(' ').any(|word| word == predicate.name))
    };
    let unstated: Vec<&str> = PREDICATES
        .iter()
        .filter(|predicate| !is_stated(predicate))
        .map(|predicate| predicate.example)
        .collect();
    assert_eq!(unstated, [""; 0]);
}

#[test]
fn deeds_have_both_ends_whatever_their_form() {
    for (body, expected) in [
        ("Karl Voss was praised by Maria Sand.", "Maria Sand praised Karl Voss [] asserted"),
        ("Maria Sand accused Karl Voss of theft.", "Maria Sand accused Karl Voss [of theft] asserted"),
        ("Maria Sand urged Karl Voss to resign.", "Maria Sand urged Karl Voss [to resign] asserted"),
        ("Maria Sand held talks with Karl Voss.", "Maria Sand met_with Karl Voss [] asserted"),
        ("Norway’s officials criticized Iran.", "Norway criticized Iran [] asserted"),
        ("Israel launched an attack on Hamas.", "Israel attacked Hamas [] asserted"),
        ("Maria Sand left after a meeting with Karl Voss.", "Maria Sand met_with Karl Voss [] asserted"),
        ("Maria Sand won the support of Karl Voss.", "Karl Voss supports Maria Sand [] asserted"),
        (
            "Maria Sand rejected Karl Voss’s plan.",
            "Maria Sand rejected Karl Voss [Karl Voss’s plan] asserted",
        ),
        ("Maria Sand was critical of Karl Voss.", "Maria Sand criticized Karl Voss [] asserted"),
        ("Norway was shot at by Sweden.", "Sweden attacked Norway [] asserted"),
        ("Maria Sand not only praised Karl Voss.", "Maria Sand praised Karl Voss [] asserted"),
        ("Maria Sand and Karl Voss met.", "Maria Sand met_with Karl Voss [] asserted"),
    ] {
        states(&relationships(body), &[expected]);
    }
}

#[test]
fn a_word_with_two_senses_has_the_one_that_fits() {
    for (body, stated) in [
        ("Maria Sand called Karl Voss a liar.", 0),
        ("Maria Sand called Karl Voss on Monday.", 1),
        ("Maria Sand paid Karl Voss a visit.", 0),
        ("Maria Sand’s lawyer criticized Karl Voss.", 0),
        ("Maria Sand and Karl Voss spoke to reporters.", 0),
        ("Maria Sand moved the office to Ohio.", 0),
        ("Maria Sand told Karl Voss to resign.", 1),
    ] {
        assert_eq!(relationships(body).len(), stated, "{body}: {:?}", relationships(body));
    }
}

#[test]
fn who_stands_beside_a_body_belongs_to_it() {
    for (body, expected) in [
        ("The Green Party’s Maria Sand left early.", &["Maria Sand member_of Green Party [] asserted"][..]),
        ("Harbor Times’ Maria Sand left early.", &["Maria Sand employed_by Harbor Times [] asserted"]),
        (
            "Maria Sand, founder and chief executive of Northwind, left early.",
            &[
                "Maria Sand founded Northwind [founder] asserted",
                "Maria Sand leads Northwind [chief executive] asserted",
            ],
        ),
        ("Harbor University in Ohio closed early.", &["Harbor University based_in Ohio [] asserted"]),
        ("Maria Sand (born 6 May 1962 in Ohio) left early.", &["Maria Sand born_in Ohio [] asserted"]),
        ("Republican nominee Maria Sand left early.", &["Maria Sand member_of Republican Party [] asserted"]),
    ] {
        states(&relationships(body), expected);
    }
}

#[test]
fn where_people_are_from_stands_beside_their_names() {
    for (body, expected) in [
        ("The Norwegian novelist Maria Sand laughed.", "Maria Sand citizen_of Norway [] asserted"),
        (
            "Maria Sand (born 6 May 1962) is a Norwegian politician.",
            "Maria Sand citizen_of Norway [] asserted",
        ),
        ("Norway’s Maria Sand laughed.", "Maria Sand citizen_of Norway [] asserted"),
        ("Maria Sand is from Norway.", "Maria Sand citizen_of Norway [] asserted"),
        ("Maria Sand hails from Norway.", "Maria Sand citizen_of Norway [] asserted"),
        ("Norwegian-born singer Maria Sand laughed.", "Maria Sand born_in Norway [] asserted"),
        ("Maria Sand, 45, of London laughed.", "Maria Sand lives_in London [] asserted"),
        ("London lawyer Maria Sand laughed.", "Maria Sand lives_in London [] asserted"),
        ("Maria Sand was born and raised in London.", "Maria Sand lives_in London [] ended"),
    ] {
        states(&relationships(body), &[expected]);
    }
    // What one works on, another place than the adjective alone says, one who is only likened.
    for body in [
        "The Norwegian literature professor Maria Sand laughed.",
        "The New Mexican novelist Maria Sand laughed.",
        "They called Karl Voss the Maria Sand of Norway.",
        "London shooter Karl Voss laughed.",
    ] {
        assert_eq!(relationships(body), [""; 0], "{body}");
    }
}

#[test]
fn where_bodies_are_stands_beside_their_names() {
    for (body, expected) in [
        ("London-based Northwind Corp. grew.", "Northwind Corp. based_in London [] asserted"),
        ("The Norwegian bank Northwind Corp. grew.", "Northwind Corp. based_in Norway [] asserted"),
        ("Northwind Corp. is a Norwegian bank.", "Northwind Corp. based_in Norway [] asserted"),
        ("Norway’s state-run Harbor Times grew.", "Harbor Times based_in Norway [] asserted"),
        ("Northwind Corp. of London grew.", "Northwind Corp. based_in London [] asserted"),
        ("Norway’s Foreign Ministry grew.", "Foreign Ministry subsidiary_of Norway [] asserted"),
        (
            "Northwind Corp., a maker of boats headquartered in London, grew.",
            "Northwind Corp. based_in London [] asserted",
        ),
        (
            "Bluefin Corp. is the parent company of Northwind Corp.",
            "Northwind Corp. subsidiary_of Bluefin Corp. [company] asserted",
        ),
        ("The Norwegian capital, Oslo, is cold.", "Oslo located_in Norway [] asserted"),
        ("They met in Bergen in Norway.", "Bergen located_in Norway [] asserted"),
    ] {
        states(&relationships(body), &[expected]);
    }
}

#[test]
fn where_people_work_and_have_studied() {
    for (body, expected) in [
        (
            "Maria Sand of the Harbor Institute laughed.",
            "Maria Sand employed_by Harbor Institute [] asserted",
        ),
        (
            "Maria Sand is a zoologist at Harbor University.",
            "Maria Sand employed_by Harbor University [zoologist] asserted",
        ),
        (
            "Maria Sand received a degree from Harbor University.",
            "Maria Sand educated_at Harbor University [] asserted",
        ),
        (
            "Maria Sand was educated at Harbor University.",
            "Maria Sand educated_at Harbor University [] asserted",
        ),
        (
            "Green Party politician Maria Sand laughed.",
            "Maria Sand member_of Green Party [politician] asserted",
        ),
    ] {
        states(&relationships(body), &[expected]);
    }
    // What is before the noun is what somebody works on.
    assert_eq!(relationships("Northwind Corp. historian Maria Sand laughed."), [""; 0]);
}

#[test]
fn kin_may_be_several_and_named_behind_a_comma() {
    for (body, expected) in [
        (
            "Karl Voss, the son of Leo Voss and Maria Sand, laughed.",
            &["Leo Voss parent_of Karl Voss [son] asserted", "Maria Sand parent_of Karl Voss [son] asserted"]
                [..],
        ),
        (
            "Karl Voss and his sons, Leo Voss and Teo Voss, laughed.",
            &["Karl Voss parent_of Leo Voss [sons] asserted", "Karl Voss parent_of Teo Voss [sons] asserted"],
        ),
        (
            "Karl Voss and Maria Sand have been married for years.",
            &["Karl Voss spouse_of Maria Sand [] asserted"],
        ),
        ("Maria Sand is married to Karl Voss.", &["Maria Sand spouse_of Karl Voss [] asserted"]),
        (
            "Maria Sand, whose son Leo Voss laughed, was glad.",
            &["Maria Sand parent_of Leo Voss [son] asserted"],
        ),
        ("Maria Sand was born to Leo Voss.", &["Leo Voss parent_of Maria Sand [] asserted"]),
    ] {
        states(&relationships(body), expected);
    }
}

#[test]
fn force_against_one_is_no_word_against_him() {
    for (body, expected) in [
        ("Karl Voss was shot by Leo Brandt.", "Leo Brandt attacked Karl Voss [] asserted"),
        ("Karl Voss was fired by Northwind Corp.", "Northwind Corp. dismissed Karl Voss [] asserted"),
        ("Leo Brandt shot Karl Voss dead.", "Leo Brandt killed Karl Voss [] asserted"),
        ("Karl Voss’s killer, Leo Brandt, laughed.", "Leo Brandt killed Karl Voss [killer] asserted"),
        ("They mourn the murder of Karl Voss by Leo Brandt.", "Leo Brandt killed Karl Voss [] asserted"),
        ("Leo Brandt, convicted of murdering Karl Voss, laughed.", "Leo Brandt killed Karl Voss [] reported"),
    ] {
        states(&relationships(body), &[expected]);
    }
}

/// The relationships of a text of 11 May 2017, a Thursday: predicate, detail, status, since, until and whose claim it is.
fn dated(body: &str) -> Vec<String> {
    let article =
        Article { body: body.to_owned(), published_at: Some("2017-05-11".to_owned()), ..Article::default() };
    let facts = pipeline::facts(&given::annotations(&article), given::untrained()).0;
    let describe = |link: &Relationship| {
        let name = |id: crate::facts::EntityId| facts.entities[id.index()].name.as_str();
        let detail = link.detail.map_or("", |detail| detail.slice(body));
        let (since, until) = (link.term.since.as_deref(), link.term.until.as_deref());
        let claimant = link.claim.as_ref().and_then(|claim| claim.claimant).map_or("-", name);
        let (subject, since, until) = (name(link.subject), since.unwrap_or("?"), until.unwrap_or("?"));
        format!("{subject} {} [{detail}] {} {since} {until} {claimant}", link.predicate, link.status.name())
    };
    facts.relationships.iter().map(describe).collect()
}

#[test]
fn a_relationship_has_the_dates_that_hang_on_its_word() {
    for (body, expected) in [
        ("Maria Sand was mayor of London from 1989 to 1997.", "Maria Sand leads [mayor] ended 1989 1997 -"),
        ("Maria Sand, mayor of London since 2011, left.", "Maria Sand leads [mayor] asserted 2011 ? -"),
        ("Maria Sand became mayor of London in March 2015.", "Maria Sand leads [mayor] asserted 2015-03 ? -"),
        ("Maria Sand resigned as mayor of London in 2016.", "Maria Sand leads [mayor] ended ? 2016 -"),
        ("Maria Sand met Karl Voss on Tuesday.", "Maria Sand met_with [] asserted 2017-05-09 2017-05-09 -"),
        ("Maria Sand met Karl Voss on Thursday.", "Maria Sand met_with [] asserted 2017-05-11 2017-05-11 -"),
        // What is to come has no date in the past.
        ("Maria Sand will meet Karl Voss on Tuesday.", "Maria Sand met_with [] planned ? ? -"),
        // The date of another deed is not this one’s.
        ("Maria Sand, who left in 2012, met Karl Voss.", "Maria Sand met_with [] asserted ? ? -"),
        ("Maria Sand has led Northwind since 2005.", "Maria Sand leads [] asserted 2005 ? -"),
    ] {
        states(&dated(body), &[expected]);
    }
}

#[test]
fn a_verb_joins_an_office_to_its_holder() {
    for (body, expected) in [
        ("Maria Sand served as mayor of London.", "Maria Sand leads London [mayor] ended"),
        ("Maria Sand was elected mayor of London.", "Maria Sand leads London [mayor] asserted"),
        (
            "Northwind named Maria Sand as chief executive.",
            "Maria Sand leads Northwind [chief executive] asserted",
        ),
        ("Maria Sand was fired as mayor of London.", "Maria Sand leads London [mayor] ended"),
        ("Maria Sand will become mayor of London.", "Maria Sand leads London [mayor] planned"),
        ("Maria Sand succeeded Karl Voss as mayor of London.", "Maria Sand leads London [mayor] asserted"),
        ("Maria Sand succeeded Karl Voss as mayor of London.", "Karl Voss leads London [mayor] ended"),
        ("Norway nominated Maria Sand as ambassador.", "Maria Sand holds_office Norway [ambassador] planned"),
    ] {
        states(&relationships(body), &[expected]);
    }
}

#[test]
fn a_claim_is_that_of_whoever_makes_it() {
    for (body, expected) in [
        (
            "Mira Costa said that Karl Voss had attacked Maria Sand.",
            "Karl Voss criticized [] reported ? ? Mira Costa",
        ),
        (
            "Mira Costa accused Karl Voss of attacking Maria Sand.",
            "Karl Voss criticized [] reported ? ? Mira Costa",
        ),
        ("Karl Voss allegedly met Maria Sand.", "Karl Voss met_with [] reported ? ? -"),
    ] {
        states(&dated(body), &[expected]);
    }
}
