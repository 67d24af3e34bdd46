"""Who may do what, written once.

`TABLE` gives for each action the roles that may do it and under which condition; `can` is the only function that reads
it, and `must` refuses where it says no. What is not in the table is denied. Which rows a person reads at all is
`annotations.models.visibility`; a look-up starts there, so that somebody who may not read a thing is told that it does
not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext, gettext_noop

from annotations.models import Article, Assignment, Comment, Link, Membership, Project, Role, Span, User, Verdict
from annotations.vocabulary import COMMENTERS

Subject = Project | Article | Assignment | Span | Link | Verdict | Comment | Membership
Condition = Callable[[User, Any], bool]


class Action(StrEnum):
    """What somebody may want to do, beyond what reading their rows already settles."""

    READ = "read"
    READ_WORK = "read work"
    EXPORT = "export"
    ANNOTATE = "annotate"
    MARK = "mark"
    CHANGE_SPAN = "change span"
    LINK = "link"
    JUDGE = "judge"
    SUBMIT = "submit"
    REVIEW = "review"
    COMMENT = "comment"
    REWORD = "reword"
    MANAGE = "manage"


REASONS: Final[dict[Action, str]] = {
    Action.READ: gettext_noop("Your role in this project doesn't allow you to read this."),
    Action.READ_WORK: gettext_noop("Your role in this project doesn't allow you to see work in progress."),
    Action.EXPORT: gettext_noop("Your role in this project doesn't allow you to export it."),
    Action.ANNOTATE: gettext_noop("Your role in this project doesn't allow you to annotate its articles."),
    Action.MARK: gettext_noop("Your role in this project doesn't allow you to create spans in this article."),
    Action.CHANGE_SPAN: gettext_noop("Your role in this project doesn't allow you to change or delete this span."),
    Action.LINK: gettext_noop("Your role in this project doesn't allow you to create, change or delete this link."),
    Action.JUDGE: gettext_noop("Your role in this project doesn't allow you to write or change this verdict."),
    Action.SUBMIT: gettext_noop("Your role in this project doesn't allow you to submit or withdraw this verdict."),
    Action.REVIEW: gettext_noop("Your role in this project doesn't allow you to review verdicts."),
    Action.COMMENT: gettext_noop("Your role in this project doesn't allow you to comment here."),
    Action.REWORD: gettext_noop("You can only change or delete comments that you wrote."),
    Action.MANAGE: gettext_noop("Only managers of this project can do this."),
}
"""By action, what `must` answers where it is not allowed."""


def always(user: User, subject: Subject) -> bool:
    """No condition."""
    return True


def own(user: User, subject: Span | Assignment) -> bool:
    """The work of `user` in an annotator's pass."""
    assignment = subject.assignment if isinstance(subject, Span) else subject
    return assignment.assignee_id == user.pk and assignment.kind == Assignment.Kind.ANNOTATE


def own_or_shared(user: User, subject: Project | Article | Span | Link | Verdict) -> bool:
    """A claim of `user` or one whose verdict they hold, or any claim in a shared project."""
    if project_of(subject).mode == Project.Mode.SHARED:
        return True
    if isinstance(subject, Verdict) and subject.holder_id is not None:
        return subject.holder_id == user.pk
    claim = _claim_of(subject)
    if claim is None or claim.assignment.assignee_id == user.pk:
        return True
    return Verdict.objects.filter(claim=claim, holder=user).exists()


def as_adjudicator(user: User, subject: Article | Span | Link | Verdict) -> bool:
    """Within an adjudication that `user` was given; in an independent project, no verdict that somebody else holds."""
    held_by_another = isinstance(subject, Verdict) and subject.holder_id not in (None, user.pk)
    if held_by_another and project_of(subject).mode == Project.Mode.INDEPENDENT:
        return False
    claim = _claim_of(subject)
    if claim is not None:
        return claim.assignment.assignee_id == user.pk and claim.assignment.kind == Assignment.Kind.ADJUDICATE
    if not isinstance(subject, Article):
        return False
    return any(one.kind == Assignment.Kind.ADJUDICATE for one in subject.assignments_of(user))


def own_verdict(user: User, subject: Article | Verdict) -> bool:
    """A verdict that `user` holds: that they wrote, or that was handed over. Of an article, the one that they will."""
    return not isinstance(subject, Verdict) or subject.holder_id == user.pk


def own_words(user: User, comment: Comment) -> bool:
    """A comment that `user` wrote."""
    return comment.author_id == user.pk


def somebody_elses(user: User, verdict: Verdict) -> bool:
    """A verdict that `user` never wrote or edited, and does not hold."""
    return user.pk not in (*verdict.written_by, verdict.holder_id)


TABLE: Final[dict[Action, dict[Role, Condition]]] = {
    Action.READ: dict.fromkeys(Role, always),
    Action.READ_WORK: {Role.ANNOTATOR: always, Role.REVIEWER: always, Role.MANAGER: always},
    Action.EXPORT: dict.fromkeys(Role, always),
    Action.ANNOTATE: {Role.ANNOTATOR: always},
    Action.MARK: {Role.ANNOTATOR: always, Role.REVIEWER: as_adjudicator, Role.MANAGER: as_adjudicator},
    Action.CHANGE_SPAN: {Role.ANNOTATOR: own, Role.REVIEWER: as_adjudicator, Role.MANAGER: as_adjudicator},
    Action.LINK: {Role.ANNOTATOR: own_or_shared, Role.REVIEWER: as_adjudicator, Role.MANAGER: as_adjudicator},
    Action.JUDGE: {
        Role.ANNOTATOR: own_or_shared,
        Role.REVIEWER: as_adjudicator,
        Role.MANAGER: as_adjudicator,
    },
    Action.SUBMIT: {Role.ANNOTATOR: own_verdict},
    Action.REVIEW: {Role.REVIEWER: always, Role.MANAGER: always},
    Action.COMMENT: dict.fromkeys(COMMENTERS, always),
    Action.REWORD: dict.fromkeys(COMMENTERS, own_words),
    Action.MANAGE: {Role.MANAGER: always},
}


def may_start_projects(user: User) -> bool:
    """Whether `user` may start a project; operators give that right, and a token for one project lacks it."""
    return user.may_start_projects and user.confined_to is None


def can(user: User, action: Action, subject: Subject) -> bool:
    """Whether `user` may do `action` to `subject`. Somebody who is not a member may do nothing."""
    membership = user.places.get(project_of(subject).pk)
    if membership is None:
        return False
    allowed = TABLE.get(action, {})
    return any(role in allowed and allowed[role](user, subject) for role in map(Role, membership.roles))


def must(user: User, action: Action, subject: Subject) -> None:
    """Raises PermissionDenied where the table does not allow it."""
    if not can(user, action, subject):
        raise PermissionDenied(gettext(REASONS[action]))


def project_of(subject: Subject) -> Project:
    """The project that something belongs to."""
    match subject:
        case Project():
            return subject
        case Article() | Membership():
            return subject.project
        case Assignment() | Span() | Comment():
            return subject.article.project
        case Link():
            return subject.target.article.project
        case Verdict():
            return subject.claim.article.project


def _claim_of(subject: Subject) -> Span | None:
    """The span that an action on `subject` is really about: the claim of a link or verdict, or the span itself."""
    match subject:
        case Span():
            return subject
        case Link():
            return subject.target
        case Verdict():
            return subject.claim
    return None
