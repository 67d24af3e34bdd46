"""Every state that pages tell has its badge."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from annotations.models import Assignment, Import, Release, Verdict
from annotations.templatetags.wording import badge
from annotations.web.wording import BADGES, badge_of


@pytest.mark.parametrize("model", [Verdict, Assignment, Import, Release])
def test_each_state_has_a_badge(model: type[Verdict | Assignment | Import | Release]) -> None:
    assert set(BADGES[model]) == set(model.State.values)


def test_a_badge_tells_its_state_in_words_and_tone() -> None:
    assert badge(Verdict(state="returned")) == '<span class="badge" data-tone="bad">Returned</span>'


def test_the_badge_of_what_is_running_says_how_far_it_is() -> None:
    assert badge_of(Import(state="running", done=1_200, total=3_000)) == ("busy", "Running: 1,200 of 3,000")
    assert badge_of(Release(state="running")) == ("busy", "Running")


def test_the_workbench_tells_the_states_of_verdicts_alike() -> None:
    script = Path("annotations/static/annotations/js/model/vocabulary.js").read_text()
    states = re.compile(r'(\w+): \{\s+tone: "(\w+)",\s+get name\(\) \{\s+return gettext\("([^"]+)"\);')

    assert {key: (tone, name) for key, tone, name in states.findall(script)} == {
        key: (tone, str(words)) for key, (tone, words) in BADGES[Verdict].items()
    }
