"""The rules of brat's standoff format, by which brat itself takes a file or refuses it.

Stated from its documentation (https://brat.nlplab.org/standoff.html, https://brat.nlplab.org/configuration.html) and
from what its server does: what is wrong with a single line loses that line, what is wrong with an event loses the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

ID: Final = re.compile(r"(?:[A-Za-z]+|#[A-Za-z]*)\d+.*|\*")
ENDS: Final = re.compile(r" (\S+?):(\S+)")
MACROS: Final = {"<ANY>", "<ENTITY>", "<RELATION>", "<EVENT>", "<NONE>", "<OVERLAP>", "<OVL-TYPE>", "<REL-TYPE>"}
SECTIONS: Final = ["entities", "relations", "events", "attributes"]


def complaints(text: str, annotations: str) -> Iterator[str]:
    """What brat would not take of a document: its text, and the lines of its `.ann`."""
    types: dict[str, str] = {}
    joined: list[tuple[str, str, list[str]]] = []
    for line in annotations.splitlines():  # brat's reader ends a line wherever Python does
        id_, tab, rest = line.partition("\t")
        head, _, tail = rest.partition("\t")
        if not tab or not ID.fullmatch(id_) or id_[0] not in "TREAMN#*":
            yield f"{line!r} begins with no id and tab"
            continue
        if id_ in types:
            yield f"{id_} is there twice"
        type_ = re.split("[ :]", head, maxsplit=1)[0]
        if id_ != "*":
            types[id_] = type_
        found, ends = _line(id_, head, tail, text)
        joined.append((id_, type_, ends))
        yield from (f"{id_}: {one}" for one in found)
    yield from _references(types, joined)


def _line(id_: str, head: str, tail: str, text: str) -> tuple[list[str], list[str]]:
    """What is wrong with one line by itself, and the ids that it names; a trigger is the first of an event's."""
    words = head.split(" ")
    if id_[0] == "T":
        return list(_text_bound(head, tail, text)), []
    if id_[0] == "E":
        ok = re.fullmatch(r"[^\s:]+:[^\s:]+(?: [^\s:]+:[^\s:]+)*", head)
        return ([] if ok else ["no event"]), [word.partition(":")[2] for word in words]
    if id_[0] == "R":
        ends = ENDS.findall(head)
        ok = re.fullmatch(r"[^\s:]+(?: [^\s:]+:[^\s:]+){2}\s*", head) and ends[0][0] != ends[1][0]
        return ([] if ok else ["a relation has two arguments of different names"]), [end for _, end in ends]
    if id_ == "*":
        return ([] if len(words) > 2 else ["nothing is equivalent"]), words[1:]
    if id_[0] == "N":
        return ([] if re.fullmatch(r"\S+ \S+ \S+?:\S+", head) else ["no normalisation"]), words[1:2]
    wanted = r"\S+ \S+" if id_[0] == "#" else r"\S+ \S+(?: .+)?"
    return ([] if re.fullmatch(wanted, head) else ["it has a type and what it is about"]), words[1:2]


def _text_bound(head: str, tail: str, text: str) -> Iterator[str]:
    found = re.fullmatch(r"\S+ (\d+ \d+(?:;\d+ \d+)*)", head)
    if found is None:
        yield "a text-bound has its type and its offsets"
        return
    ranges = [(int(start), int(end)) for start, end in (one.split(" ") for one in found[1].split(";"))]
    for place, (start, end) in enumerate(ranges):
        if not 0 <= start <= end <= len(text):
            yield f"{start} {end} is not in the text"
        if any(end >= first and start < last for first, last in ranges[:place]):
            yield f"{start} {end} overlaps another range"
    words = " ".join(text[start:end] for start, end in ranges)
    if not tail.strip() and not words.strip():
        return  # brat fills in what is only white space
    if not tail.startswith(words) or tail[len(words) :].strip():
        yield f"the text {tail!r} is not {words!r}"


def _references(types: dict[str, str], joined: list[tuple[str, str, list[str]]]) -> Iterator[str]:
    triggers = {ends[0]: type_ for id_, type_, ends in joined if id_[0] == "E" and ends}
    for id_, _, ends in joined:
        yield from (f"{id_} is about {end}, which is not there" for end in ends if end not in types)
        if id_[0] != "E":
            yield from (f"{id_} is about the trigger {end}" for end in ends if end in triggers)
    for trigger, type_ in triggers.items():
        if trigger[0] != "T" or types.get(trigger) != type_:
            yield f"the trigger {trigger} is a {types.get(trigger)} and no {type_}"


def complaints_about_configuration(configuration: str) -> Iterator[str]:
    """What brat would not take of an `annotation.conf`."""
    section = ""
    seen: list[str] = []
    for line in configuration.splitlines():
        if named := re.fullmatch(r"\s*\[(.*)\]\s*", line):
            section = named[1]
            seen.append(section)
        elif line.strip() and not line.startswith("#"):
            yield from (f"{line!r}: {one} is no macro" for one in re.findall("<.*?>", line) if one not in MACROS)
            type_, _, arguments = line.partition("\t")
            if type_ not in MACROS and not re.fullmatch(r"[A-Za-z0-9_-]+", type_):
                yield f"{type_!r} is no name of a type"
            for one in filter(None, map(str.strip, arguments.split(","))):
                if not re.fullmatch(r"\S+?:\S+", one):
                    yield f"{line!r}: {one!r} is no argument"
            if section == "attributes" and "Arg:" not in arguments:
                yield f"{type_} says not of what it is an attribute"
    if seen != SECTIONS:
        yield f"the sections are {seen}"
