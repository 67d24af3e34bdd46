"""How texts are indexed: by which of PostgreSQL's configurations (`simple` where there is none), and in which form."""

from __future__ import annotations

from typing import Final

from annotations.text.folding import MANY_MARKS, MARKS

CONFIGURATIONS: Final = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "da": "danish", "nl": "dutch",
    "en": "english", "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi",
    "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "no": "norwegian", "nb": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""By primary language subtag; all of them ship with PostgreSQL 15 to 18."""

_CASES = " ".join(f"WHEN '{language}' THEN 'pg_catalog.{name}'" for language, name in CONFIGURATIONS.items())

CREATE_FUNCTION: Final = f"""
CREATE FUNCTION factcheck_text_search(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (CASE split_part(lower(language), '-', 1) {_CASES} ELSE 'pg_catalog.simple' END)::regconfig
$$
"""
"""Gives the configuration for a BCP 47 language tag."""

DROP_FUNCTION: Final = "DROP FUNCTION factcheck_text_search(text)"

CREATE_SEARCHABLE: Final = f"""
CREATE OR REPLACE FUNCTION factcheck_searchable(words text, folded boolean) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN octet_length(words) = char_length(words) THEN words
        WHEN folded THEN normalize(regexp_replace(normalize(
            regexp_replace(words, '{MANY_MARKS}', '\\1', 'g'), NFD), '[{MARKS}]', '', 'g'), NFC)
        ELSE normalize(regexp_replace(words, '{MANY_MARKS}', '\\1', 'g'), NFC)
    END
$$
"""
"""Gives a text as it is indexed and searched: composed, without diacritics where they are `folded`, and of a letter
with very many marks only the first."""

DROP_SEARCHABLE: Final = "DROP FUNCTION factcheck_searchable(text, boolean)"

LONGEST_BY_TRIGRAMS: Final = 5_000
"""Code points of a claim's quote and statement that are indexed; a longer claim is looked at in each search."""

CREATE_TRIGRAMS: Final = rf"""
CREATE FUNCTION factcheck_trigrams(quote text, statement text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    words text := upper(CASE WHEN statement <> quote THEN quote || E'\n' || statement ELSE quote END);
BEGIN
    IF char_length(words) > {LONGEST_BY_TRIGRAMS} THEN RETURN array_to_tsvector(ARRAY['long text']); END IF;
    IF octet_length(words) > char_length(words) THEN
        words := upper(regexp_replace(normalize(words, NFD), '[{MARKS}]', '', 'g'));
    END IF;
    words := translate(words, E'\x01', ' ');
    -- Cut in threes from the first, from the second and from the third letter on. What is left at the ends is shorter.
    RETURN array_to_tsvector(array_remove(
        string_to_array(regexp_replace(words, '(...)', E'\\1\x01', 'g'), E'\x01')
        || string_to_array(regexp_replace(substr(words, 2), '(...)', E'\\1\x01', 'g'), E'\x01')
        || string_to_array(regexp_replace(substr(words, 3), '(...)', E'\\1\x01', 'g'), E'\x01'), ''));
END
$$
"""
"""Gives the trigrams of a claim's quote and statement, in upper case and without diacritics. A claim that holds the
words of a query holds their trigrams, whether its project folds diacritics or not. They are lexemes of a text search
vector, whose index also finds beginnings of lexemes: queries of one letter or two."""

DROP_TRIGRAMS: Final = "DROP FUNCTION factcheck_trigrams(text, text)"

MOST_TRIGRAMS: Final = 32
"""Trigrams of a query that are looked up."""

CREATE_TRIGRAM_QUERY: Final = rf"""
CREATE FUNCTION factcheck_trigram_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH trigrams AS (
        SELECT trigram, char_length(trigram) AS letters, max(char_length(trigram)) OVER () AS most
        FROM unnest(tsvector_to_array(factcheck_trigrams(left(words, 300), NULL))) AS trigram
    ), looked_up AS (SELECT * FROM trigrams WHERE letters = most ORDER BY trigram LIMIT {MOST_TRIGRAMS})
    SELECT (string_agg('''' || replace(replace(trigram, '\', '\\'), '''', '''''') || ''''
                       || CASE WHEN letters < 3 THEN ':*' ELSE '' END, ' & ') || ' | ''long text''')::tsquery
    FROM looked_up
$$
"""
"""Gives the query for claims that may hold these words; null where nothing is left of them without diacritics."""

DROP_TRIGRAM_QUERY: Final = "DROP FUNCTION factcheck_trigram_query(text)"
