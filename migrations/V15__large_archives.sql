-- What answers about a large archive are read from instead of counted anew: who spoke about whom, how often whom was quoted when,
-- when somebody was first and last mentioned, and how everybody is related. All of it follows from other tables.

-- Columns at the end of the tables, each with its comment, as in version 9.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql, '    PRIMARY KEY (quote_id, entity_id)',
'    said_by      INTEGER,                       -- speaker_id of the quote; this and the following are copied, for indexes
    said_as      TEXT NOT NULL DEFAULT ''statement'', -- act of the quote
    is_vouched   INTEGER NOT NULL DEFAULT 0,    -- vouched of the quote
    is_again     INTEGER NOT NULL DEFAULT 0,    -- again of the quote
    said_in      INTEGER,                       -- article_id of the quote
    PRIMARY KEY (quote_id, entity_id)')
WHERE type = 'table' AND name = 'quote_subjects';

UPDATE sqlite_schema SET sql = replace(sql, '    CHECK (end > start)',
'    again        INTEGER NOT NULL DEFAULT 0 CHECK (again IN (0, 1)), -- 1: an earlier copy of the article has the statement, see reprints
    CHECK (end > start)')
WHERE type = 'table' AND name = 'quotes';

UPDATE sqlite_schema SET sql = replace(sql, '    -- rows of quotes that it speaks and that are vouched for',
',   -- rows of quotes that it speaks and that are vouched for
    seen_in       INTEGER NOT NULL DEFAULT 0,   -- how many articles mention it
    seen_first    TEXT,                         -- published_at of the first that does; NULL if no date is known
    seen_last     TEXT                          -- published_at of the last')
WHERE type = 'table' AND name = 'entities';

PRAGMA writable_schema = RESET;

UPDATE quotes SET again = 1 WHERE id IN (SELECT quote_id FROM reprints WHERE statement_id <> quote_id);

UPDATE quote_subjects SET (said_by, said_as, is_vouched, is_again, said_in) =
    (SELECT speaker_id, act, vouched, again, article_id FROM quotes WHERE quotes.id = quote_id);

-- The date and the outlet of an article without its text, which stands before them in the row.
CREATE INDEX articles_dated ON articles (id, published_at, publisher);

UPDATE entities SET seen_in = found.articles, seen_first = found.first, seen_last = found.last
FROM (
    SELECT entity_id, count(*) AS articles, min(published_at) AS first, max(published_at) AS last
    FROM (SELECT DISTINCT entity_id, article_id FROM mentions)
    JOIN articles INDEXED BY articles_dated ON articles.id = article_id
    GROUP BY entity_id
) AS found
WHERE found.entity_id = entities.id;

-- An index that holds all that is asked of a quote about somebody, so that no quote is looked at that is not shown.
DROP INDEX quote_subjects_by_entity;
CREATE INDEX quote_subjects_by_entity ON quote_subjects (entity_id, published_at, quote_id, is_vouched, said_in);
CREATE INDEX quote_subjects_by_speaker ON quote_subjects (entity_id, said_by, published_at, quote_id, is_vouched, said_in);
CREATE INDEX deeds_by_entity ON quote_subjects (entity_id, said_as, said_by)
    WHERE is_vouched = 1 AND said_as IN ('criticism', 'praise', 'threat');
CREATE INDEX quotes_by_act ON quotes (speaker_id, act, published_at, id, vouched);
DROP INDEX quotes_by_speaker;
DROP INDEX quotes_by_published_at;
CREATE INDEX quotes_by_speaker ON quotes (speaker_id, published_at, id, vouched, article_id);
CREATE INDEX quotes_by_published_at ON quotes (published_at, id, vouched);

-- How a quote of somebody begins: where else the same words stand.
CREATE INDEX quotes_by_beginning ON quotes (speaker_id, lower(substr(ltrim(text, ' "''“”‘’'), 1, 24)))
    WHERE vouched = 1 AND speaker_id IS NOT NULL;

CREATE TRIGGER quote_subjects_follow AFTER UPDATE OF speaker_id, act, vouched, again, published_at ON quotes BEGIN
    UPDATE quote_subjects SET said_by = new.speaker_id, said_as = new.act, is_vouched = new.vouched, is_again = new.again,
        published_at = new.published_at
    WHERE quote_id = new.id;
END;

CREATE TRIGGER quote_subjects_copy AFTER INSERT ON quote_subjects WHEN new.said_in IS NULL BEGIN
    UPDATE quote_subjects SET (published_at, said_by, said_as, is_vouched, is_again, said_in) =
        (SELECT published_at, speaker_id, act, vouched, again, article_id FROM quotes WHERE id = new.quote_id)
    WHERE quote_id = new.quote_id AND entity_id = new.entity_id;
END;

CREATE TRIGGER reprints_again AFTER INSERT ON reprints WHEN new.quote_id <> new.statement_id BEGIN
    UPDATE quotes SET again = 1 WHERE id = new.quote_id;
END;

CREATE TRIGGER reprints_no_more AFTER DELETE ON reprints WHEN old.quote_id <> old.statement_id BEGIN
    UPDATE quotes SET again = 0 WHERE id = old.quote_id;
END;

CREATE TABLE spoke_about (
    -- One row per speaker and whom or what it spoke about: how many statements are vouched for.
    entity_id  INTEGER NOT NULL,                -- whom or what
    speaker_id INTEGER NOT NULL,                -- who; 0: sources without a name
    quotes     INTEGER NOT NULL,                -- how many; what copies of an article print again is counted once
    PRIMARY KEY (entity_id, speaker_id)
) STRICT, WITHOUT ROWID;

INSERT INTO spoke_about (entity_id, speaker_id, quotes)
SELECT entity_id, coalesce(said_by, 0), count(*) FROM quote_subjects WHERE is_vouched = 1 AND is_again = 0 GROUP BY 1, 2;

CREATE INDEX spoke_about_most ON spoke_about (entity_id, quotes DESC, speaker_id);
CREATE INDEX spoken_about_most ON spoke_about (speaker_id, quotes DESC, entity_id);

CREATE TRIGGER spoke_about_insert AFTER INSERT ON quote_subjects WHEN new.is_vouched = 1 AND new.is_again = 0 BEGIN
    INSERT INTO spoke_about (entity_id, speaker_id, quotes) VALUES (new.entity_id, coalesce(new.said_by, 0), 1)
    ON CONFLICT DO UPDATE SET quotes = quotes + 1;
END;

CREATE TRIGGER spoke_about_delete AFTER DELETE ON quote_subjects WHEN old.is_vouched = 1 AND old.is_again = 0 BEGIN
    UPDATE spoke_about SET quotes = quotes - 1 WHERE entity_id = old.entity_id AND speaker_id = coalesce(old.said_by, 0);
    DELETE FROM spoke_about WHERE entity_id = old.entity_id AND speaker_id = coalesce(old.said_by, 0) AND quotes <= 0;
END;

CREATE TRIGGER spoke_about_no_more AFTER UPDATE OF entity_id, said_by, is_vouched, is_again ON quote_subjects
WHEN old.is_vouched = 1 AND old.is_again = 0 BEGIN
    UPDATE spoke_about SET quotes = quotes - 1 WHERE entity_id = old.entity_id AND speaker_id = coalesce(old.said_by, 0);
    DELETE FROM spoke_about WHERE entity_id = old.entity_id AND speaker_id = coalesce(old.said_by, 0) AND quotes <= 0;
END;

CREATE TRIGGER spoke_about_now AFTER UPDATE OF entity_id, said_by, is_vouched, is_again ON quote_subjects
WHEN new.is_vouched = 1 AND new.is_again = 0 BEGIN
    INSERT INTO spoke_about (entity_id, speaker_id, quotes) VALUES (new.entity_id, coalesce(new.said_by, 0), 1)
    ON CONFLICT DO UPDATE SET quotes = quotes + 1;
END;

CREATE TABLE quoted (
    -- One row per speaker and period: how many statements are vouched for.
    speaker_id INTEGER NOT NULL,                -- who; 0: sources without a name
    period     TEXT NOT NULL,                   -- YYYY, YYYY-MM, or '' for all of the archive
    quotes     INTEGER NOT NULL,                -- how many; what copies of an article print again is counted once
    PRIMARY KEY (speaker_id, period)
) STRICT, WITHOUT ROWID;

INSERT INTO quoted (speaker_id, period, quotes)
SELECT coalesce(speaker_id, 0), '', count(*) FROM quotes WHERE vouched = 1 AND again = 0 GROUP BY 1
UNION ALL
SELECT coalesce(speaker_id, 0), substr(published_at, 1, 4), count(*) FROM quotes
WHERE vouched = 1 AND again = 0 AND length(published_at) >= 7 GROUP BY 1, 2
UNION ALL
SELECT coalesce(speaker_id, 0), substr(published_at, 1, 7), count(*) FROM quotes
WHERE vouched = 1 AND again = 0 AND length(published_at) >= 7 GROUP BY 1, 2;

CREATE INDEX quoted_most ON quoted (period, quotes DESC, speaker_id);

CREATE TRIGGER quoted_insert AFTER INSERT ON quotes WHEN new.vouched = 1 AND new.again = 0 BEGIN
    INSERT INTO quoted (speaker_id, period, quotes) VALUES (coalesce(new.speaker_id, 0), '', 1)
    ON CONFLICT DO UPDATE SET quotes = quotes + 1;
    INSERT INTO quoted (speaker_id, period, quotes)
    SELECT coalesce(new.speaker_id, 0), substr(new.published_at, 1, 4), 1 WHERE length(new.published_at) >= 7
    ON CONFLICT DO UPDATE SET quotes = quotes + 1;
    INSERT INTO quoted (speaker_id, period, quotes)
    SELECT coalesce(new.speaker_id, 0), substr(new.published_at, 1, 7), 1 WHERE length(new.published_at) >= 7
    ON CONFLICT DO UPDATE SET quotes = quotes + 1;
END;

CREATE TRIGGER quoted_delete AFTER DELETE ON quotes WHEN old.vouched = 1 AND old.again = 0 BEGIN
    UPDATE quoted SET quotes = quotes - 1 WHERE speaker_id = coalesce(old.speaker_id, 0)
        AND (period = '' OR length(old.published_at) >= 7 AND period IN (substr(old.published_at, 1, 4), substr(old.published_at, 1, 7)));
    DELETE FROM quoted WHERE speaker_id = coalesce(old.speaker_id, 0) AND quotes <= 0;
END;

CREATE TRIGGER quoted_no_more AFTER UPDATE OF speaker_id, vouched, again, published_at ON quotes
WHEN old.vouched = 1 AND old.again = 0 BEGIN
    UPDATE quoted SET quotes = quotes - 1 WHERE speaker_id = coalesce(old.speaker_id, 0)
        AND (period = '' OR length(old.published_at) >= 7 AND period IN (substr(old.published_at, 1, 4), substr(old.published_at, 1, 7)));
    DELETE FROM quoted WHERE speaker_id = coalesce(old.speaker_id, 0) AND quotes <= 0;
END;

CREATE TRIGGER quoted_now AFTER UPDATE OF speaker_id, vouched, again, published_at ON quotes
WHEN new.vouched = 1 AND new.again = 0 BEGIN
    INSERT INTO quoted (speaker_id, period, quotes) VALUES (coalesce(new.speaker_id, 0), '', 1)
    ON CONFLICT DO UPDATE SET quotes = quotes + 1;
    INSERT INTO quoted (speaker_id, period, quotes)
    SELECT coalesce(new.speaker_id, 0), substr(new.published_at, 1, 4), 1 WHERE length(new.published_at) >= 7
    ON CONFLICT DO UPDATE SET quotes = quotes + 1;
    INSERT INTO quoted (speaker_id, period, quotes)
    SELECT coalesce(new.speaker_id, 0), substr(new.published_at, 1, 7), 1 WHERE length(new.published_at) >= 7
    ON CONFLICT DO UPDATE SET quotes = quotes + 1;
END;

CREATE TABLE ties (
    -- One row per relationship of everyone, as who_is has it, and per deed in speech, counted over the archive.
    entity_id  INTEGER NOT NULL,                -- who; a symmetric one is listed for both sides
    predicate  TEXT NOT NULL,                   -- is what
    other_id   INTEGER NOT NULL,                -- to whom; 0 where articles leave it open
    detail_key TEXT NOT NULL,                   -- as in relationships; '' if there is none
    state      TEXT NOT NULL CHECK (state IN ('stated', 'ended', 'quoted')), -- stated in articles, as over, or by quotes alone
    detail     TEXT,                            -- in its commonest spelling
    first_seen TEXT,                            -- published_at of the first article
    last_seen  TEXT,                            -- and of the last
    articles   INTEGER NOT NULL,                -- how many
    status     TEXT NOT NULL,                   -- the plainest
    since      TEXT,                            -- the earliest date that is told
    until      TEXT,                            -- the latest
    latest     TEXT NOT NULL,                   -- ends in the id of the newest of the plainest statements; below zero: of a quote
    PRIMARY KEY (entity_id, predicate, other_id, detail_key, state)
) STRICT, WITHOUT ROWID;

CREATE INDEX ties_by_other ON ties (other_id, predicate, state, articles);
CREATE INDEX ties_by_predicate ON ties (predicate, articles DESC);
CREATE INDEX ties_by_detail ON ties (detail_key) WHERE detail_key <> '';

CREATE TABLE stale_ties (
    -- Whose ties are counted anew before a run or a correction ends.
    entity_id INTEGER NOT NULL,                 -- who
    predicate TEXT NOT NULL,                    -- is what
    other_id  INTEGER NOT NULL,                 -- to whom; 0 where articles leave it open
    PRIMARY KEY (entity_id, predicate, other_id)
) STRICT, WITHOUT ROWID;

INSERT INTO stale_ties (entity_id, predicate, other_id)
SELECT DISTINCT subject_id, predicate, coalesce(object_id, 0) FROM relationships
UNION
SELECT DISTINCT said_by, CASE said_as WHEN 'criticism' THEN 'criticized' WHEN 'praise' THEN 'praised' ELSE 'threatened' END, entity_id
FROM quote_subjects WHERE is_vouched = 1 AND said_by IS NOT NULL AND said_as IN ('criticism', 'praise', 'threat');

DROP INDEX relationships_by_subject;
DROP INDEX relationships_by_object;
CREATE INDEX relationships_by_subject ON relationships (subject_id, predicate, object_id);
CREATE INDEX relationships_by_object ON relationships (object_id, predicate, subject_id) WHERE object_id IS NOT NULL;

-- A deed in speech that a relationship tells already is told once.
CREATE TRIGGER stale_ties_insert AFTER INSERT ON relationships BEGIN
    INSERT OR IGNORE INTO stale_ties VALUES (new.subject_id, new.predicate, coalesce(new.object_id, 0));
    INSERT OR IGNORE INTO stale_ties
    SELECT new.subject_id, new.predicate, quote_subjects.entity_id
    FROM quotes JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
    WHERE quotes.article_id = new.article_id AND quotes.speaker_id = new.subject_id AND quotes.vouched = 1
        AND quotes.act = CASE new.predicate WHEN 'criticized' THEN 'criticism' WHEN 'praised' THEN 'praise' WHEN 'threatened' THEN 'threat' END;
END;

CREATE TRIGGER stale_ties_delete AFTER DELETE ON relationships BEGIN
    INSERT OR IGNORE INTO stale_ties VALUES (old.subject_id, old.predicate, coalesce(old.object_id, 0));
    INSERT OR IGNORE INTO stale_ties
    SELECT old.subject_id, old.predicate, quote_subjects.entity_id
    FROM quotes JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
    WHERE quotes.article_id = old.article_id AND quotes.speaker_id = old.subject_id AND quotes.vouched = 1
        AND quotes.act = CASE old.predicate WHEN 'criticized' THEN 'criticism' WHEN 'praised' THEN 'praise' WHEN 'threatened' THEN 'threat' END;
END;

CREATE TRIGGER stale_ties_update AFTER UPDATE ON relationships BEGIN
    INSERT OR IGNORE INTO stale_ties VALUES (old.subject_id, old.predicate, coalesce(old.object_id, 0));
    INSERT OR IGNORE INTO stale_ties VALUES (new.subject_id, new.predicate, coalesce(new.object_id, 0));
    INSERT OR IGNORE INTO stale_ties
    SELECT old.subject_id, old.predicate, quote_subjects.entity_id
    FROM quotes JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
    WHERE quotes.article_id = old.article_id AND quotes.speaker_id = old.subject_id AND quotes.vouched = 1
        AND quotes.act = CASE old.predicate WHEN 'criticized' THEN 'criticism' WHEN 'praised' THEN 'praise' WHEN 'threatened' THEN 'threat' END;
    INSERT OR IGNORE INTO stale_ties
    SELECT new.subject_id, new.predicate, quote_subjects.entity_id
    FROM quotes JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
    WHERE quotes.article_id = new.article_id AND quotes.speaker_id = new.subject_id AND quotes.vouched = 1
        AND quotes.act = CASE new.predicate WHEN 'criticized' THEN 'criticism' WHEN 'praised' THEN 'praise' WHEN 'threatened' THEN 'threat' END;
END;

CREATE TRIGGER stale_deeds_insert AFTER INSERT ON quote_subjects
WHEN new.is_vouched = 1 AND new.said_by IS NOT NULL AND new.said_as IN ('criticism', 'praise', 'threat') BEGIN
    INSERT OR IGNORE INTO stale_ties VALUES (new.said_by,
        CASE new.said_as WHEN 'criticism' THEN 'criticized' WHEN 'praise' THEN 'praised' ELSE 'threatened' END, new.entity_id);
END;

CREATE TRIGGER stale_deeds_delete AFTER DELETE ON quote_subjects
WHEN old.is_vouched = 1 AND old.said_by IS NOT NULL AND old.said_as IN ('criticism', 'praise', 'threat') BEGIN
    INSERT OR IGNORE INTO stale_ties VALUES (old.said_by,
        CASE old.said_as WHEN 'criticism' THEN 'criticized' WHEN 'praise' THEN 'praised' ELSE 'threatened' END, old.entity_id);
END;

CREATE TRIGGER stale_deeds_no_more AFTER UPDATE ON quote_subjects
WHEN old.is_vouched = 1 AND old.said_by IS NOT NULL AND old.said_as IN ('criticism', 'praise', 'threat') BEGIN
    INSERT OR IGNORE INTO stale_ties VALUES (old.said_by,
        CASE old.said_as WHEN 'criticism' THEN 'criticized' WHEN 'praise' THEN 'praised' ELSE 'threatened' END, old.entity_id);
END;

CREATE TRIGGER stale_deeds_now AFTER UPDATE ON quote_subjects
WHEN new.is_vouched = 1 AND new.said_by IS NOT NULL AND new.said_as IN ('criticism', 'praise', 'threat') BEGIN
    INSERT OR IGNORE INTO stale_ties VALUES (new.said_by,
        CASE new.said_as WHEN 'criticism' THEN 'criticized' WHEN 'praise' THEN 'praised' ELSE 'threatened' END, new.entity_id);
END;

PRAGMA user_version = 15;
