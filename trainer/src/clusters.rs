//! Word clusters from raw text: words that stand in like contexts get like codes.
//!
//! Word vectors by skip-gram with negative sampling (Mikolov et al. 2013), with contexts told apart
//! by side (Ling et al. 2015), then k-means at several grains over the whole vector and over parts
//! of it (product quantization: Jégou et al. 2011). The product stores only the codes.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use onrecord::annotate::Model;
use onrecord::article::Article;
use onrecord::gear::Gear;
use onrecord::training::ModelFile;
use onrecord::training::features::CODES;
use onrecord::training::segment;

use crate::random::Random;

const SIZE: usize = 64;
const WORDS: usize = 50_000;
const LEAST: u32 = 5;
const EPOCHS: usize = 5;
const REACH: usize = 4;
const NEGATIVES: usize = 5;
/// Words more frequent than this share of all are left out now and then.
const FREQUENT: f32 = 1e-4;
const RATE: f32 = 0.04;
/// How many clusters each code tells apart: the first ones over whole vectors, the others over their parts.
const GRAINS: [usize; CODES] = [64, 512, 2048, 256, 256, 256];
const WHOLE: usize = 3;

/// Adds the clusters to `file`, learned from the archives under `data`.
pub fn train(data: &Path, seed: u64, file: &mut ModelFile) -> std::io::Result<()> {
    let corpus = Corpus::read(data)?;
    eprintln!("clusters: {} words of text, {} different ones", corpus.text.len(), corpus.words.len());
    let vectors = vectors(&corpus, seed);
    let codes = codes(&vectors, seed);
    file.put_numbers("clusters.words", &corpus.words);
    file.put_numbers("clusters.codes", &codes);
    Ok(())
}

/// Raw text as word numbers; `GAP` parts sentences.
struct Corpus {
    text: Vec<u32>,
    /// Word number → hash of its lower case; frequent words first.
    words: Vec<u32>,
    counts: Vec<u32>,
}

const GAP: u32 = u32::MAX;

impl Corpus {
    fn read(data: &Path) -> std::io::Result<Self> {
        let mut hashes: Vec<u32> = Vec::new();
        let mut counts: HashMap<u32, u32> = HashMap::new();
        let untrained = Model::from_file(&ModelFile::default(), Gear::Fast).map_err(std::io::Error::other)?;
        archive_texts(data, |body| {
            let article = Article::from_text(body);
            let (document, lexemes) = segment(&article.body, &untrained.clusters, &untrained.splitter);
            for sentence in &document.sentences {
                for lexeme in &lexemes[sentence.range()] {
                    *counts.entry(lexeme.lower).or_insert(0) += 1;
                    hashes.push(lexeme.lower);
                }
                hashes.push(GAP);
            }
        })?;
        let mut words: Vec<(u32, u32)> = counts
            .into_iter()
            .filter(|(_, count)| *count >= LEAST)
            .map(|(word, count)| (count, word))
            .collect();
        words.sort_unstable_by(|one, other| other.cmp(one));
        words.truncate(WORDS);
        let number: HashMap<u32, u32> =
            words.iter().enumerate().map(|(number, (_, word))| (*word, number as u32)).collect();
        let text = hashes
            .iter()
            .filter_map(|word| if *word == GAP { Some(GAP) } else { number.get(word).copied() })
            .collect();
        Ok(Corpus {
            text,
            counts: words.iter().map(|word| word.0).collect(),
            words: words.into_iter().map(|word| word.1).collect(),
        })
    }
}

/// Calls `take` with the text of every article of the archives.
fn archive_texts(data: &Path, mut take: impl FnMut(String)) -> std::io::Result<()> {
    let archives = data.join("archives");
    let articles = unpack(&archives.join("allsides-a.jsonl.gz"))?;
    for line in String::from_utf8_lossy(&articles).lines() {
        if let Ok(row) = serde_json::from_str::<serde_json::Value>(line) {
            take(row["text"].as_str().unwrap_or_default().to_owned());
        }
    }
    // The bodies are found without unpacking the tar layer: its headers hold no such mark.
    let wires = unpack(&archives.join("reuters-21578-000-016.tar.gz"))?;
    let wires = String::from_utf8_lossy(&wires);
    for piece in wires.split("<BODY>").skip(1) {
        let body = piece.split("</BODY>").next().unwrap_or_default();
        take(body.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&#3;", ""));
    }
    Ok(())
}

pub fn unpack(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    GzDecoder::new(fs::File::open(path)?).read_to_end(&mut content)?;
    Ok(content)
}

/// Words × [`SIZE`], each of length 1.
fn vectors(corpus: &Corpus, seed: u64) -> Vec<f32> {
    let mut random = Random::new(seed ^ 4);
    let count = corpus.words.len();
    let mut centers: Vec<f32> = (0..count * SIZE).map(|_| random.around(0.5 / SIZE as f32)).collect();
    // Contexts: next to the left, next to the right, further away.
    let mut contexts = [vec![0.0; count * SIZE], vec![0.0; count * SIZE], vec![0.0; count * SIZE]];
    let total: f64 = corpus.counts.iter().map(|count| f64::from(*count)).sum();
    let kept: Vec<f32> = corpus
        .counts
        .iter()
        .map(|count| (FREQUENT / (f64::from(*count) / total) as f32).sqrt().min(1.0))
        .collect();
    let noise = noise(&corpus.counts);
    let steps = EPOCHS * corpus.text.len();
    let mut step = 0;
    for epoch in 0..EPOCHS {
        for at in 0..corpus.text.len() {
            step += 1;
            let center = corpus.text[at];
            if center == GAP || random.unit() > kept[center as usize] {
                continue;
            }
            let rate = RATE * (1.0 - step as f32 / steps as f32).max(0.02);
            let reach = 1 + random.below(REACH);
            for offset in 1..=reach {
                for (side, place) in [(0, at.checked_sub(offset)), (1, Some(at + offset))] {
                    let Some(context) =
                        place.and_then(|place| corpus.text.get(place)).filter(|word| **word != GAP)
                    else {
                        continue;
                    };
                    let table = &mut contexts[if offset == 1 { side } else { 2 }];
                    learn(&mut centers, table, center, *context, &noise, rate, &mut random);
                }
            }
        }
        eprintln!("clusters: epoch {epoch} of the vectors");
    }
    for vector in centers.chunks_exact_mut(SIZE) {
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-6);
        vector.iter_mut().for_each(|value| *value /= length);
    }
    centers
}

/// A table to draw wrong contexts from, by the counts to the power of three quarters.
fn noise(counts: &[u32]) -> Vec<u32> {
    let total: f64 = counts.iter().map(|count| f64::from(*count).powf(0.75)).sum();
    let size = 1 << 20;
    let mut table = Vec::with_capacity(size + counts.len());
    for (word, count) in counts.iter().enumerate() {
        let share = (f64::from(*count).powf(0.75) / total * size as f64).ceil() as usize;
        table.extend(std::iter::repeat_n(word as u32, share));
    }
    table
}

/// One step: the context is made likelier for the center, some drawn words unlikelier.
fn learn(
    centers: &mut [f32],
    table: &mut [f32],
    center: u32,
    context: u32,
    noise: &[u32],
    rate: f32,
    random: &mut Random,
) {
    let center = &mut centers[center as usize * SIZE..][..SIZE];
    let mut change = [0.0_f32; SIZE];
    for draw in 0..=NEGATIVES {
        let word = if draw == 0 { context } else { noise[random.below(noise.len())] };
        if draw > 0 && word == context {
            continue;
        }
        let row = &mut table[word as usize * SIZE..][..SIZE];
        let mut sums = [0.0_f32; 8];
        for (one, other) in center.chunks_exact(8).zip(row.chunks_exact(8)) {
            for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
                *sum += one * other;
            }
        }
        let guess = 1.0 / (1.0 + (-sums.iter().sum::<f32>()).exp());
        let slope = rate * (f32::from(u8::from(draw == 0)) - guess);
        for ((change, value), center) in change.iter_mut().zip(row.iter_mut()).zip(center.iter()) {
            *change += slope * *value;
            *value += slope * center;
        }
    }
    center.iter_mut().zip(change).for_each(|(value, change)| *value += change);
}

/// Words × [`CODES`]; a code of 0 is never given, it stands for words without clusters.
fn codes(vectors: &[f32], seed: u64) -> Vec<u16> {
    let count = vectors.len() / SIZE;
    let mut codes = vec![0; count * CODES];
    let part = SIZE / (CODES - WHOLE);
    for (code, grain) in GRAINS.into_iter().enumerate() {
        let (start, size) = if code < WHOLE { (0, SIZE) } else { ((code - WHOLE) * part, part) };
        let points: Vec<f32> =
            vectors.chunks_exact(SIZE).flat_map(|vector| vector[start..start + size].to_vec()).collect();
        let nearest = cluster(&points, size, grain, seed ^ code as u64);
        for (word, cluster) in nearest.into_iter().enumerate() {
            codes[word * CODES + code] = cluster + 1;
        }
        eprintln!("clusters: {grain} clusters of {size} dimensions");
    }
    codes
}

/// k-means: the number of the nearest center for each point.
fn cluster(points: &[f32], size: usize, count: usize, seed: u64) -> Vec<u16> {
    let mut random = Random::new(seed ^ 5);
    let total = points.len() / size;
    let mut order: Vec<usize> = (0..total).collect();
    random.shuffle(&mut order);
    let mut centers: Vec<f32> =
        order.iter().take(count).flat_map(|point| points[point * size..][..size].to_vec()).collect();
    let mut nearest = vec![0_u16; total];
    for _ in 0..8 {
        let lengths: Vec<f32> = centers
            .chunks_exact(size)
            .map(|center| center.iter().map(|value| value * value).sum::<f32>() / 2.0)
            .collect();
        for (point, nearest) in points.chunks_exact(size).zip(&mut nearest) {
            let mut best = (f32::NEG_INFINITY, 0);
            for (number, (center, length)) in centers.chunks_exact(size).zip(&lengths).enumerate() {
                let score = dot(point, center) - length;
                if score > best.0 {
                    best = (score, number);
                }
            }
            *nearest = best.1 as u16;
        }
        let mut sums = vec![0.0; centers.len()];
        let mut sizes = vec![0.0_f32; count];
        for (point, nearest) in points.chunks_exact(size).zip(&nearest) {
            let center = &mut sums[usize::from(*nearest) * size..][..size];
            center.iter_mut().zip(point).for_each(|(sum, value)| *sum += value);
            sizes[usize::from(*nearest)] += 1.0;
        }
        for (number, filled) in sizes.iter().enumerate().filter(|(_, filled)| **filled > 0.0) {
            for (center, sum) in centers[number * size..][..size].iter_mut().zip(&sums[number * size..]) {
                *center = sum / filled;
            }
        }
    }
    nearest
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 4];
    for (one, other) in one.chunks(4).zip(other.chunks(4)) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    sums.iter().sum()
}
