//! Rows in any form that a person writes down: a template, filled once for each row.
//!
//! The syntax is that of Jinja; a row's columns are the variables, under the names that JSON has: `{{ speaker }}: {{ quote }}`.

use std::collections::BTreeMap;
use std::io::Write;

use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, escape_formatter};

use crate::error::Error;
use crate::query::output::cell::Cell;
use crate::query::output::screen::Screen;
use crate::query::output::sink::{Sink, as_text};
use crate::terminal;

/// So many steps may one row take: no template goes on for ever.
const MOST_STEPS: u64 = 1_000_000;

/// So much text may a template have.
const LONGEST: usize = 1 << 20;

/// Fills a template with each row as it comes.
pub struct TemplateSink<'o> {
    environment: Environment<'static>,
    text: String,
    columns: Vec<String>,
    on_terminal: bool,
    out: &'o mut dyn Write,
}

impl<'o> TemplateSink<'o> {
    /// Fails where the template is none.
    pub fn new(template: &str, screen: Screen, out: &'o mut dyn Write) -> Result<Self, Error> {
        if template.len() > LONGEST {
            return Err(Error::usage(format!("a template has at most {LONGEST} bytes")));
        }
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(MOST_STEPS));
        // What is not known is nothing, and not the word for it.
        environment.set_formatter(|out, state, value| match value.is_none() {
            true => Ok(()),
            false => escape_formatter(out, state, value),
        });
        environment.template_from_str(template).map_err(|cause| unfit(&cause, &[]))?;
        Ok(TemplateSink {
            environment,
            text: template.to_owned(),
            columns: Vec::new(),
            on_terminal: screen.is_terminal,
            out,
        })
    }

    fn value(&self, cell: &Cell) -> Value {
        // What a terminal would act on is shown by its number there, and left as it is for a file or a program.
        let text = |text: &str| match self.on_terminal {
            true => terminal::one_line(text).into_owned(),
            false => text.to_owned(),
        };
        match cell {
            Cell::Null => Value::from(()),
            Cell::Integer(number) => Value::from(*number),
            Cell::Real(number) => Value::from(*number),
            Cell::Text(own) => Value::from(text(own)),
            Cell::List(texts) => texts.iter().map(|own| Value::from(text(own))).collect(),
            Cell::Blob(_) => Value::from(as_text(cell).into_owned()),
        }
    }
}

impl Sink for TemplateSink<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.columns = names.iter().map(|name| (*name).to_owned()).collect();
        Ok(())
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        let row: BTreeMap<String, Value> =
            self.columns.iter().cloned().zip(values.iter().map(|value| self.value(value))).collect();
        let filled = self.environment.template_from_str(&self.text).and_then(|template| template.render(row));
        let filled = filled.map_err(|cause| unfit(&cause, &self.columns))?;
        writeln!(self.out, "{filled}").map_err(Error::output)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(Error::output)
    }
}

fn unfit(cause: &minijinja::Error, columns: &[String]) -> Error {
    let error = Error::usage(format!("the template cannot be filled: {cause}"));
    match cause.kind() {
        ErrorKind::UndefinedError if !columns.is_empty() => {
            error.hint(format!("the columns of this answer are {}", columns.join(", ")))
        }
        ErrorKind::SyntaxError => error.hint("write it like this: --template '{{ speaker }}: {{ quote }}'"),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, on_terminal: bool) -> Result<String, String> {
        let mut out = Vec::new();
        let screen = Screen { is_terminal: on_terminal, ..Screen::default() };
        let mut write = || {
            let mut sink = TemplateSink::new(template, screen, &mut out)?;
            sink.columns(&["speaker", "quote", "about", "url"])?;
            let about = Cell::List(vec!["Porto".into(), "Harbor Bank".into()]);
            sink.row(&[
                "Ana Ruiz".to_owned().into(),
                "“We\u{1b}[31m act.”".to_owned().into(),
                about,
                Cell::Null,
            ])?;
            sink.finish()
        };
        match write() {
            Ok(()) => Ok(String::from_utf8_lossy(&out).into_owned()),
            Err(error) => Err(format!("{error} {:?}", error.hints())),
        }
    }

    #[test]
    fn columns_take_the_place_of_their_names() {
        let text = filled("{{ speaker }} on {{ about | join(' and ') }}", false);
        assert_eq!(text, Ok("Ana Ruiz on Porto and Harbor Bank\n".into()));
        assert_eq!(filled("({{ url }})", false), Ok("()\n".into()));
    }

    #[test]
    fn stored_text_cannot_act_on_a_terminal() {
        assert!(filled("{{ quote }}", true).is_ok_and(|text| !text.contains('\u{1b}')));
        assert!(filled("{{ quote }}", false).is_ok_and(|text| text.contains('\u{1b}')));
    }

    #[test]
    fn what_is_wrong_is_said_with_what_would_be_right() {
        assert!(filled("{{ nobody }}", false).is_err_and(|error| error.contains("speaker, quote, about")));
        assert!(filled("{{ speaker", false).is_err_and(|error| error.contains("--template")));
        let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}";
        assert!(filled(endless, false).is_err());
    }
}
