//! How much a person's SQL may take, by flags that `query` and `saved run` share.

use std::time::Duration;

use crate::error::Error;
use crate::query::Reader;
use crate::query::sandbox::{Sandbox, USUAL_MEMORY, USUAL_PATIENCE, limit_memory};

/// How much SQL may take.
#[derive(Default, clap::Args)]
pub(super) struct LimitArgs {
    /// How many seconds the SQL may take, printing its rows included; 60 unless told otherwise
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<f64>,

    /// How many megabytes of memory the SQL may use, 256 unless told otherwise; a value in it may have 65 MB, a
    /// row of the answer 8 MB
    #[arg(long, value_name = "MEGABYTES", value_parser = clap::value_parser!(u32).range(16..))]
    memory: Option<u32>,
}

impl LimitArgs {
    /// Whether any of them was given.
    pub(crate) fn is_given(&self) -> bool {
        self.timeout.is_some() || self.memory.is_some()
    }

    /// How long the SQL may take.
    pub(crate) fn patience(&self) -> Duration {
        // Whoever allows more than can be told allows it to run for ever.
        let given = |seconds| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
        self.timeout.map_or(USUAL_PATIENCE, given)
    }

    /// A sandbox for the one query of this process.
    pub(crate) fn sandbox(&self, db: Reader) -> Result<Sandbox, Error> {
        limit_memory(&db, self.memory.unwrap_or(USUAL_MEMORY))?;
        Sandbox::new(db)
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| *number >= 0.0);
    number.ok_or_else(|| "it has to be a number of seconds".to_owned())
}
