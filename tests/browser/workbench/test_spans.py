"""Making, changing and deleting spans, by mouse and by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Span
from tests.browser.workbench.conftest import OpenDesk
from tests.cast import CRACKS, SAFE, Cast, make_link, make_span, make_supported, make_verdict


def test_a_drag_snaps_to_whole_words_and_one_key_labels_them(desk: OpenDesk) -> None:
    window = desk()
    window.drag("ridge is saf")
    assert window.selected() == "bridge is safe"
    window.press("1")
    window.is_about("c1", "bridge is safe")
    window.is_saved()
    span = Span.objects.get()
    assert (span.label, span.quote, span.fragments) == ("claim", "bridge is safe", [[19, 33]])


def test_a_drag_with_alt_selects_exact_characters(desk: OpenDesk) -> None:
    window = desk()
    window.drag("ridge is saf", "Alt")
    assert window.selected() == "ridge is saf"


def test_the_bar_at_the_selection_labels_by_mouse(desk: OpenDesk) -> None:
    window = desk()
    window.drag("Engineers found cracks")
    window.page.locator(".label-bar").get_by_role("button", name="Fact").click()
    window.is_about("f1", "Engineers found cracks")
    assert window.painted("fact-0") == ["Engineers found cracks"]


def test_a_double_click_selects_a_word(desk: OpenDesk) -> None:
    window = desk()
    window.click("Engineers", times=2)
    window.press("2")
    window.is_about("a1", "Engineers")


def test_sentences_and_words_are_selected_by_keyboard_alone(desk: OpenDesk) -> None:
    window = desk()
    window.press("j")
    assert window.selected() == "The mayor says the bridge is safe."
    window.press("j", "Shift+j")
    assert window.selected() == "Engineers found cracks in March. The council denies any danger."
    window.press("k", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    assert window.selected() == "the bridge is"
    window.press("Shift+ArrowLeft", "Alt+ArrowRight", "Alt+Shift+ArrowRight")
    assert window.selected() == "bridge is"
    window.press("Escape", "1")
    window.says("Select text first.")


def test_with_nothing_selected_a_digit_gives_the_active_span_another_label(desk: OpenDesk) -> None:
    window = desk()
    window.mark("The council denies any danger", "1")
    window.press("3")
    window.is_about("f1", "The council denies any danger")
    window.is_saved()
    assert Span.objects.get().label == "fact"


def test_a_drag_with_control_joins_a_passage_to_the_active_span(desk: OpenDesk) -> None:
    window = desk()
    window.mark("Repairs began on Monday", "1")
    window.drag("Nobody was hurt", "Control")
    window.is_about("c1", "Repairs began on Monday … Nobody was hurt")
    window.is_saved()
    assert Span.objects.get().quote == "Repairs began on Monday … Nobody was hurt"
    assert window.painted("claim-0") == ["Repairs began on Monday", "Nobody was hurt"]


def test_keys_move_both_ends_of_the_active_span_by_word_and_by_character(desk: OpenDesk) -> None:
    window = desk()
    window.mark("bridge is", "1")
    window.press("Alt+ArrowRight", "Alt+Shift+ArrowLeft")
    window.is_about("c1", "the bridge is safe")
    window.press(",", "<")
    window.is_about("c1", " the bridge is saf")
    window.press("Alt+ArrowLeft", ">")
    window.is_about("c1", "the bridge is")
    window.is_saved()
    assert Span.objects.get().quote == "the bridge is"


def test_an_end_of_the_active_span_is_dragged(desk: OpenDesk) -> None:
    window = desk()
    window.mark("The council", "1")
    handle = window.page.locator(".grip.end .knob").bounding_box()
    assert handle is not None
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    window.page.mouse.move(x, y)
    window.page.mouse.down()
    window.page.mouse.move(x + 30, y - 12)
    window.page.mouse.up()
    window.is_about("c1", "The council denies")


def test_nested_and_overlapping_spans_are_all_painted_and_can_all_be_reached(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, (0, 34))
    make_span(cast.annotator, cast.article, SAFE)
    make_span(cast.annotator, cast.article, (26, 66))
    window = desk()
    assert window.painted("claim-0") == ["The mayor says the bridge is safe."]
    assert window.painted("claim-1") == ["the bridge is safe"]
    assert window.painted("claim-2") == ["is safe. Engineers found cracks in March"]
    window.click("is safe")
    expect(window.page.locator("span-chooser li")).to_have_count(3)
    window.press("ArrowDown", "Enter")
    window.is_about("c1", "The mayor says the bridge is safe.")
    window.press("s", "3")
    window.is_about("c3", "is safe. Engineers found cracks in March")


def test_n_and_p_go_through_the_spans_in_reading_order(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, CRACKS, "fact")
    make_span(cast.annotator, cast.article, SAFE)
    window = desk()
    window.press("n")
    window.is_about("c1", "the bridge is safe")
    window.press("n")
    window.is_about("f1", "Engineers found cracks in March")
    window.press("p")
    window.is_about("c1", "the bridge is safe")
    assert window.painted("active-claim") == ["the bridge is safe"]


def test_the_list_of_spans_says_what_is_painted_and_works_by_keyboard(desk: OpenDesk, cast: Cast) -> None:
    make_supported(cast)
    window = desk()
    window.press("l", "ArrowDown")
    names = window.page.locator("span-list .listed").all_text_contents()
    assert [name[:2] for name in names] == ["c1", "f1"]
    assert "the bridge is safe" in names[0]
    assert "Supported, draft" in names[0]
    window.press("Enter")
    window.is_about("f1", "Engineers found cracks in March")


def test_a_deletion_says_what_goes_with_it(desk: OpenDesk, cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    window = desk(query=f"?span={claim.pk}")
    expect(window.button("Delete with 1 link and its verdict")).to_be_visible()
    window.press("Delete")
    window.says("Deleted c1 with 1 link and its verdict.")
    window.is_saved()
    assert Span.objects.filter(pk=claim.pk).count() == 0


def test_the_same_passage_is_not_marked_twice(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    window = desk()
    window.mark("the bridge is safe", "1")
    window.says("already")
    assert Span.objects.count() == 1


def test_a_span_under_review_says_why_it_stands_still(desk: OpenDesk, cast: Cast) -> None:
    claim, fact, _, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    window = desk(query=f"?span={claim.pk}")
    window.press("Delete")
    window.says("Withdraw it first.")
    window.press("n", "Alt+ArrowLeft")
    window.says("This span is evidence for c1, whose verdict is under review.")
    assert Span.objects.get(pk=fact.pk).version == 1


def test_a_refusal_of_the_server_is_said_in_words_and_taken_back(desk: OpenDesk, cast: Cast) -> None:
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    window = desk(query=f"?span={fact.pk}")
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_link(cast.annotator, fact, claim)
    make_verdict(cast.annotator, claim, "supported").submit(by=cast.annotator, from_version=1)
    window.press("1")
    window.says("Withdraw or reopen it to make changes.")
    window.is_about("f1", "Engineers found cracks in March")


def test_fields_are_filled_in_and_passages_taken_from_the_selection(desk: OpenDesk) -> None:
    window = desk()
    window.mark("The mayor says", "2")
    window.drag("The mayor")
    window.page.get_by_role("group", name="Source", exact=True).get_by_role("button", name="Use selection").click()
    window.page.get_by_label("Source name").fill("The mayor of Span")
    window.page.get_by_label("Stance").select_option("asserts")
    window.is_saved()
    fields = Span.objects.get().fields
    assert fields["source"] == {"start": 0, "end": 9, "quote": "The mayor"}
    assert (fields["source_name"], fields["stance"]) == ("The mayor of Span", "asserts")
