"""`projects/{slug}/hand-over/`: one person's drafts and returned verdicts go to another."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Assignment, Event, HandOver, Membership, Notice, User, Verdict
from annotations.operations import hand_over
from tests.api.people.test_inbox import inbox
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, DANGER, SAFE, Api, Cast, make_comment, make_span, make_supported, make_verdict, person


def ask(cast: Cast, giver: User | int, receiver: User | int, by: str = "manager", **more: Any) -> Any:
    body = {"from": getattr(giver, "pk", giver), "to": getattr(receiver, "pk", receiver), **more}
    return Api(cast.everybody[by]).call("post", f"projects/{cast.project.slug}/hand-over/", body)


def handed(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.json()
    return [one["id"] for one in answer.json()["handed_over"]]


def leave(cast: Cast, name: str = "annotator") -> None:
    Membership.objects.get(project=cast.project, user=cast.everybody[name]).delete()


def returned(cast: Cast) -> Verdict:
    verdict = make_supported(cast)[-1]
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Which engineers?")
    return verdict


def submit_pass(cast: Cast, *names: str) -> None:
    for name in names:
        taken, _ = Assignment.objects.take_up(cast.article, by=cast.everybody[name])
        taken.submit(by=cast.everybody[name])


def test_a_removed_annotators_returned_verdict_is_submitted_by_whoever_takes_it_over(cast: Cast) -> None:
    verdict = returned(cast)
    leave(cast)
    api = Api(cast.annotator2)
    refused(api.call("post", f"verdicts/{verdict.pk}/submit/", version=3), 403, "forbidden")

    assert handed(ask(cast, cast.annotator, cast.annotator2)) == [str(verdict.pk)]
    answer = api.call("post", f"verdicts/{verdict.pk}/submit/", version=4)

    assert (answer.status_code, answer.json()["state"]) == (200, "submitted")
    people = {name: answer.json()[name]["name"] for name in ("author", "holder")}
    assert people == {"author": "annotator", "holder": "annotator2"}
    assert Api(cast.reviewer).call("post", f"verdicts/{verdict.pk}/approve/", version=5).status_code == 200


def test_the_answer_says_what_was_handed_over(cast: Cast) -> None:
    verdict = returned(cast)

    answer = ask(cast, cast.annotator, cast.annotator2).json()

    assert answer == {
        "from": {"id": cast.annotator.pk, "name": "annotator"},
        "to": {"id": cast.annotator2.pk, "name": "annotator2"},
        "handed_over": [
            {
                "id": str(verdict.pk),
                "claim": str(verdict.claim_id),
                "article": str(cast.article.pk),
                "state": "returned",
                "version": 4,
            }
        ],
        "left": [],
        "left_count": 0,
        "more": False,
    }


def test_drafts_and_returned_verdicts_go_and_others_stay(cast: Cast) -> None:
    back = returned(cast)
    draft = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, CRACKS))
    waiting = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, DANGER))
    waiting.submit(by=cast.annotator, from_version=1)
    make_verdict(cast.annotator2, make_span(cast.annotator2, cast.article, CRACKS))

    assert handed(ask(cast, cast.annotator, cast.annotator2)) == [str(back.pk), str(draft.pk)]
    assert Verdict.objects.get(holder=cast.annotator) == waiting


def test_doing_it_again_moves_nothing_and_tells_nobody(cast: Cast) -> None:
    make_supported(cast)
    ask(cast, cast.annotator, cast.annotator2)

    with nothing_changed():
        answer = ask(cast, cast.annotator, cast.annotator2)
    assert handed(answer) == answer.json()["left"] == []
    assert (HandOver.objects.count(), Notice.objects.count()) == (1, 1)


def test_it_stands_in_the_history_under_the_managers_name(cast: Cast) -> None:
    verdict = make_supported(cast)[-1]
    ask(cast, cast.annotator, cast.annotator2)

    event = Api(cast.annotator).call("get", f"verdicts/{verdict.pk}/history/").json()["results"][0]

    assert (event["what"], event["by"]["name"]) == ("updated", "manager")
    assert (event["before"]["holder"], event["after"]["holder"]) == (cast.annotator.pk, cast.annotator2.pk)
    assert "written_by" not in event["after"]


def test_handing_it_back_undoes_it(cast: Cast) -> None:
    verdict = make_supported(cast)[-1]
    ask(cast, cast.annotator, cast.annotator2)

    ask(cast, cast.annotator2, cast.annotator)

    assert Verdict.objects.get(pk=verdict.pk).holder == cast.annotator


def test_what_came_from_somebody_who_left_before_goes_on(cast: Cast) -> None:
    verdict = make_supported(cast)[-1]
    third = person("third")
    cast.project.memberships.create(user=third, roles=["annotator"])
    ask(cast, cast.annotator, cast.annotator2)
    leave(cast)
    leave(cast, "annotator2")

    assert handed(ask(cast, cast.annotator, third)) == []
    assert handed(ask(cast, cast.annotator2, third)) == [str(verdict.pk)]


@pytest.mark.parametrize("name", ["annotator", "annotator2", "reviewer", "viewer"])
def test_only_managers_hand_over(cast: Cast, name: str) -> None:
    make_supported(cast)

    with nothing_changed():
        refused(ask(cast, cast.annotator, cast.annotator2, by=name), 403, "forbidden")


@pytest.mark.parametrize("name", ["reviewer", "viewer", "manager"])
def test_it_goes_to_annotators_only(cast: Cast, name: str) -> None:
    make_supported(cast)

    with nothing_changed():
        refused(ask(cast, cast.annotator, cast.everybody[name]), 409, "holder-annotates", "to")


@pytest.mark.parametrize("field", ["from", "to"])
def test_who_has_nothing_to_do_with_the_project_is_named_as_unknown(cast: Cast, field: str) -> None:
    for unknown in (cast.outsider.pk, 2**63 - 1):
        people = {"from": cast.annotator.pk, "to": cast.annotator2.pk} | {field: unknown}
        refused(ask(cast, people["from"], people["to"]), 400, "invalid-input", field)


@pytest.mark.parametrize("wrong", [0, -1, 2**63, 1.5, "1", None, True, []])
def test_an_id_that_is_none_is_named(cast: Cast, wrong: Any) -> None:
    refused(ask(cast, wrong, cast.annotator2), 400, "invalid-input", "from")
    refused(ask(cast, cast.annotator, wrong), 400, "invalid-input", "to")


def test_nobody_hands_over_to_themselves(cast: Cast) -> None:
    refused(ask(cast, cast.annotator, cast.annotator), 400, "invalid-input", "to")


def test_the_new_holder_finds_a_notice_and_marks_it_as_read(cast: Cast) -> None:
    make_supported(cast)
    ask(cast, cast.annotator, cast.annotator2)

    [notice] = inbox(cast.annotator2)
    told = notice["hand_over"]
    assert (notice["why"], notice["project"], notice["comment"]) == ("hand_over", cast.project.slug, None)
    assert (told["from"]["name"], told["by"]["name"], told["verdicts"]) == ("annotator", "manager", 1)
    read = Api(cast.annotator2).call("post", "me/inbox/read/", {"notices": [notice["id"]]})
    assert read.json() == {"unread": 0}


def test_a_manager_who_takes_work_over_is_told_nothing(cast: Cast) -> None:
    make_supported(cast)
    Membership.objects.filter(user=cast.manager).update(roles=["manager", "annotator"])

    ask(cast, cast.annotator, cast.manager)

    assert inbox(cast.manager) == []


def test_what_is_said_on_the_verdict_is_told_to_its_holder(cast: Cast) -> None:
    verdict = make_supported(cast)[-1]
    ask(cast, cast.annotator, cast.annotator2)

    make_comment(cast.reviewer, Verdict.objects.get(pk=verdict.pk))

    assert [notice["why"] for notice in inbox(cast.annotator2)] == ["work", "hand_over"]


def test_the_holder_is_a_filter_of_the_list_and_of_what_waits(cast: Cast) -> None:
    verdict = returned(cast)
    ask(cast, cast.annotator, cast.annotator2)
    api = Api(cast.annotator2)

    found = api.call("get", f"projects/{cast.project.slug}/verdicts/?holder=me").json()["results"]

    assert [one["id"] for one in found] == [str(verdict.pk)]
    assert api.call("get", "me/").json()["waiting"][0]["returned"] == 1
    assert Api(cast.annotator).call("get", "me/").json()["waiting"][0]["returned"] == 0


def test_no_more_than_so_many_move_at_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand_over, "MOST", 1)
    for at in (SAFE, CRACKS):
        make_verdict(cast.annotator, make_span(cast.annotator, cast.article, at))

    first, second = (ask(cast, cast.annotator, cast.annotator2).json() for _ in range(2))

    assert [len(one["handed_over"]) for one in (first, second)] == [1, 1]
    assert (first["more"], second["more"]) == (True, False)


def test_in_an_independent_project_what_the_other_cannot_see_stays(independent_cast: Cast) -> None:
    cast = independent_cast
    verdict = make_supported(cast)[-1]
    submit_pass(cast, "annotator")

    with nothing_changed():
        answer = ask(cast, cast.annotator, cast.annotator2).json()

    [left] = answer["left"]
    assert (left["id"], left["code"], answer["left_count"]) == (str(verdict.pk), "holder_sees_claim", 1)
    assert left["detail"] == "annotator2 can't see this work on “The bridge” yet."
    assert Api(cast.annotator2).call("get", f"verdicts/{verdict.pk}/").status_code == 404
    assert inbox(cast.annotator2) == []


def test_what_the_other_has_rated_themselves_stays_and_the_rest_goes(independent_cast: Cast) -> None:
    cast = independent_cast
    same = make_supported(cast)[-1]
    other = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, DANGER))
    make_verdict(cast.annotator2, make_span(cast.annotator2, cast.article))
    submit_pass(cast, "annotator", "annotator2")

    answer = ask(cast, cast.annotator, cast.annotator2)

    assert handed(answer) == [str(other.pk)]
    [left] = answer.json()["left"]
    assert (left["id"], left["code"]) == (str(same.pk), "holder_rated_text")
    assert left["detail"] == "annotator2 already has a verdict on the same text of “The bridge”."


def test_those_that_stay_are_counted_and_the_first_named(
    independent_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_over, "MOST_LEFT", 1)
    cast = independent_cast
    for at in (SAFE, CRACKS):
        make_verdict(cast.annotator, make_span(cast.annotator, cast.article, at))

    answer = ask(cast, cast.annotator, cast.annotator2).json()

    assert (len(answer["left"]), answer["left_count"]) == (1, 2)


def test_in_an_independent_project_the_new_holder_edits_links_and_submits(independent_cast: Cast) -> None:
    cast = independent_cast
    _, _, link, verdict = make_supported(cast)
    Membership.objects.filter(user=cast.reviewer).update(roles=["annotator", "reviewer"])
    ask(cast, cast.annotator, cast.reviewer)
    api, former = Api(cast.reviewer), Api(cast.annotator)

    refused(former.call("patch", f"verdicts/{verdict.pk}/", {"rationale": "n"}, version=2), 403, "forbidden")
    refused(former.call("post", f"verdicts/{verdict.pk}/submit/", version=2), 403, "forbidden")
    assert api.call("patch", f"links/{link.pk}/", {"note": "Seen."}, version=1).status_code == 200
    assert api.call("patch", f"verdicts/{verdict.pk}/", {"rationale": "Yes."}, version=2).status_code == 200
    assert api.call("post", f"verdicts/{verdict.pk}/submit/", version=3).status_code == 200
    refused(api.call("post", f"verdicts/{verdict.pk}/approve/", version=4), 409, "own-verdict", "reviewer")


def test_a_holder_whose_pass_a_manager_reopens_sees_the_verdict_no_more(independent_cast: Cast) -> None:
    cast = independent_cast
    verdict = make_supported(cast)[-1]
    submit_pass(cast, "annotator", "annotator2")
    assert handed(ask(cast, cast.annotator, cast.annotator2)) == [str(verdict.pk)]
    api = Api(cast.annotator2)

    cast.article.assignments.get(assignee=cast.annotator2).reopen(by=cast.manager)

    assert api.call("get", f"verdicts/{verdict.pk}/").status_code == 404
    assert api.call("get", f"verdicts/{verdict.pk}/history/").status_code == 404
    assert api.call("get", "me/").json()["waiting"][0]["returned"] == 0


def test_the_new_holder_brings_back_what_they_deleted(independent_cast: Cast) -> None:
    cast = independent_cast
    verdict = make_supported(cast)[-1]
    submit_pass(cast, "annotator", "annotator2")
    ask(cast, cast.annotator, cast.annotator2)
    api = Api(cast.annotator2)
    assert api.call("delete", f"verdicts/{verdict.pk}/", version=2).status_code == 204

    answer = api.call("post", f"verdicts/{verdict.pk}/restore/")

    assert (answer.status_code, answer.json()["holder"]["name"]) == (200, "annotator2")
    assert Event.objects.of(cast.project.pk, "verdict", verdict.pk).count() == 4
