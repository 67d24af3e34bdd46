"""What machines ask about the server: is it alive, is it ready, how is it doing; and the figures of its requests."""

from collections.abc import Callable
from functools import cache
from time import perf_counter
from typing import Any

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from rest_framework.exceptions import AuthenticationFailed

from factcheck import database
from factcheck.environment import is_loopback
from factcheck.problems import problem_answer

Connection = psycopg.Connection[tuple[Any, ...]]


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as long as the process does; asks nothing of the database."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and every migration is applied, else 503 with the reason."""
    try:
        with database.connect() as fresh:
            missing = _shipped_migrations() - _applied_migrations(fresh)
            another = "SELECT FROM annotations_epoch, pg_control_system() c WHERE server <> c.system_identifier::text"
            is_restored = not missing and fresh.execute(another).fetchone() is not None
    except psycopg.Error:
        return _not_ready("the database can't be reached")
    if missing:
        return _not_ready(f"{len(missing)} migrations are not applied")
    if is_restored:
        return _not_ready("the database was restored on another server: run manage.py afterrestore")
    return JsonResponse({"ready": True})


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for this machine or for the owner of a token."""
    # A proxy on this machine that does not say for whom it asks still passes on the name that people ask for.
    proxied = not settings.SITE_IS_LOCAL and not is_loopback(split_domain_port(request.get_host())[0].strip("[]"))
    local = is_loopback(request.META.get("REMOTE_ADDR", "")) and not proxied
    if not local and not _has_token(request):
        answer = problem_answer(
            401, _("Send a token, or send the request from the server itself."), title=_("A token is required")
        )
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _not_ready(reason: str) -> HttpResponse:
    return JsonResponse({"ready": False, "reason": reason}, status=503)


@cache
def _shipped_migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).graph.nodes)


def _applied_migrations(fresh: Connection) -> set[tuple[str, str]]:
    found = fresh.execute("SELECT to_regclass('django_migrations')").fetchone()
    if found is None or found[0] is None:
        return set()
    return {(app, name) for app, name in fresh.execute("SELECT app, name FROM django_migrations")}


def _has_token(request: HttpRequest) -> bool:
    from annotations.api.base.authentication import TokenAuthentication

    try:
        return TokenAuthentication().authenticate(request) is not None
    except AuthenticationFailed:
        return False


REQUESTS = Counter("factcheck_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("factcheck_request_seconds", "Seconds until the answer began.", ["method", "route"])
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def measured(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware around everything else; it labels by route, never by address, so labels stay few."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        start = perf_counter()
        response = get_response(request)
        seconds = perf_counter() - start
        match = request.resolver_match
        route = match.route if match else "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, route, f"{response.status_code}").inc()
        SECONDS.labels(method, route).observe(seconds)
        return response

    return answer
