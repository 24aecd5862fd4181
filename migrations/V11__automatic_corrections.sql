-- Corrections that no person gave: rows that a whole archive shows to be one person's.

-- A column at the end of the table, with its comment, as in version 9. All that was ruled before version 11 was ruled by people.
PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(replace(sql, '    CHECK (json_valid(target))',
'    origin     TEXT NOT NULL DEFAULT ''person'' CHECK (origin IN (''person'', ''automatic'')), -- who gave it; automatic: the end of a run, and any person''s word wins over it
    CHECK (json_valid(target))'),
    '-- One row per verdict of a person.', '-- One row per verdict of a person, or of the program where origin says so.')
WHERE type = 'table' AND name = 'corrections';

PRAGMA writable_schema = RESET;
