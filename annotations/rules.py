"""The rules of the domain, each named once.

A rule is enforced by a constraint or trigger of the database that carries the rule's name. The models declare those
triggers with :meth:`Rule.refuse`; the API and the pages turn the database's refusal back into words with
:func:`broken_rule`. So a rule has one name, one wording and one status wherever it is met.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import Error as DatabaseError

FORBIDDEN_NOW: Final = 409
BAD_INPUT: Final = 400
TOO_MANY: Final = 429
STALE: Final = 412


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `name` is the constraint's in the database, `field` what the caller sent wrong."""

    name: str
    field: str
    says: str
    status: int = FORBIDDEN_NOW

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")

    def refuse(self, *, unless_removal: bool = False) -> str:
        """A PL/pgSQL statement that refuses the change. A legal removal by an operator may be let through."""
        message = self.says.replace("'", "''")
        raise_ = (
            f"RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}', "
            f"COLUMN = '{self.field}', MESSAGE = '{message}';"
        )
        if not unless_removal:
            return raise_
        return f"IF {NO_REMOVAL} THEN {raise_} END IF;"


NO_REMOVAL: Final = "coalesce(current_setting('factcheck.removal', true), '') <> 'on'"

BODY_IMMUTABLE = Rule(
    "body_immutable",
    "body",
    "The text of an article never changes. Add a corrected article that revises this one.",
)
ARCHIVE_ONLY = Rule("archive_only", "archived", "Articles and projects are archived, not deleted.")
ARCHIVED = Rule(
    "archived", "article", "The article or its project is archived, so nothing new is added there. Bring it back first."
)
FRAGMENTS = Rule(
    "fragments",
    "fragments",
    "Fragments must be in order, not overlap, not be empty, lie inside the text, and be at most 100.",
    BAD_INPUT,
)
QUOTE_MISMATCH = Rule("quote_mismatch", "quote", "The quote is not the text at these offsets.", BAD_INPUT)
PASSAGE_MISMATCH = Rule(
    "passage_mismatch",
    "fields",
    "A passage must be a range of the same article with its exact quote.",
    BAD_INPUT,
)
SPAN_LENGTH = Rule(
    "span_length",
    "fragments",
    "The fragments of a span select at most 10,000 characters together.",
    BAD_INPUT,
)
PASSAGE_LENGTH = Rule(
    "passage_length",
    "fields",
    "The passages in the fields of a span select at most 10,000 characters together.",
    BAD_INPUT,
)
SELECTED_TEXT = Rule(
    "selected_text",
    "fragments",
    "Spans that select more than 2,000 characters select at most 2,000,000 together in one person's pass over an "
    "article, and 10,000,000 in all imported passes over it. Make some of them shorter first.",
)
LABEL_UNKNOWN = Rule("label_unknown", "label", "A label is claim, attribution or fact.", BAD_INPUT)
SPAN_MOVED = Rule("span_moved", "article", "A span stays in the article and assignment it was made in.")
DUPLICATE_SPAN = Rule("duplicate_span", "fragments", "This passage already has this label from you.")
SELF_LINK = Rule("self_link", "target", "A span has no relation to itself.", BAD_INPUT)
CROSS_PROJECT = Rule("cross_project", "target", "Both spans of a link belong to one project.", BAD_INPUT)
RELATION_UNKNOWN = Rule(
    "relation_unknown",
    "relation",
    "A relation is corroborates, contradicts, attributes or restates.",
    BAD_INPUT,
)
RELATION_TABLE = Rule(
    "relation_table",
    "relation",
    "This relation does not join these labels: corroborates and contradicts end at a claim, attributes goes from "
    "an attribution to a claim or fact, restates from a claim to a claim.",
)
DUPLICATE_LINK = Rule("duplicate_link", "target", "These two spans already have this relation.")
RESTATES_CHAIN = Rule(
    "restates_chain",
    "target",
    "A claim restates one claim at most, which itself restates none. Link to the claim that is checked.",
)
ONE_VERDICT = Rule("one_verdict", "claim", "This claim already has a verdict. Change that one.")
VERDICT_NEEDS_CLAIM = Rule("verdict_needs_claim", "claim", "Only a claim has a verdict.")
RESTATED_CLAIM = Rule(
    "restated_claim",
    "claim",
    "A claim that restates another has no verdict of its own: judge the claim it restates.",
)
RATING_UNKNOWN = Rule("rating_unknown", "rating", "The rating is not on the scale of this project.", BAD_INPUT)
RATING_IN_USE = Rule("rating_in_use", "scale", "A rating that verdicts use cannot leave the scale.")
FIELD_IN_USE = Rule("field_in_use", "label_fields", "A field that spans use cannot be removed. Rename it instead.")
CONFIDENCE_RANGE = Rule("confidence_range", "confidence", "Confidence is a number from 0 to 1.", BAD_INPUT)
EVIDENCE_NEEDED = Rule(
    "evidence_needed",
    "rating",
    "The rating needs evidence that is not linked yet: link what corroborates or contradicts the claim, "
    "or choose another rating.",
)
EVIDENCE_FOREIGN = Rule(
    "evidence_foreign",
    "evidence_sets",
    "An evidence set holds links that end at the verdict's claim.",
    BAD_INPUT,
)
OWN_VERDICT = Rule("own_verdict", "reviewer", "Nobody reviews a verdict that they wrote, edited or hold.")
HOLDER_ANNOTATES = Rule("holder_annotates", "to", "Only an active annotator of this project can take over a verdict.")
HOLDER_SEES_CLAIM = Rule(
    "holder_sees_claim",
    "to",
    "In an independent project only those who can see a claim take over its verdict: reviewers, managers, and "
    "annotators once both have submitted the article.",
)
HOLDER_RATED_TEXT = Rule(
    "holder_rated_text",
    "to",
    "In an independent project nobody takes over a verdict on text that they have given a verdict on themselves.",
)
NOT_HOLDER = Rule("not_holder", "holder", "Only the person who holds this verdict can do this.")
REASON_NEEDED = Rule("reason_needed", "reason", "Say why.", BAD_INPUT)
UNDER_REVIEW = Rule(
    "under_review",
    "state",
    "The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.",
)
VERDICT_STATE = Rule("verdict_state", "state", "The verdict's state does not allow this step.")
REVIEW_NEEDED = Rule("review_needed", "state", "Only a review approves, returns or reopens a verdict.")
STALE_VERSION = Rule("stale_version", "version", "Somebody changed this meanwhile. Look at the current state.", STALE)
HISTORY_APPEND_ONLY = Rule("history_append_only", "id", "History is only added to.")
INDEPENDENT_WORK = Rule(
    "independent_work",
    "source",
    "In an independent project another annotator's spans open only after both have submitted the article.",
)
PASS_SUBMITTED = Rule(
    "pass_submitted",
    "assignment",
    "The article is submitted, so its spans in this pass and the links between them can't change. Reopen it first.",
)
PASS_OPENED = Rule(
    "pass_opened",
    "state",
    "Somebody else has submitted this article too, so you can read one another's work. Only a manager can reopen it.",
)
ARTICLE_FULL = Rule("article_full", "article", "This article has enough annotators, so nobody else can take it up.")
ROLES_KNOWN = Rule(
    "roles_known", "roles", "Roles are annotator, reviewer, manager and viewer, at least one.", BAD_INPUT
)
LAST_MANAGER = Rule("last_manager", "roles", "A project keeps at least one manager.")
DUPLICATE_MEMBER = Rule("duplicate_member", "email", "This person is already a member.")
ALREADY_INVITED = Rule(
    "already_invited", "email", "This address is already invited. Withdraw that invitation to send another one."
)
INVITATION_CLOSED = Rule(
    "invitation_closed", "state", "This invitation was accepted, declined or withdrawn, or it has expired."
)
INVITATION_FIXED = Rule("invitation_fixed", "id", "An invitation keeps its project, address and roles.")
INVITATIONS_OPEN = Rule(
    "invitations_open", "email", "A project has at most 100 open invitations. Withdraw some of them first."
)
INVITATIONS_A_DAY = Rule(
    "invitations_a_day",
    "email",
    "Within 24 hours, 50 invitations to a project, 100 by a person, and 3 from a project to the same address are "
    "possible. Try again later.",
    TOO_MANY,
)
NAME_CHARACTERS = Rule(
    "name_characters", "name", "A name has no line breaks and no other control characters.", BAD_INPUT
)
DUPLICATE_ARTICLE = Rule("duplicate_article", "body", "This project already has an article with the same text.")
EXTERNAL_ID_TAKEN = Rule(
    "external_id_taken", "external_id", "Another article, claim or span of this project has this external id."
)
ID_USED = Rule("id_used", "id", "This id was used before, for something else. Use a new one.")
GONE = Rule("gone", "id", "Something that this refers to is gone meanwhile.")
COMMENT_TEXT = Rule("comment_text", "text", "A comment has 1 to 10,000 characters and says something.", BAD_INPUT)
COMMENT_PLACE = Rule("comment_place", "on", "A comment hangs on one span, link, verdict or article.", BAD_INPUT)
COMMENT_THREAD = Rule("comment_thread", "reply_to", "A reply hangs on the same thing as what it answers.", BAD_INPUT)
COMMENT_STAYS = Rule("comment_stays", "on", "A comment keeps its author, its place and its thread.")
THREAD_RESOLVED = Rule(
    "thread_resolved", "resolved", "The first comment of a thread is resolved, for all of it.", BAD_INPUT
)
RELEASE_FIXED = Rule("release_fixed", "id", "A finished release never changes and is not deleted. Make another one.")
RELEASE_NAME = Rule("release_name", "name", "Another release of this project has this name.")
RELEASE_AUDIENCE = Rule(
    "release_audience",
    "audience",
    "A release with verdicts that are not approved, with names or with comments is for managers and reviewers only.",
    BAD_INPUT,
)
IMPORT_OVER = Rule("import_over", "state", "The import is over: there is nothing left to cancel.")
IMPORT_UNDER_WAY = Rule("import_under_way", "state", "The import is under way. Cancel it first.")
IMPORTS_UNDER_WAY = Rule(
    "imports_under_way",
    "state",
    "You have 50 imports that are not over. Wait until some are done, or cancel or discard them.",
)
FETCHES_WAITING = Rule(
    "fetches_waiting",
    "address",
    "You have 20 addresses that are not fetched yet. Wait until some are.",
)
IMPORTS_KEPT = Rule(
    "imports_kept",
    "project",
    "This project has 10,000 imports, the most that are kept. Delete some of which nothing came in.",
)
SLUG_TAKEN = Rule("slug_taken", "slug", "Another project has this address.")

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
        super().__init__(detail or rule.says)
        self.rule = rule
        self.detail = detail or rule.says
        self.about = about


def broken_rule(error: DatabaseError) -> Rule | None:
    """The rule that made the database refuse, or None where it failed for another reason."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    return NAMED_BY_DATABASE.get(name) or RULES.get(name or "")
