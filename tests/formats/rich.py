"""Work that has whatever makes formats break: for tests that read an export by the rules of its own format."""

from __future__ import annotations

from typing import Any, Final

from annotations.models import Article, Link, Span, User
from tests.cast import Cast, make_article, make_cast, make_comment, make_link, make_span, make_verdict

LINES: Final = (
    "The mayor, 👩‍👩‍👧 said:\nall is\tsafe. \n\nNobody\x0bwas\x0churt\u2028at\x85all,\u2029said he; “é” & <b>so</b>.\n"
)
"""Line ends as tools see them, and some that only some of them see."""

CARRIAGE: Final = "First line.\r\nSecond 😀 line\r\nis not\rsafe.\r\n"
RIGHT: Final = "قال العمدة 🏳️‍🌈 إن الجسر آمن.\nלא כן, אמר המהנדס. नमस्ते दुनिया\n"
FIELDS: Final = [
    ("sure", "flag"), ("size", "number"), ("remark", "text"), ("day", "date"), ("seen", "passage"), ("note", "text"),
]  # fmt: skip


def make_rich(**settings: Any) -> Cast:
    """Four articles with overlapping and broken spans of three people, links within and across, verdicts, comments."""
    cast = make_cast(name='A "rich" <project> & more', **settings)
    kinds = [{"key": key, "name": key.title(), "kind": kind} for key, kind in FIELDS]
    for label in ("claim", "fact", "attribution"):
        cast.project.label_fields[label] += kinds
    cast.project.save()
    lines = make_article(
        cast.project, LINES, title='=Lines "of"\ttext', url="https://example.org/a?b=ü&c", outlet="O,P"
    )
    carriage = make_article(cast.project, CARRIAGE, title="Lines | of \u2028 Windows", language="")
    right = make_article(cast.project, RIGHT, title="الجسر", language="ar", direction="rtl", author="ع. ك.")
    first = _work_of(cast.annotator, lines)
    second = _work_of(cast.annotator2, carriage)
    third = _work_of(cast.reviewer, right)
    for work in (second, third):
        make_link(cast.annotator, work[1], first[0], "contradicts", note="far\naway 👍")
        make_link(cast.annotator, work[2], first[0], "restates")
    _judge(cast, first[0], "conflicting_evidence", "Both\nsides \u2028 & <more>.")
    _judge(cast, second[0], "supported", "So it is: 👍")
    _judge(cast, third[0], "not_enough_evidence", "")
    make_comment(cast.manager, first[0], "Is\nthat so, @annotator?")
    return cast


def make_apart() -> Cast:
    """Two people who work unseen by each other on the same texts, and have handed it in."""
    cast = make_cast(mode="independent", annotators_per_article=2)
    lines = make_article(cast.project, LINES, title="Lines")
    for person in (cast.annotator, cast.annotator2):
        _work_of(person, lines)
        make_span(person, cast.article, (0, 9))
    for assignment in (*lines.assignments.all(), *cast.article.assignments.all()):
        assignment.submit(by=assignment.assignee)
    return cast


def _work_of(by: User, article: Article) -> tuple[Span, Span, Span]:
    """A claim, a fact and another claim with all that a span may have, others over and within them, and links."""
    text, end = article.body, len(article.body)
    values = {
        "sure": False, "size": -0.5, "remark": "two\nlines\x85and\ttab 😀", "day": "2026-01-31", "note": "=1+1",
        "seen": {"start": 1, "end": 10, "quote": text[1:10]},
    }  # fmt: skip
    claim = make_span(
        by, article, (0, end - 1), fields={"statement": 'It is\n"safe".', **values}, note="A\nnote\u2028␤ ␛"
    )
    broken = [[0, 3], [5, 9], [9, 14], [end - 8, end]]
    fact = make_span(by, article, label="fact", fragments=broken, fields={"reference": "https://example.net/?q=é"})
    make_span(by, article, (4, end - 4), "fact", fields=values)
    other = make_span(by, article, (10, 24), "claim", note="\ttab")
    source = {"start": 0, "end": end - 12, "quote": text[: end - 12]}
    cue = {"start": end - 9, "end": end - 4, "quote": text[end - 9 : end - 4]}
    said = make_span(
        by, article, (0, end - 2), "attribution", fields={"source": source, "cue": cue, "stance": "denies"}
    )
    line = text.index("\n")
    named = {"source_name": "The mayor", "source_type": "person"}
    silent = make_span(
        by, article, label="attribution", fragments=[[line - 4, line], [line + 1, line + 5]], fields=named
    )
    for target in (claim, fact):
        make_link(by, said, target, "attributes", note="by\nhim")
    make_link(by, silent, claim, "attributes")
    make_link(by, fact, claim)
    return claim, fact, other


def _judge(cast: Cast, claim: Span, rating: str, rationale: str) -> None:
    """An approved verdict with a question for each link that bears on the claim."""
    verdict = make_verdict(cast.annotator, claim, rating, rationale=rationale, confidence=0.25)
    evidence = Link.objects.filter(target=claim, relation__in=["corroborates", "contradicts"]).order_by("created_at")
    sets: Any = [{"question": f"{n}?\nSo", "answer": "Yes, 👍", "links": [one.pk]} for n, one in enumerate(evidence)]
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=sets)
    verdict.submit(by=cast.annotator, from_version=2)
    verdict.approve(by=cast.manager, from_version=3)
