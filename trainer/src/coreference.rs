//! Scores who a pronoun is said to stand for on the development part of GAP, by its authors' definition.
//!
//! Each passage has one pronoun and two names (Webster, Recasens, Axelrod and Baldridge 2018). For each name it is
//! asked whether the pronoun stands for it; F1 is over all these answers, and the bias is the F1 of feminine pronouns
//! divided by that of masculine ones. The product answers yes if pronoun and name are mentions of one entity; it sees the
//! passage alone, never the title of its page.

use std::collections::BTreeMap;
use std::path::Path;

use onrecord::annotate::Model;
use onrecord::facts::{EntityId, Form, Mention};
use onrecord::pipeline::analyze;
use onrecord::span::{Byte, Span};
use serde_json::Value;

use crate::antecedents::{article, bytes, offsets, rows};
use crate::scores::Counts;

/// The figures by name: `gap`, `gap-precision`, `gap-recall`, `gap-feminine`, `gap-masculine` and `gap-bias`.
pub fn gap(data: &Path, model: &Model) -> Result<BTreeMap<&'static str, f64>, Box<dyn std::error::Error>> {
    let mut genders: BTreeMap<bool, Counts> = BTreeMap::new();
    for row in rows(&data.join("coref-gap/development.jsonl"))? {
        let counts = genders.entry(row["gender"] == "F").or_default();
        counts.add(passage(&row, model));
    }
    let of = |feminine: bool| genders.get(&feminine).copied().unwrap_or_default();
    let (feminine, masculine) = (of(true), of(false));
    let mut all = feminine;
    all.add(masculine);
    Ok(BTreeMap::from([
        ("gap", all.f1()),
        ("gap-precision", all.right as f64 / all.predicted.max(1) as f64),
        ("gap-recall", all.right as f64 / all.gold.max(1) as f64),
        ("gap-feminine", feminine.f1()),
        ("gap-masculine", masculine.f1()),
        ("gap-bias", feminine.f1() / masculine.f1().max(1e-9)),
    ]))
}

/// The two answers of one passage.
fn passage(row: &Value, model: &Model) -> Counts {
    let article = article(row);
    let offsets = offsets(&article.body);
    let span = |key: &str| bytes(&offsets, &row[key][0], &row[key][1]);
    let facts = analyze(&article, model).facts;
    let pronoun = entities_at(&facts.mentions, span("pronoun"), |form| form == Form::Pronoun);
    let mut counts = Counts::default();
    for (name, gold) in [("a", "a_coref"), ("b", "b_coref")] {
        let named = entities_at(&facts.mentions, span(name), |_| true);
        let (said, is) = (pronoun.iter().any(|entity| named.contains(entity)), row[gold] == true);
        counts.add(Counts {
            right: usize::from(said && is),
            predicted: usize::from(said),
            gold: usize::from(is),
        });
    }
    counts
}

/// The entities of the mentions that share a byte with a span.
fn entities_at(mentions: &[Mention], span: Span<Byte>, admits: impl Fn(Form) -> bool) -> Vec<EntityId> {
    let here = mentions.iter().filter(|mention| mention.span.overlaps(span) && admits(mention.form));
    here.map(|mention| mention.entity).collect()
}
