"""Numbers that nothing can reckon with, where a body may hold any number."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from annotations.models import Project
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast
from tests.web.visit import signed_in, words

TOO_LARGE = ["9" * 309, "-" + "9" * 400, "9" * 4000]


def written(body: dict[str, Any], number: str) -> bytes:
    """The body as JSON, with this number where it says NUMBER."""
    return json.dumps(body).replace('"NUMBER"', number).encode()


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_rating_whose_value_is_too_large_is_refused_by_its_place(cast: Cast, number: str) -> None:
    body = written({"scale": [*cast.project.scale, {"key": "huge", "name": "Huge", "value": "NUMBER"}]}, number)

    with nothing_changed():
        answer = Api(cast.manager).patch(f"/api/v1/projects/{cast.project.slug}/", body, "application/json")

    refused(answer, 400, "invalid-input", "scale.4.value")


@pytest.mark.parametrize("number", TOO_LARGE)
def test_a_field_whose_number_is_too_large_is_refused_by_its_place(cast: Cast, number: str) -> None:
    Project.objects.update(label_fields={"claim": [{"key": "casualties", "name": "Casualties", "kind": "number"}]})
    body = {"article": str(cast.article.pk), "label": "claim", "start": 0, "end": 9, "fields": {"casualties": "NUMBER"}}

    with nothing_changed():
        answer = Api(cast.annotator).put(f"/api/v1/spans/{uuid4()}/", written(body, number), "application/json")

    refused(answer, 400, "invalid-input", "fields.casualties")


@pytest.mark.parametrize("number", [*TOO_LARGE, "9" * 5000, "Infinity", "1e400", "0,5,5"])
def test_the_form_of_the_scale_says_which_value_is_no_number(cast: Cast, number: str) -> None:
    sent = {"scale-row": "0", "scale-0-key": "a", "scale-0-name": "A", "scale-0-value": number}

    answer = signed_in(cast.manager).post(reverse("settings-scale", args=[cast.project.slug]), sent)

    assert answer.status_code == 400
    assert "Enter a number of at most 308 digits, or nothing." in words(answer)


def test_the_form_of_the_scale_keeps_a_large_number_digit_for_digit(cast: Cast) -> None:
    sent = {"scale-row": "0", "scale-0-key": "a", "scale-0-name": "A", "scale-0-value": "9007199254740993"}

    signed_in(cast.manager).post(reverse("settings-scale", args=[cast.project.slug]), sent)

    cast.project.refresh_from_db()
    assert cast.project.scale[0]["value"] == 9007199254740993
