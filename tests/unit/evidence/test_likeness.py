"""Which texts count as nearly the same."""

from __future__ import annotations

import random

import pytest

from annotations.text.near_duplicates import ALIKE, PLACES, Groups, Sketch, join_alike, likeness, sketch

WORDS = [f"word{number}" for number in range(3000)]


def drawn(seed: int, count: int = 400) -> list[str]:
    """Words in an order of their own."""
    return random.Random(seed).choices(WORDS, k=count)  # noqa: S311 - no secret


def edited(words: list[str], changes: int) -> list[str]:
    """The same with some words replaced."""
    dice, changed = random.Random(changes), list(words)  # noqa: S311 - no secret
    for place in dice.sample(range(len(words)), changes):
        changed[place] = "other"
    return changed


def shared(one: list[str], other: list[str]) -> float:
    """The share of runs of five words in common, counted."""
    first, second = ({tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (one, other))
    return len(first & second) / len(first | second)


def groups_of(texts: list[str]) -> list[int]:
    """The group of each text."""
    groups = Groups(len(texts))
    sketches: list[Sketch] = [sketch(text) for text in texts]
    join_alike(sketches, groups)
    return [groups.of(place) for place in range(len(texts))]


@pytest.mark.parametrize("changes", [0, 4, 15, 40])
def test_the_estimate_is_near_the_count(changes: int) -> None:
    pairs = [(words, edited(words, changes)) for words in map(drawn, range(30))]

    estimates = [likeness(sketch(" ".join(one)), sketch(" ".join(other))) for one, other in pairs]
    counts = [shared(one, other) for one, other in pairs]

    assert abs(sum(estimates) - sum(counts)) / 30 < 0.02


def test_a_copy_with_a_few_changes_is_found_among_many() -> None:
    texts = [" ".join(drawn(seed)) for seed in range(200)]
    copies = [" ".join(edited(drawn(seed), 12)) for seed in range(0, 200, 10)]

    groups = groups_of(texts + copies)

    assert groups[:200] == list(range(200))
    assert groups[200:] == list(range(0, 200, 10))


def test_joined_ones_are_one_group_by_way_of_others() -> None:
    groups = Groups(5)
    groups.join(4, 3)
    groups.join(1, 3)

    assert [groups.of(member) for member in range(5)] == [0, 1, 2, 1, 1]


def test_case_and_line_breaks_make_no_difference() -> None:
    assert sketch("The bridge\nis SAFE, they say") == sketch("the bridge is safe they say")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("今天天气很好，我们去公园玩吧，你要不要一起来呢", "今天天气很好，我们去公园玩吧，你要不要一起来啊"),
        (
            "قال المتحدث باسم الوزارة إن الجسر آمن اليوم",
            "قال المتحدث باسم الوزارة إن الجسر آمن",
        ),
    ],
    ids=["Chinese", "Arabic"],
)
def test_other_scripts_have_runs_too(one: str, other: str) -> None:
    assert ALIKE < likeness(sketch(one), sketch(other)) < 1


def test_texts_without_words_and_short_ones_have_a_sketch() -> None:
    assert likeness(sketch(""), sketch("…")) == 1
    assert likeness(sketch("Yes"), sketch("No")) == 0
    assert len(sketch("Yes")) == PLACES
