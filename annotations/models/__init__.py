"""The domain's tables, one noun a file."""

from annotations.models.article import Article, Sentence
from annotations.models.assignment import Assignment
from annotations.models.comment import Comment
from annotations.models.epoch import Epoch
from annotations.models.event import Event, acting
from annotations.models.evidence_set import EvidenceLink, EvidenceSet
from annotations.models.link import Link
from annotations.models.notice import Notice
from annotations.models.people.invitation import Invitation
from annotations.models.people.membership import HandOver, Membership, Pseudonym
from annotations.models.people.presence import Presence
from annotations.models.people.token import Token
from annotations.models.people.user import Attempts, User, UsualNetwork
from annotations.models.project import Project
from annotations.models.review import Review
from annotations.models.span import Span
from annotations.models.transfer.addresses import AddressFetch
from annotations.models.transfer.imports import (
    Import,
    ImportFile,
    ImportKey,
    ImportPerson,
    ImportPreview,
    ReportedItem,
)
from annotations.models.transfer.releases import Release, ReleaseFile
from annotations.models.verdict import Verdict
from annotations.vocabulary import Role

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
