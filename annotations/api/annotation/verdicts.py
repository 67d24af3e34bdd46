"""`verdicts/{uuid}/` and the steps of a verdict's life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.db import IntegrityError
from django.http import Http404
from drf_spectacular.utils import extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base.openapi import ETAG, IF_MATCH, described, method
from annotations.api.base.permission import caller, must
from annotations.api.base.resource import Answer, Resource, VersionedResource, is_stale
from annotations.api.base.versions import Stated, needed_version, stated_versions
from annotations.models import Event, EvidenceSet, Link, Span, User, Verdict, acting
from annotations.permissions import Action, project_of
from annotations.rules import STALE_VERSION, RuleBroken
from annotations.serializers import answers
from annotations.serializers.base import NoBody, Strict, checked, invalid
from annotations.serializers.shapes import verdict_json

LONGEST_RATIONALE = 100_000


class EvidenceSetBody(Strict):
    """Links that together carry the verdict."""

    question = serializers.CharField(required=False, allow_null=True, allow_blank=True, default=None, max_length=2000)
    answer = serializers.CharField(required=False, allow_null=True, allow_blank=True, default=None, max_length=20_000)
    links = serializers.ListField(child=serializers.UUIDField(), max_length=500)

    def validate_links(self, value: list[UUID]) -> list[UUID]:
        if len(set(value)) != len(value):
            raise serializers.ValidationError("A link stands once in a set.")
        return value


class VerdictBody(Strict):
    """A verdict as its author sends it."""

    claim = serializers.UUIDField()
    rating = serializers.CharField(required=False, allow_null=True, max_length=40)
    rationale = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=LONGEST_RATIONALE
    )
    confidence = serializers.FloatField(required=False, allow_null=True, min_value=0, max_value=1)
    evidence_sets = EvidenceSetBody(many=True, required=False, max_length=500)  # type: ignore[call-arg]


@described(VerdictBody, "verdict")
class VerdictView(VersionedResource[Verdict]):
    """The judgement on one claim."""

    shape = VerdictBody

    def find(self, user: User, key: UUID) -> Verdict:
        return find_verdict(user, key)

    def represent(self, thing: Verdict, reader: User) -> dict[str, Any]:
        return verdict_json(thing)

    def create(self, user: User, key: UUID, data: dict[str, Any]) -> Verdict:
        claim = Span.objects.visible_to(user).with_article().filter(pk=data["claim"]).first()
        if claim is None:
            raise invalid("claim", "There is no such claim that you may read.", "does_not_exist")
        values = {name: value for name, value in data.items() if name not in ("claim", "evidence_sets")}
        verdict = Verdict(id=key, claim=claim, author=user, edited_by=user, **values)
        must(user, Action.JUDGE, verdict)
        sets = self._known_links(user, claim.pk, data)
        with acting(user):
            verdict.save(force_insert=True)
            if sets:
                EvidenceSet.objects.replace(verdict, sets)
        return verdict

    def was_made_as(self, thing: Verdict, user: User, data: dict[str, Any]) -> bool:
        made = Event.objects.creation_of(project_of(thing).pk, "verdict", thing.pk)
        wanted = {name: data.get(name, default) for name, default in (("rating", None), ("rationale", ""))}
        wanted |= {"confidence": data.get("confidence"), "claim_id": str(data["claim"])}
        if made is None or made.by_id != user.pk or not made.made_with(wanted):
            return False
        sets = [[one["question"], one["answer"], one["links"]] for one in data.get("evidence_sets", [])]
        return sets == EvidenceSet.objects.made_with(made)

    def change(self, user: User, thing: Verdict, data: dict[str, Any], version: int) -> None:
        must(user, Action.JUDGE, thing)
        if data.pop("claim", thing.claim_id) != thing.claim_id:
            raise invalid("claim", "A verdict stays with its claim.", "immutable")
        sets = self._known_links(user, thing.claim_id, data)
        data.pop("evidence_sets", None)
        thing.change(by=user, from_version=version, evidence_sets=sets, **data)

    def remove(self, user: User, thing: Verdict, version: int) -> None:
        must(user, Action.JUDGE, thing)
        thing.remove(by=user, from_version=version)

    def _known_links(self, user: User, claim: UUID, data: dict[str, Any]) -> list[Any] | None:
        sets: list[Any] | None = data.get("evidence_sets")
        if sets is None:
            return None
        wanted = {link for one in sets for link in one["links"]}
        known = set(Link.objects.visible_to(user).filter(pk__in=wanted, target=claim).values_list("pk", flat=True))
        for position, one in enumerate(sets):
            if set(one["links"]) - known:
                raise invalid(
                    f"evidence_sets.{position}.links",
                    "A link here does not end at this claim.",
                    "does_not_exist",
                )
        return sets


def find_verdict(user: User, key: UUID) -> Verdict:
    """The verdict with its people, sets and claim, or Http404 where the caller may not see one."""
    verdict: Verdict | None = Verdict.objects.visible_to(user).with_people().with_claims().filter(pk=key).first()
    if verdict is None:
        raise Http404
    return verdict


class ReasonBody(Strict):
    """Why."""

    reason = serializers.CharField(max_length=20_000)


class StepView(Resource):
    """One step in a verdict's life; `If-Match` names the version that the caller decided on."""

    action: ClassVar[Action]
    shape: ClassVar[type[Strict]] = NoBody
    step: ClassVar[Callable[..., None]]

    def post(self, request: Request, key: UUID) -> Response:
        stated = stated_versions(request.headers.get("If-Match"))
        return self.perform("POST", caller(request), key, request.data, stated).response()

    def perform(self, verb: str, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        """Carries out the step. Raises what becomes a problem."""
        values = checked(self.shape, body)
        verdict = find_verdict(user, key)
        must(user, self.action, verdict)
        version = needed_version(stated, verdict.version)
        try:
            type(self).step(verdict, by=user, from_version=version, **values)
        except (RuleBroken, IntegrityError) as error:
            if is_stale(error):
                raise RuleBroken(STALE_VERSION, current=verdict_json(find_verdict(user, key))) from error
            raise
        return Answer(200, verdict_json(verdict), verdict.version)


def _step(name: str, body: type[Strict] = NoBody) -> Any:
    return method(
        f"verdict_{name}",
        "verdicts",
        answers.VerdictAnswer,
        body=body,
        parameters=[IF_MATCH, ETAG],
        refusals=(409, 412, 428),
    )


@extend_schema_view(post=_step("submit"))
class SubmitView(StepView):
    """Hands a draft to review."""

    action, step = Action.SUBMIT, Verdict.submit


@extend_schema_view(post=_step("withdraw"))
class WithdrawView(StepView):
    """Takes a submitted verdict back."""

    action, step = Action.SUBMIT, Verdict.withdraw


@extend_schema_view(post=_step("approve"))
class ApproveView(StepView):
    """Approves a submitted verdict."""

    action, step = Action.REVIEW, Verdict.approve


@extend_schema_view(post=_step("return", ReasonBody))
class ReturnView(StepView):
    """Returns a submitted verdict with a reason."""

    action, step, shape = Action.REVIEW, Verdict.send_back, ReasonBody


@extend_schema_view(post=_step("reopen", ReasonBody))
class ReopenView(StepView):
    """Opens an approved verdict again, with a reason."""

    action, step, shape = Action.REVIEW, Verdict.reopen, ReasonBody
