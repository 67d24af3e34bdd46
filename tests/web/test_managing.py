"""Members, settings, guidelines: what managers do."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse

from annotations import paging
from annotations.models import Assignment, Event, Invitation, Membership, User
from annotations.web.text import guidelines as formatting
from tests.cast import Cast, make_span, make_verdict
from tests.web.visit import signed_in, words


def sent(cast: Cast, page: str, /, *args: Any, **values: Any) -> Any:
    """What a page answers to the manager, redirects followed."""
    return signed_in(cast.manager).post(reverse(page, args=[cast.project.slug, *args]), values, follow=True)


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"email": "", "roles": ["viewer"]}, "Enter the email of the person to invite."),
        ({"email": "nobody", "roles": ["viewer"]}, "Enter a complete email address"),
        ({"email": "somebody@example.org"}, "Choose at least one role."),
        ({"email": "somebody@example.org", "roles": ["king"]}, "Select a valid choice"),
    ],
)
def test_a_bad_invitation_names_the_field(cast: Cast, values: dict[str, Any], complaint: str) -> None:
    response = sent(cast, "members", **values)
    assert response.status_code == 400
    assert complaint in words(response)
    assert not Invitation.objects.exists()


def test_a_member_is_not_added_twice(cast: Cast) -> None:
    response = sent(cast, "members", email=cast.viewer.email, roles=["viewer"])
    assert response.status_code == 400
    assert "This person is already a member." in words(response)


def test_roles_are_changed_and_members_removed_in_the_managers_name(cast: Cast) -> None:
    viewer = Membership.objects.get(user=cast.viewer)
    assert "Roles of viewer saved: Annotator, Viewer." in words(
        sent(cast, "member", viewer.pk, roles=["viewer", "annotator"])
    )
    assert "viewer is no longer a member" in words(sent(cast, "member", viewer.pk, do="remove"))
    assert not Membership.objects.filter(user=cast.viewer).exists()
    assert Event.objects.of(cast.project.pk, "membership", viewer.pk)[0].by == cast.manager


@pytest.mark.parametrize("values", [{"do": "remove"}, {"roles": ["annotator"]}])
def test_the_last_manager_stays(cast: Cast, values: dict[str, Any]) -> None:
    own = Membership.objects.get(user=cast.manager)
    assert "A project needs at least one manager. Make somebody else a manager first." in words(
        sent(cast, "member", own.pk, **values)
    )
    assert Membership.objects.get(pk=own.pk).roles == ["manager"]


def test_a_member_without_any_role_is_refused(cast: Cast) -> None:
    viewer = Membership.objects.get(user=cast.viewer)
    assert "at least one" in words(sent(cast, "member", viewer.pk, do="change"))
    assert Membership.objects.get(pk=viewer.pk).roles == ["viewer"]


def test_a_membership_of_another_project_is_not_found(cast: Cast, independent_cast: Cast) -> None:
    other = Membership.objects.get(user=independent_cast.viewer)
    assert sent(cast, "member", other.pk, do="remove").status_code == 404


def test_the_general_settings_are_stored_and_bad_ones_named(cast: Cast) -> None:
    sent(cast, "settings", name="Bridges", mode="independent", annotators_per_article="3")
    cast.project.refresh_from_db()
    assert (cast.project.name, cast.project.mode, cast.project.annotators_per_article) == ("Bridges", "independent", 3)
    response = sent(cast, "settings", name="", mode="independent", annotators_per_article="many")
    assert response.status_code == 400
    assert "Enter a name for the project." in words(response)
    assert "a whole number from 1 to 100" in words(response)


def fields(**changes: Any) -> dict[str, Any]:
    """The form of the label fields with two for claims."""
    rows = {
        "claim-row": ["0", "1"],
        "claim-0-key": "statement", "claim-0-name": "Statement", "claim-0-kind": "text",
        "claim-1-key": "", "claim-1-name": "How sure", "claim-1-kind": "choice",
        "claim-1-choices": "yes: Quite sure\r\nNot at all",
    }  # fmt: skip
    return {**rows, **changes}


def test_fields_are_edited_and_new_ones_get_their_keys_from_their_names(cast: Cast) -> None:
    sent(cast, "settings-fields", **fields())
    cast.project.refresh_from_db()
    assert cast.project.label_fields["claim"] == [
        {"key": "statement", "name": "Statement", "kind": "text"},
        {
            "key": "how_sure",
            "name": "How sure",
            "kind": "choice",
            "choices": [{"key": "yes", "name": "Quite sure"}, {"key": "not_at_all", "name": "Not at all"}],
        },
    ]


def test_rows_are_stored_in_the_order_of_the_page(cast: Cast) -> None:
    sent(cast, "settings-fields", **fields(**{"claim-row": ["1", "0"]}))
    cast.project.refresh_from_db()
    assert [field["key"] for field in cast.project.label_fields["claim"]] == ["how_sure", "statement"]


def test_a_field_that_spans_use_cannot_be_removed_but_renamed(cast: Cast) -> None:
    make_span(cast.annotator, cast.article, fields={"statement": "The bridge is safe."})
    response = sent(cast, "settings-fields", **fields(**{"claim-remove": "0"}))
    assert response.status_code == 400
    assert "You can't delete a field that is in use" in words(response)
    sent(cast, "settings-fields", **fields(**{"claim-0-name": "In full"}))
    cast.project.refresh_from_db()
    assert cast.project.label_fields["claim"][0]["name"] == "In full"


def test_a_bad_field_is_named_at_its_row_and_what_was_typed_stays(cast: Cast) -> None:
    response = sent(cast, "settings-fields", **fields(**{"claim-1-key": "No Key!", "claim-1-choices": ""}))
    assert response.status_code == 400
    assert "A key can have at most 40 lowercase letters" in words(response)
    assert "Enter 1 to 100 choices" in words(response)
    assert 'value="No Key!"' in response.content.decode()


def scale(**changes: Any) -> dict[str, Any]:
    """The form of a scale of two ratings."""
    rows = {
        "scale-row": ["0", "1"],
        "scale-0-key": "true", "scale-0-name": "True", "scale-0-needs": "corroborating",
        "scale-0-colour": "green", "scale-0-value": "5", "scale-0-meaning": "It is so.",
        "scale-1-key": "", "scale-1-name": "Half true", "scale-1-needs": "", "scale-1-colour": "amber",
        "scale-1-value": "2,5", "scale-1-meaning": "",
    }  # fmt: skip
    return {**rows, **changes}


def test_the_scale_is_edited(cast: Cast) -> None:
    sent(cast, "settings-scale", **scale())
    cast.project.refresh_from_db()
    assert [(one["key"], one["needs"], one["value"]) for one in cast.project.scale] == [
        ("true", "corroborating", 5),
        ("half_true", "", 2.5),
    ]


def test_a_rating_in_use_stays_and_a_bad_value_is_named(cast: Cast) -> None:
    make_verdict(cast.annotator, make_span(cast.annotator, cast.article))
    assert "You can't delete a rating that is in use" in words(sent(cast, "settings-scale", **scale()))
    for value in ("high", "9" * 400, "-" + "9" * 400):
        assert "Enter a number" in words(sent(cast, "settings-scale", **scale(**{"scale-0-value": value})))
    cast.project.refresh_from_db()
    assert len(cast.project.scale) == 4


def test_an_archived_project_leaves_the_work_and_can_come_back(cast: Cast) -> None:
    sent(cast, "settings-archive", archived="yes")
    assert "Bridge" not in words(signed_in(cast.annotator).get(reverse("work")))
    assert "This project is archived" in words(
        signed_in(cast.annotator).get(reverse("dashboard", args=[cast.project.slug]))
    )
    sent(cast, "settings-archive", archived="no")
    assert "Bridge" in words(signed_in(cast.annotator).get(reverse("work")))


def test_guidelines_are_written_in_markdown_and_show_who_changed_them(cast: Cast) -> None:
    sent(cast, "guidelines-edit", guidelines="# How\r\n\r\nMark *all* claims.", step="save")
    response = signed_in(cast.viewer).get(reverse("guidelines", args=[cast.project.slug]))
    assert "<h2>How</h2>" in response.content.decode()
    assert "by manager" in words(response)


def test_a_preview_of_the_guidelines_stores_nothing(cast: Cast) -> None:
    response = sent(cast, "guidelines-edit", guidelines="Draft **only**", step="preview")
    cast.project.refresh_from_db()
    assert "<strong>only</strong>" in response.content.decode()
    assert cast.project.guidelines == ""


@pytest.mark.parametrize("markdown", ["[" * 200_000, ("> " * 500 + "a\n") + "a\n" * 99_000, "- [ \n" * 33_000])
def test_guidelines_that_take_too_long_to_format_are_shown_as_they_are_written(cast: Cast, markdown: str) -> None:
    with patch.object(formatting, "MOST_SECONDS", 0.05):
        page = words(sent(cast, "guidelines-edit", guidelines=markdown, step="preview"))
    assert "formatting them takes too long" in page
    assert " ".join(markdown.split()) in page


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "![x](https://elsewhere.example/pixel.png)",
    ],
)
def test_guidelines_never_carry_code_or_fetch_from_elsewhere(cast: Cast, markdown: str) -> None:
    sent(cast, "guidelines-edit", guidelines=markdown, step="save")
    page = signed_in(cast.viewer).get(reverse("guidelines", args=[cast.project.slug])).content.decode()
    article = page[page.index('<article class="prose"') : page.index("</article>")]
    assert "<script" not in article
    assert "<img" not in article
    assert 'href="javascript' not in article


def test_characters_that_no_database_holds_do_not_reach_it(cast: Cast) -> None:
    assert sent(cast, "settings-fields", **fields(**{"claim-0-name": "State\0ment"})).status_code == 200
    assert sent(cast, "guidelines-edit", guidelines="a\0b", step="save").status_code == 400
    cast.project.refresh_from_db()
    assert cast.project.label_fields["claim"][0]["name"] == "Statement"


def test_a_form_that_arrives_empty_removes_no_fields(cast: Cast) -> None:
    answer = signed_in(cast.manager).post(f"/projects/{cast.project.slug}/settings/fields/")

    assert answer.status_code == 400
    cast.project.refresh_from_db()
    assert len(cast.project.label_fields["claim"]) == 3


def test_search_can_ignore_diacritics(cast: Cast) -> None:
    values = {"name": cast.project.name, "mode": "shared", "annotators_per_article": "1"}
    for said, folds in (({"fold_diacritics": "on"}, True), ({}, False)):
        response = sent(cast, "settings", **values, **said)

        cast.project.refresh_from_db()
        assert (response.status_code, cast.project.fold_diacritics) == (200, folds)
        assert "Ignore diacritics in search" in words(response)


def reopened(cast: Cast, by: User, key: object) -> Any:
    """What the article's details answer to somebody who asks for a pass to be reopened there."""
    return signed_in(by).post(reverse("article-details", args=[cast.article.pk]), {"reopen": key}, follow=True)


def test_the_annotators_of_an_article_come_a_page_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE_LENGTH", 1)
    for user in (cast.annotator, cast.annotator2):
        make_span(user, cast.article)
    address = reverse("article-details", args=[cast.article.pk])
    first = signed_in(cast.manager).get(address)
    [following] = re.findall(r'href="(\?annotators=[^"]*)#annotators"', first.content.decode())
    second = signed_in(cast.manager).get(address + following)
    assert "annotator In progress Showing 1 of 2" in words(first)
    assert "annotator2 In progress Showing 1 of 2" in words(second)


def test_a_manager_reopens_a_pass_in_the_details_of_its_article(independent_cast: Cast) -> None:
    cast = independent_cast
    for user in (cast.annotator, cast.annotator2):
        make_span(user, cast.article)
        Assignment.objects.get(assignee=user).submit(by=user)
    one = Assignment.objects.get(assignee=cast.annotator)

    page = words(reopened(cast, cast.manager, one.pk))

    assert "annotator can work on this article again." in page
    assert "In progress · Reopened by a manager" in page
    assert "Reopened by a manager" in words(signed_in(cast.manager).get(reverse("articles", args=[cast.project.slug])))
    overview = words(signed_in(cast.manager).get(reverse("dashboard", args=[cast.project.slug])))
    assert "reopened an article that others had also submitted" in overview


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 18, "9" * 400, "١"])
def test_a_pass_that_the_article_does_not_have_is_not_found(cast: Cast, key: str) -> None:
    assert reopened(cast, cast.manager, key).status_code == 404


def test_nobody_else_reopens_a_pass_there(independent_cast: Cast) -> None:
    cast = independent_cast
    make_span(cast.annotator, cast.article).assignment.submit(by=cast.annotator)

    assert reopened(cast, cast.annotator, Assignment.objects.get().pk).status_code == 403
    assert Assignment.objects.get().state == "submitted"
