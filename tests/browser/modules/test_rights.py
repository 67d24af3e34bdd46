"""What the workbench offers without asking, against the table of who may do what."""

from __future__ import annotations

from itertools import product
from typing import Any, Final

import pytest

from annotations.models import Link, Membership, Role, Verdict
from annotations.permissions import Action, can
from tests.browser.modules.conftest import Run
from tests.cast import Cast, fresh, make_cast, make_span, make_verdict

PREDICTED = """const [store, claim] = [v[0], v[0].claim];
    store.desk = () => ({ can: store.can, article: {} });
    store.verdictOn = () => store.verdict;
    const { verdict } = store;
    return { [v[1].judge]: !m.whyNoWorkOn(store, claim, "verdict"), [v[1].link]: !m.whyNoWorkOn(store, claim, "link"),
             [v[1].submit]: verdict ? !m.whyNoSubmitting(store, verdict, "a") : false };"""

NAMES: Final = {"judge": Action.JUDGE.value, "link": Action.LINK.value, "submit": Action.SUBMIT.value}


def store_of(cast: Cast, reader: str, verdict: Verdict | None, may: bool) -> dict[str, Any]:
    """What a page would know of the annotator's claim."""
    named = {name: {"id": cast.everybody[name].pk, "name": name} for name in cast.everybody}
    shown = verdict and {
        "state": verdict.state,
        "author": named[verdict.author.name],
        "holder": named[verdict.holder.name],
    }
    return {
        "me": named[reader],
        "project": {"mode": cast.project.mode},
        "can": dict.fromkeys(("link", "verdict", "submit"), may),
        "verdict": shown,
        "claim": {"id": "c", "article": "a", "annotator": named["annotator"]},
    }


@pytest.mark.parametrize("mode", ["shared", "independent"])
def test_the_workbench_offers_what_the_table_allows(run: Run, transactional_db: None, mode: str) -> None:
    cast = make_cast(mode=mode)
    Membership.objects.filter(user=cast.reviewer).update(roles=[Role.ANNOTATOR, Role.REVIEWER])
    claim = make_span(cast.annotator, cast.article)
    verdict = make_verdict(cast.annotator, claim)
    for number, (holder, reader) in enumerate(product(("annotator", "reviewer"), ("annotator", "reviewer", "manager"))):
        if verdict.holder != cast.everybody[holder]:
            Verdict.objects.update(holder=cast.everybody[holder], version=verdict.version + 1)
            verdict = Verdict.objects.select_related("claim__article__project", "author", "holder").get()
        user = fresh(cast.everybody[reader])
        subjects: dict[Action, Any] = {Action.JUDGE: verdict, Action.LINK: Link(target=claim), Action.SUBMIT: verdict}

        predicted = run("model/rights.js", PREDICTED, store_of(cast, reader, verdict, reader != "manager"), NAMES)

        allowed = {action.value: can(user, action, subject) for action, subject in subjects.items()}
        assert predicted == allowed, (number, holder, reader)


@pytest.mark.parametrize("mode", ["shared", "independent"])
def test_a_claim_without_a_verdict_gets_one_where_the_table_allows_it(
    run: Run, transactional_db: None, mode: str
) -> None:
    cast = make_cast(mode=mode)
    claim = make_span(cast.annotator, cast.article)
    for reader in ("annotator", "annotator2", "manager"):
        user = fresh(cast.everybody[reader])

        predicted = run("model/rights.js", PREDICTED, store_of(cast, reader, None, reader != "manager"), NAMES)

        assert predicted[Action.JUDGE.value] is can(user, Action.JUDGE, Verdict(claim=claim)), reader
