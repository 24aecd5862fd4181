//! Where what is taken of an article was found, and what was not taken: carried out of the readers, for who asks why.
//!
//! Nothing is collected unless [`Options::evidence`](crate::read::Options) asks for it, and no more than a person reads.

use crate::read::fields::FieldRole;

/// How many candidates of one role are kept.
const MOST_CANDIDATES: usize = 12;

/// How many pieces that were cut are kept; all are counted.
const MOST_CUT: usize = 40;

/// How much of a value is kept, in characters.
const LONGEST_VALUE: usize = 160;

/// Where what is taken of an article was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evidence {
    /// The encoding that its bytes were read in, where the format leaves a choice.
    pub encoding: Option<&'static str>,
    /// The values that were looked at, of each role in the order in which they count.
    pub findings: Vec<Finding>,
    /// What was left out of the text; the first pieces of each kind.
    pub cut: Vec<Cut>,
}

/// A value that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it may be.
    pub role: FieldRole,
    /// Where it stands: `JSON-LD headline`, `field datePublished`.
    pub place: String,
    /// The value as it is printed there, cut to a length that can be read.
    pub value: String,
    /// Whether it was taken.
    pub taken: bool,
}

/// Text of one kind that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Why, in words.
    pub what: &'static str,
    /// How many pieces there were.
    pub count: usize,
    /// The beginnings of the first ones.
    pub texts: Vec<String>,
}

impl Evidence {
    /// Notes a value.
    pub(crate) fn find(&mut self, role: FieldRole, place: impl Into<String>, value: &str, taken: bool) {
        let known = self.findings.iter().filter(|finding| finding.role == role).count();
        if known < MOST_CANDIDATES || taken {
            self.findings.push(Finding { role, place: place.into(), value: bounded(value), taken });
        }
    }

    /// Notes a piece of text that was left out.
    pub(crate) fn cut(&mut self, what: &'static str, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let kept: usize = self.cut.iter().map(|cut| cut.texts.len()).sum();
        let at = self.cut.iter().position(|cut| cut.what == what).unwrap_or_else(|| {
            self.cut.push(Cut { what, count: 0, texts: Vec::new() });
            self.cut.len() - 1
        });
        self.cut[at].count += 1;
        if kept < MOST_CUT {
            self.cut[at].texts.push(bounded(text.trim()));
        }
    }

    /// The same, found in the fields of a record of a format.
    pub(crate) fn of(mut self, format: &str) -> Self {
        let field = match format {
            "csv" | "parquet" => "column",
            "markdown" => "front matter",
            "xml" => "element",
            "epub" => "book",
            _ => "field",
        };
        for finding in &mut self.findings {
            finding.place = format!("{field} {}", finding.place);
        }
        self
    }

    /// Says of what was taken for a role that it stands elsewhere than in the fields before it.
    pub(crate) fn taken_from(&mut self, role: FieldRole, place: &str) {
        for finding in self.findings.iter_mut().filter(|finding| finding.role == role && finding.taken) {
            place.clone_into(&mut finding.place);
        }
    }

    /// Says of a value at a place that it was taken after all.
    pub(crate) fn take(&mut self, role: FieldRole, place: &str) {
        let mut findings = self.findings.iter_mut();
        if let Some(found) = findings.find(|finding| finding.role == role && finding.place == place) {
            found.taken = true;
        }
    }

    /// Says of a role that nothing was taken for it in the end: what was found could not be made use of.
    pub(crate) fn refuse(&mut self, role: FieldRole) {
        self.findings
            .iter_mut()
            .filter(|finding| finding.role == role)
            .for_each(|finding| finding.taken = false);
    }

    /// Where the value of a role was taken from.
    pub fn place(&self, role: FieldRole) -> Option<&str> {
        self.findings.iter().find(|finding| finding.role == role && finding.taken).map(|found| &*found.place)
    }
}

fn bounded(text: &str) -> String {
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
