//! Direct quotes: those that quotation marks or the layout show.
//!
//! Each file knows one way in which news writes speech: beside a cue (`adjacent`, `ahead`), as a block behind a colon
//! (`block`), as a letter (`letter`), as turns of an interview (`transcript`), going on with what was said before (`continued`); `naming` knows
//! what stands in quotation marks and is no speech. None knows entities, or the words of indirect speech. Start reading at
//! `adjacent`, which finds most of them.

pub(super) mod adjacent;
mod ahead;
pub(super) mod block;
pub(super) mod continued;
pub(super) mod letter;
pub(super) mod naming;
pub(super) mod transcript;
