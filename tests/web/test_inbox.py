"""The inbox on my work."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from annotations.models import Notice
from tests.cast import Cast, make_cast, make_comment, make_span, make_supported
from tests.web.visit import signed_in, words


def test_whoever_is_mentioned_finds_the_comment_and_the_way_to_it(cast: Cast) -> None:
    claim = make_span(cast.annotator2, cast.article)
    comment = make_comment(cast.annotator2, claim, "Is <b>it</b>, @annotator?")

    answer = signed_in(cast.annotator).get(reverse("work"))

    assert "Inbox 1 unread" in words(answer)
    assert "annotator2 mentioned you · Claim: “the bridge is safe”" in words(answer)
    assert "Is <b>it</b>, @annotator?" in words(answer)
    assert f"/articles/{cast.article.pk}/?span={claim.pk}&amp;comment={comment.pk}" in answer.content.decode()
    assert "<b>it</b>" not in answer.content.decode()


@pytest.mark.parametrize(("kind", "told"), [("link", "Link: Corroborates"), ("verdict", "Verdict:")])
def test_it_leads_to_the_claim_that_a_verdict_or_link_is_about(cast: Cast, kind: str, told: str) -> None:
    claim, _, link, verdict = make_supported(cast)
    make_comment(cast.reviewer, {"link": link, "verdict": verdict}[kind])

    answer = signed_in(cast.annotator).get(reverse("work"))

    assert f"reviewer commented on your work · {told} “the bridge is safe”" in words(answer)
    assert f"?span={claim.pk}&amp;comment=" in answer.content.decode()


def test_without_notices_there_is_no_inbox(cast: Cast) -> None:
    make_comment(cast.annotator, cast.article, "@reviewer")

    assert "Inbox" not in words(signed_in(cast.annotator).get(reverse("work")))


def test_what_is_marked_as_read_goes_below_what_is_not(cast: Cast) -> None:
    for number in (1, 2):
        make_comment(cast.annotator, cast.article, f"Number {number}, @reviewer")
    client = signed_in(cast.reviewer)
    newest = Notice.objects.latest("pk")

    answer = client.post(reverse("inbox-read"), {"notice": newest.pk}, follow=True)

    assert "Inbox 1 unread" in words(answer)
    assert words(answer).index("Number 1") < words(answer).index("Number 2")
    assert "No unread messages" in words(client.post(reverse("inbox-read"), follow=True))


@pytest.mark.parametrize("one", ["0", "x", "9" * 30, "-1"])
def test_a_notice_that_is_none_of_ones_own_stays_unread(cast: Cast, one: str) -> None:
    make_comment(cast.annotator, cast.article, "@reviewer")
    other = str(Notice.objects.get().pk) if one == "0" else one

    assert signed_in(cast.manager).post(reverse("inbox-read"), {"notice": other}).status_code == 302

    assert not Notice.objects.get().read


def test_a_long_inbox_goes_on_by_key(cast: Cast) -> None:
    for number in range(11):
        make_comment(cast.annotator, cast.article, f"Number {number}, @reviewer")
    client = signed_in(cast.reviewer)
    first = client.get(reverse("work"))

    second = client.get(f"{reverse('work')}?{first.context['inbox'].next}")

    numbers = [
        told.notice.comment.text.split(",")[0] for page in (first, second) for told in page.context["inbox"].rows
    ]
    assert numbers == [f"Number {number}" for number in range(10, -1, -1)]


def test_the_inbox_costs_the_same_however_much_is_in_it(
    cast: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.reviewer)
    make_comment(cast.annotator, make_supported(cast)[2], "@reviewer")
    with django_assert_max_num_queries(14) as one:
        client.get(reverse("work"))
    for _ in range(5):
        make_comment(cast.annotator, cast.article, "@reviewer")
        make_comment(make_cast().annotator, cast.article, "@reviewer")

    with django_assert_num_queries(len(one.captured_queries)):
        client.get(reverse("work"))


def test_what_is_hidden_in_an_independent_project_is_not_told(independent_cast: Cast) -> None:
    make_comment(independent_cast.annotator, independent_cast.article, "False, @annotator2")

    assert "Inbox" not in words(signed_in(independent_cast.annotator2).get(reverse("work")))


def test_every_page_says_in_its_masthead_how_much_is_unread(cast: Cast) -> None:
    make_comment(cast.annotator, cast.article, "@reviewer")

    for user, told in ((cast.reviewer, "reviewer 1 , 1 unread My work · 1 unread"), (cast.manager, "manager My work ")):
        assert told in words(signed_in(user).get(reverse("dashboard", args=[cast.project.slug])))
