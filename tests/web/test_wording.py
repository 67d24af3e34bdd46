"""How pages write numbers, dates, plurals and lists."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from annotations.formats.tables.reading.mapping import COLUMNS
from annotations.web.wording import COLUMN_NAMES, COUNTS, counted, day, in_utc, listed, thousands


def rendered(source: str, **context: object) -> str:
    """What a template with our tags makes of some values."""
    return Template("{% load wording i18n %}" + source).render(Context(context))


@pytest.mark.parametrize(("number", "words"), [(0, "0 spans"), (1, "1 span"), (2, "2 spans"), (1_200, "1,200 spans")])
def test_a_count_has_thousands_separators_and_the_right_plural(number: int, words: str) -> None:
    assert counted(number, "span") == rendered('{{ n|counted:"span" }}', n=number) == words


@pytest.mark.parametrize("thing", COUNTS)
def test_things_that_are_counted_are_found_by_their_singular(thing: str) -> None:
    assert counted(1, thing) == f"1 {thing}"


def test_numbers_and_dates_are_written_by_the_formats_of_the_language() -> None:
    at = datetime(2026, 11, 29, 8, 5, tzinfo=UTC)

    assert (thousands(1_234_567), day(date(2026, 11, 29)), in_utc(at)) == (
        "1,234,567",
        "29 Nov 2026",
        "29 Nov 2026, 08:05 UTC",
    )
    assert rendered("{{ at|date }} {{ size|filesizeformat }}", at=at, size=3 * 1024**2) == "29 Nov 2026 3.0\xa0MB"
    with translation.override("de"):
        assert thousands(1_234_567) == "1.234.567"


def test_a_list_ends_with_and() -> None:
    lists = [["annotator"], ["annotator", "reviewer"], ["annotator", "reviewer", "manager"]]

    assert [listed(one) for one in lists] == ["annotator", "annotator and reviewer", "annotator, reviewer and manager"]
    assert rendered("{{ roles|listed }}", roles=lists[1]) == "annotator and reviewer"


def test_every_column_of_a_table_has_a_name() -> None:
    assert set(COLUMN_NAMES) == {name for names in COLUMNS.values() for name in names}
