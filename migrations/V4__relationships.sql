-- How entities are related.

CREATE TABLE predicates (
    -- The kinds of relationship; filled from the program's own table each time it opens the database for writing.
    name        TEXT PRIMARY KEY,               -- leads, spokesperson_for, met_with …
    description TEXT NOT NULL,                  -- what it says of subject and object
    symmetric   INTEGER NOT NULL CHECK (symmetric IN (0, 1)), -- 1 if either may stand first
    extension   INTEGER NOT NULL CHECK (extension IN (0, 1)), -- 1 if it is no core predicate of the ontology
    example     TEXT NOT NULL                   -- words that state it
) STRICT, WITHOUT ROWID;

CREATE TABLE relationships (
    -- One row per statement of a relationship in an article.
    id         INTEGER PRIMARY KEY,             -- stays while its article states the same in the same place
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- where it is stated
    subject_id INTEGER NOT NULL REFERENCES entities (id), -- who
    predicate  TEXT NOT NULL REFERENCES predicates (name), -- is what
    object_id  INTEGER REFERENCES entities (id), -- to whom; NULL where the article leaves it open
    detail     TEXT,                            -- the office, kinship or amount, as printed
    status     TEXT NOT NULL CHECK (status IN ('asserted', 'reported', 'denied', 'hypothetical', 'planned', 'ended')), -- how it is presented
    start      INTEGER NOT NULL CHECK (start >= 0), -- of the evidence, code points into articles.body
    end        INTEGER NOT NULL,                -- of the evidence, exclusive
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1), -- how sure the extractor is
    CHECK (end > start)
) STRICT;

CREATE INDEX relationships_by_article ON relationships (article_id);
CREATE INDEX relationships_by_subject ON relationships (subject_id, predicate);
CREATE INDEX relationships_by_object ON relationships (object_id, predicate) WHERE object_id IS NOT NULL;
CREATE INDEX relationships_by_predicate ON relationships (predicate);
