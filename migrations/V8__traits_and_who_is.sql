-- What each article tells of the gender and the country of its entities, so that it can be taken back; one row a
-- rejected document; and offices counted whatever their spelling.

CREATE TABLE traits (
    -- One row per entity of an article that tells its gender or country, as the machine found it.
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, -- which article
    entity_id  INTEGER NOT NULL,                -- of entities or ruled_entities
    gender     TEXT CHECK (gender IN ('female', 'male')), -- people
    country    TEXT,                            -- places: ISO 3166-1 code
    PRIMARY KEY (entity_id, article_id)
) STRICT, WITHOUT ROWID;

-- Which articles told what is known already was not kept: any that mentions the entity may have, so that what is known
-- stays until the last of them is read again.
INSERT INTO traits (article_id, entity_id, gender, country)
SELECT DISTINCT mentions.article_id, entities.id, entities.gender, entities.country
FROM entities JOIN mentions ON mentions.entity_id = entities.id
WHERE (entities.gender IS NOT NULL OR entities.country IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM ruled_entities AS ruled WHERE ruled.id = entities.id);

-- Mentions that corrections took away or put in are not those that the machine found.
INSERT INTO traits (article_id, entity_id, gender, country)
SELECT found.article_id, ruled.id, ruled.gender, ruled.country
FROM ruled_entities AS ruled
JOIN (
    SELECT entity_id, article_id FROM mentions
    WHERE NOT EXISTS (
        SELECT 1 FROM overruled_entities AS other
        WHERE other.entity_id = mentions.entity_id AND other.article_id = mentions.article_id
    )
    UNION
    SELECT entity_id, article_id FROM overruled_entities WHERE mentioned = 1
) AS found ON found.entity_id = ruled.id
WHERE ruled.gender IS NOT NULL OR ruled.country IS NOT NULL;

CREATE INDEX traits_by_article ON traits (article_id);

DELETE FROM ingest_errors
WHERE id NOT IN (SELECT max(id) FROM ingest_errors GROUP BY path, record, reason);

CREATE INDEX ingest_errors_by_place ON ingest_errors (path, record, reason, run_id);

DROP VIEW who_is;

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

PRAGMA user_version = 8;
