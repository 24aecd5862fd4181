//! Fits which quotes an editor takes, and which are thought or attitude, on quotes that readers judged one by one.
//!
//! The product reads the articles again; a judged quote is met where the contents share four fifths of their letters, as the scorer
//! of judged quotes counts. A report that has another content, source or speaker now is not judged any more.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::path::Path;

use onrecord::annotate::{Annotations, Model, annotate};
use onrecord::article::Article;
use onrecord::facts::{Entity, Quote};
use onrecord::gear::Gear;
use onrecord::pipeline::facts;
use onrecord::span::CodePoints;
use onrecord::training::{ModelFile, mode_features, vouching_features};
use serde_json::Value;

use crate::clusters::unpack;
use crate::confidence::{Judged, fit, put_weights};

/// What pulls weights towards zero: few were judged.
const PRIOR: f64 = 2.5;
/// The same for modes, which the act of a cue nearly tells.
const MODE_PRIOR: f64 = 0.5;

/// Into how many parts the articles are divided to see how well the weights hold.
const FOLDS: usize = 10;

/// Of the quotes that are vouched for so many are to be right.
const PRECISION: f64 = 0.85;

/// A judged quote as the product finds it now.
struct Met {
    article: String,
    mode: &'static str,
    /// What is known of it for its mode; nothing if readers saw no report in it.
    mode_features: Option<Vec<(u32, f32)>>,
    taken: Judged,
}

/// Adds the parts `mode.*`, `vouching.*` and `encoder.vouching.*`.
pub fn train(data: &Path, file: &mut ModelFile) -> Result<(), Box<dyn Error>> {
    for (gear, name) in [(Gear::Fast, "vouching"), (Gear::Full, "encoder.vouching")] {
        let mut without = ModelFile::new(file.features);
        without.take_parts(file, "");
        // Without these parts the product gives the confidence of attribution.
        without.put_numbers::<u32>(&format!("{name}.buckets"), &[]);
        without.put_numbers::<i16>(&format!("{name}.weights"), &[]);
        let met = met(data, &Model::from_file(&without, gear)?)?;
        let taken: Vec<Judged> = met.iter().map(|met| met.taken.clone()).collect();
        let held_out = held_out(&met);
        let least = least(&taken, &held_out);
        print(name, &taken, &held_out, least);
        put_weights(file, name, &fit(&taken, PRIOR), 1.0);
        file.put_numbers(&format!("{name}.least"), &[least as f32]);
        if gear == Gear::Full {
            put_modes(&met, file);
        }
    }
    Ok(())
}

fn put_modes(met: &[Met], file: &mut ModelFile) {
    for (name, mode) in [("mode.thought", "thought"), ("mode.attitude", "act")] {
        let judged = |met: &Met| {
            let features = met.mode_features.clone()?;
            Some(Judged { features, right: met.mode == mode, weight: 1.0 })
        };
        let all: Vec<Judged> = met.iter().filter_map(judged).collect();
        let weights = fit(&all, MODE_PRIOR);
        let right = all.iter().filter(|one| (probability(&weights, one) > 0.5) == one.right).count();
        eprintln!("{name}: {} judged, {right} told right", all.len());
        put_weights(file, name, &weights, 1.0);
    }
}

/// The probability of each quote by weights that were fitted without its article.
fn held_out(met: &[Met]) -> Vec<f64> {
    let mut articles: HashMap<&str, usize> = HashMap::new();
    let folds: Vec<usize> = met
        .iter()
        .map(|met| {
            let next = articles.len();
            *articles.entry(&met.article).or_insert(next) % FOLDS
        })
        .collect();
    let weights: Vec<_> = (0..FOLDS)
        .map(|fold| {
            let others = met.iter().zip(&folds).filter(|(_, other)| **other != fold);
            fit(&others.map(|(met, _)| met.taken.clone()).collect::<Vec<_>>(), PRIOR)
        })
        .collect();
    met.iter().zip(folds).map(|(met, fold)| probability(&weights[fold], &met.taken)).collect()
}

fn probability(weights: &BTreeMap<u32, f64>, judged: &Judged) -> f64 {
    let odds = |(bucket, value): &(u32, f32)| Some(weights.get(bucket)? * f64::from(*value));
    1.0 / (1.0 + (-judged.features.iter().filter_map(odds).sum::<f64>()).exp())
}

/// The share of right ones among the quotes from `least` on, and the share of all right ones that they are.
fn figures(taken: &[Judged], probabilities: &[f64], least: f64) -> (f64, f64) {
    let sum = |test: &dyn Fn(&Judged, f64) -> bool| -> f64 {
        let kept = taken.iter().zip(probabilities).filter(|(one, probability)| test(one, **probability));
        kept.map(|(one, _)| one.weight).sum()
    };
    let right = sum(&|one, probability| one.right && probability >= least);
    let shown = sum(&|_, probability| probability >= least);
    (right / shown.max(f64::MIN_POSITIVE), right / sum(&|one, _| one.right))
}

/// The lowest probability, in hundredths, from which on enough of what is shown is right; the highest if none is.
fn least(taken: &[Judged], probabilities: &[f64]) -> f64 {
    let enough = |least: &f64| figures(taken, probabilities, *least).0 >= PRECISION;
    (30..90).map(|percent| f64::from(percent) / 100.0).find(enough).unwrap_or(0.9)
}

fn print(name: &str, taken: &[Judged], probabilities: &[f64], least: f64) {
    let right = taken.iter().filter(|one| one.right).count();
    let loss: f64 = taken
        .iter()
        .zip(probabilities)
        .map(|(one, probability)| {
            -one.weight * if one.right { *probability } else { 1.0 - probability }.max(1e-9).ln()
        })
        .sum();
    let weight: f64 = taken.iter().map(|one| one.weight).sum();
    eprintln!(
        "{name}: {} judged quotes met, {right} right; held out, with a loss of {:.4}:",
        taken.len(),
        loss / weight
    );
    for at in [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, least] {
        let (precision, kept) = figures(taken, probabilities, at);
        eprintln!("  from {at:.2}: precision {precision:.3}, of the right ones {kept:.3}");
    }
}

/// The judgements that may be learned from: the given ones but for those that check, and our own, none of them of an article that
/// checks. The weights of a file have the mean 1: each is a sample of its own.
fn judgements(data: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../eval/judged");
    let files = [
        data.join("judged/quotes.jsonl"),
        own.join("quotes.jsonl"),
        own.join("shown.jsonl"),
        own.join("bands.jsonl"),
    ];
    let mut files: Vec<Vec<Value>> = files
        .iter()
        .map(|file| {
            Ok(std::fs::read_to_string(file)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
        })
        .collect::<Result<_, Box<dyn Error>>>()?;
    let checks = |row: &&Value| row["part"] == "check";
    let checking: HashSet<String> =
        files.iter().flatten().filter(checks).map(|row| row["article"].to_string()).collect();
    for rows in &mut files {
        rows.retain(|row| !checking.contains(&row["article"].to_string()));
        let weight = |row: &Value| row["weight"].as_f64().unwrap_or(1.0);
        let mean = rows.iter().map(weight).sum::<f64>() / rows.len().max(1) as f64;
        rows.iter_mut().for_each(|row| row["weight"] = (weight(row) / mean).into());
    }
    Ok(files.into_iter().flatten().collect())
}

/// The quotes of the part that may be learned from, as the product finds them.
fn met(data: &Path, model: &Model) -> Result<Vec<Met>, Box<dyn Error>> {
    let rows = judgements(data)?;
    let mut by_article: HashMap<&str, Vec<&Value>> = HashMap::new();
    for row in &rows {
        by_article.entry(row["article"].as_str().unwrap_or_default()).or_default().push(row);
    }
    let mut met = Vec::new();
    let archive = unpack(&data.join("archives/allsides-a.jsonl.gz"))?;
    for line in String::from_utf8_lossy(&archive).lines() {
        let row: Value = serde_json::from_str(line)?;
        let Some(judged) = row["id"].as_str().and_then(|id| by_article.get(id)) else { continue };
        let article = Article::from_text(row["text"].as_str().unwrap_or_default().to_owned());
        let text = annotate(&article, model);
        let (found, _) = facts(&text, model);
        let points = CodePoints::new(text.body());
        let same = |judged: &Value| {
            let close = |quote: &&Quote| shared(judged, quote, &points);
            let best = found.quotes.iter().max_by(|one, other| close(one).total_cmp(&close(other)))?;
            let overlap = close(&best);
            (overlap >= 0.8).then_some((best, overlap))
        };
        for judged in judged {
            let Some((quote, overlap)) = same(judged) else { continue };
            if is_another(judged, quote, overlap, &text, &found.entities) {
                continue;
            }
            let right = judged["answer"] == true;
            let mode = match judged["reported"].as_str() {
                Some("speech") => "speech",
                Some("thought") => "thought",
                Some("act") => "act",
                _ => "none",
            };
            met.push(Met {
                article: row["id"].as_str().unwrap_or_default().to_owned(),
                mode,
                mode_features: (mode != "none").then(|| mode_features(&text, quote)),
                taken: Judged {
                    features: vouching_features(&text, &found.entities, quote),
                    right,
                    weight: judged["weight"].as_f64().unwrap_or(1.0),
                },
            });
        }
    }
    Ok(met)
}

/// Whether a judged quote is another by now, so that nobody has judged it: of what was no report, the words do not matter.
fn is_another(judged: &Value, quote: &Quote, overlap: f64, text: &Annotations, entities: &[Entity]) -> bool {
    let source = quote.source.map_or("", |source| source.slice(text.body()));
    let speaker = quote.speaker.map(|speaker| entities[speaker.index()].name.as_str());
    let is_other = overlap < 0.999
        || source != printed(&judged["source"], text.body())
        || speaker != judged["speaker"].as_str();
    is_other && matches!(judged["reported"].as_str(), Some("speech" | "thought"))
}

/// The words of a source: as they are, or where they stand, in code points.
fn printed(source: &Value, body: &str) -> String {
    let Some(pieces) = source.as_array() else { return source.as_str().unwrap_or_default().to_owned() };
    let point = |piece: &Value, at: usize| piece[at].as_u64().unwrap_or(0) as usize;
    let slice = |piece: &Value| -> String {
        let (start, end) = (point(piece, 0), point(piece, 1));
        body.chars().skip(start).take(end.saturating_sub(start)).collect()
    };
    pieces.iter().map(slice).collect::<Vec<_>>().join(" … ")
}

/// The share of letters that two contents have in common (Jaccard).
fn shared(judged: &Value, quote: &Quote, points: &CodePoints) -> f64 {
    let judged = judged["content"].as_array().map(Vec::as_slice).unwrap_or_default();
    let judged = judged.iter().map(|pair| (pair[0].as_u64(), pair[1].as_u64()));
    let judged: Vec<(usize, usize)> =
        judged.map(|(start, end)| (start.unwrap_or(0) as usize, end.unwrap_or(0) as usize)).collect();
    let ours: Vec<(usize, usize)> = quote.content.iter().map(|piece| points.of(*piece)).collect();
    let length = |spans: &[(usize, usize)]| spans.iter().map(|(start, end)| end - start).sum::<usize>();
    let both: usize = judged
        .iter()
        .flat_map(|one| ours.iter().map(move |other| one.1.min(other.1).saturating_sub(one.0.max(other.0))))
        .sum();
    both as f64 / (length(&judged) + length(&ours) - both).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(right: bool, weight: f64) -> Judged {
        Judged { features: Vec::new(), right, weight }
    }

    #[test]
    fn figures_count_by_weight() {
        let taken = [judged(true, 3.0), judged(true, 1.0), judged(false, 1.0)];
        assert_eq!(figures(&taken, &[0.9, 0.2, 0.8], 0.5), (0.75, 0.75));
    }

    #[test]
    fn the_cut_is_the_lowest_that_is_good_enough() {
        let taken = [judged(true, 9.0), judged(false, 1.0), judged(false, 9.0)];
        assert_eq!(least(&taken, &[0.8, 0.6, 0.45]), 0.46);
        assert_eq!(least(&taken[1..], &[0.95, 0.95]), 0.9);
    }
}
