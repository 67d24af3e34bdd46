"""People: who somebody is, the caller, members of projects, and verdicts handed from one to another."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, NotRequired, TypedDict, overload
from uuid import UUID

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from annotations.models import Article, Invitation, Membership, Notice, Project, Role, User, Verdict
from annotations.models.base.names import be_one_line
from annotations.operations.hand_over import HandedOver
from annotations.own_keys import complaints_about_keys
from annotations.paging import LARGEST
from annotations.permissions import Action, can
from annotations.serializers.base import Choice, Email, Slug, Strict, refuse, serializer_of
from annotations.shortcuts import ACTIONS


class PersonAnswer(TypedDict):
    id: int
    name: str


@overload
def person(user: User) -> PersonAnswer: ...


@overload
def person(user: User | None) -> PersonAnswer | None: ...


def person(user: User | None) -> PersonAnswer | None:
    """Who somebody is: id and name."""
    return None if user is None else {"id": user.pk, "name": str(user)}


class UnreadAnswer(TypedDict):
    unread: int


class WaitingAnswer(TypedDict):
    project: Slug
    articles: Annotated[int, "Articles to annotate."]
    returned: Annotated[int, "Verdicts returned to you."]
    reviews: Annotated[int, "Verdicts that you can review."]


class MembershipAnswer(TypedDict):
    project: Slug
    name: str
    roles: list[Annotated[str, Choice(Role.choices)]]


class MeAnswer(TypedDict):
    id: int
    email: Email
    name: str
    language: str
    keys: dict[str, str | None]
    single_keys: bool
    may_start_projects: bool
    memberships: list[MembershipAnswer]
    waiting: list[WaitingAnswer]
    inbox: UnreadAnswer
    invitations: Annotated[int, "Invitations to answer, see `me/invitations/`."]


def me_json(user: User) -> MeAnswer:
    """The caller as the API shows them to themselves."""
    places = sorted(user.places.values(), key=lambda membership: membership.project.name)
    return {
        "id": user.pk,
        "email": user.email,
        "name": user.name,
        "language": user.language,
        "keys": user.keys,
        "single_keys": user.single_keys,
        "may_start_projects": user.may_start_projects,
        "memberships": [membership_json(one) for one in places],
        "waiting": [waiting_for(user, one.project) for one in places if not one.project.archived],
        "inbox": {"unread": Notice.objects.visible_to(user).unread().count()},
        "invitations": Invitation.objects.addressed_to(user).count(),
    }


def membership_json(membership: Membership) -> MembershipAnswer:
    """What somebody is in a project."""
    return {"project": membership.project.slug, "name": membership.project.name, "roles": membership.roles}


def waiting_for(user: User, project: Project) -> WaitingAnswer:
    """How much waits for somebody in a project: articles to annotate, verdicts returned and verdicts to review."""
    annotates, reviews = can(user, Action.ANNOTATE, project), can(user, Action.REVIEW, project)
    verdicts = Verdict.objects.visible_to(user).in_project(project)
    return {
        "project": project.slug,
        "articles": Article.objects.waiting_for(user, project).count() if annotates else 0,
        "returned": verdicts.returned_to(user).count() if annotates else 0,
        "reviews": verdicts.awaiting_review().for_reviewer(user).count() if reviews else 0,
    }


KEYS: Final = {
    "type": "object",
    "properties": {action.name: {"type": ["string", "null"]} for action in ACTIONS},
    "required": [],
    "additionalProperties": False,
}


@extend_schema_field(KEYS)
class OwnKeys(serializers.DictField):
    """The keys that somebody changed."""


class MeChange(Strict):
    """The values that people can change in their account; `keys` has all changed keys, and {} resets them."""

    name = serializers.CharField(max_length=150, allow_blank=True, validators=[be_one_line])
    keys = OwnKeys()
    single_keys = serializers.BooleanField()

    def validate_keys(self, value: dict[str, Any]) -> dict[str, Any]:
        refuse(complaints_about_keys(value))
        return value


class MemberAnswer(TypedDict):
    id: int
    user: PersonAnswer
    email: NotRequired[Annotated[Email, "For managers."]]
    roles: list[Annotated[str, Choice(Role.choices)]]
    created_at: datetime


class InvitedAnswer(TypedDict):
    state: Annotated[str, Choice(["invited"])]


MEMBER_OR_INVITED: Final = PolymorphicProxySerializer(
    component_name="MemberOrInvited",
    serializers=[serializer_of(MemberAnswer), serializer_of(InvitedAnswer)],
    resource_type_field_name=None,
)


def member_json(membership: Membership, *, with_address: bool) -> MemberAnswer:
    """A member; the address is for managers."""
    answer: MemberAnswer = {
        "id": membership.pk,
        "user": person(membership.user),
        "roles": membership.roles,
        "created_at": membership.created_at,
    }
    if with_address:
        answer["email"] = membership.user.email
    return answer


class RolesBody(Strict):
    """The roles of a member."""

    roles = serializers.ListField(child=serializers.ChoiceField(Role.choices), allow_empty=False, max_length=len(Role))

    def validate_roles(self, value: list[str]) -> list[str]:
        return [role for role in Role.values if role in value]


class MemberBody(RolesBody):
    """The person to add, by email address."""

    email = serializers.EmailField(max_length=254)


class HandedVerdictAnswer(TypedDict):
    id: UUID
    claim: UUID
    article: UUID
    state: Annotated[str, Choice(Verdict.State.choices)]
    version: int


class LeftVerdictAnswer(HandedVerdictAnswer):
    code: Annotated[str, "The rule that prevents the handover."]
    detail: str


_HandOverAnswer = TypedDict("_HandOverAnswer", {"from": PersonAnswer})


class HandOverAnswer(_HandOverAnswer):
    to: PersonAnswer
    handed_over: Annotated[list[HandedVerdictAnswer], "At most 1,000."]
    left: Annotated[list[LeftVerdictAnswer], "The first 100 that stay with `from`."]
    left_count: Annotated[int, "How many stay."]
    more: Annotated[bool, "Whether there are more to hand over."]


def hand_over_json(done: HandedOver, giver: User, receiver: User) -> HandOverAnswer:
    """What a hand-over did."""
    return {
        "from": person(giver),
        "to": person(receiver),
        "handed_over": [handed_verdict_json(verdict) for verdict in done.moved],
        "left": [
            {**handed_verdict_json(left.verdict), "code": left.rule.name, "detail": left.detail} for left in done.left
        ],
        "left_count": done.left_count,
        "more": done.more,
    }


def handed_verdict_json(verdict: Verdict) -> HandedVerdictAnswer:
    """Which verdict it is, and its version now."""
    return {
        "id": verdict.pk,
        "claim": verdict.claim_id,
        "article": verdict.claim.article_id,
        "state": verdict.state,
        "version": verdict.version,
    }


class HandOverBody(Strict):
    """Whose verdicts are handed over to whom, by id."""

    def get_fields(self) -> dict[str, Any]:
        return {name: serializers.IntegerField(min_value=1, max_value=LARGEST - 1) for name in ("from", "to")}
