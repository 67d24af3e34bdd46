"""`projects/` and `projects/{slug}/`"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from annotations.models import Event, Membership, Project
from annotations.project_settings import starting_label_fields, starting_scale
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_project, make_span, make_verdict

FIELDS = {
    "slug", "name", "guidelines", "mode", "annotators_per_article", "fold_diacritics", "label_fields", "scale",
    "archived", "created_at",
}  # fmt: skip


def test_the_list_holds_the_callers_projects_only(cast: Cast) -> None:
    make_project(cast.outsider, slug="elsewhere")

    page = Api(cast.viewer).call("get", "projects/").json()

    assert set(page) == {"next", "previous", "results"}
    assert [project["slug"] for project in page["results"]] == [cast.project.slug]


@pytest.mark.parametrize("name", ["annotator", "outsider"])
def test_who_may_not_start_projects_is_refused(cast: Cast, name: str) -> None:
    with nothing_changed():
        answer = Api(cast.everybody[name]).call("post", "projects/", {"slug": "floods", "name": "Floods"})

    assert "an administrator" in refused(answer, 403, "forbidden")["detail"]
    assert not Api(cast.everybody[name]).call("get", "me/").json()["may_start_projects"]


def test_who_creates_a_project_becomes_its_manager(cast: Cast) -> None:
    answer = Api(cast.manager).call("post", "projects/", {"slug": "floods-2024", "name": "Floods"})

    assert answer.status_code == 201
    membership = Membership.objects.get(project__slug="floods-2024")
    assert (membership.user, membership.roles) == (cast.manager, ["manager"])


def test_a_project_starts_with_the_usual_fields_and_scale(cast: Cast) -> None:
    project = Api(cast.manager).call("post", "projects/", {"slug": "floods", "name": "Floods"}).json()

    assert set(project) == FIELDS
    assert project["label_fields"] == starting_label_fields()
    assert project["scale"] == starting_scale()
    assert (project["mode"], project["annotators_per_article"]) == ("shared", 1)


def test_a_project_takes_its_settings_with_its_creation(cast: Cast) -> None:
    settings: dict[str, Any] = {
        "mode": "independent",
        "annotators_per_article": 2,
        "guidelines": "# Be exact",
        "label_fields": {"claim": [{"key": "topic", "name": "Topic", "kind": "text"}]},
        "scale": [{"key": "true", "name": "True", "needs": "corroborating"}],
    }

    project = Api(cast.manager).call("post", "projects/", {"slug": "f", "name": "F", **settings}).json()

    assert [project[name] for name in ("mode", "annotators_per_article", "guidelines")] == [
        "independent", 2, "# Be exact",
    ]  # fmt: skip
    assert project["label_fields"] == {**settings["label_fields"], "attribution": [], "fact": []}
    assert project["scale"] == [{**settings["scale"][0], "meaning": "", "value": None, "colour": "grey"}]


def test_a_slug_stands_once(cast: Cast) -> None:
    with nothing_changed():
        answer = Api(cast.manager).call("post", "projects/", {"slug": cast.project.slug, "name": "Mine"})

    refused(answer, 409, "slug-taken", "slug")


@pytest.mark.parametrize("slug", ["", "Upper", "two words", "-x", "a--b", "ä", "x" * 61, "new", None])
def test_a_slug_is_plain(cast: Cast, slug: str | None) -> None:
    with nothing_changed():
        answer = Api(cast.manager).call("post", "projects/", {"slug": slug, "name": "Mine"})

    refused(answer, 400, "invalid-input", "slug")


def test_a_project_is_read_by_its_slug(cast: Cast) -> None:
    answer = Api(cast.viewer).call("get", f"projects/{cast.project.slug}/")

    assert answer.status_code == 200
    assert set(answer.json()) == FIELDS
    assert answer.json()["slug"] == cast.project.slug


def test_a_manager_changes_the_settings(cast: Cast) -> None:
    change = {"name": "Bridges", "mode": "independent", "annotators_per_article": 3, "guidelines": "Mind the gap."}

    answer = Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", change)

    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in change} == change
    cast.project.refresh_from_db()
    assert cast.project.name == "Bridges"


def indexing_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'index_articles'")
        return int(cursor.fetchone()[0])


def test_search_ignores_diacritics_only_where_a_manager_says_so(cast: Cast) -> None:
    path, before = f"projects/{cast.project.slug}/", indexing_jobs()
    assert Api(cast.manager).call("get", path).json()["fold_diacritics"] is False

    answer = Api(cast.manager).call("patch", path, {"fold_diacritics": True})

    assert (answer.status_code, answer.json()["fold_diacritics"]) == (200, True)
    assert indexing_jobs() == before + 1
    [event] = Event.objects.of(cast.project.pk, "project", cast.project.pk)[:1]
    assert (event.by, event.after and event.after["fold_diacritics"]) == (cast.manager, True)


def test_other_settings_index_nothing_anew(cast: Cast) -> None:
    before = indexing_jobs()

    Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", {"name": "Bridges"})

    assert indexing_jobs() == before


def test_a_manager_archives_a_project(cast: Cast) -> None:
    answer = Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", {"archived": True})

    assert answer.json()["archived"] is True


@pytest.mark.parametrize("name", ["annotator", "reviewer", "viewer"])
def test_others_do_not_change_the_settings(cast: Cast, name: str) -> None:
    with nothing_changed():
        answer = Api(cast.everybody[name]).call("patch", f"projects/{cast.project.slug}/", {"name": "Mine"})

    refused(answer, 403, "forbidden")


def test_a_projects_slug_does_not_change(cast: Cast) -> None:
    with nothing_changed():
        answer = Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", {"slug": "other"})

    refused(answer, 400, "invalid-input", "slug")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mode": "secret"}, "mode"),
        ({"annotators_per_article": 0}, "annotators_per_article"),
        ({"name": ""}, "name"),
        ({"fold_diacritics": "yes"}, "fold_diacritics"),
        ({"fold_diacritics": None}, "fold_diacritics"),
        ({"nope": 1}, "nope"),
        ({"scale": []}, "scale"),
        ({"scale": [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]}, "scale.1.key"),
        ({"scale": [{"key": "a", "name": "A", "needs": "luck"}]}, "scale.0.needs"),
        ({"scale": [{"key": "a", "name": "A", "weight": 1}]}, "scale.0"),
        ({"label_fields": {"rumour": []}}, "label_fields"),
        ({"label_fields": {"claim": [{"key": "a", "name": "A", "kind": "song"}]}}, "label_fields.claim.0.kind"),
        ({"label_fields": {"claim": [{"key": "a", "name": "A", "kind": "choice"}]}}, "label_fields.claim.0.choices"),
        ({"label_fields": {"claim": [{"key": "A b", "name": "A", "kind": "text"}]}}, "label_fields.claim.0.key"),
        (
            {"label_fields": {"claim": [{"key": "a", "name": "A", "kind": "text", "choices": ["x"]}]}},
            "label_fields.claim.0.choices",
        ),
        (
            {"label_fields": {"fact": [
                {"key": "a", "name": "A", "kind": "choice", "choices": [{"key": "x", "name": "X", "hint": "?"}]}
            ]}},
            "label_fields.fact.0.choices.0",
        ),
    ],
)  # fmt: skip
def test_settings_that_are_wrong_name_their_place(cast: Cast, change: dict[str, Any], field: str) -> None:
    with nothing_changed():
        answer = Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", change)

    refused(answer, 400, "invalid-input", field)


def test_a_rating_in_use_stays_on_the_scale(cast: Cast) -> None:
    make_verdict(cast.annotator, make_span(cast.annotator, cast.article), "refuted")
    scale = [rating for rating in starting_scale() if rating["key"] != "refuted"]

    with nothing_changed():
        answer = Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", {"scale": scale})

    refused(answer, 409, "rating-in-use", "scale")


def test_a_field_in_use_stays(cast: Cast) -> None:
    make_span(cast.annotator, cast.article, fields={"statement": "The bridge is safe."})

    with nothing_changed():
        answer = Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", {"label_fields": {"claim": []}})

    refused(answer, 409, "field-in-use", "label_fields")


def test_a_field_in_use_may_be_renamed(cast: Cast) -> None:
    make_span(cast.annotator, cast.article, fields={"statement": "The bridge is safe."})
    label_fields = starting_label_fields()
    label_fields["claim"][0]["name"] = "In one sentence"

    answer = Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", {"label_fields": label_fields})

    assert answer.json()["label_fields"]["claim"][0]["name"] == "In one sentence"


def test_a_project_cannot_be_deleted(cast: Cast) -> None:
    answer = Api(cast.manager).call("delete", f"projects/{cast.project.slug}/")

    refused(answer, 405, "method-not-allowed")
    assert Project.objects.filter(pk=cast.project.pk).exists()


def test_an_empty_change_changes_nothing(cast: Cast) -> None:
    with nothing_changed():
        answer = Api(cast.manager).call("patch", f"projects/{cast.project.slug}/", {})

    assert answer.status_code == 200
