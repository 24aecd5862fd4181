//! How much of an article was analyzed: facts say nothing of the rest.

/// How much of an article was analyzed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Analyzed {
    /// All of it.
    #[default]
    Whole,
    /// Its beginning: it is too long.
    Part,
    /// Nothing: it is in another language than English.
    Nothing,
}

impl Analyzed {
    /// As the database names it.
    pub fn name(self) -> &'static str {
        match self {
            Analyzed::Whole => "whole",
            Analyzed::Part => "part",
            Analyzed::Nothing => "none",
        }
    }
}
