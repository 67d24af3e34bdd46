"""The domain's tables, one noun a file."""

from annotations.models.article import Article, Sentence
from annotations.models.assignment import Assignment
from annotations.models.attempts import Attempts, UsualNetwork
from annotations.models.comment import Comment
from annotations.models.epoch import Epoch
from annotations.models.event import Event, acting
from annotations.models.evidence_set import EvidenceLink, EvidenceSet
from annotations.models.hand_over import HandOver
from annotations.models.invitation import Invitation
from annotations.models.link import Link
from annotations.models.membership import Membership, Role
from annotations.models.notice import Notice
from annotations.models.presence import Presence
from annotations.models.project import Project
from annotations.models.review import Review
from annotations.models.span import Span
from annotations.models.token import Token
from annotations.models.transfer.fetching import AddressFetch
from annotations.models.transfer.importing import (
    Import,
    ImportFile,
    ImportKey,
    ImportPerson,
    ImportPreview,
    ReportedItem,
)
from annotations.models.transfer.pseudonym import Pseudonym
from annotations.models.transfer.release import Release, ReleaseFile
from annotations.models.user import User
from annotations.models.verdict import Verdict

__all__ = [
    "AddressFetch",
    "Article",
    "Assignment",
    "Attempts",
    "Comment",
    "Epoch",
    "Event",
    "EvidenceLink",
    "EvidenceSet",
    "HandOver",
    "Import",
    "ImportFile",
    "ImportKey",
    "ImportPerson",
    "ImportPreview",
    "Invitation",
    "Link",
    "Membership",
    "Notice",
    "Presence",
    "Project",
    "Pseudonym",
    "Release",
    "ReleaseFile",
    "ReportedItem",
    "Review",
    "Role",
    "Sentence",
    "Span",
    "Token",
    "User",
    "UsualNetwork",
    "Verdict",
    "acting",
]
