-- copies: articles whose text, or nearly the same, was printed before, with the first print
SELECT copy.published_at, copy.publisher, copy.title, first.published_at AS first_published_at,
    first.publisher AS first_publisher, first.title AS first_title, copy.url, copy.id AS article_id, first.id AS first_article_id
FROM articles AS copy
JOIN articles AS first ON first.id = copy.duplicate_of
ORDER BY copy.published_at DESC, copy.id;
