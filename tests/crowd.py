"""A project in which much is marked: ten articles, more than a thousand spans, five hundred links."""

from __future__ import annotations

import random
from collections.abc import Iterator
from uuid import UUID, uuid4

from annotations.models import Article, Assignment, Link, Project, Span, User, Verdict, acting

ARTICLES, SPANS, LINKS, VERDICTS = 10, 110, 500, 60

WHO = [
    "The mayor",
    "The council",
    "Engineers",
    "A spokesman of the ferry",
    "Residents of the lower town",
    "The ministry",
]
DOES = ["say", "deny", "confirm", "doubt", "repeat", "reported in March"]
WHAT = [
    "that the bridge is safe",
    "that cracks were found in the northern pier",
    "that repairs cost four million, twice what had been planned a year before",
    "that the ferry will run until the end of the winter",
    "that nobody was hurt",
    "that the inspection of 2016 was never made, although the minutes mention it and a bill for it was paid",
]


def crowd(
    project: Project, by: User, *, articles: int = ARTICLES, spans: int = SPANS, links: int = LINKS
) -> list[Article]:
    """Fills the project with so many articles of so many spans each, and so many links between them."""
    drawn = random.Random(7)  # noqa: S311 - the same each time, not secret
    made = [_article(project, number, spans, drawn) for number in range(articles)]
    with acting(by):
        held = [span for article in made for span in _spans(article, by, spans)]
        claims = [span for span in held if span.label == Span.Label.CLAIM]
        Link.objects.bulk_create(_links(held, claims, by, links, drawn))
        Verdict.objects.bulk_create(
            Verdict(
                id=uuid4(),
                claim=claim,
                author=by,
                edited_by=by,
                rating=drawn.choice(["refuted", "supported", "not_enough_evidence"]),
            )
            for claim in claims[:: max(len(claims) // VERDICTS, 1)]
        )
    return made


def _article(project: Project, number: int, sentences: int, drawn: random.Random) -> Article:
    told = [f"{drawn.choice(WHO)} {drawn.choice(DOES)} {drawn.choice(WHAT)}, {number}-{at}." for at in range(sentences)]
    article: Article = Article.objects.add(
        project,
        "\n".join(told),
        by=None,
        title=f"What {WHO[number % 6].lower()} said about the bridge, part {number + 1}",
        outlet=f"The {['Morning', 'Evening', 'Port', 'River'][number % 4]} Post",
        language="en",
        published_on=f"2026-03-{number + 1:02}",
    )
    return article


def _spans(article: Article, by: User, number: int) -> list[Span]:
    assignment, _ = Assignment.objects.take_up(article, by=by)
    place, rows = 0, []
    for at, line in enumerate(article.body.split("\n")[:number]):
        label = "claim" if at % 3 == 0 else "fact"
        rows.append(
            Span(
                id=uuid4(), assignment=assignment, article=article, label=label, fragments=[[place, place + len(line)]]
            )
        )
        place += len(line) + 1
    return list(Span.objects.bulk_create(rows))


def _links(held: list[Span], claims: list[Span], by: User, number: int, drawn: random.Random) -> Iterator[Link]:
    seen: set[tuple[UUID, UUID]] = set()
    while len(seen) < number:
        source, target = drawn.choice(held), drawn.choice(claims)
        relation = drawn.choice(["corroborates", "corroborates", "contradicts"])
        if source.pk == target.pk or (source.pk, target.pk) in seen:
            continue
        seen.add((source.pk, target.pk))
        yield Link(id=uuid4(), source=source, target=target, relation=relation, author=by)
