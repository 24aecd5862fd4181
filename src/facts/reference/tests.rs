//! Which names of short invented texts are one entity's.

use crate::annotate::given;
use crate::article::Article;
use crate::facts::entity::{EntityKind, Form};
use crate::facts::offices::{Offices, beside_names};
use crate::facts::reference::resolve;

/// The entities of a text, each as kind, name and aliases.
fn entities(body: &str) -> Vec<String> {
    let article = Article { body: body.to_owned(), ..Article::default() };
    let text = given::annotations(&article);
    let resolution = resolve(&text, &beside_names(&text), &[], given::untrained());
    let describe = |entity: &crate::facts::entity::Entity| {
        let names: Vec<&str> =
            [entity.name.as_str()].into_iter().chain(entity.aliases.iter().map(String::as_str)).collect();
        format!("{} {}", entity.kind.label(), names.join(" = "))
    };
    resolution.entities.iter().map(describe).collect()
}

#[test]
fn surnames_first_names_and_initials_are_one_person() {
    for (body, expected) in [
        ("Maria Ruiz left. Ruiz was late.", vec!["PER Maria Ruiz = Ruiz"]),
        ("Maria Ruiz left. Maria was late.", vec!["PER Maria Ruiz = Maria"]),
        ("William Brandt left. Bill Brandt was late.", vec!["PER William Brandt = Bill Brandt"]),
        ("Maria Ruiz met John Ruiz. Mr. Ruiz was late.", vec!["PER Maria Ruiz", "PER John Ruiz = Ruiz"]),
    ] {
        assert_eq!(entities(body), expected, "{body}");
    }
}

#[test]
fn initials_and_nicknames_stand_for_given_names() {
    for (body, expected) in [
        ("Elizabeth Costa left. Liz was late.", "PER Elizabeth Costa = Liz"),
        ("J.D. Brandt left. Jonathan David Brandt was late.", "PER Jonathan David Brandt = J.D. Brandt"),
    ] {
        assert_eq!(entities(body), [expected], "{body}");
    }
}

#[test]
fn a_shared_surname_goes_by_title_noun_and_age() {
    for (body, expected) in [
        (
            "Senator Leo Brandt met Governor Karla Brandt. Senator Brandt was late.",
            ["PER Leo Brandt = Brandt", "PER Karla Brandt"],
        ),
        (
            "Dr. Mira Costa met Pablo Costa on Monday. Dr. Costa was late.",
            ["PER Mira Costa = Costa", "PER Pablo Costa"],
        ),
        (
            "Ana Ruiz met Teo Ruiz, a dentist, on Monday. Ruiz, the dentist, was late.",
            ["PER Ana Ruiz", "PER Teo Ruiz = Ruiz"],
        ),
        (
            "Leo Ruiz and his daughter Ana Ruiz own a shop. The elder Ruiz was late.",
            ["PER Leo Ruiz = Ruiz", "PER Ana Ruiz"],
        ),
    ] {
        assert_eq!(entities(body), expected, "{body}");
    }
}

#[test]
fn a_relative_named_in_full_later_is_somebody_else() {
    let body = "Ruiz closed the shop on Monday. He and his daughter, Ana Ruiz, own it. Ruiz was sad.";
    assert_eq!(entities(body), ["PER Ruiz", "PER Ana Ruiz"]);
}

#[test]
fn campaigns_and_administrations_are_not_the_person() {
    let found = entities("Maria Ruiz was late. The Ruiz campaign denied it.");
    assert!(found.contains(&"ORG Ruiz campaign".to_owned()), "{found:?}");
    assert!(found.contains(&"PER Maria Ruiz = Ruiz".to_owned()), "{found:?}");
}

#[test]
fn labels_of_a_party_mean_the_party() {
    let found = entities("Republican senator Maria Sand left. The GOP was divided.");
    assert!(found.contains(&"ORG Republican Party".to_owned()), "{found:?}");
}

#[test]
fn an_acronym_may_leave_out_the_rank() {
    let found =
        entities("The Department of Veterans Health closed an office. Officials at the VH gave no date.");
    assert!(found.contains(&"ORG Department of Veterans Health = VH".to_owned()), "{found:?}");
}

#[test]
fn the_adjective_of_a_country_mentions_it() {
    let body = "France signed. The French minister left.";
    let article = Article { body: body.to_owned(), ..Article::default() };
    let resolution = resolve(&given::annotations(&article), &Offices::default(), &[], given::untrained());
    let adjective = resolution.mentions.iter().find(|mention| mention.span.slice(body) == "French");
    let country = adjective.map(|mention| (&resolution.entities[mention.entity.index()], mention.form));
    assert!(country.is_some_and(|(entity, form)| {
        entity.kind == EntityKind::Place && entity.name == "France" && form == Form::Nominal
    }));
}

#[test]
fn a_short_name_that_describes_something_is_not_spelled_out() {
    for (body, spelled_out) in [
        ("Ana Ruiz said the Fed raised rates.", true),
        ("Ana Ruiz said the Fed agent left.", false),
        ("Ana Ruiz passed the Fed Ex depot.", false),
    ] {
        let found = entities(body).iter().any(|entity| entity.contains("Federal Reserve"));
        assert_eq!(found, spelled_out, "{body}");
    }
}

#[test]
fn given_names_put_before_surnames_that_were_said_are_theirs() {
    for (body, expected) in [
        ("“I like [Maria] Ruiz,” he said.", vec!["PER Maria Ruiz = Ruiz"]),
        ("“I expect (Mayor John) Brandt to win,” he said.", vec!["PER John Brandt = Brandt = John"]),
        ("Maria Ruiz left. “[Maria] Ruiz was late,” he said.", vec!["PER Maria Ruiz = Ruiz"]),
        // What stands in brackets is no given name, or nobody's who stands behind.
        ("Costa (Milan) Ruiz won.", vec!["PER Ruiz"]),
        ("“I like [Maria],” said Ruiz.", vec!["PER Maria", "PER Ruiz"]),
    ] {
        let mut found = entities(body);
        found.retain(|one| one.starts_with("PER"));
        assert_eq!(found, expected, "{body}");
    }
}
