"""What machines ask: alive, ready, figures; also while the database is away."""

import time

import pytest
from django.db import connection
from django.test import Client

from annotations.models import Token
from tests.cast import Cast


def test_alive_asks_nothing_of_the_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_ready_when_the_database_answers_and_is_migrated(client: Client, transactional_db: None) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True})


def test_not_ready_while_a_migration_is_missing(client: Client, transactional_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'annotations' RETURNING app, name, applied")
        gone = cursor.fetchall()
    try:
        answer = client.get("/readyz")
    finally:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", gone)
    assert answer.status_code == 503
    assert "not applied" in answer.json()["reason"]


def test_not_ready_within_seconds_while_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    start = time.monotonic()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "reason": "the database can't be reached"}
    assert time.monotonic() - start < 3


def test_figures_count_requests_by_route(client: Client) -> None:
    client.get("/healthz")
    told = client.get("/metrics").content.decode()
    assert 'factcheck_requests_total{method="GET",route="healthz",status="200"}' in told


@pytest.mark.django_db
def test_figures_are_not_for_strangers(client: Client) -> None:
    answer = client.get("/metrics", REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_figures_are_for_the_owner_of_a_token(client: Client, cast: Cast) -> None:
    _, secret = Token.objects.create(cast.viewer, name="prometheus", scopes=["read"])
    given = client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"authorization": f"Bearer {secret}"})
    refused = client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"authorization": f"Bearer {secret}x"})
    assert (given.status_code, refused.status_code) == (200, 401)
