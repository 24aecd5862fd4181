//! Trains the linear model that tells whom a pronoun stands for.
//!
//! Pronouns and candidates come from the product's own `training_pronouns`. A softmax over all candidates and nobody
//! is fitted to the antecedents that annotators marked: those of GUM, where a whole text is marked, and those of GAP,
//! where two names are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use onrecord::annotate::Model;
use onrecord::annotate::annotate;
use onrecord::article::Article;
use onrecord::facts::{EntityId, Gender, Resolution};
use onrecord::gear::Gear;
use onrecord::span::{Byte, Span};
use onrecord::training::ModelFile;
use onrecord::training::{TrainingPronoun, training_pronouns};
use serde_json::Value;

use crate::random::Random;

/// How many buckets the model has.
const BUCKETS: usize = 1 << 14;

/// How often the pronouns are gone through.
const EPOCHS: usize = 12;

/// In how many orders the pronouns are gone through from the beginning; the mean of all weights is kept.
const ORDERS: usize = 12;

/// How often each passage of GAP is seen in an epoch: there are few, and their pronouns are the hard ones.
const TIMES: usize = 2;

/// How often the articles are read anew, each time with the choices of the model so far behind every pronoun.
const ROUNDS: usize = 3;

/// The first step of a weight.
const RATE: f32 = 0.1;

/// What pulls weights towards zero, for each step.
const DECAY: f32 = 0.003;

/// What one step of a stored weight is worth.
const UNIT: f32 = 1.0 / 1024.0;

/// How often a feature must be seen to get a weight.
const RARE: u32 = 5;

/// A pronoun whose antecedent somebody marked.
struct Marked {
    pronoun: Span<Byte>,
    /// Names that it stands for.
    right: Vec<Span<Byte>>,
    /// Names that it does not stand for; `None` if it stands for none but `right`.
    wrong: Option<Vec<Span<Byte>>>,
}

/// An article with its marked pronouns.
struct Text {
    article: Article,
    marked: Vec<Marked>,
}

/// One pronoun: the features of each choice, and which are right.
struct Example {
    choices: Vec<(Vec<u32>, bool)>,
    /// The gender that it shows, if any.
    gender: Option<Gender>,
    /// How much it counts.
    weight: f32,
}

/// Trains on GUM and on the small part of GAP, and adds the parts `coref.*`.
pub fn train(data: &Path, seed: u64, file: &mut ModelFile) -> Result<(), Box<dyn std::error::Error>> {
    let mut texts = Vec::new();
    for row in rows(&data.join("coref-gum/train-open.jsonl"))? {
        texts.push(from_gum(&row));
    }
    for row in rows(&data.join("coref-gap/validation.jsonl"))? {
        for _ in 0..TIMES {
            texts.push(from_gap(&row));
        }
    }
    // Whatever model of pronouns the file has: the first round begins without one.
    file.put_numbers::<i16>("coref.weights", &[]);
    for round in 0..ROUNDS {
        let model = Model::from_file(file, Gear::Full)?;
        let mut examples: Vec<Example> = texts.iter().flat_map(|text| examples(text, &model)).collect();
        balance(&mut examples);
        let (mut right, mut weights) = (0.0, vec![0.0; BUCKETS]);
        for order in 0..ORDERS as u64 {
            let (share, fitted) = fit(&mut examples, seed + order);
            right += share / ORDERS as f64;
            weights.iter_mut().zip(fitted).for_each(|(sum, weight)| *sum += weight / ORDERS as f32);
        }
        eprintln!("coref: round {round}: {} pronouns, {right:.4} right", examples.len());
        let limit = f32::from(i16::MAX);
        let stored: Vec<i16> =
            weights.iter().map(|weight| (weight / UNIT).round().clamp(-limit, limit) as i16).collect();
        file.put_numbers("coref.weights", &stored);
        file.put_numbers("coref.unit", &[UNIT]);
    }
    Ok(())
}

/// The lines of a file of JSON lines.
pub fn rows(path: &Path) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
    fs::read_to_string(path)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// The article of a row.
pub fn article(row: &Value) -> Article {
    Article::from_text(row["text"].as_str().unwrap_or_default())
}

/// A range of code points as bytes of `offsets`.
pub fn bytes(offsets: &[usize], start: &Value, end: &Value) -> Span<Byte> {
    let at = |value: &Value| {
        let index = value.as_u64().unwrap_or(0) as usize;
        offsets.get(index).or(offsets.last()).copied().unwrap_or(0)
    };
    Span::new(at(start), at(end))
}

/// Where each code point of a text begins, and where the last ends.
pub fn offsets(body: &str) -> Vec<usize> {
    body.char_indices().map(|(offset, _)| offset).chain([body.len()]).collect()
}

/// A document of GUM: every pronoun stands for the names of its cluster, or for none.
fn from_gum(row: &Value) -> Text {
    let article = article(row);
    let offsets = offsets(&article.body);
    let mentions = row["mentions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is = |mention: &Value, form: &str| mention["form"] == form;
    let names: Vec<(&Value, Span<Byte>)> = mentions
        .iter()
        .filter(|mention| is(mention, "name"))
        .map(|mention| (&mention["cluster"], bytes(&offsets, &mention["head"][0], &mention["head"][1])))
        .collect();
    let mark = |mention: &Value| Marked {
        pronoun: bytes(&offsets, &mention["start"], &mention["end"]),
        right: names.iter().filter(|name| *name.0 == mention["cluster"]).map(|name| name.1).collect(),
        wrong: None,
    };
    let marked = mentions.iter().filter(|mention| is(mention, "pronoun")).map(mark).collect();
    Text { article, marked }
}

/// A passage of GAP: one pronoun and two names.
fn from_gap(row: &Value) -> Text {
    let article = article(row);
    let offsets = offsets(&article.body);
    let span = |key: &str| bytes(&offsets, &row[key][0], &row[key][1]);
    let pick = |wanted: bool| -> Vec<Span<Byte>> {
        let names = [("a", "a_coref"), ("b", "b_coref")].into_iter();
        names.filter(|(_, coref)| row[*coref].as_bool() == Some(wanted)).map(|(name, _)| span(name)).collect()
    };
    let right = pick(true);
    let wrong = if right.is_empty() { Some(pick(false)) } else { None };
    Text { marked: vec![Marked { pronoun: span("pronoun"), right, wrong }], article }
}

/// The pronouns of an article that the product sees and an annotator marked.
fn examples(text: &Text, model: &Model) -> Vec<Example> {
    let layers = annotate(&text.article, model);
    let (pronouns, resolution) = training_pronouns(&layers, model);
    let mut examples = Vec::new();
    for pronoun in pronouns {
        let Some(marked) = text.marked.iter().find(|marked| marked.pronoun == pronoun.span) else { continue };
        let gender = gender(pronoun.span.slice(&text.article.body));
        let choices = choices(marked, pronoun, &resolution);
        examples.extend(choices.map(|choices| Example { choices, gender, weight: 1.0 }));
    }
    examples
}

/// Lets the pronouns of women count as much in all as those of men, of which the corpora have more.
fn balance(examples: &mut [Example]) {
    let count = |gender| examples.iter().filter(|example| example.gender == Some(gender)).count() as f32;
    let ratio = count(Gender::Male) / count(Gender::Female).max(1.0);
    for example in examples.iter_mut().filter(|example| example.gender == Some(Gender::Female)) {
        example.weight = ratio;
    }
}

/// The gender that a pronoun shows.
fn gender(pronoun: &str) -> Option<Gender> {
    match pronoun.to_lowercase().as_str() {
        "she" | "her" | "hers" | "herself" => Some(Gender::Female),
        "he" | "him" | "his" | "himself" => Some(Gender::Male),
        _ => None,
    }
}

/// The choices with what is right; `None` where nothing can be learned.
fn choices(
    marked: &Marked,
    pronoun: TrainingPronoun,
    resolution: &Resolution,
) -> Option<Vec<(Vec<u32>, bool)>> {
    let called = |spans: &[Span<Byte>]| -> BTreeSet<EntityId> {
        let names = resolution.mentions.iter();
        names
            .filter(|mention| spans.iter().any(|span| span.overlaps(mention.span)))
            .map(|mention| mention.entity)
            .collect()
    };
    let right = called(&marked.right);
    // A name that the product does not see at all says nothing of the candidates.
    if right.is_empty() && !marked.right.is_empty() {
        return None;
    }
    let wrong = marked.wrong.as_ref().map(|spans| called(spans));
    let is_right = |entity: Option<EntityId>| match (entity, &wrong) {
        (Some(entity), None) => right.contains(&entity),
        // Neither name of a passage is right: somebody else is, or nobody.
        (Some(entity), Some(wrong)) => !wrong.contains(&entity),
        (None, _) => right.is_empty(),
    };
    let choices: Vec<(Vec<u32>, bool)> =
        pronoun.choices.into_iter().map(|choice| (choice.features, is_right(choice.entity))).collect();
    choices.iter().any(|choice| choice.1).then_some(choices)
}

/// Fits a softmax over the choices of each pronoun by AdaGrad (Duchi, Hazan and Singer 2011): the share of pronouns
/// that it gets right, and one weight for each bucket, the mean over all epochs but the first.
fn fit(examples: &mut [Example], seed: u64) -> (f64, Vec<f32>) {
    let mut counts = vec![0_u32; BUCKETS];
    let fold = |bucket: &u32| *bucket as usize & (BUCKETS - 1);
    for (features, _) in examples.iter().flat_map(|example| &example.choices) {
        features.iter().for_each(|bucket| counts[fold(bucket)] += 1);
    }
    for (features, _) in examples.iter_mut().flat_map(|example| &mut example.choices) {
        features.retain(|bucket| counts[fold(bucket)] >= RARE);
    }
    let mut weights = vec![0.0_f32; BUCKETS];
    let mut squares = vec![1.0_f32; BUCKETS];
    let mut sums = vec![0.0_f32; BUCKETS];
    let mut random = Random::new(seed);
    let mut right = 0;
    for epoch in 0..EPOCHS {
        random.shuffle(examples);
        right = 0;
        for example in examples.iter() {
            let (gradients, hit) = gradients(example, &weights);
            right += usize::from(hit);
            for ((features, _), gradient) in example.choices.iter().zip(gradients) {
                for bucket in features.iter().map(fold) {
                    let step =
                        example.weight * gradient - DECAY * weights[bucket] / example.choices.len() as f32;
                    squares[bucket] += step * step;
                    weights[bucket] += RATE * step / squares[bucket].sqrt();
                }
            }
        }
        if epoch > 0 {
            sums.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let weights = sums.iter().map(|sum| sum / (EPOCHS - 1) as f32).collect();
    (right as f64 / examples.len().max(1) as f64, weights)
}

/// For each choice how much its score should grow, and whether the best choice is a right one.
fn gradients(example: &Example, weights: &[f32]) -> (Vec<f32>, bool) {
    let score = |features: &[u32]| -> f32 {
        features.iter().map(|bucket| weights[*bucket as usize & (BUCKETS - 1)]).sum()
    };
    let scores: Vec<f32> = example.choices.iter().map(|(features, _)| score(features)).collect();
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let odds: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let all: f32 = odds.iter().sum();
    let right: f32 =
        example.choices.iter().zip(&odds).filter(|(choice, _)| choice.1).map(|(_, odds)| odds).sum();
    let hit = example.choices.iter().zip(&scores).any(|(choice, score)| choice.1 && *score == most);
    let gradient = |((_, is_right), odds): (&(Vec<u32>, bool), &f32)| {
        let wanted = if *is_right { odds / right.max(1e-9) } else { 0.0 };
        wanted - odds / all
    };
    (example.choices.iter().zip(&odds).map(gradient).collect(), hit)
}
