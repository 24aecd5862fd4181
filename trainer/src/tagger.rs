//! Trains the tagger and the lemmatizer.

use std::collections::{BTreeMap, HashMap};

use onrecord::annotate::{Upos, Xpos};
use onrecord::training::ModelFile;
use onrecord::training::features::{Clusters, Lexeme, Window};
use onrecord::training::lemma::Rule;
use onrecord::training::tag::NO_TAG;
use onrecord::training::{features, lemma, tag};

use crate::conllu::Treebank;
use crate::names;
use crate::network::{Counter, Network, Pass, Settings, best, softmax};
use crate::random::Random;

const SETTINGS: Settings = Settings { width: 64, rate: 0.05, unit_dropout: 0.2, feature_dropout: 0.1 };

/// A feature that is rarer than this in the training data is left out from the start.
const LEAST: u32 = 6;
/// How many features are kept in the end.
const KEPT: usize = 20_000;

/// A sentence with its gold labels.
struct Example {
    lexemes: Vec<Lexeme>,
    codes: Vec<u32>,
    labels: Vec<usize>,
}

/// Adds the tagger's parts to `file`.
pub fn train(banks: &[&Treebank], clusters: &Clusters, epochs: usize, seed: u64, file: &mut ModelFile) {
    let labels = labels(banks);
    let number: HashMap<(Upos, Xpos), usize> =
        labels.iter().enumerate().map(|(number, label)| (*label, number)).collect();
    let examples = examples(banks, clusters, &number);
    let mut counter = Counter::default();
    let mut keys = Vec::new();
    for example in &examples {
        let mut history = [NO_TAG; 2];
        for at in 0..example.lexemes.len() {
            tag::features(Window(&example.lexemes), at, history, &mut keys);
            counter.add(&keys);
            history = [example.codes[at], history[0]];
        }
    }
    let mut network = Network::new(counter.keys(LEAST), &[("label", labels.len())], SETTINGS, seed);
    eprintln!("tagger: {} features, {} labels", network.features(), labels.len());
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random::new(seed ^ 1);
    for epoch in 0..epochs {
        network.set_rate(1.0 - 0.9 * epoch as f32 / epochs as f32);
        if epoch == epochs / 2 {
            network.prune(KEPT);
        }
        random.shuffle(&mut order);
        let mut right = 0;
        for example in &order {
            right += learn(&mut network, &examples[*example], &labels, epoch > 0);
        }
        let total: usize = examples.iter().map(|example| example.labels.len()).sum();
        eprintln!("tagger: epoch {epoch}, {:.4} right in training", right as f64 / total as f64);
        if epoch * 3 >= epochs * 2 {
            network.sum_up();
        }
    }
    network.quantize(file, "tag");
    let printed: Vec<String> =
        labels.iter().map(|(upos, xpos)| format!("{}/{}", upos.as_str(), xpos.as_str())).collect();
    file.put_text("tag.labels", &printed.join("\n"));
}

/// Learns from one sentence; `own` says whether the history holds the network's own tags or the gold ones.
fn learn(network: &mut Network, example: &Example, labels: &[(Upos, Xpos)], own: bool) -> usize {
    let (mut keys, mut scores, mut pass) = (Vec::new(), Vec::new(), Pass::default());
    let mut history = [NO_TAG; 2];
    let mut right = 0;
    for at in 0..example.labels.len() {
        tag::features(Window(&example.lexemes), at, history, &mut keys);
        network.forward(&keys, true, &mut pass);
        network.scores(0, &pass, &mut scores);
        let guess = best(&scores);
        right += usize::from(guess == example.labels[at]);
        softmax(&mut scores);
        scores[example.labels[at]] -= 1.0;
        network.backward_head(0, &scores, &mut pass);
        network.backward(&mut pass);
        let code = if own { tag::code(labels[guess].0, labels[guess].1) } else { example.codes[at] };
        history = [code, history[0]];
    }
    right
}

/// The labels that occur often enough to be learned.
fn labels(banks: &[&Treebank]) -> Vec<(Upos, Xpos)> {
    let mut counts: BTreeMap<(Upos, Xpos), usize> = BTreeMap::new();
    for word in banks.iter().flat_map(|bank| &bank.words) {
        *counts.entry((word.upos, word.xpos)).or_insert(0) += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= 10).map(|(label, _)| label).collect()
}

fn examples(
    banks: &[&Treebank],
    clusters: &Clusters,
    number_of: &HashMap<(Upos, Xpos), usize>,
) -> Vec<Example> {
    let mut examples = Vec::new();
    for bank in banks {
        let body = &bank.article.body;
        let as_printed = features::lexemes(body, &bank.document, clusters);
        let in_capitals = features::lexemes(&body.to_ascii_uppercase(), &bank.document, clusters);
        let capitalized = features::lexemes(&names::capitalized(body), &bank.document, clusters);
        for (number, sentence) in bank.document.sentences.iter().enumerate() {
            let words = &bank.words[sentence.range()];
            let labels: Option<Vec<usize>> =
                words.iter().map(|word| number_of.get(&(word.upos, word.xpos)).copied()).collect();
            // A sentence with a label that is too rare to learn would teach a wrong one.
            let Some(labels) = labels else { continue };
            let mut add = |lexemes: &[Lexeme]| {
                examples.push(Example {
                    lexemes: lexemes[sentence.range()].to_vec(),
                    codes: words.iter().map(|word| tag::code(word.upos, word.xpos)).collect(),
                    labels: labels.clone(),
                });
            };
            add(&as_printed);
            // One sentence in twenty is seen as a headline too, in either way of writing them.
            match number % 40 {
                0 => add(&in_capitals),
                20 => add(&capitalized),
                _ => {}
            }
        }
    }
    examples
}

/// Adds the lemmatizer's parts to `file`.
///
/// A key (a word, or an ending, with a part of speech) is kept only where a shorter one would lead to another rule.
pub fn train_lemmas(banks: &[&Treebank], file: &mut ModelFile) {
    let mut votes: HashMap<(u32, usize), BTreeMap<Rule, usize>> = HashMap::new();
    let mut seen: BTreeMap<(String, u32), BTreeMap<String, usize>> = BTreeMap::new();
    for bank in banks {
        for word in &bank.words {
            let form = word.span.slice(&bank.article.body).replace('’', "'");
            let lemmas = seen.entry((form, tag::code(word.upos, word.xpos))).or_default();
            *lemmas.entry(word.lemma.clone()).or_insert(0) += 1;
        }
    }
    for ((form, code), lemmas) in &seen {
        for (lemma, count) in lemmas {
            let rule = Rule::between(form, lemma);
            for (depth, key) in lemma::keys(&form.to_lowercase(), *code).enumerate() {
                // The whole word counts tokens; endings count words, so that "was" does not rule all in "-as".
                let weight = if depth == 0 { *count } else { 1 };
                *votes.entry((key, depth.min(1))).or_default().entry(rule.clone()).or_insert(0) += weight;
            }
        }
    }
    let winner = |key: u32, depth: usize| {
        let rules = votes.get(&(key, depth))?;
        rules.iter().max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0))).map(|(rule, _)| rule)
    };
    let mut rules: Vec<Rule> = votes.values().flat_map(|rules| rules.keys().cloned()).collect();
    rules.sort();
    rules.dedup();
    let mut kept: BTreeMap<u32, u16> = BTreeMap::new();
    for (form, code) in seen.keys() {
        let keys: Vec<u32> = lemma::keys(&form.to_lowercase(), *code).collect();
        let winners: Vec<_> =
            keys.iter().enumerate().map(|(depth, key)| winner(*key, depth.min(1))).collect();
        for depth in (0..keys.len()).rev() {
            let next =
                winners[depth + 1..].iter().zip(&keys[depth + 1..]).find(|(_, key)| kept.contains_key(key));
            if next.is_none_or(|(rule, _)| *rule != winners[depth])
                && let Some(number) = winners[depth].and_then(|rule| rules.binary_search(rule).ok())
            {
                kept.insert(keys[depth], number as u16);
            }
        }
    }
    eprintln!("lemmas: {} rules, {} keys", rules.len(), kept.len());
    let printed: Vec<String> = rules.iter().map(Rule::print).collect();
    file.put_text("lemma.rules", &printed.join("\n"));
    file.put_numbers("lemma.keys", &kept.keys().copied().collect::<Vec<u32>>());
    file.put_numbers("lemma.numbers", &kept.values().copied().collect::<Vec<u16>>());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu;

    const TREEBANK: &str = "\
# newdoc id = invented
# text = The mayor left Porto.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_
2\tmayor\tmayor\tNOUN\tNN\t_\t3\tnsubj\t_\t_
3\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
4\tPorto\tPorto\tPROPN\tNNP\t_\t3\tobj\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

";

    /// The bytes of a model with a tagger and lemmas for the invented treebank, many times over.
    fn model(seed: u64) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let path = std::env::temp_dir()
            .join(format!("onrecord-tagger-{seed}-{:?}.conllu", std::thread::current().id()));
        std::fs::write(&path, TREEBANK.repeat(20))?;
        let banks = conllu::read(&path)?;
        std::fs::remove_file(&path)?;
        let banks: Vec<&Treebank> = banks.iter().collect();
        let mut file = ModelFile::new(features::VERSION);
        train(&banks, &Clusters::default(), 3, seed, &mut file);
        train_lemmas(&banks, &mut file);
        Ok(file.write()?)
    }

    #[test]
    fn the_same_data_and_seed_give_the_same_bytes() -> Result<(), Box<dyn std::error::Error>> {
        assert_eq!(model(1)?, model(1)?);
        assert_ne!(model(1)?, model(2)?);
        Ok(())
    }
}
