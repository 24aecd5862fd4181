-- most_quoted: the people who are quoted most in the whole archive, with the latest article that quotes each
SELECT people.name, people.description, people.quote_count - coalesce(reprinted.again, 0) AS quotes, people.mention_count AS mentions,
    articles.published_at, articles.publisher, articles.title, articles.id AS article_id, latest.id AS quote_id
FROM people
LEFT JOIN (
    -- what copies of one article print counts once
    SELECT speaker_id, count(*) - count(DISTINCT statement_id) AS again
    FROM reprints JOIN quotes ON quotes.id = quote_id
    WHERE vouched = 1 GROUP BY speaker_id
) AS reprinted ON reprinted.speaker_id = people.id
LEFT JOIN quotes AS latest ON latest.id = (
    SELECT id FROM quotes WHERE speaker_id = people.id AND vouched = 1 ORDER BY published_at DESC, id DESC LIMIT 1)
LEFT JOIN articles ON articles.id = latest.article_id
WHERE people.quote_count > 0
ORDER BY quotes DESC, people.name;
