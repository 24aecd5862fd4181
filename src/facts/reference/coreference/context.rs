//! What pronouns and descriptions are read with.

use crate::annotate::Annotations;
use crate::facts::offices::Offices;
use crate::facts::quote::Quote;
use crate::facts::reference::resolution::Resolution;

/// What an article is read with.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) text: &'a Annotations<'a>,
    pub(crate) offices: &'a Offices,
    pub(crate) quotes: &'a [Quote],
    pub(crate) resolution: &'a Resolution,
}
