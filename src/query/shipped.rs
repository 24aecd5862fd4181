//! Queries that come with the program: one file each, which runs as it is in the sqlite3 shell.
//!
//! ```text
//! sqlite3 onrecord.db ".param set :speaker 'Ana Ruiz'" ".read said_by.sql"
//! ```
//!
//! A file begins with `-- name: what it answers`, then has a line `-- :parameter  (type) what it is` for each
//! parameter. A `name` is compared with `aliases.alias_key`; the other types are those of saved queries. What stands in
//! docs/shipped-queries.md is checked against the files.

/// All of them, by name, as text.
pub(super) const SHIPPED: [(&str, &str); 24] = [
    ("accusations", include_str!("shipped/accusations.sql")),
    ("co_mentioned", include_str!("shipped/co_mentioned.sql")),
    ("copies", include_str!("shipped/copies.sql")),
    ("denials", include_str!("shipped/denials.sql")),
    ("latest_by", include_str!("shipped/latest_by.sql")),
    ("mentioned_never_quoted", include_str!("shipped/mentioned_never_quoted.sql")),
    ("met", include_str!("shipped/met.sql")),
    ("most_quoted", include_str!("shipped/most_quoted.sql")),
    ("most_quoted_about", include_str!("shipped/most_quoted_about.sql")),
    ("publishers_by_speaker", include_str!("shipped/publishers_by_speaker.sql")),
    ("quote_drift", include_str!("shipped/quote_drift.sql")),
    ("quotes_by_month", include_str!("shipped/quotes_by_month.sql")),
    ("reversals", include_str!("shipped/reversals.sql")),
    ("revised_quotes", include_str!("shipped/revised_quotes.sql")),
    ("right_of_reply", include_str!("shipped/right_of_reply.sql")),
    ("said_about", include_str!("shipped/said_about.sql")),
    ("said_by", include_str!("shipped/said_by.sql")),
    ("share_of_voice", include_str!("shipped/share_of_voice.sql")),
    ("spokespeople", include_str!("shipped/spokespeople.sql")),
    ("timeline", include_str!("shipped/timeline.sql")),
    ("unattributed", include_str!("shipped/unattributed.sql")),
    ("unnamed_by_role", include_str!("shipped/unnamed_by_role.sql")),
    ("who_leads", include_str!("shipped/who_leads.sql")),
    ("who_talks_about_whom", include_str!("shipped/who_talks_about_whom.sql")),
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

/// The parameters, in the order of its lines on them: name, type and what it is.
pub(crate) fn parameters(sql: &str) -> Vec<(&str, &str, &str)> {
    let lines = sql.lines().map_while(|line| line.strip_prefix("-- ")).skip(1);
    lines
        .filter_map(|line| {
            let (name, what) = line.strip_prefix(':')?.split_once("  ")?;
            let (kind, what) = what.strip_prefix('(')?.split_once(") ")?;
            Some((name, kind, what))
        })
        .collect()
}
