"""What the lists can be narrowed to: as many values as a page offers, and a way to those that it does not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from annotations.models import User
from annotations.web.lists import filters
from tests.cast import TEXT, Cast, make_article, make_span, make_verdict, person
from tests.web.visit import signed_in, words


@pytest.fixture(autouse=True)
def two_are_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if two values were many."""
    monkeypatch.setattr(filters, "OFFERED", 2)


def page(cast: Cast, name: str, **asked: str) -> str:
    response = signed_in(cast.manager).get(reverse(name, args=[cast.project.slug]), asked)
    assert response.status_code == 200
    return response.content.decode()


def options(page: str, name: str) -> list[str]:
    """The labels of a filter's choices, without the one that chooses all; the chosen one begins with ``>``."""
    [menu] = re.findall(rf'<select name="{name}".*?</select>', page, re.DOTALL) or [page]
    found = re.findall(r"<option([^>]*)>([^<]*)</option>", menu)
    return [f"{'>' if 'selected' in more else ''}{label}" for more, label in found if label != "All"]


MORE = "More: type the first letters to find them"


@pytest.fixture
def outlets(cast: Cast) -> Cast:
    """Articles of four outlets, one of which has two and one an archived one."""
    for number, outlet in enumerate(["Mail", "post", "Post", "Mail", "News", ""]):
        article = make_article(cast.project, f"{TEXT} {number}", outlet=outlet, title=f"Title {number}", language="de")
        article.describe(by=cast.manager, archived=outlet == "News", outlet=outlet)
    cast.article.describe(by=cast.manager, outlet="Abc")
    return cast


def test_the_first_outlets_are_offered_once_each_and_the_others_can_be_found(outlets: Cast) -> None:
    first = page(outlets, "articles")
    assert options(first, "outlet") == ["Abc", "Mail", MORE]
    assert 'name="outlet_from"' in first
    assert options(page(outlets, "articles", outlet_from="n"), "outlet") == ["News", "Post", MORE]
    assert options(page(outlets, "articles", outlet_from="PO"), "outlet") == ["Post", "post"]


def test_a_value_that_is_not_among_the_first_narrows_the_list_and_stays_chosen(outlets: Cast) -> None:
    found = page(outlets, "articles", outlet="post")
    assert options(found, "outlet") == [">post", "Abc", "Mail", MORE]
    assert "Title 1<" in found
    assert "Title 0<" not in found


def test_few_values_are_offered_whole(outlets: Cast) -> None:
    found = page(outlets, "articles")
    assert options(found, "language") == ["de", "en"]
    assert "language_from" not in found


def test_whoever_types_gets_the_choices_alone(outlets: Cast) -> None:
    asked = {"HX-Request": "true", "HX-Trigger-Name": "outlet_from"}
    response = signed_in(outlets.viewer).get(
        reverse("articles", args=[outlets.project.slug]), {"outlet_from": "p", "outlet": "Mail"}, headers=asked
    )
    assert options(response.content.decode(), "outlet") == [">Mail", "Post", "post"]
    assert "<table" not in response.content.decode()


def test_claims_are_narrowed_to_any_article_of_the_project_and_to_no_other(outlets: Cast) -> None:
    other = make_article(outlets.project, "The harbour was closed.", title="Zebra")
    make_span(outlets.annotator, other, (4, 11))
    make_span(outlets.annotator, outlets.article)
    found = page(outlets, "claims", article=str(other.pk))
    assert options(found, "article") == [">Zebra", "The bridge", "Title 0", MORE]
    assert "harbour" in found
    assert "the bridge is safe" not in found
    assert options(page(outlets, "claims", article_from="title 5"), "article") == ["Title 5", "Zebra"]


def test_annotators_are_found_by_what_they_are_called(cast: Cast) -> None:
    for name in ("Zoe", "adam", "Berta", ""):
        cast.project.memberships.create(user=(one := person(name.lower() or "nobody")), roles=["annotator"])
        User.objects.filter(pk=one.pk).update(name=name)
        make_span(one, cast.article)
    assert options(page(cast, "articles"), "annotator") == ["adam", "Berta", MORE]
    assert options(page(cast, "articles", annotator_from="m"), "annotator")[0].startswith("Member ")
    assert options(page(cast, "articles", annotator_from="Z"), "annotator") == ["Zoe"]


@pytest.mark.parametrize("name", ["articles", "review"])
def test_a_filter_names_nobody_who_did_nothing_in_the_project(cast: Cast, name: str) -> None:
    make_verdict(cast.annotator, make_span(cast.annotator, cast.article))
    field = {"articles": "annotator", "review": "author"}[name]
    found = page(cast, name, **{field: str(cast.outsider.pk)})
    assert options(found, field) == [str(cast.annotator)]


@pytest.mark.parametrize("start", ["\0", "x" * 301, "%", "\\"])
def test_a_beginning_that_makes_no_sense_finds_what_there_is(outlets: Cast, start: Any) -> None:
    assert "Title 0<" in page(outlets, "articles", outlet_from=start)


def test_finding_values_narrows_nothing(outlets: Cast) -> None:
    assert "No articles yet" not in words(
        signed_in(outlets.manager).get(reverse("articles", args=[outlets.project.slug]), {"outlet_from": "x"})
    )
