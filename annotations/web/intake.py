"""Adding an article: paste a text, look at what it will be, correct it, store it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect

from annotations.evidence.sentences import sentence_ranges
from annotations.importers.pasted import (
    furniture,
    proposed_language,
    proposed_title,
    with_line_feeds,
    without_lines,
)
from annotations.models import Article, Project
from annotations.models.article import LONGEST_BODY
from annotations.permissions import Action
from annotations.rules import DUPLICATE_ARTICLE, broken_rule
from annotations.web.articles import ArticleForm
from annotations.web.page import PageRequest, project_page, show
from annotations.web.reading.isolation import isolated

LINES_SHOWN: Final = 400
"""How many lines a preview shows; of what follows only the furniture."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the preview, cut into its sentences."""

    number: int
    sentences: list[str]
    furniture: bool
    left_out: bool


class PasteForm(forms.Form):
    """A text as it was pasted."""

    body = forms.CharField(
        label="Text",
        strip=False,
        max_length=LONGEST_BODY,
        widget=forms.Textarea({"rows": 16, "dir": "auto"}),
        error_messages={
            "required": "Paste the text of the article.",
            "max_length": f"A text has at most {LONGEST_BODY:,} characters; this one is longer.",
        },
    )

    def clean_body(self) -> str:
        body = with_line_feeds(self.cleaned_data["body"])
        if not body.strip():
            raise forms.ValidationError("The text is empty. Paste the text of the article.", "required")
        return body


@project_page("GET", "POST", may=Action.MANAGE)
def paste(request: PageRequest, project: Project) -> HttpResponse:
    """First the text alone; then the preview, as often as it takes; then it is stored."""
    pasted = PasteForm(request.POST or None)
    if request.method != "POST" or request.POST.get("step") == "again" or not pasted.is_valid():
        if request.POST.get("step") == "again":
            pasted = PasteForm(initial={"body": request.POST.get("body", "")})
        return show(request, "articles/paste.html", project, "articles", 400 if pasted.errors else 200, form=pasted)
    return previewed(request, project, pasted.cleaned_data["body"])


def previewed(request: PageRequest, project: Project, body: str) -> HttpResponse:
    """Shows what would be stored, or stores it where the person saw this very text."""
    seen = request.POST.get("shown") == _digest(body)
    proposed = furniture(body)
    left_out = [int(number) for number in request.POST.getlist("leave_out") if number.isdecimal()] if seen else proposed
    stored = without_lines(body, left_out)
    first = "shown" not in request.POST
    guessed = {"title": proposed_title(stored), "language": proposed_language(stored), "direction": "auto"}
    form = ArticleForm(initial=guessed) if first else ArticleForm(request.POST)
    same = Article.objects.without_text().filter(project=project, sha256=_digest(stored)).first()
    if seen and not same and request.POST.get("step") == "store" and form.is_valid() and stored.strip():
        try:
            article = Article.objects.add(project, stored, by=request.user, **form.cleaned_data)
        except IntegrityError as error:
            if broken_rule(error) is not DUPLICATE_ARTICLE:
                raise
            same = Article.objects.without_text().get(project=project, sha256=_digest(stored))
        else:
            messages.success(
                request, f"“{isolated(article.title)}” is stored, with {article.sentences.count()} sentences."
            )
            return redirect("articles", project.slug)
    return show(
        request, "articles/preview.html", project, "articles", 409 if same else 400 if form.errors else 200,
        form=form, body=body, shown=_digest(body), same=same, changed=not (first or seen), empty=not stored.strip(),
        **_preview(body, stored, proposed, left_out),
    )  # fmt: skip


def _preview(body: str, stored: str, proposed: list[int], left_out: list[int]) -> dict[str, Any]:
    marked, gone = set(proposed), set(left_out)
    texts = body.split("\n")
    chosen = [n for n in range(len(texts)) if (n < LINES_SHOWN or n in marked) and texts[n].strip()]
    lines = [
        Line(n, [texts[n][start:end] for start, end in sentence_ranges(texts[n])], n in marked, n in gone)
        for n in chosen
    ]
    return {
        "lines": lines,
        "hidden": max(len(texts) - LINES_SHOWN, 0),
        "characters": len(stored),
        "sentences": len(sentence_ranges(stored)),
        "proposed": len(proposed),
    }


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
