//! Reads what stands around a cue: which tokens are its source and its content, and whether it reports at all.
//!
//! Over the states of the encoder, with where each token stands as seen from the cue. Knows numbers and weights; what stands
//! for which token is for attribution to say.

use ndarray::{Array1, Array2, ArrayView2, Axis, Slice};

use crate::annotate::model::encoder::convolution::Convolutions;
use crate::annotate::model::encoder::crf::{Potentials, TAGS};
use crate::annotate::model::encoder::states::{Encoded, mean, rectify};
use crate::annotate::model::encoder::weights::{Linear, Norm, Table};
use crate::annotate::model::file::ModelFile;
use crate::error::Error;

/// Distances to the cue up to here are told apart, farther ones by their logarithm.
const NEAR: f32 = 16.0;
/// The last of the farther ones.
const FARTHEST: isize = 32;

/// A cue and the tokens around it that are read.
#[derive(Debug)]
pub(crate) struct Around {
    /// The first token that is read.
    pub(crate) start: usize,
    /// The cue, from the first token of the text on.
    pub(crate) cue: std::ops::Range<usize>,
    /// How each token that is read hangs on the cue: rows of the table of relations.
    pub(crate) relations: Vec<u32>,
    /// How many sentences, paragraphs and quotations begin between each token and the cue, negative before it.
    pub(crate) between: Vec<[i32; 3]>,
}

/// What stands around a cue.
#[derive(Debug)]
pub(crate) struct Reading {
    /// For each token that was read.
    pub(crate) potentials: Vec<Potentials>,
    /// The log-odds that the cue reports anything.
    pub(crate) report: f32,
}

/// The second part of the encoder: from states to the readings of cues.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    here: Linear,
    there: Linear,
    relation: Table,
    distance: Table,
    /// With how many sentences, paragraphs and quotations each tells apart on either side.
    between: Vec<(Table, i32)>,
    layers: Convolutions,
    edge_norm: Norm,
    edge: [Linear; 2],
    report: [Linear; 2],
}

impl Reader {
    /// Reads the parts `encoder.read.*`.
    pub(super) fn from_file(file: &ModelFile) -> Result<Self, Error> {
        let linear = |name: &str| Linear::from_file(file, &format!("encoder.read.{name}"));
        let table = |name: &str| Table::needed(file, &format!("encoder.read.{name}"));
        let between = |number: usize| {
            let table = table(&format!("between.{number}"))?;
            let most = (table.rows() / 2) as i32;
            Ok((table, most))
        };
        Ok(Reader {
            here: linear("here")?,
            there: linear("there")?,
            relation: table("relation")?,
            distance: table("distance")?,
            between: (0..3).map(between).collect::<Result<_, Error>>()?,
            layers: Convolutions::from_file(file, "encoder.read.layer")?,
            edge_norm: Norm::from_file(file, "encoder.read.edge.0")?,
            edge: [linear("edge.1")?, linear("edge.3")?],
            report: [linear("report.0")?, linear("report.2")?],
        })
    }

    /// The states as [`Reader::read`] takes them, once for all cues.
    pub(super) fn prepare(&self, states: ArrayView2<f32>) -> Array2<f32> {
        self.here.apply(states)
    }

    /// Reads around one cue.
    pub(crate) fn read(&self, encoded: &Encoded, around: &Around) -> Reading {
        let end = around.start + around.relations.len();
        let own = mean(encoded.states.slice_axis(Axis(0), Slice::from(around.cue.clone())));
        let there = self.there.apply(own.view().insert_axis(Axis(0)));
        let mut states = encoded.read.slice_axis(Axis(0), Slice::from(around.start..end)).to_owned();
        states += &there.row(0);
        for (at, mut state) in states.rows_mut().into_iter().enumerate() {
            self.distance.add_row(bucket(around.start + at, &around.cue), &mut state);
            for ((table, most), number) in self.between.iter().zip(around.between[at]) {
                table.add_row((number.clamp(-most, *most) + most) as usize, &mut state);
            }
            self.relation.add_row(around.relations[at] as usize, &mut state);
        }
        self.layers.apply(&mut states);
        let cue = around.cue.start - around.start..around.cue.end.min(end) - around.start;
        let report = self.report(&states, cue, &own);
        Reading { potentials: self.potentials(states), report }
    }

    fn potentials(&self, mut states: Array2<f32>) -> Vec<Potentials> {
        self.edge_norm.apply(&mut states);
        let mut hidden = self.edge[0].apply(states.view());
        rectify(&mut hidden);
        let scores = self.edge[1].apply(hidden.view());
        let potentials = |row: ndarray::ArrayView1<f32>| {
            let mut all = [0.0; TAGS * TAGS];
            all.iter_mut().zip(row).for_each(|(one, score)| *one = *score);
            all
        };
        scores.rows().into_iter().map(potentials).collect()
    }

    fn report(&self, states: &Array2<f32>, cue: std::ops::Range<usize>, own: &Array1<f32>) -> f32 {
        let top = states.fold_axis(Axis(0), f32::MIN, |one, other| one.max(*other));
        let at_cue = mean(states.slice_axis(Axis(0), Slice::from(cue)));
        let all = mean(states.view());
        let seen: Array1<f32> = top.iter().chain(&all).chain(&at_cue).chain(own).copied().collect();
        let mut hidden = self.report[0].apply(seen.view().insert_axis(Axis(0)));
        rectify(&mut hidden);
        self.report[1].apply(hidden.view())[[0, 0]]
    }
}

/// The row of a distance: nought inside the cue, negative before it, from 1 on behind it.
fn bucket(token: usize, cue: &std::ops::Range<usize>) -> usize {
    let distance = match token {
        _ if token < cue.start => token as isize - cue.start as isize,
        _ if token >= cue.end => (token - cue.end) as isize + 1,
        _ => 0,
    };
    let far = distance.unsigned_abs() as f32;
    let steps = if far <= NEAR { far as isize } else { (NEAR + 4.0 * libm::log2f(far / NEAR)) as isize };
    (distance.signum() * steps.min(FARTHEST) + FARTHEST) as usize
}
