-- Who said what about whom.

CREATE TABLE quotes (
    -- One row per piece of reported speech, writing or thought.
    id           INTEGER PRIMARY KEY,           -- stays while its words do; only `key` is the same in another database
    key          TEXT NOT NULL UNIQUE,          -- made from the article's identity and the quoted words
    article_id   INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- where it stands
    speaker_id   INTEGER REFERENCES entities (id), -- who said it; NULL where the source is unnamed
    speaker_text TEXT,                          -- the source as printed; NULL if there is none
    cue          TEXT,                          -- the words that signal it, as printed: said, according to; NULL if none does
    act          TEXT NOT NULL CHECK (act IN ('statement', 'denial', 'question', 'request', 'promise',
                     'threat', 'praise', 'criticism', 'refusal', 'thought')), -- what kind of act
    kind         TEXT NOT NULL CHECK (kind IN ('direct', 'mixed', 'indirect')), -- wholly, partly or not in quotation marks
    text         TEXT NOT NULL,                 -- the content as printed; pieces are joined by ' … '
    start        INTEGER NOT NULL CHECK (start >= 0), -- of the first piece, code points into articles.body
    end          INTEGER NOT NULL,              -- of the last piece, exclusive
    confidence   REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1), -- probability that content and source are right
    published_at TEXT,                          -- copied from the article, so that one index serves date questions
    CHECK (end > start)
) STRICT;

CREATE INDEX quotes_by_article ON quotes (article_id, start);
CREATE INDEX quotes_by_speaker ON quotes (speaker_id, published_at);
CREATE INDEX quotes_by_published_at ON quotes (published_at);

CREATE TABLE quote_spans (
    -- One row per piece of a quote that its attribution breaks; most quotes have one.
    quote_id INTEGER NOT NULL REFERENCES quotes (id) ON DELETE CASCADE, -- of which quote
    start    INTEGER NOT NULL CHECK (start >= 0), -- code points into articles.body
    end      INTEGER NOT NULL,                  -- code points into articles.body, exclusive
    PRIMARY KEY (quote_id, start),
    CHECK (end > start)
) STRICT, WITHOUT ROWID;

CREATE TABLE quote_subjects (
    -- One row per entity that a quote is about.
    quote_id     INTEGER NOT NULL REFERENCES quotes (id) ON DELETE CASCADE, -- which quote
    entity_id    INTEGER NOT NULL REFERENCES entities (id), -- whom or what it is about
    published_at TEXT,                          -- copied from the article, so that one index serves date questions
    PRIMARY KEY (quote_id, entity_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX quote_subjects_by_entity ON quote_subjects (entity_id, published_at);

-- Datasette and sqlite-utils know the index of a table by content="…", with these marks and no space.
CREATE VIRTUAL TABLE quotes_fts USING fts5
-- Full text of quotes: SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'tax AND cut'.
(
    text,
    content="quotes", content_rowid="id",
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER quotes_fts_insert AFTER INSERT ON quotes BEGIN
    INSERT INTO quotes_fts (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER quotes_fts_delete AFTER DELETE ON quotes BEGIN
    INSERT INTO quotes_fts (quotes_fts, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TRIGGER quotes_fts_update AFTER UPDATE OF id, text ON quotes BEGIN
    INSERT INTO quotes_fts (quotes_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO quotes_fts (rowid, text) VALUES (new.id, new.text);
END;
