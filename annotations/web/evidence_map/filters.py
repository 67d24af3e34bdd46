"""Which articles and which of their spans and links the map shows: what the address says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, cast
from uuid import UUID

from django import forms
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from annotations.models import Article, Link, Project, Span, User, Verdict
from annotations.web.lists.filters import offer

MOST_ARTICLES: Final = 10
MOST_OFFERED: Final = 500
LABELS: Final = [
    ("all", _("All labels")),
    ("claim", _("Claims only")),
    ("fact", _("Facts only")),
    ("attribution", _("Attributions only")),
]
SHOWN: Final = {
    "": [Span.Label.CLAIM, Span.Label.FACT],
    "all": list(Span.Label),
    "claim": [Span.Label.CLAIM],
    "fact": [Span.Label.FACT],
    "attribution": [Span.Label.ATTRIBUTION],
}


class MapForm(forms.Form):
    """What the map is narrowed to; a value that makes no sense narrows nothing. Articles stand in the order given."""

    article = forms.MultipleChoiceField(required=False)
    label = forms.ChoiceField(label=_("Labels"), required=False)
    relation = forms.ChoiceField(label=_("Relation"), required=False)
    rating = forms.ChoiceField(label=_("Verdict"), required=False)
    joined = forms.ChoiceField(label=_("Spans"), required=False, choices=[("", _("All")), ("yes", _("With links"))])
    view = forms.ChoiceField(label=_("View"), required=False, choices=[("", _("Map")), ("table", _("Table"))])

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Article.objects.filter(project=project, archived=False).order_by("-created_at", "-pk")
        self.offered = {str(pk): title for pk, title in held.values_list("pk", "title")[: MOST_OFFERED + 1]}
        cast(forms.MultipleChoiceField, self.fields["article"]).choices = list(self.offered.items())
        cast(forms.ChoiceField, self.fields["label"]).choices = [("", _("Claims and facts")), *LABELS]
        offer(self, "relation", [(key, str(words)) for key, words in Link.Relation.choices])
        judged = ((rating["key"], rating["name"]) for rating in project.scale)
        offer(self, "rating", [*judged, ("none", str(_("No verdict")))])

    def selects(self) -> list[Any]:
        """The fields that stand in the row of filters."""
        return [self[name] for name in ("label", "relation", "rating", "joined", "view")]

    def rows(self, chosen: Sequence[UUID]) -> list[tuple[str, str, bool]]:
        """The menu's articles as (id, title, chosen): those on the map in their order, then the others."""
        first = [str(pk) for pk in chosen if str(pk) in self.offered]
        others = sorted((key for key in self.offered if key not in first), key=lambda key: self.offered[key].lower())
        return [(key, self.offered[key], key in first) for key in (*first, *others)][:MOST_OFFERED]

    @property
    def more_than_offered(self) -> bool:
        """Whether the project has more articles than the menu lists."""
        return len(self.offered) > MOST_OFFERED

    @property
    def narrowed(self) -> bool:
        """Whether some of the articles' spans are left out on purpose."""
        return any(self.cleaned_data.get(name) for name in ("label", "relation", "rating", "joined"))


def chosen_articles(form: MapForm, project: Project, user: User) -> list[UUID]:
    """The articles that the address names, in its order, or those whose spans have most links."""
    named = [UUID(key) for key in dict.fromkeys(form.cleaned_data.get("article") or [])]
    return named[:MOST_ARTICLES] or most_linked(project, user)


def most_linked(project: Project, user: User) -> list[UUID]:
    """The articles whose spans have most links, at most as many as the map holds; where there are none, the newest."""
    links = Link.objects.visible_to(user).filter(project=project, target__article__archived=False)
    count: Counter[UUID] = Counter()
    for end in ("source_article", "target_article"):
        count.update(dict(links.order_by().values_list(end).annotate(n=Count("pk"))))
    if count:
        return [article for article, _ in count.most_common(MOST_ARTICLES)]
    newest = Article.objects.filter(project=project, archived=False).order_by("-created_at", "-pk")
    return list(newest.values_list("pk", flat=True)[:MOST_ARTICLES])


def spans_asked_for(wanted: dict[str, Any], user: User) -> Any:
    """The spans that the filters leave, of all articles: of these labels, with such a link, about such a verdict."""
    spans = Span.objects.visible_to(user).filter(label__in=SHOWN.get(wanted.get("label") or "", SHOWN[""]))
    links = Link.objects.visible_to(user)
    if relation := wanted.get("relation"):
        links = links.filter(relation=relation)
    touching = Q(Exists(links.filter(source=OuterRef("pk")))) | Q(Exists(links.filter(target=OuterRef("pk"))))
    if relation or wanted.get("joined"):
        spans = spans.filter(touching)
    if rating := wanted.get("rating"):
        spans = spans.filter(_about(rating, user))
    return spans


def _about(rating: str, user: User) -> Q:
    """Claims with this rating, or with none, and what is linked to them."""
    verdicts = Verdict.objects.visible_to(user)
    links = Link.objects.visible_to(user).filter(source=OuterRef("pk"))
    if rating == "none":
        return Q(label=Span.Label.CLAIM) & ~Q(Exists(verdicts.filter(claim=OuterRef("pk"))))
    judged = verdicts.filter(rating=rating)
    return Q(Exists(judged.filter(claim=OuterRef("pk")))) | Q(Exists(links.filter(target__verdict__in=judged)))
