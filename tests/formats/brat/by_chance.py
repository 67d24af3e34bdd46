"""Files of annotations as nobody writes them: everything about anything, in any order."""

from __future__ import annotations

import re
from random import Random
from typing import Final

TEXT: Final = (
    "The bridge, said 🙂 the mayor of Derry,\nis safe and open. Police deny it;\n she repeated: all open. " * 2
)
WORDS: Final = [found.span() for found in re.finditer(r"\S+", TEXT)]
TYPES: Final = (
    "Claim", "MajorClaim", "Premise", "Content", "Source", "Cue", "Gene", "Attribution", "Attribution-no-source",
)  # fmt: skip
ROLES: Final = ("Source", "Content", "Content2", "Cue", "Other", "Whole")


def ann(chance: Random) -> str:
    """The lines of a file, of which each that is said of something is said of what is there."""
    bounds = _bounds(chance)
    events, relations, attributes = (
        [f"{letter}{number}" for number in range(1, chance.randint(0, 4) + 1)] for letter in "ERA"
    )
    texts = list(bounds)
    lines = [f"{id_}\t{chance.choice(TYPES)} {bound}" for id_, bound in bounds.items()]
    for id_ in events:
        roles = (f" {role}:{chance.choice(texts + events)}" for role in chance.sample(ROLES, chance.randint(0, 4)))
        type_ = chance.choice(["Attribution", "Attribution-no-source", "Move"])
        lines.append(f"{id_}\t{type_}:{chance.choice(texts)}{''.join(role for role in roles if id_ not in role)}")
    for id_ in relations:
        type_ = chance.choice(["Support", "Attack", "attributes", "restates", "Follows"])
        ends = [chance.choice(texts + events) for _ in range(2)]
        lines.append(f"{id_}\t{type_} Arg1:{ends[0]} Arg2:{ends[1]}{chance.choice(['', chr(9)])}")
    for id_ in attributes:
        type_ = chance.choice(["Negation", "Kind", "Without-cue"])
        lines.append(f"{id_}\t{type_} {chance.choice(texts + events + relations)}{chance.choice(['', ' high'])}")
    for number in range(1, chance.randint(0, 4) + 1):
        about = chance.choice(texts + events + relations + attributes)
        lines.append(f"#{number}\t{chance.choice(['AnnotatorNotes', 'Lemma'])} {about}\t{chance.choice(['x', ' a␤b'])}")
    lines.append(f"*\tEquiv {chance.choice(texts)} {chance.choice(texts)}")
    lines.append(f"N1\tReference {chance.choice(texts)} Wikidata:Q1\tthe city")
    if chance.random() < 0.5:
        chance.shuffle(lines)
    return "".join(f"{line}\n" for line in lines)


def _bounds(chance: Random) -> dict[str, str]:
    """Offsets and text by id; some are the same."""
    found: dict[str, str] = {}
    for number in range(1, chance.randint(1, 9) + 1):
        ranges = sorted(chance.sample(WORDS, chance.choice([1, 1, 1, 2, 3])))
        offsets = ";".join(f"{start} {end}" for start, end in ranges)
        bound = f"{offsets}\t{' '.join(TEXT[start:end] for start, end in ranges)}"
        found[f"T{number}"] = chance.choice(list(found.values())) if found and chance.random() < 0.2 else bound
    return found
