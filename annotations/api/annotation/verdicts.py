"""`verdicts/{uuid}/` and the steps of a verdict's life."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view

from annotations.api.base.openapi import ETAG, IF_MATCH, described, method
from annotations.api.base.resource import (
    NOT_MADE,
    Answer,
    Stated,
    StepResource,
    VersionedResource,
    needed_version,
    savepoint,
)
from annotations.models import Event, EvidenceSet, Link, Span, User, Verdict, acting
from annotations.permissions import Action, must, project_of
from annotations.serializers.base import NoBody, Strict, checked, invalid
from annotations.serializers.verdicts import ReasonBody, VerdictAnswer, VerdictBody, verdict_json


@described(VerdictBody, "verdict")
class VerdictView(VersionedResource[Verdict]):
    """The verdict on one claim."""

    def find(self, user: User, key: UUID) -> Verdict:
        return find_verdict(user, key)

    def answer(self, thing: Verdict, reader: User, status: int = 200) -> Answer:
        return Answer(status, verdict_json(thing), thing.version)

    def write(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        data = checked(VerdictBody, body)
        if stated is not None:
            return self._change(user, key, data, stated)
        try:
            with savepoint():
                verdict = create_verdict(user, key, **data)
        except NOT_MADE as error:
            return self.made_before(error, user, key, lambda old: was_made_as(old, user, data))
        return self.answer(verdict, user, 201)

    def edit(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        return self._change(user, key, checked(VerdictBody, body, partial=True), stated)

    def _change(self, user: User, key: UUID, data: dict[str, Any], stated: Stated | None) -> Answer:
        verdict = find_verdict(user, key)
        version = needed_version(stated, verdict.version)
        must(user, Action.JUDGE, verdict)
        if data.pop("claim", verdict.claim_id) != verdict.claim_id:
            raise invalid("claim", _("A verdict can't be moved to another claim."), "immutable")
        sets = data.pop("evidence_sets", None)
        check_links(user, verdict.claim_id, sets or [])
        with self.current_shown(user, key):
            verdict.change(by=user, from_version=version, evidence_sets=sets, **data)
        return self.answer(verdict, user)

    def erase(self, user: User, key: UUID, stated: Stated | None) -> Answer:
        verdict = find_verdict(user, key)
        version = needed_version(stated, verdict.version)
        must(user, Action.JUDGE, verdict)
        with self.current_shown(user, key):
            verdict.remove(by=user, from_version=version)
        return Answer(204)


def create_verdict(user: User, key: UUID, claim: UUID, evidence_sets: Sequence[Any] = (), **values: Any) -> Verdict:
    """A new draft of `user`. Raises ValidationError, PermissionDenied or IntegrityError."""
    span = Span.objects.visible_to(user).with_article().filter(pk=claim).first()
    if span is None:
        raise invalid("claim", _("This claim doesn't exist, or you don't have access to it."), "does_not_exist")
    verdict = Verdict(id=key, claim=span, author=user, edited_by=user, **values)
    must(user, Action.JUDGE, verdict)
    check_links(user, claim, evidence_sets)
    with acting(user):
        verdict.save(force_insert=True)
        if evidence_sets:
            EvidenceSet.objects.replace(verdict, evidence_sets)
    return verdict


def was_made_as(verdict: Verdict, user: User, data: dict[str, Any]) -> bool:
    """Whether `user` made the verdict by this very creation, whatever became of it since."""
    made = Event.objects.creation_of(project_of(verdict).pk, "verdict", verdict.pk)
    wanted = {name: data.get(name, default) for name, default in (("rating", None), ("rationale", ""))}
    wanted |= {"confidence": data.get("confidence"), "claim_id": str(data["claim"])}
    if made is None or made.by_id != user.pk or not made.made_with(wanted):
        return False
    sets = [[one["question"], one["answer"], one["links"]] for one in data.get("evidence_sets", [])]
    return sets == EvidenceSet.objects.made_with(made)


def check_links(user: User, claim: UUID, sets: Sequence[Any]) -> None:
    """Raises ValidationError where a set has links that `user` may not read, or that end at another claim."""
    wanted = {link for one in sets for link in one["links"]}
    if not wanted:
        return
    known = set(Link.objects.visible_to(user).filter(pk__in=wanted, target=claim).values_list("pk", flat=True))
    for position, one in enumerate(sets):
        if set(one["links"]) - known:
            at = f"evidence_sets.{position}.links"
            raise invalid(at, _("A link in this evidence set doesn't end at this claim."), "does_not_exist")


def find_verdict(user: User, key: UUID) -> Verdict:
    """The verdict with its people, sets and claim, or Http404 where the caller may not see one."""
    verdict: Verdict | None = Verdict.objects.visible_to(user).with_people().with_claims().filter(pk=key).first()
    if verdict is None:
        raise Http404
    return verdict


class StepView(StepResource):
    """One step in a verdict's life; `If-Match` names the version that the caller decided on."""

    action: ClassVar[Action]
    body: ClassVar[type[Strict]] = NoBody
    verb: ClassVar[Callable[..., None]]

    def step(self, user: User, key: UUID, body: Any, stated: Stated | None) -> Answer:
        values = checked(self.body, body)
        verdict = find_verdict(user, key)
        must(user, self.action, verdict)
        version = needed_version(stated, verdict.version)
        with VerdictView().current_shown(user, key):
            type(self).verb(verdict, by=user, from_version=version, **values)
        return Answer(200, verdict_json(verdict), verdict.version)


def _step(name: str, body: type[Strict] = NoBody) -> Any:
    return method(
        f"verdict_{name}",
        "verdicts",
        VerdictAnswer,
        body=body,
        parameters=[IF_MATCH, ETAG],
        refusals=(409, 412, 428),
    )


@extend_schema_view(post=_step("submit"))
class SubmitView(StepView):
    """Submits a draft for review."""

    action, verb = Action.SUBMIT, Verdict.submit


@extend_schema_view(post=_step("withdraw"))
class WithdrawView(StepView):
    """Withdraws a submitted verdict."""

    action, verb = Action.SUBMIT, Verdict.withdraw


@extend_schema_view(post=_step("approve"))
class ApproveView(StepView):
    """Approves a submitted verdict."""

    action, verb = Action.REVIEW, Verdict.approve


@extend_schema_view(post=_step("return", ReasonBody))
class ReturnView(StepView):
    """Returns a submitted verdict with a reason."""

    action, verb, body = Action.REVIEW, Verdict.send_back, ReasonBody


@extend_schema_view(post=_step("reopen", ReasonBody))
class ReopenView(StepView):
    """Reopens an approved verdict, with a reason."""

    action, verb, body = Action.REVIEW, Verdict.reopen, ReasonBody
