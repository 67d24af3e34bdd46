"""Everything that somebody can read over the API, as one text to look for what should not be there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from annotations.models import Comment, Link, Span, Verdict
from tests.cast import CRACKS, DANGER, MAYOR, Api, Cast, make_comment, make_link, make_span, make_verdict

SECRET = "between us"


def secret_work(cast: Cast) -> dict[str, list[UUID]]:
    """The annotator's work: a judged claim with evidence and who said it, all of it marked as secret."""
    claim = make_span(cast.annotator, cast.article, note=SECRET, fields={"statement": f"{SECRET}: safe"})
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact", note=SECRET, fields={"reference": SECRET})
    said = make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"source_name": SECRET})
    links = [
        make_link(cast.annotator, fact, claim, note=SECRET),
        make_link(cast.annotator, said, claim, "attributes", note=SECRET),
        make_link(cast.annotator, make_span(cast.annotator, cast.article, DANGER, note=SECRET), claim, "restates"),
    ]
    verdict = make_verdict(cast.annotator, claim, "supported", rationale=SECRET)
    make_comment(cast.annotator, claim, SECRET)
    make_comment(cast.annotator, cast.article, SECRET)
    return {
        "comments": list(Comment.objects.filter(article=cast.article).values_list("pk", flat=True)),
        "spans": list(Span.objects.filter(article=cast.article).values_list("pk", flat=True)),
        "links": [link.pk for link in links],
        "verdicts": [verdict.pk],
    }


def lists(cast: Cast) -> list[str]:
    """The routes of a project that say something without being asked for an id of its work."""
    project, article = f"projects/{cast.project.slug}/", f"articles/{cast.article.pk}/"
    return [
        "me/", "projects/", project, f"{project}members/", f"{project}articles/", f"{project}claims/",
        f"{project}claims/?q=safe", f"{project}claims/?state=none", f"{project}claims/?rating=supported",
        f"{project}verdicts/", f"{project}verdicts/?state=draft", f"{project}verdicts/?article={cast.article.pk}",
        f"{project}search/?q=between+us+safe+bridge", article, f"{article}annotations/",
        f"{article}comments/", "me/inbox/",
    ]  # fmt: skip


def all_that_is_told(api: Api, cast: Cast) -> str:
    """The lists' answers together."""
    answers = [api.call("get", path) for path in lists(cast)]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.content.decode() for answer in answers)


def is_told(told: str, work: dict[str, list[UUID]]) -> bool:
    """Whether a text gives away any of the work."""
    return SECRET in told or any(str(key) in told for keys in work.values() for key in keys)


def details(work: dict[str, list[UUID]]) -> list[str]:
    """The routes of each thing."""
    return [f"{kind}/{key}/{part}" for kind, keys in work.items() for key in keys for part in ("", "history/")]


def codes(api: Api, paths: list[str]) -> set[int]:
    found: Any = {api.call("get", path).status_code for path in paths}
    return set(found)


def approve(cast: Cast, verdict: UUID) -> None:
    """Brings a verdict through review."""
    found = Verdict.objects.get(pk=verdict)
    found.submit(by=cast.annotator, from_version=None)
    found.approve(by=cast.reviewer, from_version=None)


def touching(claim: UUID) -> set[str]:
    """The links that end at a claim."""
    return {str(key) for key in Link.objects.filter(target=claim).values_list("pk", flat=True)}
