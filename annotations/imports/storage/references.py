"""What ids from outside stand for: of articles, claims and spans, in this import and in the project.

An id that a table gives to something that is there already under another one is kept for this import alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from typing import Any, Final
from uuid import UUID

from annotations.formats.reading.records import Document, Refusal, Tie
from annotations.formats.tables.reading.row import REFERENCE
from annotations.imports.context import Ground, Keys, Placed, remember, remember_once, remembered
from annotations.models import Article, Project, Span

USED: Final = "This id is used for something else: in these files, or in the project."
AMBIGUOUS: Final = "A claim and another span have this id, so it does not say which is meant."
ANOTHER_ID: Final = "This is in the project already, without this id, which holds for this import only."
LINE_ENDS: Final = "line ends"
"""The articles that rows of this import have with line ends of two characters, which may be there already without."""


@dataclass(frozen=True, slots=True)
class Named:
    """The spans by their names, and the names that could be either of two."""

    spans: Keys
    unclear: set[str]


def used_otherwise(ground: Ground, kind: str, contents: Sequence[tuple[str, str]]) -> list[bool]:
    """For each id with what it is given to: whether this import has given it to something else before."""
    first: dict[str, UUID] = {}
    for name, content in contents:
        first.setdefault(name, _content(content))
    remember_once(ground, kind, first)
    known = {name: held for (_, name), held in remembered(ground, kind, first).items()}
    return [known[name] != _content(content) for name, content in contents]


def _content(words: str) -> UUID:
    return UUID(bytes=blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest())


def without_used_ids(ground: Ground, documents: Sequence[tuple[int, Document]]) -> list[tuple[int, Document]]:
    """The documents of tables; one whose id, or whose claim's id, is used for something else is refused."""
    bad: set[int] = set()
    for kind, ids in (("article id", _article_ids(documents)), ("claim id", _claim_ids(documents))):
        found = _in_project(ground, kind, {name for _, name, _ in ids})
        again = used_otherwise(ground, kind, [(name, digest) for _, name, digest in ids])
        for (number, name, digest), used in zip(ids, again, strict=True):
            if used or found.get(name, digest) != digest:
                bad.add(number)
    for number, document in documents:
        if number in bad:
            ground.refused.append(Refusal(document.file, document.place, "duplicate_key", USED))
    return [(number, document) for number, document in documents if number not in bad]


def _article_ids(documents: Iterable[tuple[int, Document]]) -> list[tuple[int, str, str]]:
    return [(number, one.external_id, _digest(one)) for number, one in documents if one.external_id]


def _claim_ids(documents: Iterable[tuple[int, Document]]) -> list[tuple[int, str, str]]:
    return [
        (number, passage.external_id, _digest(one))
        for number, one in documents for passage in one.passages if passage.external_id
    ]  # fmt: skip


def _digest(document: Document) -> str:
    """By which the database knows the text."""
    return sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()


def _in_project(ground: Ground, kind: str, names: set[str]) -> dict[str, str]:
    """The digests of the texts that have these ids in the project."""
    if kind == "article id":
        articles = Article.objects.filter(project=ground.project, external_id__in=names)
        return {str(name): digest for name, digest in articles.values_list("external_id", "sha256")}
    claims = Span.objects.filter(external_in=ground.project, external_id__in=names, label=Span.Label.CLAIM)
    return {str(name): digest for name, digest in claims.values_list("external_id", "article__sha256")}


def give_ids(ground: Ground, documents: Iterable[tuple[int, Document]], articles: Mapping[int, UUID]) -> None:
    """Gives the articles that were there already their ids, where they have none."""
    wanted = [(articles[number], one) for number, one in documents if one.external_id and number in articles]
    there = dict(Article.objects.filter(pk__in=[key for key, _ in wanted]).values_list("pk", "external_id"))
    other_line_ends = {(0, str(key)): key for key, document in wanted if document.source is not None}
    remember(ground, LINE_ENDS, other_line_ends)
    for key, document in wanted:
        if there[key] is None:
            Article.objects.filter(pk=key).update(external_id=document.external_id)
            there[key] = document.external_id
        elif there[key] != document.external_id:
            _keep_for_now(ground, "article alias", str(document.external_id), key, document.file, document.place)


def keep_ids(ground: Ground, passages: Iterable[Placed[Any]], spans: Keys) -> None:
    """Keeps for this import the ids of spans that have another one, or none."""
    named = [(one, spans[one.name(ground, one.part.key)]) for one in passages if one.part.external_id
             and one.name(ground, one.part.key) in spans]  # fmt: skip
    there = dict(Span.objects.filter(pk__in={key for _, key in named}).values_list("pk", "external_id"))
    for one, key in named:
        if there[key] != one.part.external_id:
            _keep_for_now(ground, "span alias", one.part.external_id, key, one.document.file, one.where)


def _keep_for_now(ground: Ground, kind: str, name: str, key: UUID, file: str, place: str) -> None:
    if remember_once(ground, kind, {name: key}):
        ground.refused.append(Refusal(file, place, "id_left_out", ANOTHER_ID))


def articles_named(ground: Ground, names: set[str]) -> dict[str, UUID]:
    """The articles of these ids: those that tables gave them, else their own."""
    aliases = {name: key for (_, name), key in remembered(ground, "article alias", names).items()}
    return {**articles_in(ground.project, names), **aliases}


def articles_in(project: Project, names: set[str]) -> dict[str, UUID]:
    """The same in a project, before anything of an import is in it."""
    articles = Article.objects.filter(project=project)
    given = {str(name): key for name, key in articles.filter(external_id__in=names).values_list("external_id", "pk")}
    own = {key: name for name in names if (key := uuid_of(name))}
    found = {own[key]: key for key in articles.filter(pk__in=own).values_list("pk", flat=True)}
    return {**found, **given}


def spans_named(ground: Ground, names: set[str], *, claims: bool = False) -> Named:
    """The spans of these names: keys of passages of this import, or ids from outside; of `claims` alone."""
    asked = {name.removeprefix(REFERENCE): name for name in names if name.startswith(REFERENCE)}
    spans = remembered(ground, "span", names - set(asked.values()))
    if not asked:
        return Named(spans, set())
    found: dict[str, set[UUID]] = {}
    for (_, name), key in remembered(ground, "span alias", asked).items():
        found.setdefault(name, set()).add(key)
    rows = Span.objects.filter(external_in=ground.project, external_id__in=asked)
    for given, span in rows.values_list("external_id", "pk"):
        found.setdefault(str(given), set()).add(span)
    own = {own_key: name for name in asked if name not in found and (own_key := uuid_of(name))}
    for span in Span.objects.filter(article__project=ground.project, pk__in=own).values_list("pk", flat=True):
        found[own[span]] = {span}
    if claims:
        every = {key for keys in found.values() for key in keys}
        are = set(Span.objects.filter(pk__in=every, label=Span.Label.CLAIM).values_list("pk", flat=True))
        found = {name: keys & are for name, keys in found.items()}
    unclear = {asked[name] for name, keys in found.items() if len(keys) > 1}
    clear = {(0, asked[name]): next(iter(keys)) for name, keys in found.items() if len(keys) == 1}
    return Named({**spans, **clear}, unclear)


def clear_ties(ground: Ground, ties: Iterable[Placed[Tie]], unclear: set[str]) -> Iterator[Placed[Tie]]:
    """The ties whose ends are clear; the others are refused."""
    for one in ties:
        if {one.part.source, one.part.target} & unclear:
            ground.refuse(one, "ambiguous", AMBIGUOUS)
        else:
            yield one


def uuid_of(name: str) -> UUID | None:
    """The UUID that a name is, or None."""
    try:
        return UUID(name)
    except ValueError:
        return None
