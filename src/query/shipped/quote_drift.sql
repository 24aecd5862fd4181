-- quote_drift: the same words of one speaker as different outlets print them, side by side, with the words that only one has
-- :speaker  (name) whose words they are
WITH RECURSIVE said AS MATERIALIZED (
    SELECT quotes.id, quotes.text, quotes.article_id, quotes.speaker_id, articles.publisher, articles.title, articles.published_at,
        coalesce(reprints.statement_id, -quotes.id) AS statement_id
    FROM quotes
    CROSS JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN reprints ON reprints.quote_id = quotes.id
    WHERE quotes.vouched = 1 AND quotes.kind IN ('direct', 'mixed')
      AND quotes.speaker_id IN (SELECT entity_id FROM aliases WHERE alias_key = lower(:speaker))
      -- what one quotes oneself as saying is told by the quote around it
      AND NOT EXISTS (SELECT 1 FROM quotes AS outer_quote WHERE outer_quote.id = quotes.within AND outer_quote.speaker_id = quotes.speaker_id)
),
-- the words of each quote, without marks, one a row
plain (id, rest) AS (
    SELECT id, lower(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(text,
        char(10), ' '), '“', ' '), '”', ' '), '"', ' '), '…', ' '), ',', ' '), '.', ' '), '!', ' '), '?', ' '), ':', ' '), ';', ' '),
        '—', ' '), '’', '''')) || ' '
    FROM said
),
split (id, place, word, rest) AS (
    SELECT id, 0, '', rest FROM plain
    UNION ALL
    SELECT id, place + (instr(rest, ' ') > 1), substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1)
    FROM split WHERE rest <> ''
),
words AS MATERIALIZED (SELECT id, place, word FROM split WHERE word <> ''),
runs AS MATERIALIZED (
    SELECT id, word || ' ' || lead(word, 1) OVER later || ' ' || lead(word, 2) OVER later || ' ' || lead(word, 3) OVER later AS run
    FROM words WINDOW later AS (PARTITION BY id ORDER BY place)
),
lengths AS MATERIALIZED (SELECT id, count(DISTINCT run) AS runs FROM runs WHERE run IS NOT NULL GROUP BY id),
-- two quotes that have three in ten runs of four words in common, in different outlets; copies of one article are one print
pairs AS MATERIALIZED (
    SELECT one.id AS one_id, other.id AS other_id, count(DISTINCT one.run) AS shared
    FROM runs AS one JOIN runs AS other ON other.run = one.run AND other.id > one.id
    JOIN said AS first ON first.id = one.id JOIN said AS second ON second.id = other.id
    WHERE first.speaker_id = second.speaker_id AND first.statement_id <> second.statement_id
      AND first.article_id <> second.article_id AND first.publisher IS NOT second.publisher
    GROUP BY one.id, other.id
    HAVING 10 * count(DISTINCT one.run) >= 3 * (SELECT min(runs) FROM lengths WHERE lengths.id IN (one.id, other.id))
)
SELECT speaker.name AS speaker, one.published_at, one.publisher, one.text AS quote,
    other.published_at AS other_published_at, other.publisher AS other_publisher, other.text AS other_quote,
    (SELECT group_concat(word, ' ') FROM (SELECT word FROM words WHERE words.id = one.id
        AND word NOT IN (SELECT word FROM words WHERE words.id = other.id) ORDER BY place)) AS only_here,
    (SELECT group_concat(word, ' ') FROM (SELECT word FROM words WHERE words.id = other.id
        AND word NOT IN (SELECT word FROM words WHERE words.id = one.id) ORDER BY place)) AS only_there,
    pairs.shared AS shared_runs, one.title, other.title AS other_title, one.article_id, other.article_id AS other_article_id,
    one.id AS quote_id, other.id AS other_quote_id
FROM pairs
JOIN said AS one ON one.id = pairs.one_id
JOIN said AS other ON other.id = pairs.other_id
JOIN entities AS speaker ON speaker.id = one.speaker_id
ORDER BY pairs.shared DESC, one.published_at, one.id, other.id;
