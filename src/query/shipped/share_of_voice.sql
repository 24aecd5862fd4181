-- share_of_voice: whom each outlet quotes most, with their share of all its quotes, those of nobody named included: ten for each outlet
WITH counted AS (
    SELECT articles.publisher, quotes.speaker_id, count(DISTINCT coalesce(reprints.statement_id, quotes.id)) AS quotes,
        count(DISTINCT quotes.article_id) AS articles, max(articles.published_at) AS published_at,
        articles.id AS article_id -- of the row that max() is from
    FROM quotes
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN reprints ON reprints.quote_id = quotes.id
    WHERE quotes.vouched = 1
    GROUP BY articles.publisher, quotes.speaker_id
),
ranked AS (
    SELECT *, sum(quotes) OVER (PARTITION BY publisher) AS of_quotes,
        row_number() OVER (PARTITION BY publisher ORDER BY speaker_id IS NULL, quotes DESC, articles DESC, speaker_id) AS rank
    FROM counted
)
SELECT ranked.publisher, ranked.rank, speaker.name AS speaker, ranked.quotes,
    round(100.0 * ranked.quotes / ranked.of_quotes, 1) AS percent, ranked.of_quotes, ranked.articles,
    ranked.published_at, latest.title, ranked.article_id
FROM ranked
JOIN entities AS speaker ON speaker.id = ranked.speaker_id
JOIN articles AS latest ON latest.id = ranked.article_id
WHERE ranked.rank <= 10
ORDER BY ranked.of_quotes DESC, ranked.publisher, ranked.rank;
