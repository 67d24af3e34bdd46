"""The relation table of `vocabulary.py` as the triggers of links and spans say it.

Conditions of PL/pgSQL, written as people would write them: their text is part of the triggers, so another text, if only
by a space, would be a migration.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from annotations.vocabulary import EVIDENCE, MEANINGS, Label, Meaning, Relation


def _is(column: str, values: Sequence[str]) -> str:
    quoted = ", ".join(f"'{value}'" for value in values)
    return f"{column} = {quoted}" if len(values) == 1 else f"{column} IN ({quoted})"


def _is_not(column: str, values: Sequence[str]) -> str:
    quoted = ", ".join(f"'{value}'" for value in values)
    return f"{column} <> {quoted}" if len(values) == 1 else f"{column} NOT IN ({quoted})"


def _ends(meaning: Meaning) -> str:
    ends = (("source.label", meaning.sources), ("target.label", meaning.targets))
    return " AND ".join(_is(column, labels) for column, labels in ends if set(labels) != set(Label)) or "true"


def _cases() -> str:
    usual = _ends(MEANINGS[EVIDENCE[0]])
    others = [(relation, _ends(meaning)) for relation, meaning in MEANINGS.items() if _ends(meaning) != usual]
    return "\n        ".join([*(f"WHEN '{relation}' THEN {ends}" for relation, ends in others), f"ELSE {usual}"])


def _stays_target() -> str:
    reached = {label: [one for one in Relation if label in MEANINGS[one].targets] for label in Label}
    always = [label for label, relations in reached.items() if len(relations) == len(Relation)]
    sometimes = {label: some for label, some in reached.items() if some and label not in always}
    return " OR\n                                  ".join([
        *([_is("NEW.label", always)] if always else []),
        *(f"({_is('NEW.label', [label])} AND {_is('l.relation', some)})" for label, some in sometimes.items()),
    ])  # fmt: skip


def _no_source() -> str:
    return "\n                                  OR ".join(
        f"{_is('l.relation', [relation])} AND {_is_not('NEW.label', meaning.sources)}"
        for relation, meaning in MEANINGS.items()
        if set(meaning.sources) != set(Label)
    )


def is_evidence(link: str) -> str:
    """That the link with this alias bears on whether a claim is true."""
    return _is(f"{link}.relation", EVIDENCE)


IS_CORROBORATING: Final = _is("l.relation", [Relation.CORROBORATES])
IS_CONTRADICTING: Final = _is("l.relation", [Relation.CONTRADICTS])

JOINED: Final = f"CASE NEW.relation\n        {_cases()} END"
"""That the relation of a link may go from the label of its `source` to that of its `target`."""

STAYS_TARGET: Final = _stays_target()
"""That a link `l` may still end at a span with its new label."""

NO_SOURCE: Final = _no_source()
"""That a link `l` may not go out from a span with its new label."""
