-- most_quoted: the people who are quoted most in the whole archive
SELECT name, description, quote_count - coalesce(printed_again, 0) AS quotes, mention_count AS mentions
FROM people
LEFT JOIN (
    -- what copies of one article print counts once
    SELECT speaker_id, count(*) - count(DISTINCT statement_id) AS printed_again
    FROM reprints JOIN quotes ON quotes.id = quote_id
    WHERE vouched = 1 GROUP BY speaker_id
) ON speaker_id = people.id
WHERE quote_count > 0
ORDER BY quotes DESC, name;
