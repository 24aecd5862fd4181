//! The command line behind the command: options, and the names that `--only` may give.

use std::path::PathBuf;

/// What the command line asks for.
#[derive(Debug)]
pub struct Options {
    /// The folder of corpora.
    pub data: PathBuf,
    /// The model file to write or to measure.
    pub model: PathBuf,
    /// Only corpora whose licence is clean.
    pub clean: bool,
    /// What all random numbers follow from.
    pub seed: u64,
    /// What was changed, in one phrase, for a record of the figures.
    pub record: Option<String>,
    /// The stages to train, all others being taken from the model file that stands, or the parts to measure; all of
    /// them where it is empty.
    pub only: Vec<String>,
}

impl Options {
    /// Reads the arguments behind the command; `None` if one of them is unknown or lacks its value.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
        let mut options = Options {
            data: PathBuf::new(),
            model: "model/english.bin".into(),
            clean: false,
            seed: 1,
            record: None,
            only: Vec::new(),
        };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--data" => options.data = arguments.next()?.into(),
                "--model" => options.model = arguments.next()?.into(),
                "--seed" => options.seed = arguments.next()?.parse().ok()?,
                "--only" => options.only.extend(arguments.next()?.split(',').map(str::to_owned)),
                "--record" => options.record = Some(arguments.next()?),
                "--clean" => options.clean = true,
                _ => return None,
            }
        }
        Some(options)
    }

    /// Those of `all` that `--only` names, in the order of `all`; all of them if it names none.
    ///
    /// Fails on a name that none of them has, and lists those that there are.
    pub fn chosen<T: Copy>(&self, all: &[T], name: impl Fn(T) -> &'static str) -> Result<Vec<T>, String> {
        let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
        if let Some(unknown) = self.only.iter().find(|only| !names.contains(&only.as_str())) {
            return Err(format!("--only takes no `{unknown}`, but {}", names.join(", ")));
        }
        let is_chosen = |one: &T| self.only.is_empty() || self.only.iter().any(|only| only == name(*one));
        Ok(all.iter().copied().filter(is_chosen).collect())
    }
}
