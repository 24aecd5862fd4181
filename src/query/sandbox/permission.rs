//! What a person's SQL may do: read, and nothing else.

use std::sync::{Arc, Mutex};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

/// The pragmas that describe the tables and can do nothing else, alone or as `pragma_NAME(…)`.
pub(super) const ALLOWED_PRAGMAS: [&str; 7] = [
    "table_list",
    "table_info",
    "table_xinfo",
    "index_list",
    "index_info",
    "index_xinfo",
    "foreign_key_list",
];

/// What was refused first, in words, since the last statement was prepared.
#[derive(Clone, Debug, Default)]
pub(super) struct LastRefusal(Arc<Mutex<Option<String>>>);

impl LastRefusal {
    /// Forgets what was refused and gives it.
    pub(super) fn take(&self) -> Option<String> {
        self.0.lock().ok().and_then(|mut refused| refused.take())
    }

    fn note(&self, words: String) {
        if let Ok(mut refused) = self.0.lock() {
            refused.get_or_insert(words);
        }
    }
}

/// Allows a connection to read, for good.
pub(super) fn restrict(db: &mut Connection) -> rusqlite::Result<LastRefusal> {
    let last_refusal = LastRefusal::default();
    let noted = last_refusal.clone();
    db.authorizer(Some(move |context: AuthContext<'_>| match more_than_reading(&context.action) {
        None => Authorization::Allow,
        Some(words) => {
            noted.note(words);
            Authorization::Deny
        }
    }))?;
    Ok(last_refusal)
}

/// What a step does that is more than reading, in words. FTS5 asks for `data_version` in every search.
fn more_than_reading(action: &AuthAction<'_>) -> Option<String> {
    let words = match action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => return None,
        AuthAction::Function { function_name } if !function_name.eq_ignore_ascii_case("load_extension") => {
            return None;
        }
        AuthAction::Function { function_name } => format!("the function {function_name} is not allowed"),
        AuthAction::Pragma { pragma_name, .. } => {
            let mut allowed = ALLOWED_PRAGMAS.iter().chain(&["data_version"]);
            if allowed.any(|allowed| pragma_name.eq_ignore_ascii_case(allowed)) {
                return None;
            }
            format!("PRAGMA {pragma_name} does more than describe a table")
        }
        AuthAction::Insert { table_name } | AuthAction::Delete { table_name }
            if table_name.starts_with("sqlite_") =>
        {
            "it would change the schema".to_owned()
        }
        AuthAction::Insert { table_name } => format!("it would insert into {table_name}"),
        AuthAction::Delete { table_name } => format!("it would delete from {table_name}"),
        AuthAction::Update { table_name, .. } => format!("it would change {table_name}"),
        AuthAction::Attach { .. } => "it would open another file".to_owned(),
        AuthAction::Transaction { .. } | AuthAction::Savepoint { .. } => {
            "it is about a transaction".to_owned()
        }
        _ => "it would change more than nothing".to_owned(),
    };
    Some(words)
}
