"""What joins annotations: relations (`Governor` to `Dependent`), slots, and chains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cassis.typesystem import FeatureStructure, is_annotation
from django.utils.translation import gettext

from annotations.formats.reading.decoding import passage_of
from annotations.formats.reading.records import LinkRecord, SpanRecord
from annotations.formats.uima.layers import LINK
from annotations.formats.uima.reading.spans import as_text, declare
from annotations.formats.uima.reading.types import LINGUISTIC, NAMED_RELATIONS, mapped, names_of
from annotations.formats.uima.reading.view import Reading
from annotations.vocabulary import RELATIONS

SOURCE_FIELDS: Final = ("source", "cue")
"""Fields of the kind passage of an attribution, and slots that say the same."""


def is_relation(fs: FeatureStructure) -> bool:
    """Whether its type has both ends."""
    return {"Governor", "Dependent"} <= {feature.name for feature in fs.type.all_features}


def take_relation(reading: Reading, fs: Any) -> None:
    """A relation as a link; what the table of relations cannot hold is refused by name."""
    name = reading.type_of(fs)
    plain, references = reading.values(fs)
    relation = mapped(names_of(name, plain), reading.options.types, NAMED_RELATIONS)
    if relation == "" or (relation is None and LINGUISTIC.match(name)):
        reading.left_out[name] += 1
        return
    ours = name == LINK and reading.is_made_here(fs, LINK)
    made = reading.made(fs, plain if ours else {})
    if not ours:
        made["note"] = "\n".join(f"{feature}: {as_text(value)}" for feature, value in plain.items())
    _join(reading, fs, relation, references.get("Governor"), references.get("Dependent"), made, name)


def _join(
    reading: Reading, fs: Any, relation: str | None, source: Any, target: Any, made: Mapping[str, Any], called: str
) -> None:
    if relation not in RELATIONS:
        reading.refuse(
            fs,
            "relation_unknown",
            gettext("%(name)s is not one of: %(relations)s. Choose what it becomes.")
            % {"name": called, "relations": ", ".join(RELATIONS)},
        )
        return
    ends = [reading.spans.get(end.xmiID) if isinstance(end, FeatureStructure) else None for end in (source, target)]
    if ends[0] is None or ends[1] is None:
        reading.refuse(fs, "end_missing", gettext("%(name)s joins something that was not imported.") % {"name": called})
        return
    link = LinkRecord(relation=relation, source=ends[0].key, target=ends[1].key, location=reading.where(fs), **made)
    reading.document.links.append(link)


def take_link_from_elsewhere(reading: Reading, fs: Any) -> None:
    """A link whose source is in another document of the import: its ends are ids."""
    plain, _ = reading.values(fs)
    made = reading.made(fs, plain)
    if fs.relation not in RELATIONS or not fs.source or not fs.target:
        reading.refuse(
            fs, "relation_unknown", gettext("This needs a relation and the ids of its source and its target.")
        )
        return
    source, target = reading.origin.key(fs.source), reading.origin.key(fs.target)
    link = LinkRecord(relation=fs.relation, source=source, target=target, location=reading.where(fs), **made)
    reading.document.links.append(link)


def take_slots(reading: Reading, host: Any) -> None:
    """The slots of an annotation: lists of links with a role and a target."""
    _, references = reading.values(host)
    for feature, links in references.items():
        for link in links if isinstance(links, list) else []:
            reading.spend(1)
            target = getattr(link, "target", None)
            if not isinstance(target, FeatureStructure):
                reading.features.add((reading.type_of(host), feature))
                continue
            _take_slot(reading, host, feature, link, target)


def _take_slot(reading: Reading, host: Any, feature: str, link: Any, target: Any) -> None:
    role = getattr(link, "role", None) or feature
    span = reading.spans[host.xmiID]
    if span.label == "attribution" and _is_field(reading, span, role.lower(), target):
        return
    names = [role, link.type.name, link.type.name.rpartition(".")[2], f"{reading.type_of(host)}:{feature}"]
    attributes = {"content": "attributes"} if span.label == "attribution" else {}
    relation = mapped(names, reading.options.types, {**NAMED_RELATIONS, **attributes})
    if relation == "":
        reading.left_out[f"{reading.type_of(host)}:{feature}"] += 1
        return
    made = {"key": f"{span.key}:{feature}:{link.xmiID or target.xmiID}", "annotator": span.annotator}
    _join(reading, host, relation, host, target, made, gettext("The slot %(role)s") % {"role": role})


def _is_field(reading: Reading, span: SpanRecord, role: str, target: Any) -> bool:
    """Whether a slot of an attribution is one of its fields of the kind passage, which it then has."""
    taken = role in span.fields or role in reading.options.types
    if role not in SOURCE_FIELDS or taken or not is_annotation(target):
        return False
    start, end = reading.offsets.fragment(target.begin, target.end, reading.where(target))
    span.fields[role] = passage_of(reading.offsets.text, start, end)
    declare(reading, "attribution", {"key": role, "name": role.capitalize(), "kind": "passage"})
    return True


def refuse_chain(reading: Reading, fs: Any) -> None:
    """A chain as a whole: no relation says that spans name the same thing."""
    length, link, seen = 0, fs.first, set()
    while link is not None and id(link) not in seen:
        reading.spend(1)
        seen.add(id(link))
        length, link = length + 1, getattr(link, "next", None)
    reading.refuse(
        fs,
        "chain",
        gettext("A chain of %(count)s spans can't be imported. Its spans were imported without it.")
        % {"count": length},
    )
