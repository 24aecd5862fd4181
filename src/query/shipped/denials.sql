-- denials: what was denied, beside the nearest accusation in the same article, newest first; denials without one at the end
WITH accusation (article_id, who_id, whom_id, words, start, quote_id, relationship_id) AS (
    SELECT relationships.article_id, relationships.subject_id, relationships.object_id,
        substr(articles.body, relationships.start + 1, relationships.end - relationships.start), relationships.start, NULL, relationships.id
    FROM relationships JOIN articles ON articles.id = relationships.article_id
    WHERE relationships.predicate IN ('accused', 'criticized', 'sued', 'charged', 'investigated') AND relationships.status IN ('asserted', 'reported')
    UNION ALL
    SELECT quotes.article_id, quotes.speaker_id, quote_subjects.entity_id, quotes.text, quotes.start, quotes.id, NULL
    FROM quotes JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
    WHERE quotes.act = 'criticism' AND quotes.vouched = 1 AND quotes.speaker_id IS NOT NULL AND quotes.speaker_id <> quote_subjects.entity_id
),
denial AS (
    SELECT quotes.*, coalesce(reprints.statement_id, quotes.id) AS statement_id
    FROM quotes LEFT JOIN reprints ON reprints.quote_id = quotes.id
    WHERE quotes.act = 'denial' AND quotes.vouched = 1
),
paired AS (
    SELECT denial.*, accusation.who_id, accusation.words, accusation.quote_id AS accusation_quote_id,
        accusation.relationship_id AS accusation_relationship_id,
        row_number() OVER (PARTITION BY denial.statement_id ORDER BY accusation.words IS NULL, abs(accusation.start - denial.start), denial.id) AS nearest
    FROM denial LEFT JOIN accusation ON accusation.article_id = denial.article_id AND accusation.whom_id = denial.speaker_id
)
SELECT articles.published_at, coalesce(speaker.name, paired.speaker_text) AS denied_by, paired.cue, paired.text AS denial,
    accuser.name AS accuser, paired.words AS accusation, articles.publisher, articles.title, articles.url,
    articles.id AS article_id, paired.id AS quote_id, paired.accusation_quote_id, paired.accusation_relationship_id
FROM paired
JOIN articles ON articles.id = paired.article_id
LEFT JOIN entities AS speaker ON speaker.id = paired.speaker_id
LEFT JOIN entities AS accuser ON accuser.id = paired.who_id
WHERE paired.nearest = 1
ORDER BY paired.words IS NULL, articles.published_at DESC, paired.id;
