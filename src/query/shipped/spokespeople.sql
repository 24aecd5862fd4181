-- spokespeople: everybody who speaks for somebody, with how often they are quoted and the latest article that says so
SELECT spokesperson.name AS spokesperson, spoken_for.name AS speaks_for, max(relationships.detail) AS office,
    count(DISTINCT relationships.article_id) AS articles, spokesperson.quote_count AS quotes, relationships.status = 'ended' AS ended,
    latest.published_at, latest.publisher, latest.title, latest.id AS article_id
FROM relationships
JOIN entities AS spokesperson ON spokesperson.id = relationships.subject_id
LEFT JOIN entities AS spoken_for ON spoken_for.id = relationships.object_id
JOIN articles AS latest ON latest.id = (
    SELECT articles.id FROM relationships AS stated JOIN articles ON articles.id = stated.article_id
    WHERE stated.subject_id = spokesperson.id AND stated.predicate = 'spokesperson_for' AND stated.object_id IS relationships.object_id
    ORDER BY articles.published_at DESC, articles.id LIMIT 1)
WHERE relationships.predicate = 'spokesperson_for'
  AND relationships.status IN ('asserted', 'reported', 'ended')
GROUP BY spokesperson.id, spoken_for.id, relationships.detail_key, relationships.status = 'ended'
ORDER BY articles DESC, spokesperson, speaks_for;
