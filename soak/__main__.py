"""`make soak`: sends the real server requests that Schemathesis makes up from the description of the API, as two roles.

It fails where an answer is an error of the server, or is not what the description says. `make soak
ARGS='--max-examples 200'` makes up more: ARGS are passed on to `st run`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

ROLES: Final = ("annotator", "manager")
"""Who sends the requests. The manager comes last, because what they change ends the others' work."""

CHECKS: Final = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "positive_data_acceptance", "missing_required_header",
    "unsupported_method", "allow_header_conformance", "ignored_auth",
)  # fmt: skip
"""What each answer is held to."""

TAKEN: Final = ("2xx", "304", "401", "403", "404", "409", "412", "413", "416", "429")
"""The statuses of what the description allows: done, or refused for who asks and for what is there."""

REFUSED: Final = ("400", "401", "403", "404", "405", "406", "409", "413", "415", "428", "429", "431")
"""The statuses of what the description does not allow."""

RULED: Final = {
    "article_add": "the article that it revises is in the project",
    "article_change": "a date is a day that there is",
    "article_annotations": "a window ends after it begins",
    "articles_list": "a date is a day that there is",
    "batch": "a path is one of those with ids",
    "comment_put": "what it is on is there",
    "comment_change": "it is on one thing",
    "export": "a time is one that there is",
    "hand_over": "both are people of the project",
    "import_begin": "a text or an address, and options that its format takes",
    "invitation_accept_with_token": "the token is that of an invitation",
    "link_put": "both spans are there, and their labels fit the relation",
    "link_change": "its ends stay",
    "me_change": "no key has two actions",
    "project_create": "keys of ratings and fields differ",
    "project_change": "keys of ratings and fields differ",
    "release_make": "splits add up to 1, and annotator and article are there",
    "releases_compare": "both are of one project, and made",
    "search": "a query has something to look for",
    "span_put": "offsets are within the text, and fields those of the label",
    "span_change": "offsets are within the text, and fields those of the label",
    "verdict_put": "the claim and the links are there",
    "verdict_change": "the links end at its claim",
    "verdict_return": "a reason says something",
    "verdict_reopen": "a reason says something",
}
"""Operations for which a body or a query that fits the description may be 400, by a rule that no schema can say."""

OPTIONS: Final = ("--max-examples", "20", "--seed", "1", "--suppress-health-check", "all", "--no-shrink")
"""The usual ones; those in ARGS come after and win."""

KNOWN: Final = 50
"""Ids of each kind that requests name."""


def main() -> int:
    """Everything in one run; 1 where anything failed."""
    # Its own embedded server and files, begun anew: what is made up changes and deletes whatever it likes.
    directory = Path(os.environ.setdefault("DATA_DIR", ".data/soak"))
    shutil.rmtree(directory, ignore_errors=True)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "bench.settings", "DATABASE_URL": ""}

    import django

    django.setup()

    from django.core.management import call_command
    from django.db import connection

    from bench.server import serving
    from factcheck import database

    with database.running():
        try:
            call_command("migrate", verbosity=0)
            call_command("loadseeds", verbosity=0)
            for role in ROLES:
                (directory / f"{role}.toml").write_text("\n".join(configuration(role)))
            with serving() as server:
                # One after the other, whether or not the first of them failed.
                return max([run(role, directory, server.port) for role in ROLES])
        finally:
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it


def run(role: str, directory: Path, port: int) -> int:
    """The exit status of Schemathesis: 0 where everything is as described."""
    print(f"As {role}:", flush=True)
    schemathesis = Path(sys.executable).with_name("st").absolute()
    command = [
        str(schemathesis), "--config-file", f"{(directory / role).absolute()}.toml", "run",
        f"http://127.0.0.1:{port}/api/v1/schema/?format=json", *OPTIONS, *sys.argv[1:],
    ]  # fmt: skip
    return subprocess.run(command, check=False, cwd=directory).returncode


def configuration(role: str) -> Iterator[str]:
    """The lines of a configuration (TOML): who calls, and the ids and versions of what is there.

    Most requests name those, because made-up ids find nothing.
    """
    from annotations.models import (
        Article,
        Comment,
        Import,
        Link,
        Membership,
        Project,
        Release,
        Span,
        Token,
        User,
        Verdict,
    )

    project = Project.objects.get()
    user = User.objects.filter(memberships__project=project, memberships__roles__contains=[role])[0]
    _, secret = Token.objects.create(user, scopes=["read", "write"])
    rows: dict[str, Any] = {
        "spans": Span.objects, "claims": Span.objects.filter(label="claim"), "links": Link.objects,
        "verdicts": Verdict.objects, "comments": Comment.objects, "articles": Article.objects,
        "imports": Import.objects, "releases": Release.objects,
    }  # fmt: skip
    known: dict[str, list[Any]] = {
        kind: [str(key) for key in found.values_list("pk", flat=True)[:KNOWN]] for kind, found in rows.items()
    }
    known["members"] = list(Membership.objects.values_list("pk", flat=True)[:KNOWN])
    known |= {"projects": [project.slug], "versions": ['"1"', '"2"', '"3"'], "files": ["manifest.json", "data.jsonl"]}
    known = {kind: values for kind, values in known.items() if values}
    yield from _lines(secret, known, [kind for kind in rows if kind in known])


def _lines(secret: str, known: dict[str, list[Any]], by_key: Iterable[str]) -> Iterator[str]:
    """The lines with these ids and versions; the paths of the kinds `by_key` name one thing."""
    bound = {
        "path.slug": "projects", "path.member_id": "members", "path.other": "releases", "path.name": "files",
        "header.If-Match": "versions", "body.article": "articles", "body.source": "spans", "body.target": "claims",
        "body.claim": "claims",
    }  # fmt: skip
    yield "request-timeout = 60"  # exports make files before they send them
    yield f"headers = {{ Authorization = {json.dumps(f'Bearer {secret}')} }}"
    yield "[parameters]"
    yield from (f'"{place}" = {_mostly(kind)}' for place, kind in bound.items() if kind in known)
    # A cursor is what the server gave: a made-up one is 400.
    yield from (f'"query.{name}" = ""' for name in ("cursor", "after"))
    for kind, values in known.items():
        yield from (f"[dictionaries.{kind}]", f"values = {json.dumps(values)}")
    for kind in by_key:
        yield from ("[[operations]]", f'include-path-regex = "/api/v1/{kind}/"')
        yield f'parameters = {{ "path.key" = {_mostly(kind)} }}'
    yield from ("[checks]", "enabled = false")
    for check in CHECKS:
        yield from (f"[checks.{check}]", "enabled = true")
        if check == "positive_data_acceptance":
            yield f"expected-statuses = {json.dumps(TAKEN)}"
        if check == "negative_data_rejection":
            yield f"expected-statuses = {json.dumps(REFUSED)}"
    for operation in RULED:
        yield from ("[[operations]]", f'include-operation-id = "{operation}"')
        yield "checks.positive_data_acceptance.enabled = false"
    # The stream has no end.
    yield from ("[[operations]]", 'include-operation-id = "article_events"', "max-stream-events = 1")


def _mostly(kind: str) -> str:
    return f'{{ dictionary = "{kind}", probability = 0.8 }}'


if __name__ == "__main__":
    sys.exit(main())
