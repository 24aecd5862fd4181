-- Whose claim a relationship is, when it holds, how corrections name it, and one row for an office however it is spelled.

-- Columns at the end of the table, each with its comment, as in version 9. Of what was read before version 13 neither claimant
-- nor dates are known, and corrections cannot name it until its article is read again.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql, '    CHECK (end > start)',
'    key         TEXT,                           -- made from content: the same after a new ingest or extractor; NULL if read before version 13
    detail_key  TEXT,                           -- `detail` however it is spelled: without case, `the`, `former`; Sen. is senator
    claimant_id INTEGER REFERENCES entities (id), -- whose claim it is, if it is not the article''s own and somebody of entities claims it
    claimant_text TEXT,                         -- whoever claims it, as printed
    since       TEXT,                           -- when it began, or was done, as its words say: YYYY, YYYY-MM or YYYY-MM-DD
    until       TEXT,                           -- when it ended, or was done, likewise
    CHECK (end > start)')
WHERE type = 'table' AND name = 'relationships';

UPDATE sqlite_schema SET sql = replace(sql, '''speaker'',', '''speaker'', ''relationship'',')
WHERE type = 'table' AND name = 'corrections';

PRAGMA writable_schema = RESET;

UPDATE relationships SET detail_key = lower(detail) WHERE detail IS NOT NULL;

-- The same for the relationships that corrections replaced.
UPDATE overruled_articles SET
    taken = json_set(taken, '$.relationships', json((SELECT json_group_object(key, json_set(value,
        '$.detail_key', lower(value ->> 'detail'))) FROM json_each(taken, '$.relationships')))),
    put = json_set(put, '$.relationships', json((SELECT json_group_object(key, json_set(value,
        '$.detail_key', lower(value ->> 'detail'))) FROM json_each(put, '$.relationships'))));

CREATE UNIQUE INDEX relationships_by_key ON relationships (key) WHERE key IS NOT NULL;
CREATE INDEX relationships_by_claimant ON relationships (claimant_id) WHERE claimant_id IS NOT NULL;
CREATE INDEX relationships_by_detail ON relationships (detail_key) WHERE detail_key IS NOT NULL;

DROP VIEW who_is;

CREATE VIEW who_is AS
-- The relationships of everyone, counted over the archive; a symmetric one is listed for both sides.
-- Denied, hypothetical and planned ones are left out: table relationships has them. An office is one row however it is spelled, in
-- its commonest spelling, asserted or reported; what has ended has a row of its own.
SELECT
    entity.id                  AS entity_id,
    entity.name                AS name,
    entity.kind                AS kind,
    stated.predicate           AS predicate,
    other.name                 AS other,
    stated.other_id            AS other_id,
    substr(max(printf('%010d', stated.spelled) || stated.detail), 11) AS detail,
    min(articles.published_at) AS first_seen,
    max(articles.published_at) AS last_seen,
    count(DISTINCT stated.article_id) AS articles,
    min(stated.status)         AS status,
    min(stated.since)          AS since,
    max(stated.until)          AS until
FROM (
    SELECT *, count(*) OVER (PARTITION BY entity_id, predicate, other_id, detail_key, status = 'ended', detail) AS spelled
    FROM (
        SELECT subject_id AS entity_id, predicate, object_id AS other_id, detail, detail_key, status, article_id, since, until
        FROM relationships
        UNION ALL
        SELECT object_id, predicate, subject_id, detail, detail_key, status, article_id, since, until
        FROM relationships JOIN predicates ON predicates.name = relationships.predicate
        WHERE predicates.symmetric = 1 AND object_id IS NOT NULL
    )
    WHERE status IN ('asserted', 'reported', 'ended')
) AS stated
JOIN entities AS entity ON entity.id = stated.entity_id
JOIN articles ON articles.id = stated.article_id
LEFT JOIN entities AS other ON other.id = stated.other_id
GROUP BY stated.entity_id, stated.predicate, stated.other_id, stated.detail_key, stated.status = 'ended';

PRAGMA user_version = 13;
