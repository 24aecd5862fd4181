//! Gated convolutions over tokens: each layer adds to a state what it makes of the states before and behind it.
//!
//! Residual layers of width 3, further and further apart, as in ByteNet (Kalchbrenner et al. 2016); the gate is cut off at
//! nought (Shazeer 2020, ReGLU) instead of a sigmoid, so that nothing but products, sums and comparisons is needed.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, Axis, Slice};

use crate::annotate::model::encoder::weights::{Norm, matrix, missing};
use crate::annotate::model::file::ModelFile;
use crate::error::Error;

/// How many tokens a convolution sees.
const TAPS: usize = 3;

#[derive(Debug)]
struct Layer {
    norm: Norm,
    /// For each token seen, the farthest before first: width × twice the width, values first, then gates.
    taps: [Array2<f32>; TAPS],
    bias: Array1<f32>,
    /// How far apart the tokens that it sees stand.
    dilation: usize,
}

/// Layers of convolutions, one over the other.
#[derive(Debug, Default)]
pub(super) struct Convolutions {
    layers: Vec<Layer>,
}

impl Convolutions {
    /// The parts `NAME.dilations`, and for each layer `NAME.i.norm`, `NAME.i.tap.j` and `NAME.i.bias`.
    pub(super) fn from_file(file: &ModelFile, name: &str) -> Result<Self, Error> {
        let dilations: Vec<u32> = file.numbers(&format!("{name}.dilations"));
        let layer = |(at, dilation): (usize, &u32)| {
            let name = format!("{name}.{at}");
            let tap = |tap: usize| matrix(file, &format!("{name}.tap.{tap}"));
            let norm = Norm::from_file(file, &format!("{name}.norm"))?;
            let taps = [tap(0)?, tap(1)?, tap(2)?];
            let bias = Array1::from(file.numbers::<f32>(&format!("{name}.bias")));
            let shape = (norm.width(), 2 * norm.width());
            if bias.len() != shape.1 || taps.iter().any(|tap| tap.dim() != shape) {
                return Err(missing(&name));
            }
            Ok(Layer { norm, taps, bias, dilation: *dilation as usize })
        };
        Ok(Convolutions { layers: dilations.iter().enumerate().map(layer).collect::<Result<_, Error>>()? })
    }

    /// How many tokens to either side a state depends on.
    pub(super) fn reach(&self) -> usize {
        self.layers.iter().map(|layer| layer.dilation).sum()
    }

    /// Adds all layers to the states, tokens × width; beyond the ends stands nothing.
    pub(super) fn apply(&self, states: &mut Array2<f32>) {
        self.layers.iter().for_each(|layer| layer.add_to(states));
    }
}

impl Layer {
    fn add_to(&self, states: &mut Array2<f32>) {
        let (tokens, width) = states.dim();
        let mut seen = states.clone();
        self.norm.apply(&mut seen);
        let mut both =
            self.bias.broadcast((tokens, self.bias.len())).map(|all| all.to_owned()).unwrap_or_default();
        for (tap, weights) in self.taps.iter().enumerate() {
            // Token `at` takes what stands `shift` tokens further.
            let shift = (tap as isize - 1) * self.dilation as isize;
            let (behind, ahead) = (shift.min(0).unsigned_abs(), shift.max(0).unsigned_abs());
            if behind.max(ahead) >= tokens {
                continue;
            }
            let input = seen.slice_axis(Axis(0), Slice::from(ahead..tokens - behind));
            let mut output = both.slice_axis_mut(Axis(0), Slice::from(behind..tokens - ahead));
            general_mat_mul(1.0, &input, weights, 1.0, &mut output);
        }
        for (mut state, both) in states.rows_mut().into_iter().zip(both.rows()) {
            let (values, gates) = both.split_at(Axis(0), width);
            for ((state, value), gate) in state.iter_mut().zip(values).zip(gates) {
                *state += value * gate.max(0.0);
            }
        }
    }
}
