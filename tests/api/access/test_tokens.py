"""Tokens: whose they are, what they reach, and when they stop."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from annotations.models import Article, Token
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_article, make_project, make_span


def ask(secret: str, path: str = "me/", scheme: str = "Bearer") -> Any:
    return Client(headers={"Authorization": f"{scheme} {secret}"}).get(f"/api/v1/{path}")


def test_a_token_with_scope_read_reads_only(cast: Cast) -> None:
    api, span = Api(cast.annotator, ("read",)), make_span(cast.annotator, cast.article)

    assert api.call("get", f"spans/{span.pk}/").status_code == 200
    with nothing_changed():
        refused(api.put_span(cast.article, (0, 9)), 403, "forbidden")
        refused(api.call("patch", f"spans/{span.pk}/", {"note": "n"}, version=1), 403, "forbidden")
        refused(api.call("delete", f"spans/{span.pk}/", version=1), 403, "forbidden")
        refused(api.call("post", f"projects/{cast.project.slug}/batch/", {"operations": []}), 403, "forbidden")
        refused(api.call("post", "projects/", {"slug": "x", "name": "x"}), 403, "forbidden")


def test_a_token_with_scope_write_alone_does_not_read(cast: Cast) -> None:
    api = Api(cast.annotator, ("write",))

    assert api.put_span(cast.article).status_code == 201
    refused(api.call("get", "me/"), 403, "forbidden")


@pytest.fixture
def elsewhere(cast: Cast) -> Article:
    """An article of another project in which the annotator works too."""
    project = make_project(cast.manager)
    project.memberships.create(user=cast.annotator, roles=["annotator"])
    return make_article(project)


def test_a_token_for_one_project_sees_nothing_else(cast: Cast, elsewhere: Article) -> None:
    api, span = Api(cast.annotator, project=cast.project), make_span(cast.annotator, elsewhere)

    assert [one["project"] for one in api.call("get", "me/").json()["memberships"]] == [cast.project.slug]
    assert [one["slug"] for one in api.call("get", "projects/").json()["results"]] == [cast.project.slug]
    assert api.call("get", f"articles/{cast.article.pk}/").status_code == 200
    member = elsewhere.project.memberships.first()
    assert member
    for path in (
        f"projects/{elsewhere.project.slug}/", f"projects/{elsewhere.project.slug}/members/", f"members/{member.pk}/",
        f"projects/{elsewhere.project.slug}/search/?q=bridge", f"articles/{elsewhere.pk}/",
        f"articles/{elsewhere.pk}/annotations/", f"spans/{span.pk}/", f"spans/{span.pk}/history/",
    ):  # fmt: skip
        refused(api.call("get", path), 404, "not-found")


def test_a_token_for_one_project_writes_nowhere_else(cast: Cast, elsewhere: Article) -> None:
    api, span = Api(cast.annotator, project=cast.project), make_span(cast.annotator, elsewhere)

    assert api.put_span(cast.article).status_code == 201
    with nothing_changed():
        refused(api.put_span(elsewhere), 400, "invalid-input", "article")
        refused(api.call("patch", f"spans/{span.pk}/", {"note": "n"}, version=1), 404, "not-found")
        refused(api.call("put", f"articles/{elsewhere.pk}/assignment/"), 404, "not-found")
        refused(api.call("post", f"projects/{elsewhere.project.slug}/batch/", {}), 404, "not-found")


def test_a_token_for_one_project_starts_no_other(cast: Cast) -> None:
    with nothing_changed():
        answer = Api(cast.manager, project=cast.project).call("post", "projects/", {"slug": "x", "name": "X"})

    refused(answer, 403, "forbidden")


def test_a_token_stops_at_its_expiry(cast: Cast) -> None:
    _, fresh = Token.objects.create(cast.annotator, scopes=["read"], expiry=timedelta(minutes=1))
    _, old = Token.objects.create(cast.annotator, scopes=["read"], expiry=timedelta(seconds=-1))

    assert ask(fresh).status_code == 200
    refused(ask(old), 401, "unauthenticated")


def test_a_revoked_token_stops(cast: Cast) -> None:
    token, secret = Token.objects.create(cast.annotator, scopes=["read"])
    assert ask(secret).status_code == 200

    token.delete()

    refused(ask(secret), 401, "unauthenticated")


def test_tokens_of_somebody_who_left_stop(cast: Cast) -> None:
    api = Api(cast.annotator)
    cast.annotator.is_active = False
    cast.annotator.save()

    refused(api.call("get", "me/"), 401, "unauthenticated")
    refused(api.put_span(cast.article), 401, "unauthenticated")


GARBAGE = [
    "",
    "x",
    "fc_",
    "fc_" + "a" * 64,
    "fc_" + "a" * 10_000,
    "two words",
    "é",
    "\x80",
    "null",
    "fc_%00",
    "🙂".encode().decode("latin-1"),
]


def test_what_is_no_token_is_unauthenticated(cast: Cast) -> None:
    for secret in GARBAGE:
        answer = ask(secret)
        refused(answer, 401, "unauthenticated")
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_secret_with_one_letter_changed_is_no_token(cast: Cast) -> None:
    _, secret = Token.objects.create(cast.annotator, scopes=["read"])

    for wrong in (secret[:-1], secret + "0", secret.upper(), secret[:-1] + ("0" if secret[-1] != "0" else "1")):
        refused(ask(wrong), 401, "unauthenticated")


@pytest.mark.parametrize("scheme", ["Basic", "Token", "Digest"])
def test_other_schemes_are_unauthenticated(cast: Cast, scheme: str) -> None:
    _, secret = Token.objects.create(cast.annotator, scopes=["read"])

    refused(ask(secret, scheme=scheme), 401, "unauthenticated")


def test_a_token_is_stored_as_a_hash(cast: Cast) -> None:
    token, secret = Token.objects.create(cast.annotator, scopes=["read"])

    assert secret.startswith("fc_")
    assert secret not in str(Token.objects.filter(pk=token.pk).values().get())


def createtoken(*arguments: str) -> str:
    said = StringIO()
    call_command("createtoken", *arguments, stdout=said)
    return said.getvalue()


def test_createtoken_prints_the_token_alone(cast: Cast) -> None:
    said = createtoken(cast.annotator.email, "--scope", "read", "--scope", "write")

    assert said.count("\n") == 1
    assert ask(said.strip()).json()["email"] == cast.annotator.email
    token = Token.objects.latest("created")
    assert (token.scopes, token.project, token.expiry) == (["read", "write"], None, None)


def test_createtoken_confines_and_ends_a_token(cast: Cast) -> None:
    createtoken(cast.annotator.email.upper(), "--project", cast.project.slug, "--days", "3", "--name", "Import")

    token = Token.objects.latest("created")
    assert (token.scopes, token.project, token.name) == (["read"], cast.project, "Import")
    assert token.expiry is not None
    assert token.expiry - token.created == pytest.approx(timedelta(days=3), abs=timedelta(seconds=5))


@pytest.mark.parametrize("days", ["0", "-1", "36501", "9" * 12, "9" * 5000, "1.5", "ten", "٣", ""])
def test_createtoken_takes_a_sensible_number_of_days(cast: Cast, days: str) -> None:
    with pytest.raises(CommandError, match="Enter a whole number of days from 1 to 36,500"):
        createtoken(cast.annotator.email, f"--days={days}")
    assert not Token.objects.exists()


def test_createtoken_takes_the_longest_life_and_name(cast: Cast) -> None:
    createtoken(cast.annotator.email, "--days", "36500", "--name", "n" * 100)

    assert Token.objects.get().name == "n" * 100
    with pytest.raises(CommandError, match="at most 100 characters"):
        createtoken(cast.annotator.email, "--name", "n" * 101)


def test_createtoken_says_what_is_wrong(cast: Cast) -> None:
    with pytest.raises(CommandError, match="no account"):
        createtoken("nobody@example.org")
    with pytest.raises(CommandError, match="not a member"):
        createtoken(cast.outsider.email, "--project", cast.project.slug)
    with pytest.raises(CommandError, match="invalid choice"):
        createtoken(cast.annotator.email, "--scope", "admin")
