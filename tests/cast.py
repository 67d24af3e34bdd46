"""The people and things that tests are about: one fixed cast in one project, and plain functions that make the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from annotations.models import (
    Article,
    Assignment,
    Comment,
    Link,
    Membership,
    Project,
    Role,
    Span,
    Token,
    User,
    Verdict,
    acting,
)
from annotations.models.comment import article_of

TEXT = (
    "The mayor says the bridge is safe. Engineers found cracks in March. The council denies any danger.\n"
    "Repairs began on Monday, the contractor said. Nobody was hurt 👩‍👩‍👧 é."
)
"""A short article: five sentences, an emoji of several code points and a combining accent."""

SAFE = (15, 33)  # "the bridge is safe"
CRACKS = (35, 66)  # "Engineers found cracks in March"
MAYOR = (0, 14)  # "The mayor says"
DANGER = (68, 97)  # "The council denies any danger"


@dataclass
class Cast:
    """A project with one person in each role, and somebody who is a member of nothing."""

    project: Project
    manager: User
    annotator: User
    annotator2: User
    reviewer: User
    viewer: User
    outsider: User
    article: Article
    everybody: dict[str, User] = field(default_factory=dict)


def person(name: str) -> User:
    """Somebody with an account of their own."""
    somebody = unsaved_person(name)
    somebody.save()
    return somebody


def unsaved_person(name: str) -> User:
    """Somebody with an account to be."""
    somebody = User(email=f"{name}-{uuid4().hex[:8]}@example.org", name=name)
    somebody.set_unusable_password()
    return somebody


def make_project(manager: User, **settings: Any) -> Project:
    """A project that `manager` manages."""
    project: Project = Project.objects.start(
        by=manager, **{"slug": f"p-{uuid4().hex[:8]}", "name": "Bridge", **settings}
    )
    return project


def make_article(project: Project, body: str = TEXT, **metadata: Any) -> Article:
    """An article of the project."""
    article: Article = Article.objects.add(
        project, body, by=None, **{"title": "The bridge", "language": "en", **metadata}
    )
    return article


def make_cast(**settings: Any) -> Cast:
    """The whole cast, in a new project with one article."""
    names = ("manager", "annotator", "annotator2", "reviewer", "viewer", "outsider")
    unsaved = {name: unsaved_person(name) for name in names}
    unsaved["manager"].may_start_projects = True
    people = {user.name: user for user in User.objects.bulk_create(unsaved.values())}
    project = make_project(people["manager"], **settings)
    roles = {
        "annotator": Role.ANNOTATOR,
        "annotator2": Role.ANNOTATOR,
        "reviewer": Role.REVIEWER,
        "viewer": Role.VIEWER,
    }
    Membership.objects.bulk_create(
        Membership(project=project, user=people[name], roles=[role]) for name, role in roles.items()
    )
    return Cast(project=project, article=make_article(project), everybody=people, **people)


def make_span(by: User, article: Article, at: tuple[int, int] = SAFE, label: str = "claim", **values: Any) -> Span:
    """A span of one fragment, or of the `fragments` given."""
    with acting(by):
        assignment, _ = Assignment.objects.take_up(article, by=by)
        span: Span = Span.objects.create(
            **{
                "assignment": assignment,
                "article": article,
                "label": label,
                "fragments": [list(at)],
                **values,
            }
        )
    return span


def make_link(by: User, source: Span, target: Span, relation: str = "corroborates", **values: Any) -> Link:
    """A link from evidence to claim."""
    with acting(by):
        link: Link = Link.objects.create(source=source, target=target, relation=relation, author=by, **values)
    return link


def make_verdict(by: User, claim: Span, rating: str | None = "not_enough_evidence", **values: Any) -> Verdict:
    """A draft verdict."""
    with acting(by):
        verdict: Verdict = Verdict.objects.create(claim=claim, author=by, edited_by=by, rating=rating, **values)
    return verdict


def make_comment(by: User, on: Any, text: str = "Is that so?", thread: Comment | None = None, **values: Any) -> Comment:
    """A comment on a span, link, verdict or article."""
    about = {} if isinstance(on, Article) else {type(on).__name__.lower(): on}
    comment = Comment(author=by, article=article_of(on), text=text, thread=thread, **about, **values)
    comment.say(by=by)
    return comment


def make_supported(cast: Cast) -> tuple[Span, Span, Link, Verdict]:
    """A claim with a corroborating fact and a draft verdict that it is supported."""
    claim = make_span(cast.annotator, cast.article)
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    link = make_link(cast.annotator, fact, claim)
    return claim, fact, link, make_verdict(cast.annotator, claim, "supported")


def fresh(user: User) -> User:
    """The person as the next request would load them, without what this one remembers."""
    return User.objects.get(pk=user.pk)


class Api(Client):
    """Calls the API as somebody, with a token of theirs."""

    def __init__(
        self, user: User | None, scopes: tuple[str, ...] = ("read", "write"), project: Project | None = None
    ) -> None:
        headers = {}
        if user is not None:
            _, secret = Token.objects.create(user, scopes=list(scopes), project=project)
            headers["Authorization"] = f"Bearer {secret}"
        super().__init__(headers=headers)

    def call(
        self, method: str, path: str, body: Any = None, *, version: int | str | None = None, **options: Any
    ) -> Any:
        """One request below `/api/v1/`; `version` goes into If-Match."""
        headers = dict(options.pop("headers", {}))
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if body is not None:
            options.update(data=body, content_type="application/json")
        elif method.lower() == "post":
            options.update(data="", content_type="application/json")
        address = path if path.startswith("/") else f"/api/v1/{path}"
        return self.generic_json(method, address, headers=headers, **options)

    def generic_json(self, method: str, address: str, **options: Any) -> Any:
        """The client's own method of that name."""
        return getattr(self, method.lower())(address, **options)

    def put_span(self, article: Article, at: tuple[int, int] = SAFE, label: str = "claim", **more: Any) -> Any:
        """Makes a span over the API."""
        key = more.pop("key", None) or uuid4()
        body = {"article": str(article.pk), "label": label, "start": at[0], "end": at[1], **more}
        return self.call("put", f"spans/{key}/", body)


def key_of(answer: Any) -> UUID:
    """The id in an answer."""
    return UUID(answer.json()["id"])
