-- What a quote reports, whether it is vouched for, and which quote it is told in; what the parts of a page are. Views, answers and counts go by what is vouched for.

-- Columns at the end of the table, each with its comment, as in version 9. What was read before version 10 was judged by
-- confidence alone.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(replace(sql, '    CHECK (end > start)',
'    mode         TEXT NOT NULL DEFAULT ''speech'' CHECK (mode IN (''speech'', ''thought'', ''attitude'')), -- said or written; thought or felt; a stance or deed towards somebody
    vouched      INTEGER NOT NULL DEFAULT 0 CHECK (vouched IN (0, 1)), -- 1: shown by default, as an editor would take it as it stands
    within       INTEGER REFERENCES quotes (id) ON DELETE SET NULL, -- the quote that it is told in; NULL if it stands alone
    CHECK (end > start)'),
    'probability that content and source are right', 'probability that an editor would take it as it stands')
WHERE type = 'table' AND name = 'quotes';

UPDATE sqlite_schema SET sql = replace(sql, '-- rows of quotes that it speaks', '-- rows of quotes that it speaks and that are vouched for')
WHERE type = 'table' AND name = 'entities';

PRAGMA writable_schema = RESET;

UPDATE quotes SET mode = iif(act = 'thought', 'thought', 'speech'), vouched = confidence >= 0.6;

UPDATE entities SET quote_count = coalesce((SELECT sum(vouched) FROM quotes WHERE speaker_id = entities.id), 0);

-- The same for the quotes that corrections replaced.
UPDATE overruled_articles SET
    taken = json_set(taken, '$.quotes', json((SELECT json_group_object(key, json_set(value,
        '$.mode', iif(value ->> 'act' = 'thought', 'thought', 'speech'),
        '$.vouched', json(iif(value ->> 'confidence' >= 0.6, 'true', 'false'))))
        FROM json_each(taken, '$.quotes')))),
    put = json_set(put, '$.quotes', json((SELECT json_group_object(key, json_set(value,
        '$.mode', iif(value ->> 'act' = 'thought', 'thought', 'speech'),
        '$.vouched', json(iif(value ->> 'confidence' >= 0.6, 'true', 'false'))))
        FROM json_each(put, '$.quotes'))));

-- Of what is vouched for, beside those of all quotes: answers run along them.
CREATE INDEX vouched_by_speaker ON quotes (speaker_id, published_at) WHERE vouched = 1;
CREATE INDEX vouched_by_published_at ON quotes (published_at) WHERE vouched = 1;
CREATE INDEX quotes_within ON quotes (within) WHERE within IS NOT NULL;

-- With spaces about the sign, so that Datasette and sqlite-utils search the words of quotes and not these.
CREATE VIRTUAL TABLE sources_fts USING fts5
-- Full text of the sources as printed: SELECT rowid FROM sources_fts WHERE sources_fts MATCH 'police', the ids of quotes.
(
    speaker_text,
    content = 'quotes', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO sources_fts (rowid, speaker_text) SELECT id, speaker_text FROM quotes;

CREATE TRIGGER sources_fts_insert AFTER INSERT ON quotes BEGIN
    INSERT INTO sources_fts (rowid, speaker_text) VALUES (new.id, new.speaker_text);
END;

CREATE TRIGGER sources_fts_delete AFTER DELETE ON quotes BEGIN
    INSERT INTO sources_fts (sources_fts, rowid, speaker_text) VALUES ('delete', old.id, old.speaker_text);
END;

CREATE TRIGGER sources_fts_update AFTER UPDATE OF id, speaker_text ON quotes BEGIN
    INSERT INTO sources_fts (sources_fts, rowid, speaker_text) VALUES ('delete', old.id, old.speaker_text);
    INSERT INTO sources_fts (rowid, speaker_text) VALUES (new.id, new.speaker_text);
END;

CREATE TABLE article_parts (
    -- What each stretch of an article's body is; nothing is found in captions and furniture.
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- of which article
    start      INTEGER NOT NULL CHECK (start >= 0), -- code points into articles.body
    end        INTEGER NOT NULL,                  -- code points into articles.body, exclusive
    kind       TEXT NOT NULL CHECK (kind IN ('title', 'byline', 'dateline', 'body', 'caption', 'furniture')), -- body: its own text; furniture: what the page puts around it
    PRIMARY KEY (article_id, start),
    CHECK (end > start)
) STRICT, WITHOUT ROWID;

DROP VIEW who_said_what;

CREATE VIEW all_attributions AS
-- Everything that is stored, vouched for or not: one row per quote and subject, and one with NULL `about` for a quote about nobody.
SELECT
    quotes.id             AS quote_id,
    speaker.name          AS speaker,
    speaker.kind          AS speaker_kind,
    quotes.speaker_text   AS speaker_text,
    quotes.cue            AS cue,
    quotes.text           AS quote,
    quotes.kind           AS kind,
    subject.name          AS about,
    subject.kind          AS about_kind,
    articles.published_at AS published_at,
    articles.publisher    AS publisher,
    articles.title        AS title,
    articles.url          AS url,
    quotes.article_id     AS article_id,
    quotes.act            AS act,
    quotes.confidence     AS confidence,
    quotes.mode           AS mode,
    quotes.vouched        AS vouched
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
LEFT JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
LEFT JOIN entities AS subject ON subject.id = quote_subjects.entity_id;

CREATE VIEW who_said_what AS
-- What onrecord vouches for, row for row as all_attributions has it.
SELECT quote_id, speaker, speaker_kind, speaker_text, cue, quote, kind, about, about_kind, published_at, publisher, title, url,
    article_id, act, confidence, mode
FROM all_attributions WHERE vouched = 1;

PRAGMA user_version = 10;
