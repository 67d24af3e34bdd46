"""Identifiers that the server makes where a client sends none."""

from __future__ import annotations

import time
from uuid import RFC_4122

from annotations.models.base.identifiers import new_id


def test_an_identifier_is_a_uuid_of_version_7_with_the_time_in_it() -> None:
    made = new_id()

    assert (made.version, made.variant) == (7, RFC_4122)
    assert abs((made.int >> 80) / 1000 - time.time()) < 60


def test_identifiers_sort_in_the_order_in_which_they_were_made_and_never_repeat() -> None:
    made = [new_id() for _ in range(10_000)]

    assert made == sorted(set(made))
    assert [str(one) for one in made] == sorted(str(one) for one in made)
