-- Corrections that no person gave: rows that a whole archive shows to be one person's.

-- A column at the end of the table, with its comment, as in version 9. All that was ruled before version 11 was ruled by people.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(replace(sql, '    CHECK (substr(target, 1, 1)',
'    origin     TEXT NOT NULL DEFAULT ''person'' CHECK (origin IN (''person'', ''automatic'')), -- who gave it; automatic: the end of a run, and any person''s word wins over it
    CHECK (substr(target, 1, 1)'),
    '-- One row per verdict of a person.', '-- One row per verdict of a person, or of the program where origin says so.')
WHERE type = 'table' AND name = 'corrections';

UPDATE sqlite_schema SET sql = replace(sql, 'What is known of an entity is what the first such article tells.',
    'What is known of an entity is what the first such article tells, and of gender what most of the first nine tell.')
WHERE type = 'table' AND name = 'traits';

PRAGMA writable_schema = RESET;

-- A person's gender was what the first article told; it is what most of the first nine tell that tell any.
CREATE TEMP TABLE told AS
SELECT entity_id, (
    SELECT gender FROM (
        SELECT gender, article_id FROM traits WHERE entity_id = those.entity_id AND gender IS NOT NULL
        ORDER BY article_id LIMIT 9
    )
    GROUP BY gender ORDER BY count(*) DESC, min(article_id) LIMIT 1
) AS gender
FROM (SELECT DISTINCT entity_id FROM traits WHERE gender IS NOT NULL) AS those;

UPDATE ruled_entities SET gender = told.gender FROM told WHERE entity_id = id AND ruled_entities.gender IS NOT told.gender;

UPDATE entities SET gender = told.gender FROM told WHERE entity_id = id AND entities.gender IS NOT told.gender AND kind = 'person'
    AND id NOT IN (SELECT id FROM ruled_entities);

DROP TABLE told;

PRAGMA user_version = 11;
