"""Counts and times requests for /metrics."""

from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import cast

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware
from prometheus_client import Counter, Histogram

REQUESTS = Counter("factcheck_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("factcheck_request_seconds", "Seconds until the answer began.", ["method", "route"])
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

Answer = Callable[[HttpRequest], HttpResponseBase]
LaterAnswer = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


@sync_and_async_middleware
def measured(get_response: Answer | LaterAnswer) -> Answer | LaterAnswer:
    """Middleware around everything else; it labels by route, never by address, so labels stay few."""
    if iscoroutinefunction(get_response):
        get_later = cast(LaterAnswer, get_response)

        async def answer_later(request: HttpRequest) -> HttpResponseBase:
            start = perf_counter()
            response = await get_later(request)
            _record(request, response, perf_counter() - start)
            return response

        return answer_later

    get_now = cast(Answer, get_response)

    def answer(request: HttpRequest) -> HttpResponseBase:
        start = perf_counter()
        response = get_now(request)
        _record(request, response, perf_counter() - start)
        return response

    return answer


def _record(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    match = request.resolver_match
    route = match.route if match else "none"
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(method, route, f"{response.status_code}").inc()
    SECONDS.labels(method, route).observe(seconds)
