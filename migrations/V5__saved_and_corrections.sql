-- What people leave in the database: their queries and their corrections.

CREATE TABLE saved_queries (
    -- One row per query that a person keeps under a name: a question, or SQL.
    name        TEXT PRIMARY KEY,               -- what `onrecord saved run` calls it
    description TEXT,                           -- what it is for
    question    TEXT,                           -- a question in English, with {name} for its parameters
    sql         TEXT,                           -- a SELECT, with :name for its parameters
    created_at  TEXT NOT NULL,                  -- ISO 8601, UTC
    CHECK ((question IS NULL) <> (sql IS NULL))
) STRICT;

CREATE TABLE corrections (
    -- One row per verdict of a person. Keyed on content (names, quote keys), never on ids, so that a verdict
    -- holds when an article is read again or the extractor is upgraded.
    id         INTEGER PRIMARY KEY,             -- in the order they were given; later ones win
    action     TEXT NOT NULL CHECK (action IN ('merge', 'split', 'rename', 'reject', 'confirm', 'speaker', 'subject')), -- what is to be done
    target     TEXT NOT NULL,                   -- what it is done to, as JSON: kind and name, or quote key
    value      TEXT,                            -- what it is done with, as JSON; NULL where the action says all
    note       TEXT,                            -- why, in the person's words
    created_at TEXT NOT NULL,                   -- ISO 8601, UTC
    undone_at  TEXT,                            -- ISO 8601, UTC; NULL while it holds
    CHECK (json_valid(target)),
    CHECK (value IS NULL OR json_valid(value))
) STRICT;
