"""What a request gets that no view answers: problem details under /api/, a page elsewhere."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.template import TemplateDoesNotExist, loader
from django.views import defaults

from factcheck.problems import problem_answer
from factcheck.server.slashes import lacks_slash

NO_DATABASE = "The database does not answer at the moment. Nothing was lost: try again shortly."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that Django itself refuses, such as one for a host that is not ours."""
    if _is_api(request):
        return problem_answer(400, "The server refused it as malformed.", title="The request cannot be understood")
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but without the right."""
    if _is_api(request):
        return problem_answer(403, "Your role does not allow this.", title="Not allowed")
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such address, or nothing there for this person."""
    if _is_api(request):
        detail = "There is nothing at this address, or nothing for you."
        if lacks_slash(request):
            detail = f"There is nothing at this address. Send the request to {request.path}/ with a slash at its end."
        return problem_answer(404, detail, title="Not found")
    return defaults.page_not_found(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that may be from elsewhere. The page names the cause: another address, no cookie, or an old form."""
    elsewhere = reason.startswith(("Origin checking failed", "Referer checking failed"))
    shown = {
        "cause": "address" if elsewhere else "cookie" if reason == REASON_NO_CSRF_COOKIE else "expired",
        "sent_from": request.headers.get("Origin") or request.headers.get("Referer") or "an address it does not name",
        "asked_as": f"{request.scheme}://{request.get_host()}",
        "needs_tls": settings.CSRF_COOKIE_SECURE and not request.is_secure(),
        "site": settings.SITE_URL,
    }
    return render(request, "403_csrf.html", shown, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the reason is a database that is away."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    if _is_api(request):
        title = "The database is away" if away else "Something went wrong"
        slug, detail = ("unavailable", NO_DATABASE) if away else ("internal", "The failure was logged.")
        response: HttpResponse = problem_answer(status, detail, slug, title)
    else:
        response = HttpResponse(_failure_page(status), status=status)
    if away:
        response["Retry-After"] = "5"
    return response


def _failure_page(status: int) -> str:
    """The page for a failure; it is drawn without the request, for that could ask the database."""
    try:
        return loader.get_template(f"{status}.html").render()
    except TemplateDoesNotExist:
        told = NO_DATABASE if status == 503 else "Something went wrong on the server. The failure was logged."
        return f"<!doctype html><html lang=en><title>Factcheck</title><p>{told}</p></html>"


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
