-- What readers look at first. Views need nothing but the stock sqlite3 shell.

CREATE VIEW people AS
-- The people of the archive.
SELECT id, name, description, gender, mention_count, quote_count
FROM entities WHERE kind = 'person';

CREATE VIEW organizations AS
-- The organizations of the archive; `kind` is party, company, agency … where known.
SELECT id, name, type AS kind, mention_count, quote_count
FROM entities WHERE kind = 'organization';

CREATE VIEW places AS
-- The places of the archive.
SELECT id, name, country, mention_count
FROM entities WHERE kind = 'place';

CREATE VIEW who_said_what AS
-- One row per quote and subject, and one with NULL `about` for a quote about nobody.
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
    quotes.confidence     AS confidence
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
LEFT JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
LEFT JOIN entities AS subject ON subject.id = quote_subjects.entity_id;

CREATE VIEW who_is AS
-- The relationships of everyone, counted over the archive; a symmetric one is listed for both sides.
-- Denied, hypothetical and planned ones are left out: table relationships has them. An office is one row whether it is
-- printed with capitals or not, asserted or reported; what has ended has a row of its own.
SELECT
    entity.id                  AS entity_id,
    entity.name                AS name,
    entity.kind                AS kind,
    stated.predicate           AS predicate,
    other.name                 AS other,
    stated.other_id            AS other_id,
    max(stated.detail)         AS detail,
    min(articles.published_at) AS first_seen,
    max(articles.published_at) AS last_seen,
    count(DISTINCT stated.article_id) AS articles,
    min(stated.status)         AS status
FROM (
    SELECT subject_id AS entity_id, predicate, object_id AS other_id, detail, status, article_id
    FROM relationships
    UNION ALL
    SELECT object_id, predicate, subject_id, detail, status, article_id
    FROM relationships JOIN predicates ON predicates.name = relationships.predicate
    WHERE predicates.symmetric = 1 AND object_id IS NOT NULL
) AS stated
JOIN entities AS entity ON entity.id = stated.entity_id
JOIN articles ON articles.id = stated.article_id
LEFT JOIN entities AS other ON other.id = stated.other_id
WHERE stated.status IN ('asserted', 'reported', 'ended')
GROUP BY stated.entity_id, stated.predicate, stated.other_id, lower(stated.detail), stated.status = 'ended';

-- The number of the last migration; every later migration ends by raising it.
PRAGMA user_version = 7;
