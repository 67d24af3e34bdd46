"""The form that requests a release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.formats.export_registry import FORMATS
from annotations.jobs.releases import Wish
from annotations.models import Link, Release, Span
from annotations.releases.filters import SIDES, for_managers
from annotations.rules import RELEASE_AUDIENCE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATES: Final = (("approved", _("Approved")), ("submitted", _("Submitted")), ("any", _("All, including drafts")))
WHOLE: Final = _("Enter a whole number from 0 to 100.")


def _share(label: StrOrPromise) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=100,
        error_messages={"invalid": WHOLE, "min_value": WHOLE, "max_value": WHOLE},
    )  # fmt: skip


class ReleaseForm(forms.Form):
    """What a release is to hold."""

    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("For example 1.0 or 2026-11. Not included in the files."),
        error_messages={"required": _("Enter a name, such as 1.0.")},
    )
    formats = forms.MultipleChoiceField(
        label=_("Formats"),
        choices=[(one.name, one.title) for one in FORMATS.values()],
        widget=forms.CheckboxSelectMultiple,
        initial=["jsonl"],
        error_messages={"required": _("Choose at least one format.")},
    )
    state = forms.ChoiceField(label=_("Verdicts"), choices=STATES, required=False)
    label = forms.ChoiceField(label=_("Spans"), choices=[("", _("All labels")), *Span.Label.choices], required=False)
    relation = forms.ChoiceField(
        label=_("Links"), choices=[("", _("All relations")), *Link.Relation.choices], required=False
    )
    comments = forms.BooleanField(label=_("Include comments"), required=False, help_text=_("JSON Lines only."))
    audience = forms.ChoiceField(
        label=_("Access"),
        choices=[("", _("Automatic")), *Release.Audience.choices],
        required=False,
        help_text=_(
            "Automatic: all members, but only managers and reviewers if the release includes verdicts that are not "
            "approved, comments or names. In an independent project, a release for all members leaves out spans that "
            "not all of them can see."
        ),
    )
    names = forms.BooleanField(
        label=_("Include people’s names"),
        required=False,
        help_text=_("Otherwise names are pseudonymised, and file names that may name people are replaced."),
    )
    train = _share(_("Train, %"))
    dev = _share(_("Dev, %"))
    test = _share(_("Test, %"))
    seed = forms.IntegerField(
        label=_("Seed"),
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text=_("The same seed gives the same split."),
        error_messages={"invalid": _("Enter a whole number."), "min_value": _("Enter 0 or more.")},
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        given = [values.get(side) for side in SIDES]
        total = sum(one or 0 for one in given)
        if any(given) and total != 100:
            message = gettext(
                "Splits must add up to 100%%. They now total %(total)s%%. Leave all three empty for no splits."
            )
            self.add_error("train", message % {"total": total})
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
