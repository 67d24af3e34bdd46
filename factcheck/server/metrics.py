"""Counts and times requests for /metrics."""

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

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
