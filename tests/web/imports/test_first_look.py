"""The look at an import before it begins."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.models import Article, Import
from tests.cast import TEXT, Cast
from tests.web.imports.sending import BODY, act, line, look, proposed
from tests.web.visit import words

CHOICES = {"format": "", "encoding": ""}


def stored(one: Import) -> Import:
    """The import as it is now."""
    return Import.objects.get(pk=one.pk)


def test_the_first_articles_are_shown_with_their_spans_and_counts(cast: Cast) -> None:
    answer = look(cast, proposed(cast, a_lines=line() + line("Second", "Other words, but long enough for two marks.")))
    page = answer.content.decode()
    assert "2 articles 2 claim , 2 fact ; 2 corroborates ; 2 verdicts" in words(answer)
    assert '<mark data-label="claim" title="claim">The dam broke.</mark>' in page
    assert '<mark data-label="fact" title="fact">Engineers had warned of i</mark>' in page
    assert Article.objects.filter(project=cast.project).count() == 1


def test_of_many_documents_five_are_shown_and_the_rest_is_announced(cast: Cast) -> None:
    many = "".join(line(f"Title {number}", f"{BODY} {number}") for number in range(250))
    page = words(look(cast, proposed(cast, a_lines=many)))
    assert "In the first 200 articles" in page
    assert "Title 4" in page
    assert "Title 5" not in page


def test_texts_that_the_project_has_are_shown_as_such(cast: Cast) -> None:
    answer = look(cast, proposed(cast, a_lines=line("Again", TEXT) + line()))
    assert "This text is already in the project: The bridge" in words(answer)
    assert "1 text is already in the project" in words(answer)


def test_what_does_not_come_in_is_shown_with_location_and_reason(cast: Cast) -> None:
    page = words(look(cast, proposed(cast, a_lines="nonsense\n" + line())))
    assert "a.lines line 1 This line is no object. no_object" in page


def test_each_own_type_of_the_format_may_become_something_else(cast: Cast) -> None:
    one = proposed(cast, a_lines=line())
    page = words(look(cast, one))
    assert "Premise Default: Fact Claim Attribution Fact Leave out" in page
    assert "Support Default: Corroborates Corroborates" in page
    assert "Odd Default of the format Claim" in page
    act(cast, one, "look", **CHOICES, type=["Premise", "Support"], becomes=["", "-"])
    assert stored(one).options["types"] == {"Premise": ""}
    assert "1 claim" in words(look(cast, one))
    assert "corroborates" not in words(look(cast, one)).partition("Import options")[0]


def test_people_of_the_files_are_me_a_member_or_somebody_without_an_account(cast: Cast) -> None:
    one = proposed(cast, a_lines=line(by="Ann") + line("B", f"{BODY} B", by="Bo"))
    page = words(look(cast, one))
    assert "Ann 2" in page
    assert "Rita 2" in page
    who = ["me", str(cast.annotator.pk), "keep"]
    act(cast, one, "look", **CHOICES, person=["Ann", "Bo", "Rita"], who=who)
    assert stored(one).options["people"] == {"Ann": "me", "Bo": cast.annotator.pk, "Rita": "keep"}
    assert f'<option value="{cast.annotator.pk}" selected>' in look(cast, one).content.decode()


def test_the_page_says_how_many_names_were_found_and_asks_who_they_are(cast: Cast) -> None:
    page = words(look(cast, proposed(cast, a_lines=line(by="Ann") + line("B", f"{BODY} B", by="Bo"))))
    assert "Annotators 3 names found. Choose who they are." in page
    assert "Import named people as A person of that name without an account Me" in page


def test_texts_alone_ask_for_nobody(cast: Cast) -> None:
    assert "Annotators" not in words(look(cast, proposed(cast, a_txt="A text.", b_txt="Two texts.")))


def test_what_names_people_is_chosen_and_looked_at_once_more(cast: Cast, begun: list[Import]) -> None:
    one = proposed(cast, ann_lines=line(by="Ada"))
    answer = act(cast, one, "start", **CHOICES, person_from="file", person_field="ignored", others="me")
    assert ("ann 4" in words(answer), begun) == (True, [])
    chosen = {"person_from": "file", "person_field": "", "others": "me"}
    assert {name: stored(one).options[name] for name in chosen} == chosen
    act(cast, one, "start", **CHOICES, person_from="file", others="me")
    assert begun == [one]


@pytest.mark.parametrize("who", ["-", "nobody", "0", "9" * 40, "²"])
def test_nobody_else_can_be_chosen(cast: Cast, who: str) -> None:
    one = proposed(cast, a_lines=line(by="Ann"))
    for other in (who, str(cast.outsider.pk)):
        answer = act(cast, one, "look", **CHOICES, person=["Ann", "A\0"], who=[other, "me"])
        assert answer.status_code == 302
        assert stored(one).options["people"] == {}


def test_what_holds_for_every_article_is_kept_and_seen_at_once(cast: Cast) -> None:
    one = proposed(cast, a_lines=line())
    act(cast, one, "look", **CHOICES, outlet="Port Post", language="en", strict="on")
    assert (stored(one).strict, stored(one).options["metadata"]) == (True, {"outlet": "Port Post", "language": "en"})
    assert "Port Post · en" in words(look(cast, one))


def test_files_of_no_known_format_ask_for_one(cast: Cast) -> None:
    one = proposed(cast, a_bin=b"\0\1\2")
    page = words(look(cast, one))
    assert "wasn’t recognised" in page
    assert "Update preview" in page
    assert 'value="start"' not in look(cast, one).content.decode()


def test_another_format_is_looked_at_once_more_before_it_begins(cast: Cast, begun: list[Import]) -> None:
    one = proposed(cast, a_lines=line(), b_lines=line("B", "Other words that are long enough for marks."))
    answer = act(cast, one, "start", format="txt", encoding="")
    assert "Format: Plain text" in words(answer)
    assert begun == []
    assert act(cast, one, "start", format="txt", encoding="").status_code == 302
    assert begun == [one]


def test_saying_go_keeps_the_choices_and_the_format(cast: Cast, begun: list[Import]) -> None:
    one = proposed(cast, a_lines=line())
    act(cast, one, "start", **CHOICES, strict="on", type="Premise", becomes="claim")
    assert begun == [one]
    assert (stored(one).format, stored(one).strict) == ("madeup", True)
    assert stored(one).options["types"] == {"Premise": "claim"}


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"format": "zip"}, "Select a valid choice"),
        ({"encoding": "rot13"}, "Select a valid choice"),
        ({"language": "!"}, "Enter a language code"),
        ({"outlet": "x" * 201}, "at most 200 characters"),
        ({"person_from": "me"}, "Select a valid choice"),
        ({"person_from": "field"}, "Enter the name of the field that names the annotator."),
        ({"person_from": "field", "format": "table", "person_field": "x"}, "the Annotator column names people"),
    ],
)
def test_a_bad_choice_names_its_field_and_begins_nothing(
    cast: Cast, begun: list[Import], wrong: dict[str, Any], complaint: str
) -> None:
    answer = act(cast, proposed(cast, a_lines=line()), "start", **{**CHOICES, **wrong})
    assert answer.status_code == 400
    assert complaint in words(answer)
    assert begun == []


@pytest.mark.parametrize("step", ["", "cancel", "store", "nonsense"])
def test_other_steps_change_nothing(cast: Cast, begun: list[Import], step: str) -> None:
    one = proposed(cast, a_lines=line())
    assert act(cast, one, step).status_code == 302
    assert (stored(one).state, begun) == ("proposed", [])


def test_what_offsets_select_in_each_unit_is_shown_and_chosen(cast: Cast) -> None:
    record = json.dumps({"text": "👍 is so.", "label": [[3, 5, "ORG"]]}).encode()
    one = proposed(cast, a_jsonl=record)
    assert "Offsets count ORG Code points s UTF-16 units is Graphemes s" in words(look(cast, one))
    answer = act(cast, one, "start", format="", encoding="", offset_unit="utf16", crlf="")
    assert "The preview was updated." in words(answer)
    assert '<mark data-label="fact" title="fact">is</mark>' in answer.content.decode()
    assert stored(one).options["offset_unit"] == "utf16"


def test_a_format_whose_offsets_are_sure_asks_for_no_unit(cast: Cast) -> None:
    assert "Offsets count" not in words(look(cast, proposed(cast, a_lines=line())))
