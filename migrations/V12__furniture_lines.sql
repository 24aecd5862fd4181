-- Lines that recur in the articles of an outlet: what its pages put around every article.

CREATE TABLE furniture_lines (
    -- Lines that stand in many different articles of one outlet, found at the end of a run; where they stand, nothing is kept of what was found in them.
    publisher TEXT NOT NULL,    -- the outlet, as articles.publisher has it
    line      TEXT NOT NULL,    -- the line as printed, without white space at its ends
    articles  INTEGER NOT NULL, -- in how many of its articles it stood when it was found
    PRIMARY KEY (publisher, line)
) STRICT, WITHOUT ROWID;

PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql, '    CHECK (substr(inputs, 1, 1)',
'    compared_at TEXT,                      -- ISO 8601, UTC: when its articles were looked through for lines that recur in their outlets; NULL: not yet
    CHECK (substr(inputs, 1, 1)')
WHERE type = 'table' AND name = 'ingest_runs';

PRAGMA writable_schema = RESET;

PRAGMA user_version = 12;
