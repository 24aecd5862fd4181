//! What is said of fields that were not made use of: each once, with the option that takes it.

use crate::ingest::FieldTally;
use crate::read::{FieldFault, FieldNote};

/// What is said of a `--map` that no record met.
pub(super) fn met_nothing(note: &FieldNote) -> String {
    format!("{} met nothing: no record has a field {}", note.option(), note.field)
}

/// A line for each field that was not made use of; what no record had at all is said elsewhere.
pub(super) fn lines(fields: &FieldTally, unmet: &[FieldNote]) -> Vec<String> {
    let notes = fields.by_frequency().into_iter().filter(|(note, _)| !unmet.contains(note));
    notes.map(|(note, count)| line(note, count)).collect()
}

fn line(note: &FieldNote, count: u64) -> String {
    let records = if count == 1 { "record" } else { "records" };
    let field = &note.field;
    match note.fault {
        FieldFault::NotUnderstood => format!(
            "the field {field} of {count} {records} looks like {}, and was not taken; take it with {}",
            note.role.in_words(),
            note.option()
        ),
        FieldFault::Missing => {
            format!("{count} {records} had no field {field}, which {} names", note.option())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::FieldRole;

    #[test]
    fn a_field_is_named_with_what_takes_it() {
        let note = |fault| FieldNote { role: FieldRole::Published, field: "datum".into(), fault };
        assert_eq!(
            line(&note(FieldFault::NotUnderstood), 12),
            "the field datum of 12 records looks like a date, and was not taken; take it with --map published=datum"
        );
        assert_eq!(
            line(&note(FieldFault::Missing), 1),
            "1 record had no field datum, which --map published=datum names"
        );
    }
}
