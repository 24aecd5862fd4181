-- spokespeople: everybody who speaks for somebody, with how often they are quoted
SELECT spokesperson.name AS spokesperson, spoken_for.name AS speaks_for, relationships.detail AS office,
    count(DISTINCT relationships.article_id) AS articles, spokesperson.quote_count AS quotes
FROM relationships
JOIN entities AS spokesperson ON spokesperson.id = relationships.subject_id
LEFT JOIN entities AS spoken_for ON spoken_for.id = relationships.object_id
WHERE relationships.predicate = 'spokesperson_for'
  AND relationships.status IN ('asserted', 'reported', 'ended')
GROUP BY spokesperson.id, spoken_for.id, relationships.detail
ORDER BY articles DESC, spokesperson, speaks_for;
