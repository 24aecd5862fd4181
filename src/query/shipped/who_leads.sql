-- who_leads: who is said to lead an organization or a place, and when that was written, with the latest article
-- :whom  (name) what is led
SELECT leader.name AS leader, relationships.detail AS office, led.name AS whom,
    (SELECT min(earlier.published_at) FROM relationships AS stated JOIN articles AS earlier ON earlier.id = stated.article_id
        WHERE stated.subject_id = leader.id AND stated.predicate = 'leads' AND stated.object_id = led.id
          AND stated.detail_key IS relationships.detail_key AND stated.status = relationships.status) AS first_seen,
    max(articles.published_at) AS last_seen, count(DISTINCT articles.id) AS articles, relationships.status,
    articles.publisher, articles.title, articles.id AS article_id, relationships.id AS relationship_id -- of the row that max() is from
FROM relationships
JOIN articles ON articles.id = relationships.article_id
JOIN entities AS leader ON leader.id = relationships.subject_id
JOIN entities AS led ON led.id = relationships.object_id
WHERE relationships.predicate = 'leads'
  AND relationships.status IN ('asserted', 'reported', 'ended')
  AND relationships.object_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:whom))
GROUP BY leader.id, led.id, relationships.detail_key, relationships.status
ORDER BY articles DESC, last_seen DESC, leader;
