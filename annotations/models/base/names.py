"""Names of people and projects: they stand in mails and page heads, so they are one line of text."""

from __future__ import annotations

import re
from typing import Final

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy

from annotations.rules import NAME_CHARACTERS

CONTROL: Final = r"[\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]"
"""Line breaks, control characters, and those that turn the direction of the text around them (re and PostgreSQL)."""

one_line: Final = RegexValidator(
    CONTROL, gettext_lazy(NAME_CHARACTERS.message_id), NAME_CHARACTERS.name, inverse_match=True
)


def be_one_line(name: str) -> None:
    """The same for serializers: the description of the API would take the expression above for what a name matches."""
    one_line(name)


def name_is_one_line(constraint: str) -> models.CheckConstraint:
    """A constraint of this name that refuses such characters in the column `name`."""
    return models.CheckConstraint(condition=~models.Q(name__regex=CONTROL), name=constraint)


def as_one_line(name: str) -> str:
    """A name from a file, with spaces in place of such characters."""
    return re.sub(f"{CONTROL}+", " ", name)
