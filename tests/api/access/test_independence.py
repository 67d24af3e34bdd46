"""Rule 12: in an independent project annotators work unseen until both have submitted the article."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from tests.api.access.reading import all_that_is_told, approve, codes, details, is_told, secret_work
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, SAFE, Api, Cast, make_comment, make_link, make_span, make_verdict

Work = dict[str, list[UUID]]


@pytest.fixture
def cast(independent_cast: Cast) -> Cast:
    return independent_cast


@pytest.fixture
def work(cast: Cast) -> Work:
    return secret_work(cast)


def submit(cast: Cast, *names: str) -> None:
    for name in names:
        api = Api(cast.everybody[name])
        api.call("put", f"articles/{cast.article.pk}/assignment/")
        assert api.call("post", f"articles/{cast.article.pk}/assignment/submit/").status_code == 200


def test_no_route_tells_one_annotator_of_the_others_work(cast: Cast, work: Work) -> None:
    api = Api(cast.annotator2)

    assert not is_told(all_that_is_told(api, cast), work)
    assert codes(api, details(work)) == {404}


@pytest.mark.parametrize("done", [["annotator"], ["annotator2"]])
def test_nor_when_one_of_them_has_submitted(cast: Cast, work: Work, done: list[str]) -> None:
    submit(cast, *done)
    api = Api(cast.annotator2)

    assert not is_told(all_that_is_told(api, cast), work)
    assert codes(api, details(work)) == {404}


def test_nor_when_a_verdict_is_approved(cast: Cast, work: Work) -> None:
    approve(cast, work["verdicts"][0])
    api = Api(cast.annotator2)

    assert not is_told(all_that_is_told(api, cast), work)
    assert codes(api, details(work)) == {404}


def test_once_both_have_submitted_they_read_one_another(cast: Cast, work: Work) -> None:
    submit(cast, "annotator", "annotator2")
    api = Api(cast.annotator2)

    assert is_told(all_that_is_told(api, cast), work)
    assert codes(api, details(work)) == {200}


def test_who_goes_on_is_on_their_own_again(cast: Cast, work: Work) -> None:
    submit(cast, "annotator", "annotator2")
    mine = cast.article.assignments.get(assignee=cast.annotator2)
    assert Api(cast.manager).call("post", f"assignments/{mine.pk}/reopen/").status_code == 200

    assert codes(Api(cast.annotator2), details(work)) == {404}


@pytest.mark.parametrize("name", ["reviewer", "manager"])
def test_reviewers_and_managers_read_everything(cast: Cast, work: Work, name: str) -> None:
    api = Api(cast.everybody[name])

    assert is_told(all_that_is_told(api, cast), work)
    assert codes(api, details(work)) == {200}


def test_ones_own_work_is_ones_own_to_read(cast: Cast, work: Work) -> None:
    api = Api(cast.annotator)

    assert is_told(all_that_is_told(api, cast), work)
    assert codes(api, details(work)) == {200}


def test_nobody_links_to_what_they_do_not_see(cast: Cast, work: Work) -> None:
    mine = make_span(cast.annotator2, cast.article, CRACKS, "fact")
    api = Api(cast.annotator2)

    with nothing_changed():
        for hidden in work["spans"]:
            body = {"source": str(mine.pk), "target": str(hidden), "relation": "corroborates"}
            refused(api.call("put", f"links/{uuid4()}/", body), 400, "invalid-input", "target")
            body |= {"source": str(hidden), "target": str(mine.pk)}
            refused(api.call("put", f"links/{uuid4()}/", body), 400, "invalid-input", "source")
            refused(api.call("put", f"verdicts/{uuid4()}/", {"claim": str(hidden)}), 400, "invalid-input", "claim")


def test_nobody_changes_what_they_do_not_see(cast: Cast, work: Work) -> None:
    api = Api(cast.annotator2)

    with nothing_changed():
        for kind, keys in work.items():
            for key in keys:
                refused(api.call("patch", f"{kind}/{key}/", {}, version=1), 404, "not-found")
                refused(api.call("delete", f"{kind}/{key}/", version=1), 404, "not-found")
                refused(api.call("post", f"{kind}/{key}/restore/"), 404, "not-found")


def test_a_batch_opens_nothing(cast: Cast, work: Work) -> None:
    operations = [{"method": "GET", "path": path} for path in details(work) if not path.endswith("history/")]

    answer = Api(cast.annotator2).call("post", f"projects/{cast.project.slug}/batch/", {"operations": operations})

    assert {one["status"] for one in answer.json()["results"]} == {404}


def test_both_may_mark_the_same_words_without_learning_of_it(cast: Cast, work: Work) -> None:
    assert Api(cast.annotator2).put_span(cast.article, SAFE).status_code == 201


def test_an_id_in_use_tells_nothing_of_what_has_it(cast: Cast, work: Work) -> None:
    with nothing_changed():
        for key in work["spans"]:
            refused(Api(cast.annotator2).put_span(cast.article, (1, 5), key=key), 404, "not-found")


def test_what_was_deleted_stays_unseen(cast: Cast, work: Work) -> None:
    api = Api(cast.annotator)
    for key in work["verdicts"]:
        assert api.call("delete", f"verdicts/{key}/", version=1).status_code == 204
    for key in work["spans"]:
        assert api.call("delete", f"spans/{key}/", version=1).status_code == 204

    assert codes(Api(cast.annotator2), details(work)) == {404}
    assert codes(api, [path for path in details(work) if path.endswith("history/")]) == {200}


def test_a_claim_does_not_count_mentions_that_are_hidden(cast: Cast) -> None:
    project, mine = f"projects/{cast.project.slug}/claims/", make_span(cast.annotator2, cast.article, SAFE)
    theirs = make_span(cast.annotator, cast.article, CRACKS)
    make_link(cast.reviewer, theirs, mine, "restates")

    [claim] = Api(cast.annotator2).call("get", project).json()["results"]

    assert (claim["mentions"], claim["restates"]) == (1, None)


def test_a_shared_project_hides_nothing_from_annotators(cast: Cast, work: Work) -> None:
    cast.project.mode = "shared"
    cast.project.save()

    assert codes(Api(cast.annotator2), details(work)) == {200}


def test_evidence_of_a_hidden_annotator_weighs_nothing(cast: Cast) -> None:
    claim = make_span(cast.annotator2, cast.article, SAFE)
    make_verdict(cast.annotator2, claim)
    make_link(cast.reviewer, make_span(cast.annotator, cast.article, CRACKS, "fact"), claim)

    [found] = Api(cast.annotator2).call("get", f"projects/{cast.project.slug}/claims/").json()["results"]

    assert found["evidence"]["corroborates"]["count"] == 0


def test_a_deletion_names_nothing_hidden_that_goes_along(cast: Cast) -> None:
    mine = make_span(cast.annotator2, cast.article, SAFE)
    link = make_link(cast.reviewer, make_span(cast.annotator, cast.article, CRACKS, "fact"), mine)
    make_comment(cast.reviewer, link)

    told = Api(cast.annotator2).call("get", f"spans/{mine.pk}/").json()["goes_with_it"]

    assert told == {"links": [], "verdict": None, "comments": []}
