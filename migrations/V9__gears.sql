-- Which gear read an article: with the encoder, or the fast one without it.

-- Columns at the end of their tables, with a default for the rows that are there, as ALTER TABLE would add them, but each on
-- a line of its own with its comment. What was read before version 9 was read without an encoder.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql, '    CHECK (substr(inputs, 1, 1)',
'    gear        TEXT NOT NULL DEFAULT ''fast'' CHECK (gear IN (''full'', ''fast'')), -- full: with the encoder; fast: without it
    CHECK (substr(inputs, 1, 1)')
WHERE type = 'table' AND name = 'ingest_runs';

UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES ingest_runs (id) -- the run that stored or analyzed it last',
'REFERENCES ingest_runs (id), -- the run that stored or analyzed it last
    gear         TEXT NOT NULL DEFAULT ''fast'' CHECK (gear IN (''full'', ''fast'')) -- full: the encoder read it too; fast: it did not')
WHERE type = 'table' AND name = 'articles';

PRAGMA writable_schema = RESET;

PRAGMA user_version = 9;
