"""Reading JSON bodies strictly: what JSON or PostgreSQL cannot hold is refused with its location."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from annotations.serializers.base import TooLarge, invalid
from annotations.strict_json import DEEPEST, TooDeep, unstorable, value_of


class StrictJSONParser(BaseParser):
    """RFC 8259 in UTF-8: no NaN, no lone surrogates, no NUL, no duplicate names."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            raw = stream.body if hasattr(stream, "body") else stream.read()
        except RequestDataTooBig as error:
            raise TooLarge from error
        return parse_json(raw)


def parse_json(raw: bytes) -> Any:
    """The value of a JSON text. Raises ParseError, or ValidationError with the field that cannot be stored."""
    try:
        text = raw.decode("utf-8")
        value = value_of(text)
    except UnicodeDecodeError as error:
        raise ParseError(_("The body is not UTF-8 (byte %(byte)s).") % {"byte": error.start}) from error
    except TooDeep as error:
        raise ParseError(
            _("The body is nested too deeply: at most %(levels)s levels are allowed.") % {"levels": DEEPEST}
        ) from error
    except json.JSONDecodeError as error:
        raise ParseError(
            _("The body is not valid JSON: %(msg)s (line %(lineno)s, column %(colno)s).")
            % {"msg": error.msg, "lineno": error.lineno, "colno": error.colno}
        ) from error
    except ValueError as error:
        raise ParseError(_("The body is not valid JSON: %(error)s.") % {"error": error}) from error
    if "\\u" in text:
        for location, words in unstorable(value):
            raise invalid(location, words, "unstorable")
    return value
