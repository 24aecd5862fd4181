-- met: whom somebody met or spoke with, newest first, with the words that say so
-- :name  (name) one of the two
SELECT articles.published_at, one.name AS one, relationships.predicate, other.name AS other, relationships.status,
    substr(articles.body, relationships.start + 1, relationships.end - relationships.start) AS evidence,
    articles.publisher, articles.title, articles.url, articles.id AS article_id, relationships.id AS relationship_id
FROM (SELECT DISTINCT entity_id AS id FROM aliases WHERE alias_key = lower(:name)) AS asked
JOIN relationships ON relationships.subject_id = asked.id OR relationships.object_id = asked.id
JOIN articles ON articles.id = relationships.article_id
JOIN entities AS one ON one.id = relationships.subject_id
LEFT JOIN entities AS other ON other.id = relationships.object_id
WHERE relationships.predicate IN ('met_with', 'spoke_with', 'visited', 'hosted')
ORDER BY articles.published_at DESC, relationships.id;
