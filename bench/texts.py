"""Made-up news articles of a given length, the same ones every time, and passages in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from annotations.text.sentences import sentence_ranges

LENGTH: Final = 3_000
"""Code points of an article."""

SPANS: Final = 20
LONGEST_QUOTE: Final = 140

WHO: Final = (
    "The ministry", "Mayor Elin Söderström", "A spokesman for the coalition", "The Dutch harbour authority",
    "Résistance médicale", "An engineer who asked not to be named", "The governor’s office", "Dr. Amal Haddad",
    "The news agency", "A resident of the old town", "The opposition", "General Ødegård", "The Red Crescent",
)  # fmt: skip
SAYS: Final = ("said", "denied", "could not confirm", "reported", "insisted", "doubted", "told reporters", "wrote")
WHAT: Final = (
    "that the bridge over the river had been closed", "that the shelling stopped before dawn",
    "that “no more than a handful” of people were hurt", "that water would be cut for the whole district",
    "that the figures published last month were wrong", "that the convoy had turned back at the border",
    "that two thirds of the houses stand empty", "that the hospital treats patients again",
    "that nobody had been arrested — at least not yet", "that prices rose faster than wages",
)  # fmt: skip
WHEN: Final = (
    "on Monday", "late on Tuesday", "in the first week of March", "after the vote", "before the talks in Geneva",
    "for the third time this year", "within hours", "in a statement", "near the eastern gate", "since 2017",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A span to be: ordered, disjoint ranges of the text, what they select, and its label."""

    fragments: list[tuple[int, int]]
    quote: str
    label: str


@dataclass(frozen=True, slots=True)
class Text:
    """An article to be."""

    title: str
    body: str
    sentences: list[tuple[int, int]]
    passages: list[Passage]


def texts(count: int) -> Iterator[Text]:
    """`count` articles, no two alike."""
    random = Random(20170616)
    for number in range(count):
        body = _body(random, number)
        sentences = sentence_ranges(body)
        yield Text(f"Report {number}: {random.choice(WHAT)[5:]}", body, sentences, _passages(random, body, sentences))


def _body(random: Random, number: int) -> str:
    body = f"Report {number}."
    while len(body) < LENGTH:
        body += "\n" if random.random() < 0.2 else " "
        body += f"{random.choice(WHO)} {random.choice(SAYS)} {random.choice(WHEN)} {random.choice(WHAT)}"
        body += f", and {random.randrange(2, 900)} families left." if random.random() < 0.3 else "."
    return body[: LENGTH - 1].rstrip().ljust(LENGTH, "…")


def _passages(random: Random, body: str, sentences: list[tuple[int, int]]) -> list[Passage]:
    """Passages of different sentences, in reading order: by turns a claim, an attribution and a fact."""
    chosen = sorted(random.sample(sentences[1:-1], SPANS))
    return [
        _passage(body, start, min(end, start + random.randrange(40, LONGEST_QUOTE)), turn)
        for turn, (start, end) in enumerate(chosen)
    ]


def _passage(body: str, start: int, end: int, turn: int) -> Passage:
    fragments = [(start, end)]
    if turn % 10 == 9:  # a quotation broken by "he said"
        middle = (start + end) // 2
        fragments = [(start, middle - 5), (middle + 5, end)]
    quote = " … ".join(body[first:last] for first, last in fragments)
    return Passage(fragments, quote, ("claim", "attribution", "fact")[turn % 3])
