-- who_leads: who is said to lead an organization or a place, and when that was written
-- :whom  (name) what is led
SELECT leader.name AS leader, relationships.detail AS office, led.name AS whom,
    min(articles.published_at) AS first_seen, max(articles.published_at) AS last_seen,
    count(DISTINCT articles.id) AS articles, relationships.status
FROM relationships
JOIN articles ON articles.id = relationships.article_id
JOIN entities AS leader ON leader.id = relationships.subject_id
JOIN entities AS led ON led.id = relationships.object_id
WHERE relationships.predicate = 'leads'
  AND relationships.status IN ('asserted', 'reported', 'ended')
  AND relationships.object_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:whom))
GROUP BY leader.id, led.id, relationships.detail, relationships.status
ORDER BY articles DESC, last_seen DESC, leader;
