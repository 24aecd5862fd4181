-- The queries that people leave in the database.

CREATE TABLE saved_queries (
    -- One row per query that a person keeps under a name: a question, or SQL.
    name        TEXT PRIMARY KEY,               -- what `onrecord saved run` calls it
    description TEXT,                           -- what it is for
    question    TEXT,                           -- a question in English, with {name} for its parameters
    sql         TEXT,                           -- a SELECT, with :name for its parameters
    created_at  TEXT NOT NULL,                  -- ISO 8601, UTC
    CHECK ((question IS NULL) <> (sql IS NULL))
) STRICT;
