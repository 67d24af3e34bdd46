"""Whom a text names."""

from __future__ import annotations

import pytest

from annotations.models.notice import mentions_in

PEOPLE = [
    (1, "Ada Keller"),
    (2, "Ada"),
    (3, "Zoë O'Neil"),
    (4, "x@example.org"),
    (5, "Max Roe"),
    (6, "max roe"),
    (7, ""),
    (8, "Rene\u0301e"),
]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Well, @Ada Keller?", {1: "Ada Keller"}),
        ("@Ada, see this", {2: "Ada"}),
        ("@ada KELLER and @Ada", {1: "ada KELLER", 2: "Ada"}),
        ("(@Zoë O'Neil)", {3: "Zoë O'Neil"}),
        ("@x@example.org please", {4: "x@example.org"}),
        ("@Max Roe", {5: "Max Roe", 6: "Max Roe"}),
        ("@Max Roe#6", {6: "Max Roe#6"}),
        ("@Adam, @Ada's, @", {2: "Ada"}),
        ("mail me@Ada or @@Ada", {}),
        ("@Zoe\u0308 O'Neil said so", {3: "Zoe\u0308 O'Neil"}),
        ("É, @Renée and e\u0301, @Rene\u0301e", {8: "Renée"}),
        ("@nobody", {}),
        ("Ada Keller", {}),
        ("", {}),
    ],
)
def test_members_are_named_by_their_whole_name(text: str, named: dict[int, str]) -> None:
    assert mentions_in(text, PEOPLE) == named


def test_nobody_is_named_where_nobody_is() -> None:
    assert mentions_in("@Ada", []) == {}
