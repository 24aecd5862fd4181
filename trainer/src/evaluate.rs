//! Scores a model on the development parts, by the definitions of the scorers in the data folder.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use onrecord::annotate::Model;
use onrecord::annotate::{NameKind, annotate};
use onrecord::facts::{EntityKind, Form};
use onrecord::pipeline::analyze;
use onrecord::span::{Byte, Span};

use crate::conllu::{self, Treebank};
use crate::names::{self, Text};
use crate::options::Options;
use crate::scores::Counts;
use crate::{confidence, coreference};

/// A part of the measuring, as `--only` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Words, sentences, tags and trees, on treebanks.
    Ud,
    /// Names.
    Ner,
    /// Whom a pronoun stands for.
    Coref,
    /// Whether the confidence of a quote can be believed.
    Confidence,
}

impl Part {
    const ALL: [Part; 4] = [Part::Ud, Part::Ner, Part::Coref, Part::Confidence];

    fn name(self) -> &'static str {
        match self {
            Part::Ud => "ud",
            Part::Ner => "ner",
            Part::Coref => "coref",
            Part::Confidence => "confidence",
        }
    }
}

/// Prints the figures of a model on the development parts; fails if one is below its floor.
///
/// `--only` names the parts that are measured. With `--record CHANGE` it prints a line for
/// `eval/language-results.csv` too.
pub fn run(options: &Options) -> Result<(), Box<dyn Error>> {
    let parts = options.chosen(&Part::ALL, Part::name)?;
    let bytes = fs::read(&options.model)?;
    let started = Instant::now();
    let model = Model::read(&bytes)?;
    eprintln!("read in {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    let figures = measure(&options.data, &model, &parts)?;
    if let Some(change) = &options.record {
        let values = COLUMNS.map(|column| format!("{:.4}", figures.get(column).copied().unwrap_or(0.0)));
        println!("{},{},{},{}", change.replace(',', ";"), options.seed, values.join(","), bytes.len());
    }
    let mut low = too_low(&figures, &parts);
    if parts.contains(&Part::Confidence) {
        low.extend(confidence::measure(&options.data, &model)?.too_far());
    }
    if low.is_empty() { Ok(()) } else { Err(low.join("; ").into()) }
}

/// The figures of the language core, in the order in which they are printed.
const FIGURES: [&str; 7] = ["words", "sentences", "upos", "xpos", "lemma", "uas", "las"];

/// F1 of each figure over a treebank, from raw text.
fn treebank(banks: &[Treebank], model: &Model) -> BTreeMap<&'static str, f64> {
    let mut counts: BTreeMap<&'static str, Counts> = BTreeMap::new();
    for bank in banks {
        let found = annotate(&bank.article, model);
        let mut add = |figure: &'static str, right: usize, predicted: usize, gold: usize| {
            let counts = counts.entry(figure).or_default();
            counts.right += right;
            counts.predicted += predicted;
            counts.gold += gold;
        };
        let spans = |sentences: &[onrecord::span::Span<onrecord::span::Tokens>],
                     document: &onrecord::annotate::Document| {
            sentences.iter().map(|sentence| document.bytes(*sentence)).collect::<Vec<_>>()
        };
        let ours = spans(&found.document.sentences, &found.document);
        let gold = spans(&bank.document.sentences, &bank.document);
        let same = ours.iter().filter(|span| gold.binary_search(span).is_ok()).count();
        add("sentences", same, ours.len(), gold.len());
        let pairs = align(bank, &found.document);
        let (predicted, gold) = (found.document.tokens.len(), bank.words.len());
        let count = |test: &dyn Fn(usize, usize) -> bool| {
            pairs.iter().filter(|(gold, ours)| test(**gold, **ours)).count()
        };
        let head = |gold: usize, ours: usize| match (bank.words[gold].head, found.syntax.head(ours)) {
            (None, None) => true,
            (Some(gold), Some(ours)) => pairs.get(&gold) == Some(&ours),
            _ => false,
        };
        let same_relation =
            |gold: usize, ours: usize| bank.words[gold].relation.base() == found.syntax.relation(ours).base();
        add("words", pairs.len(), predicted, gold);
        add("upos", count(&|gold, ours| bank.words[gold].upos == found.tags[ours].upos), predicted, gold);
        add("xpos", count(&|gold, ours| bank.words[gold].xpos == found.tags[ours].xpos), predicted, gold);
        let lemma = |gold: usize, ours: usize| {
            bank.words[gold].lemma.to_lowercase() == found.tags[ours].lemma.to_lowercase()
        };
        add("lemma", count(&lemma), predicted, gold);
        add("uas", count(&head), predicted, gold);
        add("las", count(&|gold, ours| head(gold, ours) && same_relation(gold, ours)), predicted, gold);
    }
    counts.into_iter().map(|(figure, counts)| (figure, counts.f1())).collect()
}

/// Gold word → our token of the same span.
fn align(bank: &Treebank, document: &onrecord::annotate::Document) -> HashMap<usize, usize> {
    let mut pairs = HashMap::new();
    let mut at = 0;
    for (gold, word) in bank.words.iter().enumerate() {
        while document.tokens.get(at).is_some_and(|token| token.span.start() < word.span.start()) {
            at += 1;
        }
        // Several gold words may stand over one span: each takes one token.
        if document.tokens.get(at).is_some_and(|token| token.span == word.span) {
            pairs.insert(gold, at);
            at += 1;
        }
    }
    pairs
}

/// F1 over exact names of people, organizations and places, and by kind, as the whole pipeline gives them: kinds are
/// those of the entities that the names were tied to.
fn names(texts: &[Text], model: &Model) -> BTreeMap<&'static str, Counts> {
    let mut counts: BTreeMap<&'static str, Counts> = BTreeMap::new();
    for text in texts {
        let ours = named(text, model);
        for (figure, kind) in
            [("PER", NameKind::Person), ("ORG", NameKind::Organization), ("LOC", NameKind::Place)]
        {
            let ours: Vec<_> = ours.iter().filter(|name| name.1 == kind).collect();
            let gold: Vec<_> = text.names.iter().filter(|name| name.1 == kind).collect();
            let right = ours.iter().filter(|name| gold.contains(name)).count();
            for figure in [figure, "all"] {
                let counts = counts.entry(figure).or_default();
                counts.right += right;
                counts.predicted += ours.len();
                counts.gold += gold.len();
            }
        }
    }
    counts
}

/// The mentions by name that the product finds in a text.
fn named(text: &Text, model: &Model) -> Vec<(Span<Byte>, NameKind)> {
    let facts = analyze(&text.article, model).facts;
    let by_name = facts.mentions.iter().filter(|mention| mention.form == Form::Name);
    let kind = |kind: EntityKind| match kind {
        EntityKind::Person => NameKind::Person,
        EntityKind::Organization => NameKind::Organization,
        EntityKind::Place => NameKind::Place,
    };
    let named = by_name
        .filter_map(|mention| Some((mention.span, kind(facts.entities.get(mention.entity.index())?.kind))));
    named.collect()
}

/// The corpora of names that are measured.
pub const NAME_CORPORA: [&str; 4] =
    ["ner-worldwide", "ner-cleanconll", "ner-crossner-politics", "ner-uner-ewt"];

/// What every figure must reach: mean of the two treebanks, and names by corpus. Below what the shipped model has, so
/// that another compiler or processor may differ a little; above what any earlier model had.
const FLOORS: [(&str, f64); 12] = [
    ("words", 0.985),
    ("sentences", 0.90),
    ("upos", 0.95),
    ("lemma", 0.97),
    ("uas", 0.84),
    ("las", 0.81),
    ("ner-worldwide", 0.815),
    ("ner-cleanconll", 0.825),
    ("ner-crossner-politics", 0.79),
    ("ner-uner-ewt", 0.66),
    ("gap", 0.66),
    ("gap-bias", 0.93),
];

/// The figures of `parts` by name, printed on the way; confidence has none.
fn measure(
    data: &Path,
    model: &Model,
    parts: &[Part],
) -> Result<BTreeMap<&'static str, f64>, Box<dyn Error>> {
    let mut figures = BTreeMap::new();
    if parts.contains(&Part::Ud) {
        figures.extend(treebanks(data, model)?);
    }
    if parts.contains(&Part::Ner) {
        figures.extend(name_corpora(data, model)?);
    }
    if parts.contains(&Part::Coref) {
        let found = coreference::gap(data, model)?;
        let printed: Vec<String> =
            found.iter().map(|(figure, value)| format!("{figure} {value:.4}")).collect();
        println!("{:22} {}", "coref-gap", printed.join("  "));
        figures.extend(found);
    }
    Ok(figures)
}

/// The mean of the two treebanks.
fn treebanks(data: &Path, model: &Model) -> std::io::Result<BTreeMap<&'static str, f64>> {
    let mut means: BTreeMap<&'static str, f64> = BTreeMap::new();
    for corpus in ["ud-gum", "ud-ewt"] {
        let figures = treebank(&conllu::read(&data.join(corpus).join("dev.conllu"))?, model);
        print_figures(corpus, &figures);
        figures.into_iter().for_each(|(figure, value)| *means.entry(figure).or_insert(0.0) += value / 2.0);
    }
    print_figures("mean", &means);
    Ok(means)
}

/// F1 of names by corpus.
fn name_corpora(data: &Path, model: &Model) -> std::io::Result<BTreeMap<&'static str, f64>> {
    let mut all = BTreeMap::new();
    for corpus in NAME_CORPORA {
        let counts = names(&names::read_jsonl(&data.join(corpus).join("dev.jsonl"))?, model);
        let figure = |kind: &str| counts.get(kind).map_or(0.0, |counts| counts.f1());
        println!(
            "{corpus:22} {}",
            ["all", "PER", "ORG", "LOC"].map(|kind| format!("{kind} {:.4}", figure(kind))).join("  ")
        );
        all.insert(corpus, figure("all"));
    }
    Ok(all)
}

/// The figures that are below their floors; none is missed unless all parts were measured.
fn too_low(figures: &BTreeMap<&'static str, f64>, parts: &[Part]) -> Vec<String> {
    let low = FLOORS.iter().filter(|(figure, floor)| match figures.get(figure) {
        Some(value) => value < floor,
        None => parts == Part::ALL,
    });
    low.map(|(figure, floor)| format!("{figure} is below {floor}")).collect()
}

/// The columns of a record of figures, behind date, commit, change and seed.
const COLUMNS: [&str; 11] = [
    "words",
    "sentences",
    "upos",
    "xpos",
    "lemma",
    "uas",
    "las",
    "ner-worldwide",
    "ner-cleanconll",
    "ner-crossner-politics",
    "ner-uner-ewt",
];

fn print_figures(name: &str, figures: &BTreeMap<&'static str, f64>) {
    let printed: Vec<String> = FIGURES
        .iter()
        .filter_map(|figure| figures.get(figure).map(|value| format!("{figure} {value:.4}")))
        .collect();
    println!("{name:22} {}", printed.join("  "));
}
