-- The texts that later versions of an article replaced: nothing that was read is lost. And no JSON functions in CHECKs.

-- The JSON functions may not stand in a schema that sqlite3 3.40 is to open with trusted_schema off, so the CHECKs look at
-- the first character; `onrecord check` reads the whole. Only the text of the schema changes, no row: the way that
-- https://sqlite.org/lang_altertable.html gives for taking away a CHECK.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (json_valid(inputs))', 'CHECK (substr(inputs, 1, 1) = ''['')')
WHERE type = 'table' AND name = 'ingest_runs';

UPDATE sqlite_schema SET sql = replace(replace(sql,
        'CHECK (json_valid(target))', 'CHECK (substr(target, 1, 1) = ''{'')'),
        'CHECK (value IS NULL OR json_valid(value))', 'CHECK (value IS NULL OR substr(value, 1, 1) = ''{'')')
WHERE type = 'table' AND name = 'corrections';

UPDATE sqlite_schema SET sql = replace(replace(sql,
        'CHECK (json_valid(taken))', 'CHECK (substr(taken, 1, 1) = ''{'')'),
        'CHECK (json_valid(put))', 'CHECK (substr(put, 1, 1) = ''{'')')
WHERE type = 'table' AND name = 'overruled_articles';

PRAGMA writable_schema = RESET;

CREATE TABLE article_revisions (
    -- One row per earlier version of an article. It is kept as what tells it from the version after it: its body is that
    -- body with the code points from `start` to `end` replaced by `text`. The view article_versions puts them together.
    article_id   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- of which article
    revision     INTEGER NOT NULL CHECK (revision >= 1), -- 1 for the first version that was read, and so on
    external_id  TEXT,                          -- this and what follows: as in articles, at that time
    title        TEXT,                          -- the headline
    author       TEXT,                          -- the byline
    publisher    TEXT,                          -- who published it
    published_at TEXT,                          -- ISO 8601, UTC
    url          TEXT,                          -- where it was published
    language     TEXT,                          -- ISO 639-1
    source       TEXT NOT NULL,                 -- the file it came from
    content_hash TEXT NOT NULL,                 -- of all that the input said of it but its file
    body_hash    TEXT NOT NULL,                 -- of its text alone
    start        INTEGER NOT NULL CHECK (start >= 0), -- of what differs, code points into the body of the next version
    end          INTEGER NOT NULL,              -- of what differs, exclusive
    text         TEXT NOT NULL,                 -- what stood there in this version
    read_at      TEXT NOT NULL,                 -- ISO 8601, UTC: when this version was stored or analyzed last
    replaced_at  TEXT NOT NULL,                 -- ISO 8601, UTC: when the next version replaced it
    run_id       INTEGER NOT NULL REFERENCES ingest_runs (id), -- the run that replaced it
    PRIMARY KEY (article_id, revision),
    CHECK (end >= start)
) STRICT, WITHOUT ROWID;

CREATE INDEX article_revisions_by_content ON article_revisions (content_hash);
CREATE INDEX article_revisions_by_run ON article_revisions (run_id);

CREATE VIEW article_versions AS
-- All versions of the articles that were revised, whole; `current` is 1 for the one that is in articles.
WITH RECURSIVE versions (article_id, revision, title, body, author, publisher, published_at, url, source, read_at,
        replaced_at, current) AS (
    SELECT articles.id, latest.revision + 1, articles.title, articles.body, articles.author, articles.publisher,
        articles.published_at, articles.url, articles.source, articles.ingested_at, NULL, 1
    FROM (SELECT article_id, max(revision) AS revision FROM article_revisions GROUP BY article_id) AS latest
    JOIN articles ON articles.id = latest.article_id
    UNION ALL
    SELECT earlier.article_id, earlier.revision, earlier.title,
        substr(later.body, 1, earlier.start) || earlier.text || substr(later.body, earlier.end + 1),
        earlier.author, earlier.publisher, earlier.published_at, earlier.url, earlier.source, earlier.read_at,
        earlier.replaced_at, 0
    FROM versions AS later
    JOIN article_revisions AS earlier
        ON earlier.article_id = later.article_id AND earlier.revision = later.revision - 1
)
SELECT article_id, revision, current, title, body, author, publisher, published_at, url, source, read_at, replaced_at
FROM versions;

PRAGMA user_version = 8;
