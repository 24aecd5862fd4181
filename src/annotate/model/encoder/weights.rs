//! Tables, products and norms, read from a model file.
//!
//! Weights are stored as whole numbers of 8 bits; each row of a table and each output of a product has its scale. Tables stay
//! as they are stored, products are unpacked once.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut1};

use crate::annotate::model::file::ModelFile;
use crate::error::Error;

/// Keeps a norm from dividing by nought.
const LEAST_VARIANCE: f32 = 1e-5;

/// Embeddings: a row of weights for each number.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Rows × width, row by row.
    weights: Vec<i8>,
    /// What a step of each row is worth.
    scales: Vec<f32>,
    width: usize,
}

impl Table {
    /// The parts `NAME.weights` and `NAME.scales`; `None` where the file has none.
    pub(super) fn from_file(file: &ModelFile, name: &str) -> Option<Self> {
        let weights: Vec<i8> = file.numbers(&format!("{name}.weights"));
        let scales: Vec<f32> = file.numbers(&format!("{name}.scales"));
        let width = weights.len().checked_div(scales.len())?;
        Some(Table { weights, scales, width })
    }

    /// The same, of a table that has to be there.
    pub(super) fn needed(file: &ModelFile, name: &str) -> Result<Self, Error> {
        Table::from_file(file, name).ok_or_else(|| missing(name))
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.scales.len()
    }

    /// Adds a row to a state; a number beyond the last row adds nothing.
    pub(super) fn add_row(&self, number: usize, state: &mut ArrayViewMut1<f32>) {
        let weights = self.weights.get(number * self.width..(number + 1) * self.width).unwrap_or_default();
        let scale = self.scales.get(number).copied().unwrap_or_default();
        for (value, weight) in state.iter_mut().zip(weights) {
            *value += f32::from(*weight) * scale;
        }
    }
}

/// A product with a bias: input × output weights.
#[derive(Debug, Default)]
pub(super) struct Linear {
    weights: Array2<f32>,
    bias: Array1<f32>,
}

impl Linear {
    /// The parts `NAME.weights` (one row for each output), `NAME.scales` and `NAME.bias`.
    pub(super) fn from_file(file: &ModelFile, name: &str) -> Result<Self, Error> {
        let weights = matrix(file, name)?;
        let bias = Array1::from(file.numbers::<f32>(&format!("{name}.bias")));
        if bias.len() != weights.ncols() {
            return Err(missing(name));
        }
        Ok(Linear { weights, bias })
    }

    /// How many numbers go in.
    pub(super) fn inputs(&self) -> usize {
        self.weights.nrows()
    }

    /// How many come out.
    pub(super) fn outputs(&self) -> usize {
        self.weights.ncols()
    }

    /// rows × input → rows × output.
    pub(super) fn apply(&self, input: ArrayView2<f32>) -> Array2<f32> {
        let mut output = self.biases(input.nrows());
        general_mat_mul(1.0, &input, &self.weights, 1.0, &mut output);
        output
    }

    /// As many rows of the bias.
    fn biases(&self, rows: usize) -> Array2<f32> {
        self.bias.broadcast((rows, self.bias.len())).map(|all| all.to_owned()).unwrap_or_default()
    }
}

/// The weights of a product, input × output, unpacked.
pub(super) fn matrix(file: &ModelFile, name: &str) -> Result<Array2<f32>, Error> {
    let weights: Vec<i8> = file.numbers(&format!("{name}.weights"));
    let scales: Vec<f32> = file.numbers(&format!("{name}.scales"));
    let input = weights.len().checked_div(scales.len()).ok_or_else(|| missing(name))?;
    let unpacked = |(input_at, output_at): (usize, usize)| {
        f32::from(weights[output_at * input + input_at]) * scales[output_at]
    };
    Ok(Array2::from_shape_fn((input, scales.len()), unpacked))
}

/// Brings each state to mean 0 and variance 1, then to a learned scale and offset (Ba, Kiros and Hinton 2016).
#[derive(Debug, Default)]
pub(super) struct Norm {
    scale: Vec<f32>,
    offset: Vec<f32>,
}

impl Norm {
    /// The parts `NAME.scale` and `NAME.offset`.
    pub(super) fn from_file(file: &ModelFile, name: &str) -> Result<Self, Error> {
        let norm = Norm {
            scale: file.numbers(&format!("{name}.scale")),
            offset: file.numbers(&format!("{name}.offset")),
        };
        let fits = !norm.scale.is_empty() && norm.scale.len() == norm.offset.len();
        if fits { Ok(norm) } else { Err(missing(name)) }
    }

    pub(super) fn width(&self) -> usize {
        self.scale.len()
    }

    /// Normalizes all rows in place.
    pub(super) fn apply(&self, states: &mut Array2<f32>) {
        for mut state in states.rows_mut() {
            let count = state.len() as f32;
            let mean = state.sum() / count;
            state -= mean;
            let variance = state.iter().map(|value| value * value).sum::<f32>() / count;
            let spread = (variance + LEAST_VARIANCE).sqrt().recip();
            for ((value, scale), offset) in state.iter_mut().zip(&self.scale).zip(&self.offset) {
                *value = *value * spread * scale + offset;
            }
        }
    }
}

pub(super) fn missing(name: &str) -> Error {
    Error::new(format!("the model file has no usable part `{name}`"))
}
