//! How input is to be read, as commands are told it.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::settings::own_program;
use crate::error::Error;
use crate::read::{DateOrder, FORMATS, Map, Options, format_named};

/// What says how to read records and files whose form does not tell.
#[derive(clap::Args)]
pub(super) struct ReadingArgs {
    /// Read every file as this format, whatever it looks like
    #[arg(long, value_name = "FORMAT", value_parser = FORMATS.iter().map(|format| format.name()).collect::<Vec<_>>())]
    input_format: Option<String>,

    /// Which field of a record holds what, where its name does not tell: body=content.plain (repeatable)
    #[arg(long, value_name = "WHAT=FIELD")]
    map: Vec<String>,

    /// Follow links that lead out of a folder that is read
    #[arg(long)]
    follow: bool,

    /// Whether 3/4/2016 is March 4 (mdy) or April 3 (dmy): such dates are left out unless this says so
    #[arg(long, value_name = "ORDER", value_parser = date_order_parser())]
    date_order: Option<DateOrder>,
}

impl ReadingArgs {
    /// The same for the library.
    pub(super) fn options(&self) -> Result<Options, Error> {
        Ok(Options {
            format: self.input_format.as_deref().and_then(format_named),
            map: Map::parse(self.map.iter().map(String::as_str))?,
            follow: self.follow,
            date_order: self.date_order,
            pdf_program: own_program(),
            ..Options::default()
        })
    }
}

/// Reads the order of dates by its name.
pub(super) fn date_order_parser() -> impl TypedValueParser<Value = DateOrder> {
    PossibleValuesParser::new(DateOrder::ALL.map(|(name, _)| name)).map(|name| {
        let named = DateOrder::ALL.into_iter().find(|(known, _)| *known == name);
        named.map_or(DateOrder::MonthFirst, |(_, order)| order)
    })
}
