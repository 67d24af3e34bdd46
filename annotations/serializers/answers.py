"""What the API answers, for its description. A test holds these against real answers."""

from __future__ import annotations

from typing import Any, Final

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from annotations.models import Assignment, Import, Link, Notice, Project, Release, Review, Role, Span, Verdict


class Answered(serializers.Serializer[Any]):
    """An answer; it is never parsed."""


class PersonAnswer(Answered):
    id = serializers.IntegerField()
    name = serializers.CharField()


class FragmentAnswer(Answered):
    start = serializers.IntegerField(help_text="First code point.")
    end = serializers.IntegerField(help_text="After the last code point.")


class VersionedAnswer(Answered):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class GoesWithItAnswer(Answered):
    """What the deletion of a span takes along."""

    links = serializers.ListField(child=serializers.UUIDField())
    verdict = serializers.UUIDField(allow_null=True)
    comments = serializers.ListField(child=serializers.UUIDField())


class SpanAnswer(VersionedAnswer):
    article = serializers.UUIDField()
    assignment = serializers.IntegerField()
    annotator = PersonAnswer()
    label = serializers.ChoiceField(Span.Label.choices)  # type: ignore[assignment]  # a field named like an attribute
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    fragments = FragmentAnswer(many=True)
    quote = serializers.CharField()
    note = serializers.CharField()
    external_id = serializers.CharField(allow_null=True, help_text="The id that an imported table gave it.")
    goes_with_it = GoesWithItAnswer(required=False, help_text="In the answer to GET, for who may delete it.")

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "fields": serializers.DictField()}


class LinkAnswer(VersionedAnswer):
    source = serializers.UUIDField()  # type: ignore[assignment]  # a field named like an attribute
    target = serializers.UUIDField()
    relation = serializers.ChoiceField(Link.Relation.choices)
    note = serializers.CharField()
    author = PersonAnswer()
    same_source = serializers.BooleanField(help_text="The evidence comes from the claim's own source.")


class EvidenceSetAnswer(Answered):
    question = serializers.CharField(allow_null=True)
    answer = serializers.CharField(allow_null=True)
    links = serializers.ListField(child=serializers.UUIDField())


class VerdictAnswer(VersionedAnswer):
    claim = serializers.UUIDField()
    author = PersonAnswer()
    holder = PersonAnswer(help_text="Who submits it: its author, unless it was handed over.")
    rating = serializers.CharField(allow_null=True)
    rationale = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)
    state = serializers.ChoiceField(Verdict.State.choices)
    evidence_sets = EvidenceSetAnswer(many=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    reviewer = PersonAnswer(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    approval = serializers.ChoiceField(
        ["imported"], allow_null=True, help_text="That an import brought the approval: nobody gave it here."
    )
    returned_reason = serializers.CharField(allow_null=True)


class CommentPlaceAnswer(Answered):
    """One of these."""

    span = serializers.UUIDField(required=False)
    link = serializers.UUIDField(required=False)
    verdict = serializers.UUIDField(required=False)
    article = serializers.UUIDField(required=False)


class CommentAnswer(VersionedAnswer):
    article = serializers.UUIDField(help_text="Where it stands.")
    on = CommentPlaceAnswer()
    thread = serializers.UUIDField(help_text="The first comment of its thread, which may be itself.")
    author = PersonAnswer()
    text = serializers.CharField()
    mentions = PersonAnswer(many=True, help_text="Members who are named in it, as they are written there.")
    resolved = serializers.BooleanField(help_text="Of the thread; of its first comment.")
    resolved_by = PersonAnswer(allow_null=True)
    resolved_at = serializers.DateTimeField(allow_null=True)


class ProjectAnswer(Answered):
    slug = serializers.SlugField()
    name = serializers.CharField()
    guidelines = serializers.CharField()
    mode = serializers.ChoiceField(Project.Mode.choices)
    annotators_per_article = serializers.IntegerField()
    fold_diacritics = serializers.BooleanField()
    label_fields = serializers.DictField()
    scale = serializers.ListField(child=serializers.DictField())
    archived = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class HandedVerdictAnswer(Answered):
    id = serializers.UUIDField()
    claim = serializers.UUIDField()
    article = serializers.UUIDField()
    state = serializers.ChoiceField(Verdict.State.choices)
    version = serializers.IntegerField()


class LeftVerdictAnswer(HandedVerdictAnswer):
    code = serializers.CharField(help_text="The rule that keeps it where it is.")
    detail = serializers.CharField()


class HandOverAnswer(Answered):
    to = PersonAnswer()
    handed_over = HandedVerdictAnswer(many=True, help_text="At most 1,000.")
    left = LeftVerdictAnswer(many=True, help_text="The first 100 that stay with `from`.")
    left_count = serializers.IntegerField(help_text="How many stay.")
    more = serializers.BooleanField(help_text="Others wait to be handed over.")

    def get_fields(self) -> dict[str, Any]:
        return {"from": PersonAnswer(), **super().get_fields()}


class MemberAnswer(Answered):
    id = serializers.IntegerField()
    user = PersonAnswer()
    email = serializers.EmailField(required=False, help_text="For managers.")
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    created_at = serializers.DateTimeField()


class InvitedAnswer(Answered):
    state = serializers.ChoiceField(["invited"])


MEMBER_OR_INVITED: Final = PolymorphicProxySerializer(
    component_name="MemberOrInvited", serializers=[MemberAnswer, InvitedAnswer], resource_type_field_name=None
)


class InvitationAnswer(Answered):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    by = PersonAnswer()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    expired = serializers.BooleanField()


class OwnInvitationAnswer(Answered):
    id = serializers.IntegerField()
    project = serializers.SlugField()
    name = serializers.CharField(help_text="The project's.")
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))
    by = PersonAnswer()
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class InvitationStateAnswer(Answered):
    state = serializers.ChoiceField(["declined"])


class ArticleAnswer(Answered):
    id = serializers.UUIDField()
    project = serializers.SlugField()
    title = serializers.CharField()
    url = serializers.URLField(allow_null=True)
    outlet = serializers.CharField()
    author = serializers.CharField(allow_null=True)
    published_on = serializers.DateField(allow_null=True)
    language = serializers.CharField()
    direction = serializers.CharField()
    length = serializers.IntegerField(help_text="Code points.")
    sha256 = serializers.CharField()
    archived = serializers.BooleanField()
    revises = serializers.UUIDField(allow_null=True)
    external_id = serializers.CharField(allow_null=True, help_text="The id that an imported table gave it.")
    created_at = serializers.DateTimeField()


class WholeArticleAnswer(ArticleAnswer):
    body = serializers.CharField()


class ReadArticleAnswer(ArticleAnswer):
    body = serializers.CharField(required=False, help_text="Not in a window.")


class WindowAnswer(Answered):
    to = serializers.IntegerField()

    def get_fields(self) -> dict[str, Any]:
        return {"from": serializers.IntegerField(), **super().get_fields()}


class AssignmentAnswer(Answered):
    id = serializers.IntegerField()
    article = serializers.UUIDField()
    assignee = PersonAnswer()
    kind = serializers.ChoiceField(Assignment.Kind.choices)
    state = serializers.ChoiceField(Assignment.State.choices)
    created_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    imported = serializers.BooleanField(help_text="Made by an import: it counts towards no limit.")
    reopened = serializers.BooleanField(
        help_text="A manager reopened it when others' work was open to its assignee: agreement leaves it out."
    )


class ArticleLabelAnswer(Answered):
    id = serializers.UUIDField()
    title = serializers.CharField()
    outlet = serializers.CharField()
    published_on = serializers.DateField(allow_null=True)


class SayingAnswer(Answered):
    span = serializers.UUIDField()
    source_name = serializers.CharField()
    stance = serializers.CharField(allow_null=True)


class FarEndAnswer(Answered):
    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field named like an attribute
    quote = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    article = ArticleLabelAnswer()
    said_by = SayingAnswer(many=True, help_text="The first 100 attributions.")
    said_by_count = serializers.IntegerField(help_text="How many attributions there are.")


class FarLinkAnswer(LinkAnswer):
    source_span = FarEndAnswer()
    target_span = FarEndAnswer()


class RightsAnswer(Answered):
    mark = serializers.BooleanField()
    link = serializers.BooleanField()
    verdict = serializers.BooleanField()
    submit = serializers.BooleanField()
    review = serializers.BooleanField()
    comment = serializers.BooleanField()
    manage = serializers.BooleanField()


class ReaderAnswer(PersonAnswer):
    can = RightsAnswer()
    mark_refused = serializers.ChoiceField(
        ["pass-submitted", "pass-opened", "article-full", "archived"],
        allow_null=True,
        help_text="The problem that keeps the caller, whose role allows it, from making and changing spans here now.",
    )


class AnnotationsAnswer(Answered):
    article = ReadArticleAnswer()
    project = ProjectAnswer()
    me = ReaderAnswer()
    assignment = AssignmentAnswer(allow_null=True)
    sentences = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    spans = SpanAnswer(many=True, help_text="With `spans=columns` one list a property instead.")
    links = FarLinkAnswer(many=True)
    verdicts = VerdictAnswer(many=True)
    window = WindowAnswer(required=False, help_text="In a window.")
    next_article = serializers.UUIDField(allow_null=True)
    events_after = serializers.CharField(help_text="Where events/ goes on from this answer.")


class ToldHandOverAnswer(Answered):
    by = PersonAnswer()
    at = serializers.DateTimeField()
    verdicts = serializers.IntegerField(help_text="How many.")

    def get_fields(self) -> dict[str, Any]:
        return {"from": PersonAnswer(), **super().get_fields()}


class NoticeAnswer(Answered):
    id = serializers.IntegerField()
    why = serializers.ChoiceField(Notice.Why.choices)
    read = serializers.BooleanField()
    project = serializers.SlugField()
    article = ArticleLabelAnswer(allow_null=True, help_text="Null for a hand-over.")
    comment = CommentAnswer(allow_null=True, help_text="Null for a hand-over.")
    hand_over = ToldHandOverAnswer(allow_null=True, help_text="Null for a comment.")


class UnreadAnswer(Answered):
    unread = serializers.IntegerField()


class WeightAnswer(Answered):
    count = serializers.IntegerField()
    sources = serializers.IntegerField()
    independent = serializers.IntegerField(help_text="Sources that are not the claim's own.")


class EvidenceAnswer(Answered):
    corroborates = WeightAnswer()
    contradicts = WeightAnswer()


class VerdictLabelAnswer(Answered):
    id = serializers.UUIDField()
    rating = serializers.CharField(allow_null=True)
    state = serializers.CharField()
    version = serializers.IntegerField()


class ClaimAnswer(Answered):
    id = serializers.UUIDField()
    article = ArticleLabelAnswer()
    label = serializers.CharField()  # type: ignore[assignment]  # a field named like an attribute
    quote = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    statement = serializers.CharField()
    said_by = SayingAnswer(many=True, help_text="The first 100 attributions.")
    said_by_count = serializers.IntegerField(help_text="How many attributions there are.")
    external_id = serializers.CharField(allow_null=True, help_text="The id that an imported table gave it.")
    restates = serializers.UUIDField(allow_null=True)
    mentions = serializers.IntegerField(help_text="Claims that restate it, and itself.")
    evidence = EvidenceAnswer()
    verdict = VerdictLabelAnswer(allow_null=True)


class DecisionAnswer(Answered):
    at = serializers.DateTimeField()
    decision = serializers.ChoiceField(Review.Decision.choices)
    reason = serializers.CharField()
    reviewer = PersonAnswer()
    verdict_version = serializers.IntegerField()
    imported = serializers.BooleanField(help_text="An import brought it: the reviewer did not decide it here.")


class WholeClaimAnswer(ClaimAnswer):
    fragments = FragmentAnswer(many=True)
    note = serializers.CharField()
    annotator = PersonAnswer()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    links = FarLinkAnswer(many=True, help_text="The first 100 that end at the claim: evidence, attributions, mentions.")
    links_next = serializers.URLField(allow_null=True, help_text="The page of the links that follow these.")
    verdict = VerdictAnswer(allow_null=True)  # type: ignore[assignment]  # the list has its label alone
    reviews = DecisionAnswer(
        many=True, help_text="The first 100 decisions on the verdict, oldest first; approvals for viewers."
    )
    reviews_next = serializers.URLField(allow_null=True, help_text="The page of the decisions that follow these.")

    def get_fields(self) -> dict[str, Any]:
        return {**super().get_fields(), "fields": serializers.DictField()}


class QueuedVerdictAnswer(VerdictAnswer):
    claim_span = FarEndAnswer()


class SentenceAnswer(Answered):
    article = ArticleLabelAnswer()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()
    marks = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    rank = serializers.FloatField()


class EventAnswer(Answered):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = PersonAnswer(allow_null=True)
    what = serializers.CharField()
    before = serializers.DictField(allow_null=True)
    after = serializers.DictField(allow_null=True)


class ChangeAnswer(Answered):
    at = serializers.DateTimeField(help_text="When it was done; it may have been committed later.")
    by = PersonAnswer(allow_null=True)
    what = serializers.ChoiceField(["created", "updated", "deleted"])
    kind = serializers.CharField(help_text="span, link, verdict, article, assignment, comment, review and so on.")
    id = serializers.CharField()
    after = serializers.DictField(allow_null=True, help_text="The row as it then was; null where it is gone.")


class ChangesAnswer(Answered):
    results = ChangeAnswer(many=True)
    next = serializers.CharField(help_text="The cursor to go on from, also where nothing is new.")
    more = serializers.BooleanField(help_text="Whether there is more to fetch at once.")


class MadeAnswer(Answered):
    """How much of each kind came of an import."""

    articles = serializers.IntegerField()
    spans = serializers.IntegerField()
    links = serializers.IntegerField()
    verdicts = serializers.IntegerField()


class ImportAnswer(Answered):
    id = serializers.UUIDField()
    project = serializers.SlugField()
    by = PersonAnswer()
    format = serializers.CharField()
    strict = serializers.BooleanField()
    state = serializers.ChoiceField(Import.State.choices)
    done = serializers.IntegerField(help_text="Documents that are in, or refused.")
    total = serializers.IntegerField(allow_null=True, help_text="Documents; null until they are counted.")
    made = MadeAnswer()
    known = serializers.IntegerField(help_text="Texts that were there already.")
    refused = serializers.IntegerField(help_text="Items that did not come in.")
    notes = serializers.IntegerField(help_text="Items that came in otherwise, or were meant to stay out.")
    failure = serializers.CharField(help_text="Why it failed, where it did.")
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class ImportedFileAnswer(Answered):
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()


class ReportedItemAnswer(Answered):
    file = serializers.CharField()
    place = serializers.CharField(help_text="A line, an id, a path within the file.")
    code = serializers.CharField()
    detail = serializers.CharField()


class ImportedPersonAnswer(Answered):
    """Somebody whom the files name, and who that is here."""

    name = serializers.CharField(allow_null=True, help_text="In the files; null for what they name nobody for.")
    user = PersonAnswer()
    spans = serializers.IntegerField(help_text="Spans of theirs that came in.")


class ImportReportAnswer(ImportAnswer):
    """The first hundred files, people (those with most spans first), refusals and notes.

    `refused.csv` and `notes.csv` have the first 10,000 of the last two; the counts are of all.
    """

    files = ImportedFileAnswer(many=True)
    people = ImportedPersonAnswer(many=True)
    refusals = ReportedItemAnswer(many=True)
    noted = ReportedItemAnswer(many=True)


class WaitingAnswer(Answered):
    project = serializers.SlugField()
    articles = serializers.IntegerField(help_text="To annotate.")
    returned = serializers.IntegerField(help_text="Verdicts returned to the caller.")
    reviews = serializers.IntegerField(help_text="Verdicts that the caller may review.")


class MembershipAnswer(Answered):
    project = serializers.SlugField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices))


class MeAnswer(Answered):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    name = serializers.CharField()
    language = serializers.CharField()
    keys = serializers.DictField(child=serializers.CharField(allow_null=True))
    single_keys = serializers.BooleanField()
    may_start_projects = serializers.BooleanField()
    memberships = MembershipAnswer(many=True)
    waiting = WaitingAnswer(many=True)
    inbox = UnreadAnswer()
    invitations = serializers.IntegerField(help_text="Those to answer, see `me/invitations/`.")


class OperationAnswer(Answered):
    status = serializers.IntegerField()
    body = serializers.DictField(allow_null=True)


class BatchAnswer(Answered):
    results = OperationAnswer(many=True)


class ReleaseFileAnswer(Answered):
    name = serializers.CharField()
    bytes = serializers.IntegerField()
    sha256 = serializers.CharField()


class ReleaseAnswer(Answered):
    id = serializers.UUIDField()
    project = serializers.SlugField()
    name = serializers.CharField()
    state = serializers.ChoiceField(Release.State.choices)
    formats = serializers.ListField(child=serializers.CharField())
    filters = serializers.DictField()
    splits = serializers.DictField(child=serializers.FloatField(), allow_null=True)
    seed = serializers.IntegerField()
    audience = serializers.ChoiceField(
        Release.Audience.choices, help_text="Who may read it: all members, or managers and reviewers only."
    )
    done = serializers.IntegerField(help_text="Of `total`: articles, each once in every format and once more.")
    total = serializers.IntegerField(allow_null=True)
    failure = serializers.CharField(allow_null=True)
    by = PersonAnswer()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class WholeReleaseAnswer(ReleaseAnswer):
    manifest = serializers.DictField(allow_null=True, help_text="What manifest.json says, when it is done.")
    files = ReleaseFileAnswer(many=True)


class ReleaseNameAnswer(Answered):
    id = serializers.UUIDField()
    name = serializers.CharField()


class DifferenceAnswer(Answered):
    kind = serializers.ChoiceField(("article", "span", "link", "verdict"))
    id = serializers.UUIDField()
    what = serializers.ChoiceField(("added", "removed", "changed"))
    fields = serializers.ListField(child=serializers.CharField(), help_text="What changed.")  # type: ignore[assignment]
    before = serializers.DictField(allow_null=True)
    after = serializers.DictField(allow_null=True)


class ComparisonAnswer(Answered):
    earlier = ReleaseNameAnswer()
    later = ReleaseNameAnswer()
    results = DifferenceAnswer(many=True)
    counts = serializers.DictField(help_text="For each kind how many are `added`, `removed` and `changed`.")


class FieldErrorAnswer(Answered):
    field = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemAnswer(Answered):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FieldErrorAnswer(many=True, required=False)  # type: ignore[assignment]  # a field named like an attribute
    current = serializers.DictField(required=False, help_text="With 412: the state there is.")
