-- accusations: who accuses, criticizes or threatens whom, the most repeated first, with the latest article
SELECT one.name AS who, relationships.predicate, other.name AS whom,
    count(DISTINCT relationships.article_id) AS articles, max(articles.published_at) AS last_seen,
    substr(articles.body, relationships.start + 1, relationships.end - relationships.start) AS words,
    articles.publisher, articles.title, articles.id AS article_id, relationships.id AS relationship_id -- of the row that max() is from
FROM relationships
JOIN articles ON articles.id = relationships.article_id
JOIN entities AS one ON one.id = relationships.subject_id
JOIN entities AS other ON other.id = relationships.object_id
WHERE relationships.predicate IN ('accused', 'criticized', 'threatened')
  AND relationships.status IN ('asserted', 'reported')
GROUP BY one.id, relationships.predicate, other.id
ORDER BY articles DESC, last_seen DESC, who;
