-- co_mentioned: who and what stands in the same articles as somebody most often, with the latest of them
-- :name  (name) the one whose company is asked for
SELECT other.name, other.kind, count(DISTINCT beside.article_id) AS articles, max(articles.published_at) AS published_at,
    articles.publisher, articles.title, articles.id AS article_id -- of the row that max() is from
FROM (
    SELECT DISTINCT mentions.article_id FROM mentions
    WHERE mentions.entity_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:name))
) AS shared
JOIN articles ON articles.id = shared.article_id
CROSS JOIN mentions AS beside ON beside.article_id = shared.article_id
JOIN entities AS other ON other.id = beside.entity_id
WHERE other.id NOT IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:name))
GROUP BY other.id
ORDER BY articles DESC, other.name;
