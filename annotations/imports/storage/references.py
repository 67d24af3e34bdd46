"""What ids from outside stand for: of articles, claims and spans, in this import and in the project.

An id that a table gives to something that is there already under another one is kept for this import alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from annotations.formats.reading.records import ArticleRecord, LinkRecord, Refusal
from annotations.formats.tables.reading.row import REFERENCE
from annotations.imports.context import ImportContext, Keys, Numbered, remember, remember_once, remembered
from annotations.models import Article, Project, Span

USED: Final = gettext_noop("This id is already used for something else in these files or in the project.")
AMBIGUOUS: Final = gettext_noop("A claim and another span have this id, so it is ambiguous.")
ANOTHER_ID: Final = gettext_noop(
    "This is already in the project without this id, so the id is used for this import only."
)
LINE_ENDS: Final = "line ends"
"""The articles that rows of this import have with line ends of two characters, which may be there already without."""


@dataclass(frozen=True, slots=True)
class Named:
    """The spans by their names, and the names that could be either of two."""

    span_ids: Keys
    unclear: set[str]


def used_otherwise(context: ImportContext, kind: str, contents: Sequence[tuple[str, str]]) -> list[bool]:
    """For each id with what it is given to: whether this import has given it to something else before."""
    first: dict[str, UUID] = {}
    for name, content in contents:
        first.setdefault(name, _content(content))
    remember_once(context, kind, first)
    known = {name: held for (_, name), held in remembered(context, kind, first).items()}
    return [known[name] != _content(content) for name, content in contents]


def _content(words: str) -> UUID:
    return UUID(bytes=blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest())


def without_used_ids(
    context: ImportContext, documents: Sequence[tuple[int, ArticleRecord]]
) -> list[tuple[int, ArticleRecord]]:
    """The documents of tables; one whose id, or whose claim's id, is used for something else is refused."""
    bad: set[int] = set()
    article_ids = [(number, one.external_id, _digest(one)) for number, one in documents if one.external_id]
    claim_ids = [
        (number, span.external_id, _digest(one))
        for number, one in documents for span in one.spans if span.external_id
    ]  # fmt: skip
    for kind, ids in (("article id", article_ids), ("claim id", claim_ids)):
        found = _in_project(context, kind, {name for _, name, _ in ids})
        again = used_otherwise(context, kind, [(name, digest) for _, name, digest in ids])
        for (number, name, digest), used in zip(ids, again, strict=True):
            if used or found.get(name, digest) != digest:
                bad.add(number)
    for number, document in documents:
        if number in bad:
            context.refused.append(Refusal(document.file, document.location, "duplicate_key", gettext(USED)))
    return [(number, document) for number, document in documents if number not in bad]


def _digest(document: ArticleRecord) -> str:
    """By which the database knows the text."""
    return sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()


def _in_project(context: ImportContext, kind: str, names: set[str]) -> dict[str, str]:
    """The digests of the texts that have these ids in the project."""
    if kind == "article id":
        articles = Article.objects.filter(project=context.project, external_id__in=names)
        return {str(name): digest for name, digest in articles.values_list("external_id", "sha256")}
    claims = Span.objects.filter(external_in=context.project, external_id__in=names, label=Span.Label.CLAIM)
    return {str(name): digest for name, digest in claims.values_list("external_id", "article__sha256")}


def give_ids(
    context: ImportContext, documents: Iterable[tuple[int, ArticleRecord]], articles: Mapping[int, UUID]
) -> None:
    """Gives the articles that were there already their ids, where they have none."""
    wanted = [(articles[number], one) for number, one in documents if one.external_id and number in articles]
    there = dict(Article.objects.filter(pk__in=[key for key, _ in wanted]).values_list("pk", "external_id"))
    other_line_ends = {(0, str(key)): key for key, document in wanted if document.source is not None}
    remember(context, LINE_ENDS, other_line_ends)
    for key, document in wanted:
        if there[key] is None:
            Article.objects.filter(pk=key).update(external_id=document.external_id)
            there[key] = document.external_id
        elif there[key] != document.external_id:
            _keep_for_now(context, "article alias", str(document.external_id), key, document.file, document.location)


def keep_ids(context: ImportContext, spans: Iterable[Numbered[Any]], span_ids: Keys) -> None:
    """Keeps for this import the ids of spans that have another one, or none."""
    named = [(one, span_ids[one.name(context, one.part.key)]) for one in spans if one.part.external_id
             and one.name(context, one.part.key) in span_ids]  # fmt: skip
    there = dict(Span.objects.filter(pk__in={key for _, key in named}).values_list("pk", "external_id"))
    for one, key in named:
        if there[key] != one.part.external_id:
            _keep_for_now(context, "span alias", one.part.external_id, key, one.document.file, one.where)


def _keep_for_now(context: ImportContext, kind: str, name: str, key: UUID, file: str, location: str) -> None:
    if remember_once(context, kind, {name: key}):
        context.refused.append(Refusal(file, location, "id_left_out", gettext(ANOTHER_ID)))


def articles_named(context: ImportContext, names: set[str]) -> dict[str, UUID]:
    """The articles of these ids: those that tables gave them, else their own."""
    aliases = {name: key for (_, name), key in remembered(context, "article alias", names).items()}
    return {**articles_in(context.project, names), **aliases}


def articles_in(project: Project, names: set[str]) -> dict[str, UUID]:
    """The same in a project, before anything of an import is in it."""
    articles = Article.objects.filter(project=project)
    given = {str(name): key for name, key in articles.filter(external_id__in=names).values_list("external_id", "pk")}
    own = {key: name for name in names if (key := uuid_of(name))}
    found = {own[key]: key for key in articles.filter(pk__in=own).values_list("pk", flat=True)}
    return {**found, **given}


def spans_named(context: ImportContext, names: set[str], *, claims: bool = False) -> Named:
    """The spans of these names: keys of spans of this import, or ids from outside; of `claims` alone."""
    asked = {name.removeprefix(REFERENCE): name for name in names if name.startswith(REFERENCE)}
    span_ids = remembered(context, "span", names - set(asked.values()))
    if not asked:
        return Named(span_ids, set())
    found: dict[str, set[UUID]] = {}
    for (_, name), key in remembered(context, "span alias", asked).items():
        found.setdefault(name, set()).add(key)
    rows = Span.objects.filter(external_in=context.project, external_id__in=asked)
    for given, span in rows.values_list("external_id", "pk"):
        found.setdefault(str(given), set()).add(span)
    own = {own_key: name for name in asked if name not in found and (own_key := uuid_of(name))}
    for span in Span.objects.filter(article__project=context.project, pk__in=own).values_list("pk", flat=True):
        found[own[span]] = {span}
    if claims:
        every = {key for keys in found.values() for key in keys}
        are = set(Span.objects.filter(pk__in=every, label=Span.Label.CLAIM).values_list("pk", flat=True))
        found = {name: keys & are for name, keys in found.items()}
    unclear = {asked[name] for name, keys in found.items() if len(keys) > 1}
    clear = {(0, asked[name]): next(iter(keys)) for name, keys in found.items() if len(keys) == 1}
    return Named({**span_ids, **clear}, unclear)


def clear_links(
    context: ImportContext, links: Iterable[Numbered[LinkRecord]], unclear: set[str]
) -> Iterator[Numbered[LinkRecord]]:
    """The links whose ends are clear; the others are refused."""
    for one in links:
        if {one.part.source, one.part.target} & unclear:
            context.refuse(one, "ambiguous", gettext(AMBIGUOUS))
        else:
            yield one


def uuid_of(name: str) -> UUID | None:
    """The UUID that a name is, or None."""
    try:
        return UUID(name)
    except ValueError:
        return None
