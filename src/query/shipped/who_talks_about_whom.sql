-- who_talks_about_whom: who is quoted about whom, how often and in how many outlets, with the latest quote
SELECT speaker.name AS speaker, subject.name AS about, count(DISTINCT coalesce(reprints.statement_id, quotes.id)) AS quotes,
    count(DISTINCT articles.publisher) AS outlets, max(articles.published_at) AS published_at, quotes.text AS latest_quote,
    articles.publisher, articles.title, articles.id AS article_id, quotes.id AS quote_id -- of the row that max() is from
FROM quotes
JOIN quote_subjects ON quote_subjects.quote_id = quotes.id AND quote_subjects.entity_id <> quotes.speaker_id
JOIN entities AS speaker ON speaker.id = quotes.speaker_id
JOIN entities AS subject ON subject.id = quote_subjects.entity_id
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN reprints ON reprints.quote_id = quotes.id
WHERE quotes.vouched = 1
GROUP BY speaker.id, subject.id
ORDER BY quotes DESC, outlets DESC, speaker, about;
