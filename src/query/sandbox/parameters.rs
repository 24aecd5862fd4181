//! The parameters of a person's SQL and the values that they get.

use rusqlite::Statement;
use rusqlite::types::Value;

use crate::error::Error;
use crate::query::sandbox::sql::Argument;

/// The names of the parameters of a statement, without the mark before them.
pub(super) fn names(statement: &Statement<'_>) -> Result<Vec<String>, Error> {
    let names = (1..=statement.parameter_count()).map(|index| match statement.parameter_name(index) {
        Some(name) => Ok(bare(name).to_owned()),
        None => Err(Error::usage("a parameter has no name").hint("write :name instead of ?")),
    });
    names.collect()
}

/// Gives every parameter its value.
pub(super) fn bind(statement: &mut Statement<'_>, parameters: &[(String, Argument)]) -> Result<(), Error> {
    let names = names(statement)?;
    if let Some((name, _)) =
        parameters.iter().find(|(given, _)| !names.iter().any(|name| name == bare(given)))
    {
        let has =
            if names.is_empty() { "it has none".to_owned() } else { format!("it has: {}", names.join(", ")) };
        return Err(Error::usage(format!("the SQL has no parameter :{}", bare(name))).hint(has));
    }
    for (index, name) in (1..).zip(&names) {
        let value = parameters.iter().rev().find(|(given, _)| bare(given) == name);
        let Some((_, value)) = value else {
            return Err(Error::usage(format!("the parameter :{name} has no value"))
                .hint(format!("give it as {name}=VALUE")));
        };
        statement
            .raw_bind_parameter(index, stored(value))
            .map_err(|cause| Error::new(format!("cannot bind :{name}")).because(cause))?;
    }
    Ok(())
}

/// The name of a parameter without the mark before it.
fn bare(name: &str) -> &str {
    name.trim_start_matches([':', '@', '$'])
}

fn stored(argument: &Argument) -> Value {
    match argument {
        Argument::AsTyped(text) => typed(text),
        Argument::Text(text) => Value::Text(text.clone()),
        Argument::Integer(number) => Value::Integer(*number),
        Argument::Real(number) => Value::Real(*number),
    }
}

fn typed(value: &str) -> Value {
    if let Ok(number) = value.parse::<i64>() {
        // A number that would not be printed the same, such as 007, is a name for something.
        if number.to_string() == value {
            return Value::Integer(number);
        }
    }
    let decimal =
        value.contains('.') && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    match value.parse::<f64>() {
        Ok(number) if decimal => Value::Real(number),
        _ => Value::Text(value.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_numbers_and_names_are_text() {
        for (typed_in, value) in [
            ("12", Value::Integer(12)),
            ("-3", Value::Integer(-3)),
            ("0.5", Value::Real(0.5)),
            ("007", Value::Text("007".into())),
            ("2017-03-09", Value::Text("2017-03-09".into())),
            ("1e5", Value::Text("1e5".into())),
            ("Ana Ruiz", Value::Text("Ana Ruiz".into())),
            ("", Value::Text(String::new())),
        ] {
            assert_eq!(typed(typed_in), value, "{typed_in}");
        }
    }
}
