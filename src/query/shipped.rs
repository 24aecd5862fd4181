//! Queries that come with the program: one file each, which runs as it is in the sqlite3 shell.
//!
//! ```text
//! sqlite3 onrecord.db ".param set :speaker 'Ana Ruiz'" ".read said_by.sql"
//! ```
//!
//! A file begins with `-- name: what it answers`, then has a line `-- :parameter  what it is` for each
//! parameter; `(name)` marks one that is compared with `aliases.alias_key`.

/// All of them, by name, as text.
pub(super) const SHIPPED: [(&str, &str); 14] = [
    ("accusations", include_str!("shipped/accusations.sql")),
    ("co_mentioned", include_str!("shipped/co_mentioned.sql")),
    ("copies", include_str!("shipped/copies.sql")),
    ("latest_by", include_str!("shipped/latest_by.sql")),
    ("met", include_str!("shipped/met.sql")),
    ("most_quoted", include_str!("shipped/most_quoted.sql")),
    ("most_quoted_about", include_str!("shipped/most_quoted_about.sql")),
    ("publishers_by_speaker", include_str!("shipped/publishers_by_speaker.sql")),
    ("quotes_by_month", include_str!("shipped/quotes_by_month.sql")),
    ("said_about", include_str!("shipped/said_about.sql")),
    ("said_by", include_str!("shipped/said_by.sql")),
    ("spokespeople", include_str!("shipped/spokespeople.sql")),
    ("unattributed", include_str!("shipped/unattributed.sql")),
    ("who_leads", include_str!("shipped/who_leads.sql")),
];

/// The names of all, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(name, _)| *name)
}

/// What a query answers, as its first line says.
pub(crate) fn description(sql: &str) -> &str {
    let first = sql.lines().next().unwrap_or_default();
    first.split_once(": ").map_or("", |(_, description)| description)
}

/// The parameters, in the order of its lines on them, and whether each is compared with `alias_key`.
pub(crate) fn parameters(sql: &str) -> Vec<(&str, bool)> {
    let lines = sql.lines().map_while(|line| line.strip_prefix("-- ")).skip(1);
    lines
        .filter_map(|line| line.strip_prefix(':')?.split_once("  "))
        .map(|(name, what)| (name, what.starts_with("(name)")))
        .collect()
}
