"""What is asked of each route in the large projects, and by whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from django.urls import reverse

from annotations.models import Import, Membership
from bench.texts import SPANS
from tests.large.world import COMMENTS, LINKS, VERDICTS, World, key

WORDS: Final = "the%20bridge%20over%20the%20river%20had%20been%20closed"
CLAIM: Final = "late%20on%20Tuesday%20that%20the%20shelling%20stopped"
RARE: Final = "Report%20123"

MOST_OF_OTHERS: Final = 3
"""Filters that an annotator and a viewer ask for; a manager asks for all."""

NOT_READ: Final = {
    "api:schema": "It asks the database nothing.",
    "api:docs": "It asks the database nothing.",
    "api:export": "It streams the whole project.",
    **dict.fromkeys(("api:import-refused", "api:import-notes"), "They stream what an import reported."),
    **dict.fromkeys(
        ("api:release", "api:release-file", "api:release-comparison", "release", "release-comparison"),
        "A release is in its own row and in files.",
    ),
    **dict.fromkeys(("confirm-email", "invitation"), "The link holds the key of the one row that is looked up."),
    "import-preview": "It waits for one preview, by its key.",
    **dict.fromkeys(("import-fetch", "import-fetched"), "They show one address that was given, by its key."),
}
"""Routes that are left out, with the reason."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `who` sends it, `body` makes it a write."""

    who: str
    address: str
    method: str = "GET"
    body: Any = None
    version: int | None = None


def calls(world: World) -> dict[str, list[Call]]:
    """The requests of each route that is asked something, by the name of the route."""
    return {**_lists(world), **_things(world), **_pages(world)}


def readers(world: World) -> list[tuple[str, str]]:
    """Somebody who sees all work, an annotator who sees what rule 12 opens, and a viewer: each in a project."""
    shared, independent = world.shared.slug, world.independent.slug
    return [(shared, "manager"), (independent, "annotator 0"), (shared, "viewer")]


def _lists(world: World) -> dict[str, list[Call]]:
    """Lists and searches, in both projects, by somebody who sees all work, an annotator and a viewer."""
    article = key("a", world.article)
    person = world.people["annotator 0"].pk
    asked = {
        "api:articles": (
            "", f"?q={RARE}", f"?q={WORDS}", "?state=new", "?state=open", "?state=submitted", "?state=archived",
            "?outlet=Outlet%203", "?language=en", "?published_after=2025-12-20", "?published_before=2023-08-01",
        ),
        "api:claims": (
            "", "?state=none", "?state=approved", "?state=returned", "?rating=refuted", f"?article={article}",
            f"?q={RARE}", "?q=bridge", "?q=e", "?state=approved&rating=refuted",
        ),
        "api:queue": (
            "", "?state=submitted", "?state=approved", "?rating=refuted", "?author=me", f"?author={person}",
            f"?holder={person}", f"?reviewer={world.people['reviewer'].pk}", f"?article={article}",
            "?state=submitted&rating=refuted",
        ),
        "api:search": (f"?q={WORDS}", f"?q={CLAIM}&not_article={article}", f"?q={RARE}", "?q=Geneva%20Damascus"),
        "api:project": ("",), "api:members": ("",), "api:invitations": ("",), "api:releases": ("",),
        "api:imports": ("",), "api:changes": ("",),
    }  # fmt: skip
    found = {
        name: [
            Call(who, f"{reverse(name, kwargs={'slug': slug})}{query}")
            for slug, who in readers(world)
            for query in (queries if who == "manager" else queries[:MOST_OF_OTHERS])
        ]
        for name, queries in asked.items()
    }
    own = {
        name: [Call(who, reverse(name)) for who in ("manager", "annotator 0", "viewer")]
        for name in ("api:me", "api:projects", "api:inbox", "api:own-invitations")
    }
    return {**found, **own}


def _things(world: World) -> dict[str, list[Call]]:
    """Single things and what hangs on them, with the writes that look something up first."""
    shared, independent = world.article, world.independent_article
    member = Membership.objects.get(project=world.shared, user=world.people["viewer"])
    found: dict[str, list[Call]] = {"api:member": [Call("manager", reverse("api:member", args=[member.pk]))]}
    brought = Import.objects.get().pk
    found["api:import"] = [Call("manager", reverse("api:import", args=[brought]))]
    for name, kind, each in (
        ("article", "a", 1), ("annotations", "a", 1), ("article-comments", "a", 1), ("events", "a", 1),
        ("assignments", "a", 1),
        ("span", "s", SPANS), ("claim", "s", SPANS), ("claim-links", "s", SPANS), ("claim-reviews", "s", SPANS),
        ("link", "l", LINKS), ("verdict", "v", VERDICTS),
        ("comment", "c", COMMENTS), ("span-history", "s", SPANS), ("link-history", "l", LINKS),
        ("verdict-history", "v", VERDICTS), ("comment-history", "c", COMMENTS),
    ):  # fmt: skip
        found[f"api:{name}"] = [
            Call(who, reverse(f"api:{name}", args=[key(kind, number * each)]))
            for number, who in ((shared, "manager"), (independent, "annotator 0"), (shared, "viewer"))
        ]
    window = [replace(call, address=f"{call.address}{more}") for call in found["api:annotations"]
              for more in ("?from=0&to=500", "?spans=columns")]  # fmt: skip
    found["api:annotations"] += window
    return found


def _pages(world: World) -> dict[str, list[Call]]:
    """The pages."""
    article, claim = key("a", world.article), key("s", world.article * SPANS)
    of_projects = {
        "dashboard": ("",),
        "articles": (
            "", "?sort=oldest", "?sort=published", "?sort=title", "?sort=outlet", "?state=new", "?state=open",
            "?state=submitted", "?state=archived", "?outlet=Outlet+3", "?language=en", f"?q={WORDS}", f"?q={RARE}",
            f"?annotator={world.people['annotator 0'].pk}", "?published_after=2025-12-20", "?outlet_from=o",
            "?annotator_from=a",
        ),
        "claims": (
            "", "?sort=newest", "?sort=changed", "?state=none", "?state=approved", "?state=returned", "?rating=refuted",
            "?evidence=none", "?evidence=corroborates", "?evidence=contradicts", "?evidence=both",
            f"?article={article}", "?q=bridge", "?q=e", f"?q={RARE}", "?article_from=report+5",
        ),
        "review": (
            "", "?state=returned", "?state=approved", "?state=draft", "?rating=refuted",
            f"?author={world.people['annotator 0'].pk}", "?author_from=a",
        ),
        "map": ("", f"?article={article}", "?rating=refuted", "?relation=restates", "?joined=yes", "?rating=none"),
        "releases": ("",), "guidelines": ("",),
    }  # fmt: skip
    found = {
        name: [
            Call(who, f"{reverse(name, kwargs={'slug': slug})}{query}")
            for slug, who in (readers(world)[:1] if name == "review" else readers(world))
            for query in (queries if who == "manager" else queries[:1])
        ]
        for name, queries in of_projects.items()
    }
    for name in ("import", "guidelines-edit", "members", "hand-over", "settings", "settings-fields", "settings-scale",
                 "settings-archive"):  # fmt: skip
        found[name] = [Call("manager", reverse(name, kwargs={"slug": world.shared.slug}))]
    for name, of in (("workbench", article), ("article-details", article), ("claim", claim),
                     ("verdict", key("v", world.article * VERDICTS))):  # fmt: skip
        people = ("manager",) if name == "article-details" else ("manager", "annotator 0", "reviewer")
        found[name] = [Call(who, reverse(name, args=[of])) for who in people]
    # One that waits in the midst of the queue.
    found["verdict"].append(Call("reviewer", reverse("verdict", args=[key("v", (world.article + 8) * VERDICTS)])))
    found["work"] = [Call(who, reverse("work")) for who in ("manager", "annotator 0", "reviewer", "viewer")]
    found["import-one"] = [Call("manager", reverse("import-one", args=[world.shared.slug, Import.objects.get().pk]))]
    for name in ("new-project", "account", "change-email", "keys"):
        found[name] = [Call("annotator 0", reverse(name))]
    return found
