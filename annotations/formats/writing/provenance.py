"""What stored values say of the files that they came from and of who made them, as SQL for exports.

Imports keep that as it came: titles that are the name of a file, the path of a brat file before the lines that a span
keeps of it, fields in which other tools name their users. It may name people who are under pseudonyms here. So unless
names are asked for, a path is replaced by a name that stays the same within the project, a person by the pseudonym
that they have, and what cannot be replaced is left out. What people wrote themselves stays as it is.
"""

from __future__ import annotations

from typing import Any, Final

from annotations.formats.writing.selection import Selection, literal

BRAT_LINES: Final[dict[str, Any]] = {"key": "brat", "name": "As in brat", "kind": "text"}
"""The field that keeps the lines of the file, so that an export to the same format says them again."""

AVERITEC_LINES: Final[dict[str, Any]] = {"key": "averitec", "name": "As in AVeriTeC", "kind": "text"}
"""The field that keeps what a record has otherwise than it is written from here.

It is text with a line for each such thing, a JSON array: its name, what is written for it from here as things are, and
what was in the file; where the file had nothing, nothing. A line holds as long as the former is still so. Beside the
names of a record, or an answer, there are `questions/0/question` and `questions/0/answers` of a question;
`questions/0/answers/1`, an answer that is none and so no fact, as long as the question and its answer are as they say;
and for a fact `questions/of`, which of several equal questions it answers.
"""

PERSONS: Final = (
    "annotated_by", "annotator", "annotator_email", "annotator_id", "annotator_name", "annotators", "coded_by", "coder",
    "completed_by", "created_by", "creator", "curated_by", "curator", "email", "labeled_by", "labeler", "labelled_by",
    "labeller", "modified_by", "rated_by", "rater", "reviewed_by", "updated_by", "user", "user_email", "user_id",
    "user_name", "username", "worker", "worker_id",
)  # fmt: skip
"""Keys of fields, and names in files, under which tools say who made something."""

PATHS: Final = (
    "directory", "document_path", "file_name", "file_path", "filename", "filepath", "folder", "path", "source_file",
)  # fmt: skip
"""Keys of fields, and names in files, under which tools say where something lay."""

TITLE: Final = """
    CASE WHEN {article}.title_from_file AND {article}.title !~ '^article-[0-9a-f]{{12}}$'
        THEN 'article-' || right(replace({article}.id::text, '-', ''), 12) ELSE {article}.title END
"""

KNOWN: Final = """
    (SELECT min(q.name) FROM annotations_user u JOIN people q ON q.id = u.id
     WHERE ({value} = u.name OR lower({value}) = u.email)
       AND (EXISTS (SELECT FROM annotations_membership m WHERE m.user_id = u.id AND m.project_id = {project})
            OR EXISTS (SELECT FROM annotations_assignment g JOIN annotations_article b ON b.id = g.article_id
                       WHERE g.assignee_id = u.id AND b.project_id = {project})))
"""
"""What somebody is called who is, or was, of the project under this name; null where nobody is."""

DIGEST: Final = """
    CASE WHEN {value} ~ '^{kind}-[0-9a-f]{{12}}$' THEN {value} ELSE
        '{kind}-' || left(encode(sha256(convert_to({key} || ':{kind}:' || {value}, 'UTF8')), 'hex'), 12) END
"""
"""A name for a value that stays the same within a project; one that came with a dataset stays what it is."""

HEAD: Final = "substr({value}, 1, position(' in ' IN {value}) + 3)"
"""The label before the path."""

ORIGIN: Final = "substr(split_part({value}, E'\\n', 1), position(' in ' IN {value}) + 4)"
"""The path in the first line."""

REMARKS: Final = """
    CASE WHEN {value} ~ '\\t[#AM]' THEN (
        SELECT coalesce(string_agg(E'\\n' || line, '' ORDER BY place), '')
        FROM string_to_table({value}, E'\\n') WITH ORDINALITY AS lines(line, place)
        WHERE place > 1 AND (left(split_part(line, E'\\t', 2), 1) NOT IN ('#', 'A', 'M')
            OR lower(split_part(split_part(split_part(line, E'\\t', 3), ' ', 1), '-', -1)) NOT IN ({persons})))
    ELSE substr({value}, length(split_part({value}, E'\\n', 1)) + 1) END
"""
"""The lines of brat after the first, without those (notes and attributes) whose type says who made something."""

LINES: Final = """
    CASE WHEN position(' in ' IN split_part({value}, E'\\n', 1)) = 0 THEN {value}
        ELSE {head} || {file} || {remarks} END
"""

RECORDS: Final = """
    (SELECT string_agg(line, E'\\n' ORDER BY place)
     FROM string_to_table({value}, E'\\n') WITH ORDINALITY AS lines(line, place) WHERE {said})
"""

FIELDS: Final = """
    CASE WHEN NOT {span}.fields ?| ARRAY[{keys}] THEN {span}.fields
    WHEN NOT {span}.fields ?| ARRAY[{but_brat}] AND jsonb_typeof({span}.fields -> {brat}) = 'string'
    THEN jsonb_set({span}.fields, ARRAY[{brat}], to_jsonb({only_lines}))
    ELSE (
        SELECT coalesce(jsonb_object_agg(kept.key, kept.value), '{{}}') FROM (
            SELECT one.key, CASE
                WHEN one.key NOT IN ({keys}) OR jsonb_typeof(one.value) NOT IN ('string', 'number') THEN one.value
                WHEN jsonb_typeof(one.value) = 'number' THEN NULL
                WHEN one.key = {brat} THEN to_jsonb({lines})
                WHEN one.key = {averitec} THEN to_jsonb({records})
                WHEN one.key IN ({paths}) THEN to_jsonb({file})
                ELSE to_jsonb(coalesce({known}, {person})) END AS value
            FROM jsonb_each({span}.fields) AS one
            CROSS JOIN LATERAL (SELECT one.value #>> '{{}}' AS text) AS said) AS kept
        WHERE kept.value IS NOT NULL) END
"""
"""Most spans that came from brat have nothing to replace but its lines: then no other field is looked at."""


def title(selection: Selection, article: str) -> str:
    """The title of the article with this alias; made of its id where it is only the name of a file."""
    return f"{article}.title" if selection.names else TITLE.format(article=article)


def fields(selection: Selection, span: str = "s") -> str:
    """The fields of the span with this alias; `people` stands before it."""
    if selection.names:
        return f"{span}.fields"
    key = literal(str(selection.project.pseudonym_key))
    text = "said.text"
    others = (AVERITEC_LINES["key"], *PERSONS, *PATHS)
    return FIELDS.format(
        span=span,
        keys=_listed(BRAT_LINES["key"], *others),
        but_brat=_listed(*others),
        only_lines=_lines(f"({span}.fields ->> {literal(BRAT_LINES['key'])})", key),
        paths=_listed(*PATHS),
        brat=literal(BRAT_LINES["key"]),
        averitec=literal(AVERITEC_LINES["key"]),
        lines=_lines(text, key),
        records=RECORDS.format(value=text, said=says_nobody(selection, "line")),
        known=KNOWN.format(value=text, project=selection.project.pk),
        file=DIGEST.format(value=text, kind="file", key=key),
        person=DIGEST.format(value=text, kind="person", key=key),
    )


def _lines(value: str, key: str) -> str:
    return LINES.format(
        value=value,
        head=HEAD.format(value=value),
        file=DIGEST.format(value=ORIGIN.format(value=value), kind="file", key=key),
        remarks=REMARKS.format(value=value, persons=_listed(*PERSONS)),
    )


def says_nobody(selection: Selection, line: str) -> str:
    """Whether a line that a span keeps of a record of AVeriTeC names nobody, and no path."""
    if selection.names:
        return "true"
    name = f'"(?:{"|".join((*PERSONS, *PATHS))})"'
    return f"{line} !~* {literal(rf'^[[]{name}[],]|{name}: ')}"


def _listed(*values: str) -> str:
    return ", ".join(map(literal, values))
