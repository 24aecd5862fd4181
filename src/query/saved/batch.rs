//! One run of a saved query for each row of a CSV file, all rows in one answer.

use std::collections::BTreeSet;
use std::io::Read;

use chrono::NaiveDate;

use crate::error::Error;
use crate::query::output::{Cell, Sink};
use crate::query::saved::parameter::{Parameter, Value, values};

/// The values of each run, in the order of the file.
#[derive(Clone, Debug)]
pub struct Batch {
    /// One row of the file each.
    pub runs: Vec<Vec<Value>>,
    /// The columns that are no parameter, and were left aside.
    pub unused: Vec<String>,
}

impl Batch {
    /// Reads a CSV file whose columns are named like the parameters; `given` are values that hold for all of its rows.
    ///
    /// An empty field leaves its parameter to its default. Fails, before anything is run, where a column is missing, or a
    /// value is none of its parameter's. `file` is what the file is called.
    pub fn read(
        input: impl Read,
        file: &str,
        parameters: &[Parameter],
        given: &[(String, String)],
        today: NaiveDate,
    ) -> Result<Batch, Error> {
        let failed = |cause: csv::Error| Error::usage(format!("{file} cannot be read as CSV")).because(cause);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
        let columns: Vec<String> = reader.headers().map_err(failed)?.iter().map(str::to_owned).collect();
        check_columns(file, &columns, parameters, given)?;
        let is_parameter = |column: &String| parameters.iter().any(|parameter| parameter.name == *column);
        let mut runs = Vec::new();
        for record in reader.records() {
            let record = record.map_err(failed)?;
            let line = record.position().map_or(0, csv::Position::line);
            let row = columns
                .iter()
                .zip(&record)
                .filter(|(column, value)| is_parameter(column) && !value.is_empty());
            let row = row.map(|(column, value)| (column.clone(), value.to_owned()));
            let row: Vec<(String, String)> = given.iter().cloned().chain(row).collect();
            let in_line = |error: Error| {
                let told = Error::usage(format!("line {line} of {file}")).because(error.to_string());
                error.hints().iter().cloned().fold(told, Error::hint)
            };
            let row = values(parameters, &row, today).map_err(in_line)?;
            if let Some(missing) =
                parameters.iter().find(|known| !row.iter().any(|value| value.name == known.name))
            {
                return Err(in_line(
                    Error::usage(format!("`{}` is empty and has no default", missing.name))
                        .hint("fill it in; nothing was run"),
                ));
            }
            runs.push(row);
        }
        if runs.is_empty() {
            return Err(Error::usage(format!("{file} has no row below the names of its columns")));
        }
        let unused = columns.into_iter().filter(|column| !is_parameter(column)).collect();
        Ok(Batch { runs, unused })
    }
}

/// Fails where a parameter without a value has no column, or a column is there twice.
fn check_columns(
    file: &str,
    columns: &[String],
    parameters: &[Parameter],
    given: &[(String, String)],
) -> Result<(), Error> {
    let has = format!("it has: {}", columns.join(", "));
    if parameters.is_empty() {
        return Err(Error::usage("the query has no parameters: every run would be the same"));
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = columns.iter().find(|column| !seen.insert(*column)) {
        return Err(Error::usage(format!("{file} has two columns `{twice}`")).hint(has));
    }
    let is_open = |known: &&Parameter| {
        known.default.is_none()
            && !columns.contains(&known.name)
            && !given.iter().any(|(name, _)| *name == known.name)
    };
    match parameters.iter().find(is_open) {
        Some(missing) => {
            let all: Vec<&str> = parameters.iter().map(|known| known.name.as_str()).collect();
            Err(Error::usage(format!("{file} has no column `{}`", missing.name))
                .hint(has)
                .hint(format!("its first line names the parameters of the query: {}", all.join(",")))
                .hint(format!("or give one value for all rows: {}=VALUE", missing.name)))
        }
        None => Ok(()),
    }
}

/// Puts the values of a run before each of its rows, and makes one answer of many.
pub struct Prefixed<'s> {
    sink: &'s mut dyn Sink,
    names: Vec<String>,
    values: Vec<Cell>,
    /// The columns of the answers, once they are known: they have to be the same.
    columns: Option<Vec<String>>,
}

impl<'s> Prefixed<'s> {
    /// For runs with these parameters.
    pub fn new(parameters: &[Parameter], sink: &'s mut dyn Sink) -> Self {
        let names = parameters.iter().map(|parameter| parameter.name.clone()).collect();
        Prefixed { sink, names, values: Vec::new(), columns: None }
    }

    /// Begins a run.
    pub fn begin(&mut self, values: &[Value]) {
        let value = |name: &String| {
            let value = values.iter().find(|value| value.name == *name);
            value.map_or(Cell::Null, |value| Cell::Text(value.text.clone()))
        };
        self.values = self.names.iter().map(value).collect();
    }

    /// Ends the answer.
    pub fn end(self) -> Result<(), Error> {
        self.sink.finish()
    }
}

impl Sink for Prefixed<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        if let Some(columns) = &self.columns {
            return match columns.iter().eq(names) {
                true => Ok(()),
                false => Err(Error::new("the answers have different columns and cannot be one")),
            };
        }
        self.columns = Some(names.iter().map(|name| (*name).to_owned()).collect());
        // A value and a column of the answer may bear one name: `speaker`.
        let asked = |name: &String| match names.contains(&name.as_str()) {
            true => format!("asked_{name}"),
            false => name.clone(),
        };
        let asked: Vec<String> = self.names.iter().map(asked).collect();
        let all: Vec<&str> = asked.iter().map(String::as_str).chain(names.iter().copied()).collect();
        self.sink.columns(&all)
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        self.sink.row(&[&self.values, values].concat())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, given: &[(&str, &str)]) -> Result<Vec<Vec<String>>, String> {
        let parameters = ["who:name", "year:date=2015"].map(Parameter::read);
        let parameters = parameters.into_iter().collect::<Result<Vec<_>, _>>().unwrap_or_default();
        let given: Vec<(String, String)> =
            given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let batch = Batch::read(text.as_bytes(), "names.csv", &parameters, &given, NaiveDate::default());
        let batch = batch.map_err(|error| error.to_string())?;
        let texts = |run: &Vec<Value>| run.iter().map(|value| value.text.clone()).collect();
        Ok(batch.runs.iter().map(texts).collect())
    }

    #[test]
    fn each_row_is_a_run() {
        let rows = |rows: &[[&str; 2]]| Ok(rows.iter().map(|row| row.map(str::to_owned).to_vec()).collect());
        assert_eq!(read("who\nAna Ruiz\n", &[]), rows(&[["Ana Ruiz", "2015"]]));
        let two = "\u{feff}year, who ,party\n2016,Ana Ruiz,x\n,\"Méndez, José\",\n";
        assert_eq!(read(two, &[]), rows(&[["Ana Ruiz", "2016"], ["Méndez, José", "2015"]]));
        assert_eq!(read("year\n2016\n", &[("who", "Ana")]), rows(&[["Ana", "2016"]]));
    }

    #[test]
    fn what_is_wrong_is_told_before_anything_runs() {
        for (text, reason) in [
            ("name\nAna Ruiz\n", "names.csv has no column `who`"),
            ("who,who\nAna,Ruiz\n", "names.csv has two columns `who`"),
            ("who\n", "names.csv has no row"),
            ("", "names.csv has no column `who`"),
            ("who,year\nAna Ruiz,2016\nAna Ruiz,soon\n", "line 3 of names.csv: `soon` is no date"),
            ("year,who\n2016,\n", "line 2 of names.csv: `who` is empty"),
            ("who\nAna,Ruiz\n", "names.csv cannot be read as CSV"),
        ] {
            let error = read(text, &[]).err().unwrap_or_default();
            assert!(error.starts_with(reason), "{text}: {error}");
        }
    }
}
