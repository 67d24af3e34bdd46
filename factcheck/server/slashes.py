"""Addresses without their last slash: reading is redirected, and nothing else is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.common import CommonMiddleware
from django.urls import is_valid_path

READING = ("GET", "HEAD")


class Slashes(CommonMiddleware):
    """Django's middleware, except that a request which changes something gets 404.

    Clients follow 301 with GET: a creation would come back as a list with 200, and nobody would notice.
    """

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        return request.method in READING and super().should_redirect_with_slash(request)


def reading_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The admin's own view for addresses that it does not know, which redirects too, for reading alone."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READING:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


def lacks_slash(request: HttpRequest) -> bool:
    """Whether there is something at the address with a slash at its end."""
    path, urlconf = request.path_info, getattr(request, "urlconf", None)
    return not path.endswith("/") and bool(is_valid_path(f"{path}/", urlconf))
