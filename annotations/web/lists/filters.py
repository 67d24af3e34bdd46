"""The choices of a list's filters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django import forms


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Gives a choice field of a filter form its choices, after one that chooses all."""
    cast(forms.ChoiceField, form.fields[name]).choices = [("", "All"), *choices]
