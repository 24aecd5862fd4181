-- mentioned_never_quoted: people whom many articles mention and none quotes, with the latest article
SELECT person.name, person.description, count(DISTINCT mentions.article_id) AS articles, count(*) AS mentions,
    count(DISTINCT articles.publisher) AS outlets,
    -- what onrecord does not vouch for: look at it before you say that somebody is never quoted
    (SELECT count(*) FROM quotes WHERE quotes.speaker_id = person.id) AS doubtful_quotes,
    max(articles.published_at) AS published_at, articles.publisher, articles.title, articles.id AS article_id -- of the row that max() is from
FROM entities AS person
JOIN mentions ON mentions.entity_id = person.id
JOIN articles ON articles.id = mentions.article_id
WHERE person.kind = 'person' AND person.quote_count = 0
GROUP BY person.id
HAVING count(DISTINCT mentions.article_id) > 1
ORDER BY articles DESC, mentions DESC, person.name;
