"""What becomes of the types of others: a label, a relation, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from annotations.formats.uima.layers import DKPRO, METADATA, SENTENCE
from annotations.project_settings import starting_label_fields
from annotations.vocabulary import LABELS, RELATIONS, Label, Relation, complaints_about_values

NAMED_LABELS: Final = {
    **{label: label for label in LABELS},
    "majorclaim": Label.CLAIM.value,
    "premise": Label.FACT.value,
    "evidence": Label.FACT.value,
}
NAMED_RELATIONS: Final = {
    **{relation: relation for relation in RELATIONS},
    "support": Relation.CORROBORATES.value,
    "supports": Relation.CORROBORATES.value,
    "attack": Relation.CONTRADICTS.value,
    "attacks": Relation.CONTRADICTS.value,
}
TELLING: Final = ("value", "label", "kind", "category", "relation", "argumentType", "role")
"""Features whose value says what an annotation is, where one layer holds several kinds."""
LAID_OUT: Final = (SENTENCE, METADATA, "uima.tcas.DocumentAnnotation")
"""Not marks but the text's own: sentences are Factcheck's, metadata are read."""
LINGUISTIC: Final = re.compile(r"(?:de\.tudarmstadt\.ukp\.|org\.dkpro\.|uima\.)")
VALUED: Final = f"{DKPRO}ner.type."
"""Of DKPro's layers, the one that people mark by hand and give a value."""


def mapped(names: Iterable[str], types: Mapping[str, str], named: Mapping[str, str]) -> str | None:
    """What the first of these names that says something becomes: by what a person chose, else by its own meaning.

    None where none does; an empty text where it is left out.
    """
    wanted = list(names)
    for name in wanted:
        if name in types:
            return types[name]
    return next((named[key] for name in wanted if (key := re.sub(r"[\W_]", "", name.lower())) in named), None)


def names_of(type_name: str, values: Mapping[str, Any]) -> Iterator[str]:
    """The names by which a type may be mapped, the most particular first: telling values, its name, the name's end."""
    for feature in TELLING:
        if isinstance(values.get(feature), str):
            yield values[feature]
    yield type_name
    yield type_name.rpartition(".")[2]


def label_of(type_name: str, values: Mapping[str, Any], types: Mapping[str, str]) -> str:
    """The label of an annotation, or an empty text where it is left out."""
    label = mapped(names_of(type_name, values), types, NAMED_LABELS)
    if label is not None and (label in LABELS or not label):
        return label
    return "" if LINGUISTIC.match(type_name) and not type_name.startswith(VALUED) else "fact"


def key_of(feature: str, value: object, label: str) -> str:
    """The key of the field that holds another tool's feature: as like its name as keys are, and none that wants another
    kind of value.
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", feature)
    key = re.sub(r"[^a-z0-9_]", "_", words.lower()).strip("_")[:30]
    key = key if re.match("[a-z]", key) else f"f_{key}"
    starting = starting_label_fields()
    known = {field["key"] for field in starting[label]}
    return f"imported_{key}" if key in known and any(complaints_about_values({key: value}, label, starting)) else key
