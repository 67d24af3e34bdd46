"""The filters of a list: choices, and for choices that grow with the project a way to find those that are not shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Project
from annotations.web.lists.values import Values
from annotations.web.page import PageRequest

OFFERED: Final = 100
"""Values of one filter that are offered at once."""

FINDERS: Final = {
    "article": gettext_lazy("Find article"),
    "outlet": gettext_lazy("Find outlet"),
    "language": gettext_lazy("Find language"),
    "annotator": gettext_lazy("Find annotator"),
    "author": gettext_lazy("Find author"),
}
"""Labels of the fields in which one types how a value begins, by the name of the filter."""

FROM: Final = "_from"
"""What the name of the field ends with in which one types how a value begins."""


class ListFilters(forms.Form):
    """What a list can be narrowed to; a value that makes no sense narrows nothing. `page` names the list's page."""

    page: ClassVar[str]

    def offer_first(self, name: str, values: Values, project: Project) -> None:
        """Gives a choice field the first values, and the one that is chosen wherever that stands.

        Where there are more, a field before it asks how the value begins, and the choices start there.
        """
        field: Any = self.fields[name]
        finder = forms.CharField(label=FINDERS[name], required=False, max_length=300)
        try:
            start = finder.clean(self.data.get(f"{name}{FROM}", ""))
            chosen = finder.clean(self.data.get(name, ""))
        except ValidationError:
            start = chosen = ""
        found = values.first(project, start, OFFERED + 1)
        offered = dict(found[:OFFERED])
        field.more_follow = len(found) > OFFERED
        if chosen and chosen not in offered:
            offered = {**dict(values.one(project, chosen)), **offered}
        offer(self, name, offered.items())
        if field.more_follow or start:
            finder.widget = forms.TextInput({
                "type": "search", "placeholder": _("Begins with"), "autocomplete": "off",
                "hx-get": reverse(self.page, args=[project.slug]), "hx-include": "closest form",
                "hx-trigger": "input changed delay:250ms, change consume", "hx-target": f"#id_{name}",
                "hx-swap": "innerHTML", "hx-push-url": "false",
            })  # fmt: skip
            names = list(self.fields)
            names.insert(names.index(name), f"{name}{FROM}")
            self.fields[f"{name}{FROM}"] = finder
            self.order_fields(names)

    def found_for(self, request: PageRequest) -> forms.BoundField | None:
        """The choice field whose choices are asked for, where somebody types how a value begins."""
        asked = request.htmx.trigger_name or ""
        name = asked.removesuffix(FROM)
        return self[name] if name != asked and name in self.fields else None

    @property
    def narrows(self) -> bool:
        """Whether any filter is set."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort" and not name.endswith(FROM))


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Gives a choice field of a filter form its choices, after one that chooses all."""
    cast(forms.ChoiceField, form.fields[name]).choices = [("", _("All")), *choices]
