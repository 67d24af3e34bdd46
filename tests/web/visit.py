"""Looking at pages as somebody."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from annotations.models import User


def signed_in(user: User) -> Client:
    """A browser in which `user` has signed in."""
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    """The visible words of a page, each gap one space."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", body).split()))
