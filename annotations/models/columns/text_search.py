"""Which of PostgreSQL's text search configurations reads a language; `simple` where there is none."""

from __future__ import annotations

from typing import Final

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
