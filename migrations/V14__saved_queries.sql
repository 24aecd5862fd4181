-- What a saved query asks of whoever runs it, what its answer is expected to hold, and what its runs have shown.

CREATE TABLE saved_parameters (
    -- One row per parameter of a saved query of which more is known than its name.
    query         TEXT NOT NULL REFERENCES saved_queries (name) ON DELETE CASCADE, -- of which query
    name          TEXT NOT NULL,                -- as it stands in the query, without braces or colon
    type          TEXT CHECK (type IN ('text', 'name', 'date', 'number')), -- what its values are; NULL: what each looks like
    default_value TEXT,                         -- the value where none is given, as it was typed; NULL if one has to be given
    description   TEXT,                         -- what it is, in words
    PRIMARY KEY (query, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_expectations (
    -- One row per thing that `onrecord saved test` looks for in the answer of a saved query.
    query TEXT NOT NULL REFERENCES saved_queries (name) ON DELETE CASCADE, -- of which query
    place INTEGER NOT NULL CHECK (place >= 1),  -- in which order they are looked for
    kind  TEXT NOT NULL CHECK (kind IN ('rows', 'text')), -- rows: how many there are; text: words that a row holds
    value TEXT NOT NULL,                        -- rows: a number, behind >=, <=, > or < unless it is exact; text: the words
    PRIMARY KEY (query, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_runs (
    -- One row per query and set of values that `onrecord saved run --new` has answered.
    id         INTEGER PRIMARY KEY,             -- of saved_shown
    query      TEXT NOT NULL,                   -- its name: one of saved_queries, or one that comes with onrecord
    parameters TEXT NOT NULL CHECK (substr(parameters, 1, 1) = '{'), -- the values of its parameters, as JSON
    ran_at     TEXT NOT NULL,                   -- ISO 8601, UTC: when it was answered last
    UNIQUE (query, parameters)
) STRICT;

CREATE TABLE saved_shown (
    -- One row per thing that those runs have shown: `--new` leaves it out from then on.
    run_id  INTEGER NOT NULL REFERENCES saved_runs (id) ON DELETE CASCADE, -- to whom it was shown
    row_key TEXT NOT NULL,                      -- of quotes or relationships; of other rows a hash of their values
    PRIMARY KEY (run_id, row_key)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 14;
