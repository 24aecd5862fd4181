-- timeline: what one person said, what was said about them, and what else is told of them, in the order of time
-- :name  (name) whose timeline it is
WITH asked AS (SELECT DISTINCT entity_id AS id FROM aliases WHERE alias_key = lower(:name)),
told (date, what, who, words, whom, article_id, quote_id, relationship_id) AS (
    SELECT min(coalesce(quotes.published_at, '~')), 'said', speaker.name, quotes.text,
        (SELECT group_concat(entities.name, '; ') FROM quote_subjects
            JOIN entities ON entities.id = quote_subjects.entity_id WHERE quote_subjects.quote_id = quotes.id),
        quotes.article_id, quotes.id, NULL -- SQLite takes these columns from the row that min() is from
    FROM asked
    CROSS JOIN quotes ON quotes.speaker_id = asked.id AND quotes.vouched = 1
    JOIN entities AS speaker ON speaker.id = quotes.speaker_id
    LEFT JOIN reprints ON reprints.quote_id = quotes.id
    GROUP BY coalesce(reprints.statement_id, quotes.id)
    UNION ALL
    SELECT min(coalesce(quotes.published_at, '~')), 'was spoken of', coalesce(speaker.name, quotes.speaker_text), quotes.text,
        subject.name, quotes.article_id, quotes.id, NULL
    FROM asked
    CROSS JOIN quote_subjects ON quote_subjects.entity_id = asked.id
    CROSS JOIN quotes ON quotes.id = quote_subjects.quote_id AND quotes.vouched = 1
        AND (quotes.speaker_id IS NULL OR quotes.speaker_id <> asked.id)
    JOIN entities AS subject ON subject.id = asked.id
    LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
    LEFT JOIN reprints ON reprints.quote_id = quotes.id
    GROUP BY asked.id, coalesce(reprints.statement_id, quotes.id)
    UNION ALL
    -- the first article that tells it; what lasts, such as an office, is told once
    SELECT min(coalesce(relationships.since, articles.published_at, '~')),
        replace(relationships.predicate, '_', ' ') || iif(relationships.status IN ('reported', 'ended'), ' (' || relationships.status || ')', ''),
        one.name, substr(articles.body, relationships.start + 1, relationships.end - relationships.start),
        coalesce(other.name, relationships.detail), articles.id, NULL, relationships.id
    FROM asked
    CROSS JOIN relationships ON relationships.subject_id = asked.id OR relationships.object_id = asked.id
    JOIN articles ON articles.id = relationships.article_id
    JOIN entities AS one ON one.id = relationships.subject_id
    LEFT JOIN entities AS other ON other.id = relationships.object_id
    WHERE relationships.status IN ('asserted', 'reported', 'ended')
    GROUP BY relationships.subject_id, relationships.predicate, relationships.object_id, relationships.detail_key,
        relationships.status = 'ended', relationships.since
)
SELECT nullif(substr(told.date, 1, 10), '~') AS date, told.what, told.who, told.words, told.whom, articles.publisher, articles.title,
    articles.url, told.article_id, told.quote_id, told.relationship_id
FROM told JOIN articles ON articles.id = told.article_id
ORDER BY told.date, told.article_id, told.quote_id, told.relationship_id;
