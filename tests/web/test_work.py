"""My work, and starting a project."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from annotations.models import Membership, Project, Role
from annotations.web.work import views as work
from tests.cast import Cast, make_article, make_cast, make_span, make_supported, make_verdict
from tests.web.visit import signed_in, words


def test_an_annotator_sees_what_waits_and_where_they_stopped(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)
    make_article(cast.project, "Another text.", title="The tunnel")
    page = words(signed_in(cast.annotator).get(reverse("work")))
    assert "Continue where you left off “the bridge is safe”" in page
    assert "To annotate 2 The bridge In progress The tunnel Not started" in page


def test_a_returned_verdict_shows_with_the_reviewers_reason(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Who else says so?")
    page = words(signed_in(cast.annotator).get(reverse("work")))
    assert "Returned to you 1 the bridge is safe “Who else says so?”" in page


def test_of_many_returned_verdicts_the_last_are_shown_with_the_way_to_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "MOST_RETURNED", 2)
    for at in range(3):
        verdict = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, (at, 33)))
        verdict.submit(by=cast.annotator, from_version=1)
        verdict.send_back(by=cast.reviewer, from_version=2, reason=f"Reason {at}.")
    page = signed_in(cast.annotator).get(reverse("work"))
    assert "Returned to you 3" in words(page)
    assert re.findall(r"Reason \d", words(page)) == ["Reason 2", "Reason 1"]
    assert "The latest 2 verdicts are shown. All returned verdicts" in words(page)
    assert f'{reverse("claims", args=[cast.project.slug])}?state=returned"' in page.content.decode()


def test_a_reviewer_sees_the_queue_without_their_own_verdicts(cast: Cast) -> None:
    Membership.objects.filter(user=cast.annotator).update(roles=[Role.ANNOTATOR, Role.REVIEWER])
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    assert "To review 1 the bridge is safe" in words(signed_in(cast.reviewer).get(reverse("work")))
    assert "To review 0" in words(signed_in(cast.annotator).get(reverse("work")))


def test_somebody_without_a_project_is_told_what_to_do(cast: Cast) -> None:
    page = words(signed_in(cast.outsider).get(reverse("work")))
    assert "You have no projects yet" in page
    assert cast.outsider.email in page
    assert "ask an administrator of this site for permission" in page
    assert "New project" not in page


def test_who_may_not_start_projects_is_told_whom_to_ask(cast: Cast) -> None:
    response = signed_in(cast.annotator).get(reverse("new-project"))

    assert response.status_code == 403
    assert "You can't create projects. Ask an administrator" in words(response)


def test_the_page_asks_the_database_as_often_for_many_projects_as_for_one(
    cast: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def another_project() -> None:
        other = make_cast()
        Membership.objects.create(project=other.project, user=cast.annotator, roles=[Role.ANNOTATOR, Role.REVIEWER])
        claim = make_span(other.annotator, other.article)
        make_verdict(other.annotator, claim).submit(by=other.annotator, from_version=1)

    client = signed_in(cast.annotator)
    another_project()
    with django_assert_max_num_queries(12) as first:
        client.get(reverse("work"))
    for _ in range(4):
        another_project()
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(reverse("work"))


def test_who_starts_a_project_manages_it_and_its_address_comes_from_its_name(cast: Cast) -> None:
    response = signed_in(cast.manager).post(
        reverse("new-project"), {"name": "Élections 2027", "slug": "", "mode": "shared"}
    )
    project = Project.objects.get(slug="elections-2027")
    assert response["Location"] == reverse("dashboard", args=["elections-2027"])
    assert project.memberships.get().roles == ["manager"]


def test_a_taken_address_is_refused_in_words_and_what_was_typed_stays(cast: Cast) -> None:
    response = signed_in(cast.manager).post(
        reverse("new-project"), {"name": "Mine", "slug": cast.project.slug, "mode": "independent"}
    )
    assert response.status_code == 400
    assert "That URL name is taken" in words(response)
    assert f'value="{cast.project.slug}"' in response.content.decode()
