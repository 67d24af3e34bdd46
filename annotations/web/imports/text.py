"""One article before it is stored: look at what it will be, correct it, store it. Pasted, out of a file or fetched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from annotations.formats.reading.boilerplate import boilerplate_lines, proposed_language, proposed_title, without_lines
from annotations.formats.reading.records import ArticleRecord
from annotations.imports.preview import add_single, digest_of
from annotations.imports.uploads import source_of
from annotations.models import Article, Import, Project
from annotations.rules import DUPLICATE_ARTICLE, broken_rule
from annotations.text.sentences import sentence_ranges
from annotations.web.articles import ArticleForm
from annotations.web.page import PageRequest, show
from annotations.web.text.isolation import isolated
from annotations.web.wording import thousands

LINES_SHOWN: Final = 400
"""How many lines a preview shows; of what follows only the boilerplate."""
MOST_PROPOSED: Final = 2_000
"""Lines that are proposed to be left out, each with a box to tick."""
SENTENCES_SHOWN: Final = 5_000
"""Sentences that are told apart; what follows in their line is shown as one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the preview, cut into its sentences."""

    number: int
    sentences: list[str]
    boilerplate: bool
    left_out: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from that was not pasted: the import, and what was read in it."""

    of: Import
    document: ArticleRecord


def previewed(
    request: PageRequest, project: Project, body: str, origin: Origin | None = None, **more: Any
) -> HttpResponse:
    """Shows what would be stored, or stores it where the person saw this very text. `more` goes to the template."""
    seen = request.POST.get("shown") == digest_of(body)
    proposed = boilerplate_lines(body)[:MOST_PROPOSED]
    ticked = [int(line) for line in request.POST.getlist("leave_out") if line.isdecimal() and len(line) < 10]
    left_out = ticked if seen else proposed
    stored = without_lines(body, left_out)
    first = "shown" not in request.POST
    # What the file says about its text goes before what the text looks like.
    guessed = {"title": proposed_title(stored), "language": proposed_language(stored), "direction": "auto"}
    told = {name: value for name, value in origin.document.metadata.items() if value} if origin else {}
    form = ArticleForm(initial=guessed | told) if first else ArticleForm(request.POST)
    same = Article.objects.without_text().filter(project=project, sha256=digest_of(stored)).first()
    if seen and not same and request.POST.get("step") == "store" and form.is_valid() and stored.strip():
        try:
            if origin is None:
                article = Article.objects.add(project, stored, by=request.user, **form.cleaned_data)
            else:
                document = replace(origin.document, source=source_of(origin.of).files[0].read())
                article = add_single(origin.of, document, stored, by=request.user, **form.cleaned_data)
        except IntegrityError as error:
            if broken_rule(error) is not DUPLICATE_ARTICLE:
                raise
            same = Article.objects.without_text().get(project=project, sha256=digest_of(stored))
        else:
            count = article.sentences.count()
            saved = ngettext(
                "“%(title)s” was saved with %(number)s sentence.",
                "“%(title)s” was saved with %(number)s sentences.",
                count,
            )
            messages.success(request, saved % {"title": isolated(article.title), "number": thousands(count)})
            return redirect("articles", project.slug)
    return show(
        request, "imports/preview.html", project, "articles", 409 if same else 400 if form.errors else 200,
        form=form, body=body, shown=digest_of(body), same=same, changed=not (first or seen),
        empty=not stored.strip(), origin=origin, **_preview(body, stored, proposed, left_out), **more,
    )  # fmt: skip


def _preview(body: str, stored: str, proposed: list[int], left_out: list[int]) -> dict[str, Any]:
    marked, gone = set(proposed), set(left_out)
    texts = body.split("\n")
    chosen = [n for n in range(len(texts)) if (n < LINES_SHOWN or n in marked) and texts[n].strip()]
    lines, left = [], SENTENCES_SHOWN
    for n in chosen:
        ranges = sentence_ranges(texts[n])
        if len(ranges) > left:
            ranges = [*ranges[:left], (ranges[left][0], ranges[-1][1])]
        lines.append(Line(n, [texts[n][start:end] for start, end in ranges], n in marked, n in gone))
        left = max(0, left - len(ranges))
    return {
        "lines": lines,
        "hidden": max(len(texts) - LINES_SHOWN, 0),
        "characters": len(stored),
        "sentences": len(sentence_ranges(stored)),
        "proposed": len(proposed),
    }
