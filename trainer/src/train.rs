//! Trains a model, stage by stage, and writes its file.

use std::error::Error;
use std::fs;
use std::time::Instant;

use onrecord::annotate::Model;
use onrecord::gear::Gear;
use onrecord::training::ModelFile;
use onrecord::training::features;

use crate::conllu::{self, Treebank};
use crate::names::{self, Text};
use crate::options::Options;
use crate::stage::Stage;
use crate::{
    antecedents, attributions, clusters, confidence, cue_model, parser, recognizer, splitter, sports, tagger,
    vouching,
};

/// Trains a model and writes its file.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let stages = Stage::chosen(options)?;
    let mut file = ModelFile::new(features::VERSION);
    if fs::metadata(&options.model).is_ok_and(|file| file.len() > 0) {
        let bytes = fs::read(&options.model)?;
        let old = ModelFile::read(&bytes)?;
        // The encoder is trained elsewhere, from data that is not all clean.
        match (options.only.is_empty(), options.clean) {
            (true, true) => {}
            (true, false) => file.take_parts(&old, "encoder."),
            (false, _) => file.take_parts(&old, ""),
        }
    }
    let banks = treebanks(options)?;
    for stage in stages {
        let name = stage.name();
        if let Some(reason) = stage.unclean().filter(|_| options.clean) {
            eprintln!("{name}: left out: {reason}");
            continue;
        }
        train(stage, options, &banks, &mut file)?;
        eprintln!("{name}: done after {:.0} s", started.elapsed().as_secs_f64());
    }
    file.notes.insert("seed".into(), options.seed.to_string());
    file.notes
        .insert("data".into(), if options.clean { "licence-clean corpora" } else { "all corpora" }.into());
    let bytes = file.write()?;
    eprintln!("{}: {} bytes", options.model.display(), bytes.len());
    fs::write(&options.model, bytes)?;
    Ok(())
}

/// Trains one stage on top of what the file holds by now, and puts its parts there.
fn train(
    stage: Stage,
    options: &Options,
    banks: &[Treebank],
    file: &mut ModelFile,
) -> Result<(), Box<dyn Error>> {
    let (data, seed) = (&options.data, options.seed);
    let all: Vec<&Treebank> = banks.iter().collect();
    match stage {
        Stage::Clusters => clusters::train(data, seed, file)?,
        Stage::Split => splitter::train(&all, &word_clusters(file), seed, file),
        Stage::Tag => tagger::train(&all, &word_clusters(file), 8, seed, file),
        Stage::Lemma => tagger::train_lemmas(&all, file),
        Stage::Name => recognizer::train(&texts(options)?, &Model::from_file(file, Gear::Fast)?, seed, file),
        Stage::Parse => parser::train(banks, &word_clusters(file), seed, file)?,
        Stage::Report => train_reports(options, &Model::from_file(file, Gear::Fast)?, file)?,
        Stage::Encoder => train_encoder_confidence(options, file)?,
        Stage::Coref => antecedents::train(data, seed, file)?,
        Stage::Vouch => vouching::train(data, file)?,
    }
    Ok(())
}

/// Trains which readings are indirect quotes, and how likely a quote is right: the one cannot change without the other.
fn train_reports(options: &Options, model: &Model, file: &mut ModelFile) -> Result<(), Box<dyn Error>> {
    let corpus = attributions::read(&options.data.join("polnear/train.jsonl"))?;
    let cues = cue_model::cues(&corpus, model, file)?;
    confidence::train(&corpus, &cues, (Gear::Fast, options.seed), file)?;
    cue_model::train(cues.concat(), options.seed, file);
    Ok(())
}

/// Trains how likely a quote is right of which the encoder has its say.
fn train_encoder_confidence(options: &Options, file: &mut ModelFile) -> Result<(), Box<dyn Error>> {
    let corpus = attributions::read(&options.data.join("polnear/train.jsonl"))?;
    let cues = cue_model::cues(&corpus, &Model::from_file(file, Gear::Fast)?, file)?;
    confidence::train(&corpus, &cues, (Gear::Full, options.seed), file)
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
pub fn texts(options: &Options) -> std::io::Result<Vec<(Text, usize)>> {
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
