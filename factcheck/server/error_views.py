"""What a request gets that no view answers: problem details under /api/, a page elsewhere."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import gettext as _
from django.views import defaults

from factcheck.problems import problem_answer
from factcheck.server.slashes import lacks_slash


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a request that Django itself refuses, such as one for a host that is not ours."""
    if _is_api(request):
        return problem_answer(400, _("The server couldn't read this request."), title=_("The request is invalid"))
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but without the right."""
    if _is_api(request):
        return problem_answer(403, _("Your role doesn't allow this."), title=_("Access denied"))
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such address, or nothing there for this person."""
    if _is_api(request):
        detail = _("There is nothing at this address, or you don't have access to it.")
        if lacks_slash(request):
            detail = _("There is nothing at this address. Send the request to %(path)s/, with a slash at the end.") % {
                "path": request.path
            }
        return problem_answer(404, detail, title=_("Not found"))
    return defaults.page_not_found(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that may come from another site. The page names the cause: other address, no cookie, expired."""
    elsewhere = reason.startswith(("Origin checking failed", "Referer checking failed"))
    shown = {
        "cause": "address" if elsewhere else "cookie" if reason == REASON_NO_CSRF_COOKIE else "expired",
        "sent_from": request.headers.get("Origin") or request.headers.get("Referer", ""),
        "asked_as": f"{request.scheme}://{request.get_host()}",
        "needs_tls": settings.CSRF_COOKIE_SECURE and not request.is_secure(),
        "site": settings.SITE_URL,
    }
    return render(request, "403_csrf.html", shown, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database can't be reached."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    if _is_api(request):
        title = _("The database can't be reached") if away else _("Server error")
        slug, detail = ("unavailable", _no_database()) if away else ("internal", _("The error has been logged."))
        response: HttpResponse = problem_answer(status, detail, slug, title)
    else:
        try:
            # Without the request, which could query the database.
            page = loader.get_template(f"{status}.html").render()
        except TemplateDoesNotExist:
            text = _no_database() if away else _("There is a problem with the service. The error has been logged.")
            page = f"<!doctype html><html lang=en><title>Factcheck</title><p>{text}</p></html>"
        response = HttpResponse(page, status=status)
    if away:
        response["Retry-After"] = "5"
    return response


def _no_database() -> str:
    return _("The database can't be reached. Your saved work is safe. Try again in a moment.")


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
