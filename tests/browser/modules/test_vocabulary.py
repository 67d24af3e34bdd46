"""The workbench's vocabulary is the server's."""

from __future__ import annotations

from annotations.vocabulary import COMMENTERS, EVIDENCE, FIELD_KINDS, LABELS, MEANINGS, RELATIONS, Label, new_source
from tests.browser.modules.conftest import Run


def test_labels_field_kinds_and_commenters_are_those_of_the_server(run: Run) -> None:
    told = run("model/vocabulary.js", "return [m.LABELS, m.LABEL_NAMES, m.FIELD_KINDS, m.EVIDENCE, m.COMMENTERS]")

    names = {label.value: label.label for label in Label}
    assert told == [list(LABELS), names, list(FIELD_KINDS), list(EVIDENCE), list(COMMENTERS)]


def test_relations_join_the_labels_that_they_join_on_the_server(run: Run) -> None:
    told = run("model/vocabulary.js", "return m.RELATIONS.map((one) => [one, m.MEANINGS[one]])")

    assert [one for one, _ in told] == list(RELATIONS)
    assert {one: (meaning["sources"], meaning["targets"]) for one, meaning in told} == {
        one: (list(meaning.sources), list(meaning.targets)) for one, meaning in MEANINGS.items()
    }


def test_relations_have_the_signs_and_names_of_the_server(run: Run) -> None:
    told = run("model/vocabulary.js", "return m.RELATIONS.map((one) => [m.MEANINGS[one].sign, m.MEANINGS[one].named])")

    assert told == [[meaning.sign, meaning.named] for meaning in MEANINGS.values()]


def test_new_text_becomes_what_the_relation_wants(run: Run) -> None:
    missing = run("actions/linking.js", "return v[0].map((one) => m.missingEnd(one, 'claim'))", list(RELATIONS))

    for relation, end in zip(RELATIONS, missing, strict=True):
        assert end["made"] == (new_source(relation) if end["end"] == "source" else MEANINGS[relation].targets[0])


def test_what_a_rating_needs_is_evidence(run: Run) -> None:
    from annotations.project_settings import NEEDS

    needed = run("model/vocabulary.js", "return m.NEEDED")
    assert list(needed) == [needs for needs in NEEDS if needs]
    assert {side for sides in needed.values() for side in sides} == set(EVIDENCE)
