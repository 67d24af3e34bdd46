"""The seeds as a project: two real articles with their worked annotations.

`seeds/README.md` describes the files. Spans are given as quotes, so that a reader can check them; here they become
offsets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from annotations.models import (
    Article,
    Assignment,
    Comment,
    EvidenceSet,
    Link,
    Membership,
    Project,
    Role,
    Span,
    User,
    Verdict,
    acting,
)
from annotations.models.comment import article_of
from annotations.vocabulary import EVIDENCE

FOLDER: Final[Path] = settings.BASE_DIR / "seeds"

CAST: Final = {
    "manager": ("Morgan Ellis", [Role.MANAGER]),
    "annotator": ("Ada Keller", [Role.ANNOTATOR]),
    "annotator2": ("Bilal Haddad", [Role.ANNOTATOR]),
    "reviewer": ("Rosa Lindqvist", [Role.REVIEWER]),
    "viewer": ("Vera Novak", [Role.VIEWER]),
    "outsider": ("Otto Falk", []),
}
"""The people of the demonstration: name and roles in the project."""

PASSWORD: Final = "factcheck"  # noqa: S105 - of a demonstration on this machine, and printed


def make_cast(*, with_password: bool) -> dict[str, User]:
    """The demonstration's people; without a password nobody can sign in as them. The manager may start projects."""
    cast = {}
    for role, (name, roles) in CAST.items():
        email = f"{role}@example.org"
        user = User.objects.filter(email=email).first()
        if user is None:
            starts = Role.MANAGER in roles
            user = User.objects.create_user(
                email, PASSWORD if with_password else None, name=name, may_start_projects=starts
            )
        elif with_password and not user.has_usable_password():
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
        cast[role] = user
    return cast


def close_accounts() -> list[str]:
    """Takes the public password from the demonstration's people. Returns the addresses of those who had it."""
    people = User.objects.filter(email__in=[f"{role}@example.org" for role in CAST])
    had_it = [user for user in people if user.has_usable_password() and user.check_password(PASSWORD)]
    for user in had_it:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        user.end_access()
    return [user.email for user in had_it]


def load(cast: Mapping[str, User]) -> Project | None:
    """The seeds as a project, or None where they are there already."""
    worked = json.loads((FOLDER / "raqqa.json").read_text("utf-8"))
    if Project.objects.filter(slug=worked["project"]["slug"]).exists():
        return None
    project = Project.objects.start(by=cast["manager"], **worked["project"])
    with acting(cast["manager"]):
        for role, (_, roles) in CAST.items():
            if roles and role != "manager":
                Membership.objects.create(project=project, user=cast[role], roles=roles)
    Seeding(project, cast, worked).run()
    return project


class Seeding:
    """Turns the worked annotations of `raqqa.json` into spans, links, verdicts and comments."""

    def __init__(self, project: Project, cast: Mapping[str, User], worked: Mapping[str, Any]) -> None:
        self.project, self.cast, self.worked = project, cast, worked
        self.articles: dict[str, Article] = {}
        self.spans: dict[str, Span] = {}
        self.links: dict[tuple[str, str, str], Link] = {}

    def run(self) -> None:
        """Everything, in the order in which people would have done it."""
        self.add_articles()
        for span in self.worked["spans"]:
            self.add_span(span)
        later = {key for verdict in self.worked["verdicts"] for key in self.linked_later(verdict)}
        for link in self.worked["links"]:
            if link_key(link) not in later:
                self.add_link(link)
        for verdict in self.worked["verdicts"]:
            self.add_verdict(verdict)
        for comment in self.worked["comments"]:
            self.add_thread(comment)

    def add_articles(self) -> None:
        """Both texts, word for word."""
        for entry in json.loads((FOLDER / "articles.json").read_text("utf-8")):
            known = {name: entry[name] for name in entry if name not in ("file", "sha256") and entry[name] is not None}
            body = (FOLDER / "articles" / entry["file"]).read_bytes().decode("utf-8")
            article = Article.objects.add(self.project, body, by=self.cast["manager"], **known)
            self.articles[entry["file"]] = article

    def add_span(self, entry: Mapping[str, Any]) -> None:
        """A span from its quotes."""
        article, user = self.articles[entry["article"]], self.cast[entry["by"]]
        quotes = entry["quote"] if isinstance(entry["quote"], list) else [entry["quote"]]
        fields = {name: self.field_value(article, value) for name, value in entry.get("fields", {}).items()}
        with acting(user):
            assignment, _ = Assignment.objects.take_up(article, by=user)
            self.spans[entry["key"]] = Span.objects.create(
                article=article,
                assignment=assignment,
                label=entry["label"],
                fragments=ranges(article.body, quotes, entry.get("occurrence", 1)),
                fields=fields,
                note=entry.get("note", ""),
            )

    def field_value(self, article: Article, value: Any) -> Any:
        """A field's value; a passage becomes offsets with its quote."""
        if not isinstance(value, dict):
            return value
        [(start, end)] = ranges(article.body, [value["quote"]], value.get("occurrence", 1))
        return {"start": start, "end": end, "quote": value["quote"]}

    def add_link(self, entry: Mapping[str, Any]) -> None:
        """A link between two spans."""
        user = self.cast[entry["by"]]
        with acting(user):
            self.links[link_key(entry)] = Link.objects.create(
                source=self.spans[entry["source"]],
                target=self.spans[entry["target"]],
                relation=entry["relation"],
                author=user,
                note=entry.get("note", ""),
            )

    def linked_later(self, verdict: Mapping[str, Any]) -> set[tuple[str, str, str]]:
        """The links to a claim that were only made after its first review."""
        rounds = [review["was"] for review in verdict.get("reviews", []) if "was" in review]
        if not rounds:
            return set()
        first = {tuple(link) for link in rounds[0]["links"]}
        to_claim = {link_key(link) for link in self.worked["links"] if link["target"] == verdict["claim"]}
        evidence = {key for key in to_claim if key[1] in EVIDENCE}
        return evidence - first

    def add_verdict(self, entry: Mapping[str, Any]) -> None:
        """A verdict through its rounds of review to its state."""
        author, reviewer = self.cast[entry["by"]], self.cast["reviewer"]
        rounds = entry.get("reviews", [])
        said = rounds[0]["was"] if rounds and "was" in rounds[0] else entry
        with acting(author):
            verdict = Verdict.objects.create(
                claim=self.spans[entry["claim"]], author=author, edited_by=author, **judgement(said)
            )
        for review in rounds:
            verdict.submit(by=author, from_version=verdict.version)
            verdict.send_back(by=reviewer, from_version=verdict.version, reason=review["reason"])
            for link in self.worked["links"]:
                if link_key(link) in self.linked_later(entry):
                    self.add_link(link)
            verdict.change(by=author, from_version=verdict.version, **judgement(entry))
        self.finish(verdict, entry, author, reviewer)

    def finish(self, verdict: Verdict, entry: Mapping[str, Any], author: User, reviewer: User) -> None:
        """Evidence sets, then the last steps to the state that the seeds give."""
        sets = [
            {**one, "links": [self.links[tuple(link)].pk for link in one["links"]]}
            for one in entry.get("evidence_sets", [])
        ]
        if sets:
            with acting(author):
                EvidenceSet.objects.replace(verdict, sets)  # type: ignore[arg-type]
        if entry["state"] == Verdict.State.DRAFT:
            return
        verdict.submit(by=author, from_version=verdict.version)
        if entry["state"] == Verdict.State.APPROVED:
            verdict.approve(by=reviewer, from_version=verdict.version)
        elif entry["state"] == Verdict.State.RETURNED:
            verdict.send_back(by=reviewer, from_version=verdict.version, reason=entry["reason"])

    def add_thread(self, entry: Mapping[str, Any]) -> None:
        """A comment with its replies, resolved where the seeds say so."""
        first = self.say(entry, entry["on"])
        for reply in entry.get("replies", []):
            self.say(reply, entry["on"], first)
        if "resolved_by" in entry:
            first.change(by=self.cast[entry["resolved_by"]], from_version=first.version, resolved=True)

    def say(self, entry: Mapping[str, Any], on: Mapping[str, Any], thread: Comment | None = None) -> Comment:
        """One comment."""
        [(kind, key)] = on.items()
        thing: Any = self.articles[key] if kind == "article" else self.commented(kind, key)
        about = {} if kind == "article" else {kind: thing}
        author = self.cast[entry["by"]]
        comment = Comment(article=article_of(thing), author=author, text=entry["text"], thread=thread, **about)
        comment.say(by=author)
        return comment

    def commented(self, kind: str, key: Any) -> Span | Link | Verdict:
        """The span, link or verdict that a comment names."""
        if kind == "link":
            return self.links[key[0], key[1], key[2]]
        return Verdict.objects.get(claim=self.spans[key]) if kind == "verdict" else self.spans[key]


def judgement(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a verdict says."""
    return {"rating": entry["rating"], "rationale": entry["rationale"], "confidence": entry.get("confidence")}


def link_key(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    """How the seeds refer to a link: source, relation, target."""
    return entry["source"], entry["relation"], entry["target"]


def ranges(text: str, quotes: list[str], occurrence: int) -> list[list[int]]:
    """Where the quotes stand, one after the other, in code points. Raises ValueError where one does not."""
    found: list[list[int]] = []
    place = -1
    for _ in range(occurrence):
        place = text.index(quotes[0], place + 1)
    for number, quote in enumerate(quotes):
        start = place if number == 0 else text.index(quote, found[-1][1])
        found.append([start, start + len(quote)])
    return found
