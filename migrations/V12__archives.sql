-- What a whole archive shows, and what reading leaves behind: lines that recur in an outlet, copies and what they print again,
-- the quotes of earlier versions, files that were taken whole, and what was rejected, in full.

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

-- Columns at the end of the table, with their comments, whatever other columns came before them; the comma stands alone because a
-- comment ends the line before. What was read before version 12 was analyzed in whatever language it is; of texts of more than
-- 200,000 words only the beginning.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(replace(replace(sql, char(10) || ') STRICT', '
    ,
    analyzed     TEXT NOT NULL DEFAULT ''whole'' CHECK (analyzed IN (''whole'', ''part'', ''none'')) -- whole; part: too long, no facts of its end; none: not in English
    ,
    summary      INTEGER NOT NULL DEFAULT 0 CHECK (summary IN (0, 1)) -- 1: the input holds but a summary or a headline, which is taken for the text
) STRICT'),
    '-- ISO 639-1, where the input says it', '-- ISO 639-1, where the input says it or the text is not in English'),
    '-- the first article with the same text, else NULL', '-- the first article with the same text or nearly the same, else NULL')
WHERE type = 'table' AND name = 'articles';

PRAGMA writable_schema = RESET;

CREATE TABLE article_shingles (
    -- The sketch of each article that is no copy: a few of its shingles (runs of five words), those with the lowest hashes. A
    -- near copy shares some of them.
    shingle    INTEGER NOT NULL,                -- hash of the words
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- of which article
    PRIMARY KEY (shingle, article_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_shingles_by_article ON article_shingles (article_id);

CREATE TABLE reprints (
    -- One row per quote of a statement that several copies of one article print: they are one statement, and count once.
    quote_id     INTEGER PRIMARY KEY REFERENCES quotes (id) ON DELETE CASCADE, -- of which quote
    statement_id INTEGER NOT NULL REFERENCES quotes (id) ON DELETE CASCADE -- the quote that printed it first, which may be itself
) STRICT;

CREATE INDEX reprints_by_statement ON reprints (statement_id);

-- A column at the end of the table, with its comment, as in version 9. Of what was replaced before version 12 the quotes are
-- not known.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql, '    PRIMARY KEY (article_id, revision),
    CHECK (end >= start)',
'    quotes_kept  INTEGER NOT NULL DEFAULT 0 CHECK (quotes_kept IN (0, 1)), -- 1: its quotes are in revision_quotes; 0: they are not known
    PRIMARY KEY (article_id, revision),
    CHECK (end >= start)')
WHERE type = 'table' AND name = 'article_revisions';

PRAGMA writable_schema = RESET;

CREATE TABLE revision_quotes (
    -- One row per quote of an earlier version of an article, as the machine found it, whatever corrections say.
    article_id   INTEGER NOT NULL,              -- of which article
    revision     INTEGER NOT NULL,              -- in which version of it
    key          TEXT NOT NULL,                 -- as in quotes: the same as long as the words are
    speaker_id   INTEGER,                       -- of entities at that time, where the row may be gone since
    speaker      TEXT,                          -- what the speaker was called at that time
    speaker_text TEXT,                          -- this and what follows: as in quotes, at that time
    cue          TEXT,                          -- the word that reports it
    act          TEXT NOT NULL,                 -- what kind of act it is
    kind         TEXT NOT NULL,                 -- direct, mixed or indirect
    mode         TEXT NOT NULL,                 -- speech, thought or attitude
    text         TEXT NOT NULL,                 -- the content as printed
    start        INTEGER NOT NULL CHECK (start >= 0), -- code points into the body of that version
    end          INTEGER NOT NULL,              -- code points into the body of that version, exclusive
    confidence   REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1), -- probability that an editor would take it as it stands
    vouched      INTEGER NOT NULL CHECK (vouched IN (0, 1)), -- 1: was shown by default
    PRIMARY KEY (article_id, revision, key),
    FOREIGN KEY (article_id, revision) REFERENCES article_revisions (article_id, revision) ON DELETE CASCADE,
    CHECK (end > start)
) STRICT, WITHOUT ROWID;

CREATE TABLE read_files (
    -- One row per file that a run took whole, nothing of it rejected: `ingest --only-changed` does not open it again.
    path     TEXT NOT NULL PRIMARY KEY,         -- absolute
    size     INTEGER NOT NULL CHECK (size >= 0), -- in bytes
    modified INTEGER NOT NULL,                  -- when it was changed last: nanoseconds since 1970, UTC
    reading  TEXT NOT NULL,                     -- a hash of how it was read: format, fields, what was given beside it
    run_id   INTEGER NOT NULL REFERENCES ingest_runs (id) ON DELETE CASCADE -- the run that took it
) STRICT, WITHOUT ROWID;

CREATE INDEX read_files_by_run ON read_files (run_id);

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
CREATE INDEX ingest_errors_by_place ON ingest_errors (path, member, line, reason, run_id);

PRAGMA user_version = 12;
