-- revised_quotes: what later versions of articles changed: headlines, and quotes that were removed, added or reworded
WITH version AS (
    SELECT article_id, revision, title, replaced_at, publisher, published_at, url, quotes_kept FROM article_revisions
),
-- the quotes of each version, the present one included
said AS (
    SELECT article_id, revision, key, coalesce(speaker, speaker_text) AS speaker, text, start FROM revision_quotes WHERE vouched = 1
    UNION ALL
    SELECT latest.article_id, latest.revision + 1, quotes.key, coalesce(entities.name, quotes.speaker_text), quotes.text, quotes.start
    FROM (SELECT article_id, max(revision) AS revision FROM article_revisions GROUP BY article_id) AS latest
    JOIN quotes ON quotes.article_id = latest.article_id AND quotes.vouched = 1
    LEFT JOIN entities ON entities.id = quotes.speaker_id
),
gone AS (
    SELECT said.* FROM said JOIN version USING (article_id, revision)
    WHERE NOT EXISTS (SELECT 1 FROM said AS later WHERE later.article_id = said.article_id AND later.revision = said.revision + 1 AND later.key = said.key)
),
come AS (
    SELECT said.* FROM said JOIN version ON version.article_id = said.article_id AND version.revision = said.revision - 1 AND version.quotes_kept = 1
    WHERE NOT EXISTS (SELECT 1 FROM said AS former WHERE former.article_id = said.article_id AND former.revision = said.revision - 1 AND former.key = said.key)
),
-- of one speaker, at about the same place: reworded
paired AS (
    SELECT gone.article_id, gone.revision, gone.key AS gone_key, come.key AS come_key, gone.speaker, gone.text AS before, come.text AS after, gone.start,
        row_number() OVER (PARTITION BY gone.article_id, gone.revision, gone.key ORDER BY abs(gone.start - come.start)) AS of_gone,
        row_number() OVER (PARTITION BY come.article_id, come.revision, come.key ORDER BY abs(gone.start - come.start)) AS of_come
    FROM gone JOIN come ON come.article_id = gone.article_id AND come.revision = gone.revision + 1 AND come.speaker IS gone.speaker
        AND abs(gone.start - come.start) < 500
),
anew AS (SELECT * FROM paired WHERE of_gone = 1 AND of_come = 1),
changes (article_id, revision, change, speaker, before, after, start) AS (
    SELECT article_id, revision, 'quote reworded', speaker, before, after, start FROM anew
    UNION ALL
    SELECT article_id, revision, 'quote removed', speaker, text, NULL, start FROM gone
    WHERE NOT EXISTS (SELECT 1 FROM anew WHERE anew.article_id = gone.article_id AND anew.revision = gone.revision AND anew.gone_key = gone.key)
    UNION ALL
    SELECT article_id, revision - 1, 'quote added', speaker, NULL, text, start FROM come
    WHERE NOT EXISTS (SELECT 1 FROM anew WHERE anew.article_id = come.article_id AND anew.revision = come.revision - 1 AND anew.come_key = come.key)
    UNION ALL
    SELECT version.article_id, version.revision, 'headline', NULL, version.title, coalesce(next.title, articles.title), -1
    FROM version JOIN articles ON articles.id = version.article_id
    LEFT JOIN version AS next ON next.article_id = version.article_id AND next.revision = version.revision + 1
    WHERE version.title IS NOT iif(next.article_id IS NULL, articles.title, next.title)
)
SELECT version.replaced_at, changes.change, changes.speaker, changes.before, changes.after, changes.revision,
    articles.published_at, articles.publisher, articles.title, articles.url, articles.id AS article_id
FROM changes
JOIN version USING (article_id, revision)
JOIN articles ON articles.id = changes.article_id
ORDER BY version.replaced_at DESC, changes.article_id, changes.revision DESC, changes.start;
