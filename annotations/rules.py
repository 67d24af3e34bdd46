"""The rules of the domain, each named once.

A rule is enforced by a constraint or trigger of the database that carries the rule's name. The models declare those
triggers with :meth:`Rule.refuse`; the API and the pages find the rule that refused with :func:`broken_rule`, and answer
with its message. So a rule has one name, one message and one status everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import Error as DatabaseError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from annotations.vocabulary import LABELS, MEANINGS, RELATIONS, Label, Meaning, Role


def _one_of(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return gettext("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _joined(relation: str, meaning: Meaning) -> str:
    sources = gettext("any label") if set(meaning.sources) == set(Label) else _one_of(meaning.sources)
    return gettext("%(relation)s (%(sources)s to %(targets)s)") % {
        "relation": relation,
        "sources": sources,
        "targets": _one_of(meaning.targets),
    }


NAMES: Final[Mapping[str, Callable[[], str]]] = {
    "labels": lambda: _one_of(LABELS),
    "relations": lambda: _one_of(RELATIONS),
    "roles": lambda: _one_of(Role.values),
    "joined": lambda: ", ".join(_joined(relation, meaning) for relation, meaning in MEANINGS.items()),
}
"""What messages say of the vocabulary, in the reader's language."""

FORBIDDEN_NOW: Final = 409
BAD_INPUT: Final = 400
TOO_MANY: Final = 429
STALE: Final = 412


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `name` is the constraint's in the database, `field` what the caller sent wrong."""

    name: str
    field: str
    message_id: str
    status: int = FORBIDDEN_NOW

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the reader's language."""
        message = gettext(self.message_id)
        return message.format_map({name: said() for name, said in NAMES.items()}) if "{" in message else message

    def refuse(self, *, unless_removal: bool = False) -> str:
        """A PL/pgSQL statement that refuses the change. A legal removal by an operator may be let through.

        The database knows the rule by its name only, so that another wording needs no migration.
        """
        raise_ = (
            f"RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}', "
            f"COLUMN = '{self.field}', MESSAGE = '{self.name}';"
        )
        if not unless_removal:
            return raise_
        return f"IF {NO_REMOVAL} THEN {raise_} END IF;"


NO_REMOVAL: Final = "coalesce(current_setting('factcheck.removal', true), '') <> 'on'"

BODY_IMMUTABLE = Rule("body_immutable", "body", _("Article text can't be edited. Import a corrected version."))
ARCHIVE_ONLY = Rule("archive_only", "archived", _("Articles and projects can't be deleted. Archive them instead."))
ARCHIVED = Rule(
    "archived",
    "article",
    _("The article or its project is archived, so nothing can be added to it. Restore it first."),
)
FRAGMENTS = Rule(
    "fragments",
    "fragments",
    _(
        "Fragments must be in order, must not overlap or be empty, must lie inside the text, and there "
        "can be at most 100."
    ),
    BAD_INPUT,
)
QUOTE_MISMATCH = Rule("quote_mismatch", "quote", _("The quote is not the text at these offsets."), BAD_INPUT)
PASSAGE_MISMATCH = Rule(
    "passage_mismatch",
    "fields",
    _("A passage must be a range of the same article with its exact quote."),
    BAD_INPUT,
)
SPAN_LENGTH = Rule(
    "span_length",
    "fragments",
    _("The fragments of a span can select at most 10,000 characters together."),
    BAD_INPUT,
)
PASSAGE_LENGTH = Rule(
    "passage_length",
    "fields",
    _("The passages in the fields of a span can select at most 10,000 characters together."),
    BAD_INPUT,
)
SELECTED_TEXT = Rule(
    "selected_text",
    "fragments",
    _(
        "Spans of more than 2,000 characters can select at most 2,000,000 together in one person's pass over an "
        "article, and 10,000,000 in all imported passes over it. Make some of them shorter first."
    ),
)
LABEL_UNKNOWN = Rule("label_unknown", "label", _("A label must be {labels}."), BAD_INPUT)
SPAN_MOVED = Rule("span_moved", "article", _("A span can't be moved to another article or assignment."))
DUPLICATE_SPAN = Rule("duplicate_span", "fragments", _("You have already given this text this label."))
SELF_LINK = Rule("self_link", "target", _("You can't link a span to itself."), BAD_INPUT)
CROSS_PROJECT = Rule("cross_project", "target", _("Both spans of a link must be in the same project."), BAD_INPUT)
RELATION_UNKNOWN = Rule(
    "relation_unknown",
    "relation",
    _("A relation must be {relations}."),
    BAD_INPUT,
)
RELATION_TABLE = Rule(
    "relation_table",
    "relation",
    _("These labels can't be linked this way. These can: {joined}."),
)
DUPLICATE_LINK = Rule("duplicate_link", "target", _("These two spans already have this relation."))
RESTATES_CHAIN = Rule(
    "restates_chain",
    "target",
    _("A claim can restate only one claim, which must not restate another. Link to the original claim."),
)
ONE_VERDICT = Rule("one_verdict", "claim", _("This claim already has a verdict. Change that one."))
VERDICT_NEEDS_CLAIM = Rule("verdict_needs_claim", "claim", _("Only a claim can have a verdict."))
RESTATED_CLAIM = Rule(
    "restated_claim",
    "claim",
    _("A claim that restates another can't have its own verdict. Add the verdict to the original claim."),
)
RATING_UNKNOWN = Rule("rating_unknown", "rating", _("The rating is not on this project's scale."), BAD_INPUT)
RATING_IN_USE = Rule("rating_in_use", "scale", _("You can't delete a rating that is in use."))
FIELD_IN_USE = Rule("field_in_use", "label_fields", _("You can't delete a field that is in use. Rename it instead."))
CONFIDENCE_RANGE = Rule("confidence_range", "confidence", _("Confidence must be a number from 0 to 1."), BAD_INPUT)
EVIDENCE_NEEDED = Rule(
    "evidence_needed",
    "rating",
    _("Link the evidence that this rating needs, or choose another rating."),
)
EVIDENCE_FOREIGN = Rule(
    "evidence_foreign",
    "evidence_sets",
    _("An evidence set can only contain links that end at the verdict's claim."),
    BAD_INPUT,
)
OWN_VERDICT = Rule("own_verdict", "reviewer", _("You can't review a verdict that you wrote, edited or hold."))
HOLDER_ANNOTATES = Rule(
    "holder_annotates",
    "to",
    _("Only an active annotator of this project can take over a verdict."),
)
HOLDER_SEES_CLAIM = Rule(
    "holder_sees_claim",
    "to",
    _(
        "In an independent project, only those who can see a claim can take over its verdict: reviewers, "
        "managers, and annotators once both have submitted the article."
    ),
)
HOLDER_RATED_TEXT = Rule(
    "holder_rated_text",
    "to",
    _("In an independent project, nobody can take over a verdict on text that they have rated themselves."),
)
NOT_HOLDER = Rule("not_holder", "holder", _("Only the person who holds this verdict can do this."))
REASON_NEEDED = Rule("reason_needed", "reason", _("Enter a reason."), BAD_INPUT)
UNDER_REVIEW = Rule(
    "under_review",
    "state",
    _("This verdict is under review or approved. Withdraw or reopen it to make changes."),
)
VERDICT_STATE = Rule("verdict_state", "state", _("You can't do this in the verdict's current state."))
REVIEW_NEEDED = Rule("review_needed", "state", _("A verdict can be approved, returned or reopened only by a review."))
STALE_VERSION = Rule(
    "stale_version",
    "version",
    _("This has changed since you opened it. Reload to see the latest version."),
    STALE,
)
HISTORY_APPEND_ONLY = Rule("history_append_only", "id", _("History can't be edited."))
INDEPENDENT_WORK = Rule(
    "independent_work",
    "source",
    _("You can link to another annotator's spans only after you have both submitted the article."),
)
PASS_SUBMITTED = Rule(
    "pass_submitted",
    "assignment",
    _(
        "You have submitted this article, so your spans in it and the links between them can't be "
        "changed. Reopen it first."
    ),
)
PASS_OPENED = Rule(
    "pass_opened",
    "state",
    _("Somebody else has submitted this article too, so you can see each other's work. Only a manager can reopen it."),
)
ARTICLE_FULL = Rule("article_full", "article", _("This article already has enough annotators."))
ROLES_KNOWN = Rule(
    "roles_known",
    "roles",
    _("Choose at least one role: {roles}."),
    BAD_INPUT,
)
LAST_MANAGER = Rule("last_manager", "roles", _("A project needs at least one manager."))
DUPLICATE_MEMBER = Rule("duplicate_member", "email", _("This person is already a member."))
ALREADY_INVITED = Rule(
    "already_invited",
    "email",
    _("This address is already invited. To send another invitation, withdraw the first one."),
)
INVITATION_CLOSED = Rule(
    "invitation_closed",
    "state",
    _("This invitation has been accepted, declined or withdrawn, or it has expired."),
)
INVITATION_FIXED = Rule(
    "invitation_fixed",
    "id",
    _("The project, address and roles of an invitation can't be changed."),
)
INVITATIONS_OPEN = Rule(
    "invitations_open",
    "email",
    _("A project can have at most 100 open invitations. Withdraw some of them first."),
)
INVITATIONS_A_DAY = Rule(
    "invitations_a_day",
    "email",
    _(
        "Within 24 hours, at most 50 invitations to a project, 100 by one person, and 3 from a project to"
        " the same address can be sent. Try again later."
    ),
    TOO_MANY,
)
NAME_CHARACTERS = Rule(
    "name_characters",
    "name",
    _("A name can't contain line breaks or other control characters."),
    BAD_INPUT,
)
DUPLICATE_ARTICLE = Rule("duplicate_article", "body", _("This project already has an article with the same text."))
EXTERNAL_ID_TAKEN = Rule(
    "external_id_taken",
    "external_id",
    _("Another article, claim or span of this project has this external id."),
)
ID_USED = Rule("id_used", "id", _("This id was already used for something else. Use a new one."))
GONE = Rule("gone", "id", _("Something that this refers to has been deleted."))
COMMENT_TEXT = Rule("comment_text", "text", _("Enter a comment of up to 10,000 characters."), BAD_INPUT)
COMMENT_PLACE = Rule(
    "comment_place",
    "on",
    _("A comment must belong to one item: a span, link, verdict or article."),
    BAD_INPUT,
)
COMMENT_THREAD = Rule("comment_thread", "reply_to", _("A reply must be in the same thread."), BAD_INPUT)
COMMENT_STAYS = Rule("comment_stays", "on", _("Comments can't be moved."))
THREAD_RESOLVED = Rule(
    "thread_resolved",
    "resolved",
    _("Only the first comment of a thread can be resolved; it resolves the whole thread."),
    BAD_INPUT,
)
RELEASE_FIXED = Rule("release_fixed", "id", _("A finished release can't be changed or deleted. Create another one."))
RELEASE_NAME = Rule("release_name", "name", _("Another release of this project has this name."))
RELEASE_AUDIENCE = Rule(
    "release_audience",
    "audience",
    _(
        "A release with verdicts that are not approved, with names or with comments can be for managers "
        "and reviewers only."
    ),
    BAD_INPUT,
)
IMPORT_OVER = Rule("import_over", "state", _("This import has already finished."))
IMPORT_UNDER_WAY = Rule("import_under_way", "state", _("The import is running. Cancel it first."))
IMPORTS_UNDER_WAY = Rule(
    "imports_under_way",
    "state",
    _("You have 50 unfinished imports. Wait until some have finished, or cancel or discard them."),
)
FETCHES_WAITING = Rule(
    "fetches_waiting",
    "address",
    _("You have 20 addresses that are not fetched yet. Wait until some are."),
)
IMPORTS_KEPT = Rule(
    "imports_kept",
    "project",
    _("This project has 10,000 imports, the maximum. Delete some that added nothing."),
)
SLUG_TAKEN = Rule("slug_taken", "slug", _("That URL name is taken."))

RULES: Final[dict[str, Rule]] = {rule.name: rule for rule in list(globals().values()) if isinstance(rule, Rule)}

NAMED_BY_DATABASE: Final[dict[str | None, Rule]] = {
    "annotations_verdict_claim_id_key": ONE_VERDICT,
    "annotations_project_slug_key": SLUG_TAKEN,
    "invitation_roles_known": ROLES_KNOWN,
    "project_name_characters": NAME_CHARACTERS,
    "user_name_characters": NAME_CHARACTERS,
    "article_external_id": EXTERNAL_ID_TAKEN,
    "claim_external_id": EXTERNAL_ID_TAKEN,
    "span_external_id": EXTERNAL_ID_TAKEN,
}
"""A field that is unique by itself cannot name its constraint, and one rule may need several constraints."""


class RuleBroken(Exception):
    """A rule refused a change before or in the database; `detail` may say more than the rule does."""

    def __init__(self, rule: Rule, detail: str = "", **about: object) -> None:
        super().__init__(detail or rule.message)
        self.rule = rule
        self.detail = detail or rule.message
        self.about = about


def broken_rule(error: DatabaseError) -> Rule | None:
    """The rule that made the database refuse, or None where it failed for another reason."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return NAMED_BY_DATABASE.get(name) or RULES.get(name or "")
