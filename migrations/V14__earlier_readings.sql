-- What earlier readings leave behind: the quotes of the versions that were replaced, and the files that were taken whole.

-- A column at the end of the table, with its comment, as in version 9. Of what was replaced before version 14 the quotes are
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

PRAGMA user_version = 14;
