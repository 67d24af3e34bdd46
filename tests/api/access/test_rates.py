"""How often one may call."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.refusals import refused
from tests.cast import Api, Cast


@pytest.fixture
def rates(settings: Any) -> Any:
    """Sets the rates per minute of a token and of an address."""

    def set_rates(token: int, address: int) -> None:
        settings.REST_FRAMEWORK = {
            **settings.REST_FRAMEWORK,
            "DEFAULT_THROTTLE_RATES": {"token": f"{token}/min", "address": f"{address}/min"},
        }

    return set_rates


def told(answer: Any) -> tuple[int, int]:
    assert 0 <= int(answer["RateLimit-Reset"]) <= 60
    return int(answer["RateLimit-Limit"]), int(answer["RateLimit-Remaining"])


def test_every_answer_tells_what_is_left(cast: Cast, rates: Any) -> None:
    rates(token=5, address=100)
    api = Api(cast.viewer)

    assert told(api.call("get", "me/")) == (5, 4)
    assert told(api.call("get", f"articles/{cast.article.pk}/")) == (5, 3)
    assert told(api.call("get", "projects/none/")) == (5, 2)
    assert told(api.call("post", "projects/", {})) == (5, 1)


def test_one_call_too_many_is_told_when_to_come_back(cast: Cast, rates: Any) -> None:
    rates(token=2, address=100)
    api = Api(cast.viewer)
    for _ in range(2):
        assert api.call("get", "me/").status_code == 200

    answer = api.call("get", "me/")

    refused(answer, 429, "throttled")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert told(answer) == (2, 0)


def test_each_token_has_a_rate_of_its_own(cast: Cast, rates: Any) -> None:
    rates(token=1, address=100)
    api, other = Api(cast.viewer), Api(cast.viewer)
    api.call("get", "me/")

    assert other.call("get", "me/").status_code == 200
    refused(api.call("get", "me/"), 429, "throttled")


def test_an_address_has_a_rate_whatever_its_tokens(cast: Cast, rates: Any) -> None:
    rates(token=100, address=3)

    codes = [
        Api(user).call("get", "me/").status_code for user in (cast.viewer, cast.annotator, cast.manager, cast.reviewer)
    ]

    assert codes == [200, 200, 200, 429]
    assert Api(cast.viewer).call("get", "me/", REMOTE_ADDR="192.0.2.1").status_code == 200


def test_a_proxys_word_for_the_address_is_not_taken(cast: Cast, rates: Any, settings: Any) -> None:
    settings.SITE_IS_LOCAL = False
    rates(token=100, address=1)
    api = Api(cast.viewer)

    codes = [api.call("get", "me/", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(2)]

    assert codes == [200, 429]


def test_strangers_count_too(cast: Cast, rates: Any) -> None:
    rates(token=100, address=2)

    codes = [Api(None).call("get", "me/").status_code for _ in range(3)]

    assert codes == [401, 401, 429]
