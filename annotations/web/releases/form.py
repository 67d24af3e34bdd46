"""The form that asks for a release."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from annotations.formats.export_registry import FORMATS
from annotations.jobs.releases import Wish
from annotations.models import Link, Release, Span
from annotations.releases.filters import SIDES, for_managers
from annotations.rules import RELEASE_AUDIENCE

STATES: Final = (("approved", "Approved"), ("submitted", "Waiting for review"), ("any", "All, drafts too"))
WHOLE: Final = "Shares are whole percentages from 0 to 100."


def _share(name: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{name}, %", required=False, min_value=0, max_value=100,
        error_messages={"invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE},
    )  # fmt: skip


class ReleaseForm(forms.Form):
    """What a release is to hold."""

    name = forms.CharField(
        label="Name",
        max_length=100,
        help_text="How people will refer to it, such as 1.0 or 2026-11. It stands in no file.",
        error_messages={"required": "Give the release a name, such as 1.0."},
    )
    formats = forms.MultipleChoiceField(
        label="Formats",
        choices=[(one.name, one.title) for one in FORMATS.values()],
        widget=forms.CheckboxSelectMultiple,
        initial=["jsonl"],
        error_messages={"required": "Choose at least one format."},
    )
    state = forms.ChoiceField(label="Verdicts", choices=STATES, required=False)
    label = forms.ChoiceField(label="Spans", choices=[("", "All labels"), *Span.Label.choices], required=False)
    relation = forms.ChoiceField(label="Links", choices=[("", "All relations"), *Link.Relation.choices], required=False)
    comments = forms.BooleanField(label="With comments", required=False, help_text="In jsonl.")
    audience = forms.ChoiceField(
        label="Who may read it",
        choices=[("", "Automatic"), *Release.Audience.choices],
        required=False,
        help_text="Automatic: all members, but only managers and reviewers where it has verdicts that are not "
        "approved, comments or names. In an independent project, a release for all members leaves out spans that are "
        "not open to all of them.",
    )
    names = forms.BooleanField(
        label="With people’s names",
        required=False,
        help_text="Otherwise names are pseudonymised, and file names that may name people are replaced.",
    )
    train = _share("Train")
    dev = _share("Dev")
    test = _share("Test")
    seed = forms.IntegerField(
        label="Seed",
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text="The same seed deals the same articles alike.",
        error_messages={"invalid": "The seed is a whole number.", "min_value": "The seed is 0 or more."},
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        given = [values.get(side) for side in SIDES]
        if any(given) and sum(one or 0 for one in given) != 100:
            self.add_error("train", "The shares of the splits add up to 100 %. Leave all three empty for no splits.")
        names = for_managers(self._filters(values))
        if names and values.get("audience") == Release.Audience.MEMBERS:
            self.add_error("audience", RELEASE_AUDIENCE.message)
        return values

    def wish(self) -> Wish:
        """What the form asks for."""
        values = self.cleaned_data
        return Wish(
            name=values["name"],
            formats=values["formats"],
            filters=self._filters(values),
            splits={side: values[side] / 100 for side in SIDES if values[side]},
            seed=values["seed"] or 0,
            audience=values["audience"],
        )

    def _filters(self, values: dict[str, Any]) -> dict[str, Any]:
        chosen = {name: values.get(name) or "" for name in ("label", "relation")}
        flags = {name: bool(values.get(name)) for name in ("comments", "names")}
        return {"state": values.get("state") or "approved", **chosen, **flags}
