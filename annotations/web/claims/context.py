"""Everything that is known about one claim, in its context, as far as a reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from annotations.evidence.sources import Sayings, said_by, source_name
from annotations.models import Link, Project, Span, User, Verdict
from annotations.models.base.lookup_columns import among
from annotations.paging import Page, page_of
from annotations.web.claims.verdict_history import Story, story_of
from annotations.web.review.evidence import SHOWN, Case, case_of
from annotations.web.text.quotes import Piece, paragraphs


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the claim is made; the first is the claim itself."""

    span: Span
    context: list[Piece]
    said: Sayings
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """An attribution of the claim, or of a mention of it."""

    span: Span
    context: list[Piece]
    name: str
    stance: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Evidence that together carries the verdict, by its numbers on the page, and the question that it answers."""

    question: str
    answer: str
    numbers: list[tuple[int, UUID]]
    elsewhere: int = 0
    """How much more of it other pages of the evidence have."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A claim with all its mentions, sources and evidence, its verdict and how that came to be."""

    case: Case
    mentions: list[Mention]
    sources: list[Source]
    attributing: Page[Link]
    attributed: int
    verdict: Verdict | None
    grounds: list[Ground]
    story: Story

    @property
    def on_map(self) -> str:
        """The query of the map that shows the claim's article beside those of its mentions and evidence."""
        items = [*self.case.corroborating, *self.case.contradicting]
        places = [*(mention.span for mention in self.mentions), *(item.link.source for item in items)]
        return urlencode({"article": list(dict.fromkeys(span.article_id for span in places))[:10]}, doseq=True)

    @property
    def asked(self) -> list[Ground]:
        """The grounds that answer a question."""
        return [ground for ground in self.grounds if ground.question or ground.answer]


def dossier_of(claim: Span, project: Project, user: User, query: QueryDict) -> Dossier:
    """The dossier of a claim that restates none, in a constant number of queries; of what is long the page that the
    address asks for.
    """
    case = case_of(claim, user, query)
    verdict: Verdict | None = Verdict.objects.visible_to(user).filter(claim=claim).with_people().first()
    restating = [link.source for link in case.mentions.rows]
    # The links that attribute the claim, or a claim that restates it.
    links = Link.objects.visible_to(user)
    restated = links.filter(target=claim, relation=Link.Relation.RESTATES).order_by()
    mentioned = among(Span.objects.filter(pk=claim.pk), Span.objects.filter(links_out__in=restated), field="target")
    attributions = links.filter(mentioned, relation=Link.Relation.ATTRIBUTES).with_ends()
    attributing: Page[Link] = page_of(attributions, ["created_at", "id"], query, length=SHOWN, name="sources")
    order = {span.pk: index for index, span in enumerate([claim, *restating])}
    listed = sorted(
        attributing.rows,
        key=lambda link: (order.get(link.target_id, len(order)), link.source.start, link.source_id),
    )
    words = paragraphs([claim, *restating, *(link.source for link in listed)])
    said = said_by([span.pk for span in restating], user)
    notes = {link.source_id: link.note for link in case.mentions.rows}
    return Dossier(
        case=case,
        mentions=[
            Mention(span, words[span.pk], said.get(span.pk, case.said), notes.get(span.pk, ""))
            for span in ([claim] if case.mentions.previous is None else []) + restating
        ],
        sources=[
            Source(span, words[span.pk], source_name(span.fields) or span.quote, str(span.fields.get("stance") or ""))
            for span in (link.source for link in listed)
        ],
        attributing=attributing,
        attributed=attributions.count(),
        verdict=verdict,
        grounds=_grounds(verdict, case, user),
        story=story_of(verdict, project, user, query) if verdict else Story([]),
    )


def _grounds(verdict: Verdict | None, case: Case, user: User) -> list[Ground]:
    """The evidence sets by the numbers that the evidence has on the page; what the reader may not see is left out."""
    if verdict is None:
        return []
    numbers = {item.link.pk: number for number, item in enumerate([*case.corroborating, *case.contradicting], 1)}
    sets = [(one, [tie.link_id for tie in one.evidence_links.all()]) for one in verdict.evidence_sets.all()]
    others: set[UUID] = set()
    if len(numbers) < case.linked:
        links = Link.objects.visible_to(user).evidence().filter(target=verdict.claim_id)
        others = set(links.exclude(pk__in=numbers).values_list("pk", flat=True))
    return [
        Ground(
            one.question or "",
            one.answer or "",
            [(numbers[key], key) for key in keys if key in numbers],
            sum(key in others for key in keys),
        )
        for one, keys in sets
    ]
