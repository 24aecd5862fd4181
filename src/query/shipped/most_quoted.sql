-- most_quoted: the people who are quoted most in the whole archive
SELECT name, description, quote_count AS quotes, mention_count AS mentions
FROM people
WHERE quote_count > 0
ORDER BY quote_count DESC, name;
