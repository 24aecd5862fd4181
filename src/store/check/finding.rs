//! [`Finding`]: what one check came to.

/// How many offenders a finding names.
pub(super) const NAMED: usize = 10;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was checked, as a statement that should hold.
    pub check: &'static str,
    /// What came of it.
    pub result: CheckResult,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckResult {
    /// It holds.
    Holds,
    /// It does not.
    Fails {
        /// How many offend.
        count: u64,
        /// The first of them, in words.
        first: Vec<String>,
        /// What to do, in words.
        remedy: String,
    },
    /// It could not be checked, for this reason.
    Skipped(&'static str),
}

/// Offenders as they are found: all are counted, the first are named.
#[derive(Debug, Default)]
pub(super) struct Offenders {
    count: u64,
    first: Vec<String>,
}

impl Offenders {
    /// Adds one.
    pub(super) fn add(&mut self, offender: impl Into<String>) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(offender.into());
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// What they come to.
    pub(super) fn result(self, remedy: impl Into<String>) -> CheckResult {
        match self.count {
            0 => CheckResult::Holds,
            count => CheckResult::Fails { count, first: self.first, remedy: remedy.into() },
        }
    }
}

impl FromIterator<String> for Offenders {
    fn from_iter<I: IntoIterator<Item = String>>(all: I) -> Self {
        let mut offenders = Offenders::default();
        all.into_iter().for_each(|offender| offenders.add(offender));
        offenders
    }
}
