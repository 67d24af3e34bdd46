"""What is held to the vocabulary: the triggers, the importers and the style sheet."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from annotations.formats.brat import names as brat
from annotations.formats.claims.averitec import reader as averitec
from annotations.formats.tables.reading import guess, mapping
from annotations.formats.uima import layers
from annotations.formats.uima.reading import types as uima
from annotations.vocabulary import (
    COMMENTERS,
    EVIDENCE,
    FIELD_KINDS,
    LABELS,
    MEANINGS,
    OVERSEERS,
    PLURALS,
    RELATIONS,
    ROLE_MEANINGS,
    Label,
    Role,
    joins,
    new_source,
)

ROOT: Path = settings.BASE_DIR
STATIC = ROOT / "annotations" / "static" / "annotations"
SHEET = (STATIC / "css" / "vocabulary.css").read_text()
JOINED = {ends for ends in product(RELATIONS, LABELS, LABELS) if joins(*ends)}


def trigger(name: str, pattern: str) -> str:
    """The part of a trigger's function, as the database has it, that the pattern's group matches."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname LIKE %s", [f"pgtrigger_{name}_%"])
        sources = [source for (source,) in cursor.fetchall()]
    [part] = [found[1] for source in sources if (found := re.search(pattern, source, re.DOTALL))]
    return str(part)


def rows(condition: str, columns: str, *values: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The combinations of values that meet a condition of SQL, in which they are `columns`."""
    lists = ", ".join(
        f"unnest(ARRAY[{', '.join(map(repr, some))}]) {name}"
        for name, some in zip(columns.split(), values, strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns.split())} FROM {lists} WHERE {condition}")
        return set(cursor.fetchall())


@pytest.mark.django_db
def test_the_trigger_of_links_joins_what_the_vocabulary_says() -> None:
    case = trigger("joins_what_it_may", r"IF NOT \((CASE NEW\.relation.*? END)\)")
    for old, new in (("NEW.relation", "relation"), ("source.label", "source"), ("target.label", "target")):
        case = case.replace(old, new)

    assert rows(case, "relation source target", RELATIONS, LABELS, LABELS) == JOINED


@pytest.mark.django_db
def test_the_trigger_of_spans_refuses_labels_that_their_links_do_not_join() -> None:
    check = r"FROM annotations_link l\s+WHERE (l\.target_id = OLD\.id AND NOT .*?)\) THEN"
    refused = trigger("held_by_review", check).replace("l.relation", "relation").replace("NEW.label", "label")
    as_target = refused.replace("l.target_id = OLD.id", "true").replace("l.source_id = OLD.id", "false")
    as_source = refused.replace("l.target_id = OLD.id", "false").replace("l.source_id = OLD.id", "true")
    all_of_them = set(product(RELATIONS, LABELS))

    assert rows(as_target, "relation label", RELATIONS, LABELS) == all_of_them - {(one, end) for one, _, end in JOINED}
    assert rows(as_source, "relation label", RELATIONS, LABELS) == all_of_them - {(one, end) for one, end, _ in JOINED}


def test_everything_is_said_of_each_label_relation_and_role() -> None:
    assert list(MEANINGS) == list(RELATIONS)
    assert list(PLURALS) == list(Label)
    assert list(ROLE_MEANINGS) == list(Role)
    assert {*OVERSEERS, *COMMENTERS} < set(Role)
    assert all(kind.json in ("string", "number", "boolean", "object") for kind in FIELD_KINDS.values())


def test_importers_map_to_labels_and_relations_that_there_are() -> None:
    assert set(brat.LABELS.values()) == set(brat.TYPES) == set(LABELS) == set(uima.NAMED_LABELS.values())
    assert set(brat.LINKING.values()) == set(RELATIONS) == set(uima.NAMED_RELATIONS.values())
    assert set(layers.LABELS.values()) == set(LABELS)
    assert mapping.MAPPED["label"] == frozenset(LABELS)
    assert mapping.MAPPED["relation"] == frozenset(RELATIONS)
    assert set(averitec.RELATIONS.values()) == set(EVIDENCE)


def test_words_of_other_tools_are_guessed_to_be_labels_and_relations_that_there_are() -> None:
    words = {*guess.SUPPORTING, *guess.REFUTING, *guess.CLAIMS, *guess.FACTS}

    relations = guess.guessed_values("relation", words, frozenset(RELATIONS), [])
    labels = guess.guessed_values("label", words, frozenset(LABELS), [])
    assert {*relations.values()} - {None} <= set(RELATIONS)
    assert {*labels.values()} - {None} <= set(LABELS)


def test_importers_make_spans_that_the_relation_joins_to_a_claim() -> None:
    assert [relation for relation in RELATIONS if not joins(relation, new_source(relation), "claim")] == []


def test_the_style_sheet_colours_each_label_and_relation_and_nothing_else() -> None:
    parts = {
        name: [(value, tuple(re.findall(r"(--[\w-]+):", rules))) for value, rules in re.findall(pattern, SHEET)]
        for name, pattern in (
            ("label", r'\[data-label="(\w+)"\] \{([^}]*)\}'),
            ("relation", r'\[data-relation="(\w+)"\] \{([^}]*)\}'),
        )
    }

    assert parts["label"] == [(label, ("--label", "--label-ground", "--label-line")) for label in LABELS]
    assert parts["relation"] == [
        (relation, ("--relation", "--relation-ground", "--relation-dashes")) for relation in RELATIONS
    ]


def test_no_other_style_sheet_names_a_relation_or_colours_a_label() -> None:
    others = [path for path in (STATIC / "css").rglob("*.css") if path.name != "vocabulary.css"]
    named = re.compile(rf"\b({'|'.join(RELATIONS)})\b|data-(label|relation)=|\.({'|'.join(LABELS)})\b(?!-)")

    assert {path.name: found[0] for path in others if (found := named.search(path.read_text()))} == {}


def test_marks_in_the_text_are_styled_for_each_label() -> None:
    marks = (STATIC / "css" / "highlights.css").read_text()

    for label in LABELS:
        assert all(f"::highlight(fc-{label}-{level})" in marks for level in range(3))
        assert f"::highlight(fc-active-{label})" in marks
