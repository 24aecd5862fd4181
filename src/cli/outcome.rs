//! [`Outcome`]: how a command ended that did not fail, and the exit code for it.

/// How a command that did not fail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All done: exit code 0.
    Done,
    /// Done, but some documents were rejected: exit code 3.
    SomeRejected,
    /// Stopped by Ctrl-C, with everything so far kept: exit code 130.
    Interrupted,
}

impl Outcome {
    /// The exit code that it stands for.
    pub(crate) fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::SomeRejected => 3,
            Outcome::Interrupted => 130,
        }
    }
}
