//! Which names of short invented texts are one entity's.

use crate::annotate::annotate;
use crate::annotate::model::Model;
use crate::article::Article;
use crate::facts::{EntityKind, Form, resolve};

/// The entities of a text, each as kind, name and aliases.
fn entities(body: &str) -> Vec<String> {
    let article = Article { body: body.to_owned(), ..Article::default() };
    let model = Model::embedded();
    let resolution = resolve(&annotate(&article, model), &[], &[], model);
    let describe = |entity: &crate::facts::Entity| {
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
fn campaigns_and_administrations_are_not_the_person() {
    let found = entities("Maria Ruiz was late. The Ruiz campaign denied it.");
    assert!(found.contains(&"ORG Ruiz campaign".to_owned()), "{found:?}");
    assert!(found.contains(&"PER Maria Ruiz".to_owned()), "{found:?}");
}

#[test]
fn labels_of_a_party_mean_the_party() {
    let found = entities("Republican senator Maria Sand left. The GOP was divided.");
    assert!(found.iter().any(|entity| entity.starts_with("ORG Republican Party =")), "{found:?}");
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
    let model = Model::embedded();
    let resolution = resolve(&annotate(&article, model), &[], &[], model);
    let adjective = resolution.mentions.iter().find(|mention| mention.span.slice(body) == "French");
    let country = adjective.map(|mention| (&resolution.entities[mention.entity.index()], mention.form));
    assert!(country.is_some_and(|(entity, form)| {
        entity.kind == EntityKind::Place && entity.name == "France" && form == Form::Nominal
    }));
}
