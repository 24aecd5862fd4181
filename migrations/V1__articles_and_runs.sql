-- Articles as they were read, and the runs of ingest that read them.
--
-- Of all these files: SQLite keeps the comments that stand inside a statement, so that .schema shows them.

CREATE TABLE ingest_runs (
    -- One row per run of `onrecord ingest`.
    id          INTEGER PRIMARY KEY,            -- in the order in which they began
    started_at  TEXT NOT NULL,                  -- ISO 8601, UTC
    finished_at TEXT,                           -- ISO 8601, UTC; NULL while it runs, or if it was stopped
    version     TEXT NOT NULL,                  -- of onrecord
    model       TEXT NOT NULL,                  -- checksum of the language model it analyzed with
    inputs      TEXT NOT NULL,                  -- the paths given, as a JSON array
    added       INTEGER NOT NULL DEFAULT 0,     -- articles that were new
    unchanged   INTEGER NOT NULL DEFAULT 0,     -- articles that were there already
    replaced    INTEGER NOT NULL DEFAULT 0,     -- articles whose earlier facts were replaced
    rejected    INTEGER NOT NULL DEFAULT 0,     -- documents that could not be taken in: see ingest_errors
    CHECK (json_valid(inputs))
) STRICT;

CREATE TABLE ingest_errors (
    -- One row per document that could not be taken in. The next run that rejects it for the same reason adds none.
    id      INTEGER PRIMARY KEY,                -- in the order in which they were first met
    run_id  INTEGER NOT NULL REFERENCES ingest_runs (id) ON DELETE CASCADE, -- the run that met it last
    path    TEXT NOT NULL,                      -- the file, and the member inside an archive
    record  INTEGER,                            -- its line, counted from 1; NULL where the whole file is meant
    reason  TEXT NOT NULL                       -- why, in words
) STRICT;

CREATE INDEX ingest_errors_by_run ON ingest_errors (run_id);
CREATE INDEX ingest_errors_by_place ON ingest_errors (path, record, reason, run_id);

CREATE TABLE articles (
    -- One row per article. Every offset in this database counts code points of `body`, from 0:
    -- substr(body, start + 1, end - start).
    id           INTEGER PRIMARY KEY,           -- stays the same when the article is changed and read again
    external_id  TEXT,                          -- the id that the input gave, else NULL
    title        TEXT,                          -- the headline
    body         TEXT NOT NULL,                 -- the text as the input gave it; NUL and what is no Unicode are U+FFFD
    author       TEXT,                          -- the byline; several authors are joined by ', '
    publisher    TEXT,                          -- who published it
    published_at TEXT,                          -- ISO 8601, UTC: a date, or a date and time
    url          TEXT,                          -- where it was published
    language     TEXT,                          -- ISO 639-1, where the input says it
    source       TEXT NOT NULL,                 -- the file it came from, and the member inside an archive
    content_hash TEXT NOT NULL,                 -- of all that the input says of it but its file: equal means the same article
    body_hash    TEXT NOT NULL,                 -- of the text alone: equal means a copy
    identity     TEXT NOT NULL UNIQUE,          -- made from what stays when the text is changed: id and address, or file and headline
    duplicate_of INTEGER REFERENCES articles (id) ON DELETE SET NULL, -- the first article with the same text, else NULL
    ingested_at  TEXT NOT NULL,                 -- ISO 8601, UTC: when it was stored or analyzed last
    run_id       INTEGER NOT NULL REFERENCES ingest_runs (id) -- the run that stored or analyzed it last
) STRICT;

CREATE INDEX articles_by_content ON articles (content_hash);
CREATE INDEX articles_by_body ON articles (body_hash);
CREATE INDEX articles_by_duplicate_of ON articles (duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX articles_by_external_id ON articles (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX articles_by_published_at ON articles (published_at);
CREATE INDEX articles_by_publisher ON articles (publisher);
CREATE INDEX articles_by_run ON articles (run_id);

-- Datasette and sqlite-utils know the index of a table by content="…", with these marks and no space.
CREATE VIRTUAL TABLE articles_fts USING fts5
-- Full text of articles: SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'ceasefire'.
(
    title, body,
    content="articles", content_rowid="id",
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
END;

CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END;

CREATE TRIGGER articles_fts_update AFTER UPDATE OF id, title, body ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
    INSERT INTO articles_fts (rowid, title, body) VALUES (new.id, new.title, new.body);
END;
