//! The order of training: each stage sees what the stages before it give in use.

use std::error::Error;
use std::fs;
use std::time::Instant;

use onrecord::annotate::features;
use onrecord::annotate::model::Model;
use onrecord::annotate::model::file::ModelFile;

use crate::conllu::{self, Treebank};
use crate::names::{self, Text};
use crate::{
    Options, antecedents, clusters, evaluate as scores, parser, recognizer, reports, splitter, sports, tagger,
};

/// The stages in order, by the prefix of their parts in the model file.
const STAGES: [&str; 8] = ["clusters", "split", "tag", "lemma", "name", "parse", "report", "coref"];

/// Trains a model and writes its file.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let mut file = ModelFile::new(features::VERSION);
    if !options.only.is_empty() && fs::metadata(&options.model).is_ok_and(|file| file.len() > 0) {
        let old = ModelFile::read(&fs::read(&options.model)?)?;
        file.take_parts(&old, "");
    }
    let wanted = |stage: &str| options.only.is_empty() || options.only.iter().any(|only| only == stage);
    let banks = treebanks(options)?;
    let all: Vec<&Treebank> = banks.iter().collect();
    for stage in STAGES.into_iter().filter(|stage| wanted(stage)) {
        let model = Model::from_file(&file)?;
        match stage {
            // Raw text of unclear licence is all there is for clusters.
            "clusters" if options.clean => {}
            "clusters" => clusters::train(&options.data, options.seed, &mut file)?,
            "split" => splitter::train(&all, &word_clusters(&file), options.seed, &mut file),
            "tag" => tagger::train(&all, &word_clusters(&file), 8, options.seed, &mut file),
            "lemma" => tagger::train_lemmas(&all, &mut file),
            "name" => recognizer::train(&texts(options)?, &model, options.seed, &mut file),
            "parse" => parser::train(&banks, &word_clusters(&file), options.seed, &mut file)?,
            "coref" => antecedents::train(&options.data, options.seed, &mut file)?,
            // The only corpus of attributions states no licence.
            _ if options.clean => {}
            _ => reports::train(&options.data.join("polnear/train.jsonl"), &model, options.seed, &mut file)?,
        }
        eprintln!("{stage}: done after {:.0} s", started.elapsed().as_secs_f64());
    }
    file.notes.insert("seed".into(), options.seed.to_string());
    file.notes
        .insert("data".into(), if options.clean { "licence-clean corpora" } else { "all corpora" }.into());
    let bytes = file.write()?;
    eprintln!("{}: {} bytes", options.model.display(), bytes.len());
    fs::write(&options.model, bytes)?;
    Ok(())
}

/// Prints the figures of a model on the development parts; fails if one is below its floor. With `--only name` it
/// measures names alone, which takes a quarter of the time.
///
/// With `--record CHANGE` it prints a line for `eval/language-results.csv` too.
pub fn evaluate(options: &Options) -> Result<(), Box<dyn Error>> {
    let bytes = fs::read(&options.model)?;
    let started = Instant::now();
    let model = Model::read(&bytes)?;
    eprintln!("read in {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    let figures = scores::measure(&options.data, &model, &options.only)?;
    if let Some(change) = &options.record {
        let values =
            scores::COLUMNS.map(|column| format!("{:.4}", figures.get(column).copied().unwrap_or(0.0)));
        println!("{},{},{},{}", change.replace(',', ";"), options.seed, values.join(","), bytes.len());
    }
    match scores::too_low(&figures, &options.only).as_slice() {
        [] => Ok(()),
        low => Err(low.join("; ").into()),
    }
}

/// The word clusters of a file, for the stages that are trained on top of them.
fn word_clusters(file: &ModelFile) -> features::Clusters {
    features::Clusters::new(&file.numbers("clusters.words"), file.numbers("clusters.codes"))
}

/// The treebanks that give weights: both are licence clean.
fn treebanks(options: &Options) -> std::io::Result<Vec<Treebank>> {
    let mut banks = conllu::read(&options.data.join("ud-ewt/train.conllu"))?;
    banks.extend(conllu::read(&options.data.join("ud-gum/train-open.conllu"))?);
    Ok(banks)
}

/// The corpora of names that give weights, with how often each is seen in an epoch.
fn texts(options: &Options) -> std::io::Result<Vec<(Text, usize)>> {
    let clean = [
        ("ner-crossner-politics/train.tsv", 2),
        ("ner-wikigold/train.tsv", 1),
        ("ner-gum-derived/train-open.tsv", 2),
    ];
    let unclear = [("ner-worldwide/train.tsv", 1), ("ner-gmb/train.tsv", 1)];
    let mut texts = Vec::new();
    for (path, times) in clean.into_iter().chain(unclear.into_iter().filter(|_| !options.clean)) {
        for (number, text) in names::read_bio(&options.data.join(path))?.into_iter().enumerate() {
            // Two texts in five get a headline, half of them in capitals: the corpora have none.
            let headline = if number % 5 < 2 { text.with_headline(number % 5 == 0) } else { None };
            texts.push((headline.unwrap_or(text), times));
        }
    }
    texts.extend(sports::reports(options.seed).into_iter().map(|text| (text, 1)));
    Ok(texts)
}
