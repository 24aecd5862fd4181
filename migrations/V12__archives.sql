-- Lines that recur in the articles of an outlet: what its pages put around every article.
-- And what was rejected, in full: where it stands to the byte, of what kind the reason is, and how the document begins.

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

-- Columns at the end of the table, each with its comment, as in version 9. What was rejected before version 12 keeps its line,
-- which stood in the column of records, and has no kind.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(replace(sql,
    '-- its line, counted from 1; NULL where the whole file is meant',
    '-- which document of its file or member it is, counted from 1; NULL where the whole is meant'),
    'reason  TEXT NOT NULL                       -- why, in words',
    'reason  TEXT NOT NULL,                      -- why, in words
    member  TEXT,                               -- the member, where the path is that of an archive; else NULL
    kind    TEXT,                               -- of what kind the reason is, in a word: broken_json, cut_off, …
    line    INTEGER,                            -- its line in the file or member, counted from 1; NULL where the whole is meant
    byte    INTEGER,                            -- the byte of the document at which it is wrong, counted from 1, where known
    start   TEXT                                -- how the document begins, up to 200 bytes; what is no text is U+FFFD')
WHERE type = 'table' AND name = 'ingest_errors';

UPDATE sqlite_schema SET sql = replace(sql, '-- the file, and the member inside an archive', '-- the file')
WHERE type = 'table' AND name = 'ingest_errors';

PRAGMA writable_schema = RESET;

UPDATE ingest_errors SET line = record, record = NULL,
    kind = iif(record IS NULL AND reason GLOB 'and [0-9]* more: *', 'more', NULL);

DROP INDEX ingest_errors_by_place;
CREATE INDEX ingest_errors_by_place ON ingest_errors (path, line, reason, run_id);

PRAGMA user_version = 12;
