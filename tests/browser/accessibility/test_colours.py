"""The painted marks, which axe-core cannot see: their contrast, and that nobody needs to see colours to tell them."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility.colours import Colour, colour, contrast, over
from tests.browser.accessibility.conftest import Sit
from tests.browser.accessibility.states.workbench_table import on_label
from tests.browser.accessibility.states.world import World
from tests.browser.workbench.desk import Desk

pytestmark = pytest.mark.django_db

LABELS = ("claim", "attribution", "fact")
TEXT, LINE = 4.5, 3.0

PAINTED = """(name) => {
    const style = getComputedStyle(document.querySelector("article-pane .text p"), `::highlight(fc-${name})`);
    return [style.backgroundColor, style.color, style.textDecorationColor, style.textDecorationStyle];
}"""

TOKEN = """(name) => {
    const probe = document.createElement("i");
    probe.style.color = `var(--${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
}"""


class Paint:
    """The colours of a page with a text in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.known: dict[str, Colour] = {}
        self.painted: dict[str, list[str]] = {}

    def token(self, name: str) -> Colour:
        """A colour of the interface."""
        if name not in self.known:
            self.known[name] = colour(self.page.evaluate(TOKEN, name))
        return self.known[name]

    def of(self, name: str) -> list[str]:
        """What the browser makes of a highlight."""
        if name not in self.painted:
            self.painted[name] = self.page.evaluate(PAINTED, name)
        return self.painted[name]

    def ground(self, *names: str, on: str) -> Colour:
        """What shows where these highlights lie over one another, the last on top."""
        shown = self.token(on)
        for name in names:
            shown = over(colour(self.of(name)[0]), shown)
        return shown

    def words(self, name: str) -> Colour:
        """The colour of words under a highlight."""
        return colour(self.of(name)[1])

    def line(self, name: str) -> Colour:
        """The colour of a highlight's underline."""
        return colour(self.of(name)[2])


@pytest.fixture
def open_page(world: World, sit: Sit) -> Page:
    """A claim in the workbench."""
    article, query = on_label("claim")(world)
    return Desk(sit("annotator"), article).open(query).page


@pytest.fixture(params=["light", "dark"])
def paint(request: pytest.FixtureRequest, open_page: Page) -> Paint:
    """Its colours in either scheme."""
    open_page.emulate_media(color_scheme=request.param)
    return Paint(open_page)


def stacks() -> list[tuple[str, ...]]:
    """Marks alone, and in one another."""
    alone = [(f"{label}-0",) for label in LABELS]
    nested = [(f"{outer}-0", f"{inner}-1") for outer, inner in product(LABELS, LABELS)]
    deep = [(f"{one}-0", f"{two}-1", f"{three}-2") for one, two, three in product(LABELS, LABELS, LABELS)]
    return [*alone, *nested, *deep]


def test_words_are_read_on_every_span_and_on_spans_in_spans(paint: Paint) -> None:
    for on, stack in product(("paper", "panel"), stacks()):
        for top in ((), ("hover",), ("candidate",), ("selection",)):
            ground = paint.ground(*stack, *top, on=on)
            assert contrast(paint.words([*stack, *top][-1]), ground) >= TEXT, (on, stack, top)


def test_words_are_read_on_the_active_mark(paint: Paint) -> None:
    for label in LABELS:
        ground = paint.ground(f"{label}-0", f"active-{label}", on="paper")
        assert contrast(paint.words(f"active-{label}"), ground) >= TEXT, label


def test_underlines_stand_out_from_paper_and_from_every_ground(paint: Paint) -> None:
    for on, label in product(("paper", "panel"), LABELS):
        line = paint.line(f"{label}-0")
        assert contrast(line, paint.token(on)) >= LINE, (on, label)
        for stack in stacks():
            assert contrast(line, paint.ground(*stack, on=on)) >= LINE, (on, label, stack)
        assert contrast(line, paint.ground(f"active-{label}", on=on)) >= LINE, (on, label, "active")


def test_an_active_mark_is_told_from_one_that_is_not(paint: Paint) -> None:
    for label in LABELS:
        plain, active = paint.ground(f"{label}-0", on="paper"), paint.ground(f"active-{label}", on="paper")
        assert contrast(plain, active) >= 1.25, label


def test_curves_rings_and_edges_of_fields_stand_out(paint: Paint) -> None:
    lines = ("success", "danger", "attribution-strong", "violet", "focus", "accent", "field-line")
    for line, on in product(lines, ("paper", "panel", "raised")):
        assert contrast(paint.token(line), paint.token(on)) >= LINE, (line, on)


def test_each_label_has_an_underline_of_its_own(open_page: Page) -> None:
    for forced in ("none", "active"):
        open_page.emulate_media(forced_colors=forced)
        styles = [open_page.evaluate(PAINTED, f"{label}-0")[3] for label in LABELS]
        assert styles == ["solid", "dotted", "dashed"]


def test_forced_colours_mark_the_active_span_and_the_selection_as_the_system_does(open_page: Page) -> None:
    open_page.emulate_media(forced_colors="active")
    highlight = open_page.evaluate("""() => {
        const probe = Object.assign(document.createElement("i"), { style: "forced-color-adjust: none" });
        probe.style.background = "Highlight";
        document.body.append(probe);
        return getComputedStyle(probe).backgroundColor;
    }""")
    plain = {open_page.evaluate(PAINTED, f"{label}-0")[0] for label in LABELS}
    marked = {open_page.evaluate(PAINTED, name)[0] for name in ("active-claim", "active-fact", "selection")}
    assert marked == {highlight}
    assert plain.isdisjoint(marked)


def test_who_wants_more_contrast_gets_it(open_page: Page) -> None:
    for scheme in ("light", "dark"):
        open_page.emulate_media(color_scheme=scheme, contrast="more")
        paint = Paint(open_page)
        assert contrast(paint.token("ink-soft"), paint.token("panel")) >= 10
        assert contrast(paint.token("line"), paint.token("paper")) >= LINE


def test_nothing_moves_for_who_wants_no_movement(open_page: Page) -> None:
    open_page.emulate_media(reduced_motion="reduce")
    moving = open_page.evaluate("""() => [...document.querySelectorAll("*")].filter((one) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(one);
        return parseFloat(transitionDuration) || animationName !== "none" || scrollBehavior !== "auto";
    }).length""")
    assert moving == 0
