"""Text from outside moves nothing but itself: not with every control of direction that there is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from annotations.models import Article, User, Verdict
from annotations.models.base.names import CONTROL
from tests.browser.conftest import Visit
from tests.browser.waiting import paint
from tests.cast import (
    Cast,
    make_article,
    make_cast,
    make_comment,
    make_link,
    make_span,
    make_verdict,
)

EVIL = "\u2069\u2069\u202e\u2067\u202b\u200f\u061c\u200e\u2066\u202a\u202d\u2068\u202c\u2067\u202e"

MOVED = r"""() => {
    const controls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode())
        if (!walker.currentNode.parentElement.closest("script, style, textarea")) nodes.push(walker.currentNode);
    const places = () => nodes.flatMap((node) => [...node.data.matchAll(/\S+/g)].map(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const { left, top } = range.getBoundingClientRect();
        return { word: word.replace(controls, ""), left, top, about: node.parentElement.outerHTML.slice(0, 160) };
    })).filter(({ word }) => word && word !== "…" && !word.includes("zq"));
    const before = places();
    let held = 0;
    for (const node of nodes) {
        const plain = node.data.replace(controls, "");
        if (plain !== node.data) held += 1;
        if (plain !== node.data) node.data = plain;
    }
    const after = places();
    // Controls split a text into runs. The browser rounds the width of each to a whole pixel, so a cell with words from
    // outside is a pixel wider with them than without, and the columns beside it move by about as much.
    const off = ({ left, top }, was) => Math.abs(left - was.left) > 2 || Math.abs(top - was.top) > 2;
    const moved = after.filter((now, at) => before[at] && off(now, before[at]));
    return { held, same: after.length === before.length, moved: moved.map(({ word, about }) => `${word} in ${about}`) };
}"""
"""Which words of ours stand elsewhere once all controls are taken out of the page. Those from outside have a zq."""


@dataclass
class World:
    """The cast, and things with evil words on them."""

    cast: Cast
    article: Article
    other: Article
    verdict: Verdict

    def address(self, page: str) -> str:
        """Where a page about them is."""
        slug, claim = self.cast.project.slug, self.verdict.claim_id
        if page in ("dashboard", "articles", "claims", "review", "map", "members", "guidelines", "settings"):
            return reverse(page, args=[slug])
        return {
            "workbench": reverse("workbench", args=[self.article.pk]) + f"?span={claim}&evidence={self.other.pk}",
            "list of spans": reverse("workbench", args=[self.article.pk]),
            "verdict": reverse("verdict", args=[self.verdict.pk]),
            "claim": reverse("claim", args=[claim]),
            "account": reverse("account"),
            "work": reverse("work"),
        }[page]


def evil(words: str) -> str:
    """Words that try to turn all around them."""
    return f"{EVIL}{words}{EVIL}"


def evil_name(words: str) -> str:
    """The same with what a name may have of it."""
    return re.sub(CONTROL, "", evil(words))


def evil_article(cast: Cast, number: int) -> Article:
    """An article that does so in its text and in all that is known of it."""
    body = f"Textzq {evil(f'firstzq{number}')} wordszq linezq.\n{evil('Secondzq')} linezq herezq. {evil('Endzq')}"
    about = {"outlet": evil("Outletzq"), "author": evil("Authorzq"), "title": evil(f"Titlezq{number}")}
    return make_article(cast.project, body, **about)


@pytest.fixture
def world(transactional_db: None) -> World:
    """A project in which everything that somebody can write tries to turn the page around."""
    cast = make_cast()
    cast.project.name = evil_name("Projectzq")
    cast.project.save()
    for user in cast.everybody.values():
        User.objects.filter(pk=user.pk).update(name=evil_name("Personzq"))
    article, other = evil_article(cast, 1), evil_article(cast, 2)
    by, note = cast.annotator, evil("Notezq")
    whole, half = article.body.index(".") + 1, article.body.index(" linezq")
    claim = make_span(by, article, (0, whole), note=note, fields={"statement": evil("Statementzq")})
    fact = make_span(by, other, (0, whole), "fact", note=note)
    source = {"source_name": evil("Sourcezq"), "stance": "denies"}
    said = make_span(by, article, (0, half), "attribution", fields=source)
    make_link(by, fact, claim, "contradicts", note=note)
    make_link(by, said, claim, "attributes")
    make_comment(cast.annotator2, claim, evil("Commentzq"))
    verdict = make_verdict(by, claim, "refuted", rationale=evil("Rationalezq"))
    verdict.submit(by=by, from_version=None)
    verdict.send_back(by=cast.reviewer, from_version=None, reason=evil("Reasonzq"))
    verdict.submit(by=by, from_version=None)
    return World(cast, article, other, verdict)


PAGES = [
    ("workbench", "annotator"), ("workbench", "annotator2"), ("list of spans", "annotator"), ("work", "annotator"),
    ("work", "reviewer"), ("dashboard", "manager"), ("articles", "manager"), ("claims", "annotator"),
    ("review", "reviewer"), ("verdict", "reviewer"), ("verdict", "annotator"), ("claim", "annotator"),
    ("map", "annotator"), ("members", "manager"), ("guidelines", "manager"), ("settings", "manager"),
    ("account", "annotator"),
]  # fmt: skip


def test_no_control_of_direction_moves_a_word_of_ours(world: World, visit: Visit) -> None:
    windows = {role: visit(world.cast.everybody[role]) for role in sorted({role for _, role in PAGES})}
    found: dict[str, Any] = {}
    for name, role in PAGES:
        page = windows[role]
        page.goto(world.address(name))
        if name in ("workbench", "list of spans"):
            page.wait_for_selector("html[data-ready]")
            page.locator("evidence-pane article-pane .text" if name == "workbench" else "span-list li").first.wait_for()
            paint(page)
        seen = page.evaluate(MOVED)
        if seen["moved"] or not seen["held"] or not seen["same"]:
            found[f"{name} as {role}"] = seen
    moved = {name: seen["moved"][:6] for name, seen in found.items()}
    assert not moved, moved


def test_the_measure_sees_a_word_that_moves(visit: Visit, world: World) -> None:
    page = visit()
    page.goto("/accounts/login/")
    page.evaluate("(name) => document.body.prepend(`by ${name} on 12 June`)", evil("Personzq"))
    assert [word.split()[0] for word in page.evaluate(MOVED)["moved"]] == ["on", "12", "June"]


def test_the_panel_names_the_controls_that_a_passage_hides(visit: Visit, world: World) -> None:
    page = visit(world.cast.annotator)
    page.goto(world.address("workbench"))
    page.wait_for_selector("html[data-ready]")
    assert "RLO" in page.locator("span-head .hidden-controls").inner_text()
