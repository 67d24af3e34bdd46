"""What the workbench offers without asking, against the table of who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any, Final

import pytest

from annotations.models import Article, Assignment, Link, Membership, Role, Span, User, Verdict
from annotations.permissions import Action, can
from annotations.serializers.annotations import AnnotationsBase, annotations_json
from tests.browser.modules.conftest import Run
from tests.cast import Cast, fresh, make_article, make_cast, make_span, make_verdict, person

PREDICTED: Final = """
    return v[0].map(({ store, claim }) => {
      store.desk = () => ({ can: store.can, assignment: store.assignment, markRefused: null, article: {} });
      store.verdictOn = () => store.verdict;
      store.linksOf = () => [];
      const { verdict } = store;
      return [!m.whyNoChange(store, claim), !m.whyNoWorkOn(store, claim, "link"),
              !m.whyNoWorkOn(store, claim, "verdict"),
              verdict ? !m.whyNoSubmitting(store, verdict, claim.article) : false];
    });"""

ROLES: Final = [{role} for role in Role] + [{Role.ANNOTATOR, Role.REVIEWER}]
KINDS: Final = [kinds for number in range(3) for kinds in combinations(Assignment.Kind, number)]
"""What the reader was given of an article: nothing, a pass, an adjudication, both."""


@pytest.mark.parametrize("mode", ["shared", "independent"])
def test_the_workbench_offers_what_the_table_allows(run: Run, transactional_db: None, mode: str) -> None:
    cast = make_cast(mode=mode, annotators_per_article=9)
    cases = [case for roles, kinds in product(ROLES, KINDS) for case in cases_of(cast, roles, kinds)]

    predicted = run("model/rights.js", PREDICTED, [told for _, told, _ in cases])

    wrong = [(name, offered, may) for (name, _, may), offered in zip(cases, predicted, strict=True) if offered != may]
    assert not wrong, "\n".join(map(str, wrong))


def cases_of(cast: Cast, roles: set[Role], kinds: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any], list[bool]]]:
    """Claims on an article of which the reader has these assignments: a name, what the page knows, what they may."""
    reader, other = cast.reviewer, person("other")
    Membership.objects.filter(user=reader).update(roles=sorted(roles))
    article = make_article(cast.project, f"One two three four {'+'.join(sorted(roles))} {'+'.join(kinds)}")
    passes = [
        Assignment.objects.create(article=article, assignee=who, kind=kind)
        for who, kind in [*product([reader], kinds), *product([other], Assignment.Kind)]
    ]
    user = fresh(reader)
    desk = annotations_json(Article.objects.get(pk=article.pk), user)
    for assignment, (at, holder) in product(passes, enumerate([None, reader, other])):
        claim = make_span(assignment.assignee, article, (at, at + 1), assignment=assignment)
        verdict = make_verdict(holder, claim) if holder else None
        name = f"{sorted(roles)} with {kinds}: {assignment} of {assignment.assignee}, verdict of {holder}"
        yield name, told(user, desk, claim, verdict), what_is_allowed(user, claim, verdict)


def told(user: User, desk: AnnotationsBase, claim: Span, verdict: Verdict | None) -> dict[str, Any]:
    """What a page knows of a claim."""
    annotator = {"id": claim.assignment.assignee_id, "name": "annotator"}
    author = verdict and {"id": verdict.author_id, "name": "author"}
    store = {
        "me": {"id": user.pk, "name": "me"},
        "project": {"mode": desk["project"]["mode"]},
        "can": desk["me"]["can"],
        "assignment": desk["assignment"] and {"id": desk["assignment"]["id"], "kind": desk["assignment"]["kind"]},
        "verdict": verdict and {"state": verdict.state, "author": author, "holder": author},
    }
    return {
        "store": store,
        "claim": {"id": "c", "article": "a", "assignment": claim.assignment_id, "annotator": annotator},
    }


def what_is_allowed(user: User, claim: Span, verdict: Verdict | None) -> list[bool]:
    """Whether the table lets the user change the claim, link to it, judge it and submit its verdict."""
    return [
        can(user, Action.CHANGE_SPAN, claim),
        can(user, Action.LINK, Link(target=claim)),
        can(user, Action.JUDGE, verdict or Verdict(claim=claim)),
        bool(verdict and can(user, Action.SUBMIT, verdict)),
    ]
