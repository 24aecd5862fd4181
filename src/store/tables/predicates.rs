//! The table `predicates`: those of the program's own, for those who read the database in a shell.

use rusqlite::{Connection, named_params};

use crate::facts::predicates::PREDICATES;

const UPSERT: &str = "
INSERT INTO predicates (name, description, symmetric, extension, example)
VALUES (:name, :description, :symmetric, :extension, :example)
ON CONFLICT (name) DO UPDATE SET
    description = excluded.description,
    symmetric = excluded.symmetric,
    extension = excluded.extension,
    example = excluded.example
WHERE (description, symmetric, extension, example)
    IS NOT (excluded.description, excluded.symmetric, excluded.extension, excluded.example)";

/// Brings the table up to date. A predicate that the program no longer has stays: facts may name it.
pub(crate) fn fill(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    {
        let mut upsert = transaction.prepare(UPSERT)?;
        for predicate in PREDICATES {
            upsert.execute(named_params! {
                ":name": predicate.name,
                ":description": predicate.description,
                ":symmetric": predicate.symmetric,
                ":extension": predicate.extension,
                ":example": predicate.example,
            })?;
        }
    }
    transaction.commit()
}
