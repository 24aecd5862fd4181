-- What was rejected, in full: where it stands to the byte, of what kind the reason is, and how the document begins.

-- Columns at the end of the table, each with its comment, as in version 9. What was rejected before version 13 keeps its line,
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

PRAGMA user_version = 13;
