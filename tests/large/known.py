"""What tables are read whole, or rows removed from, for a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tests.large.calls import Call
from tests.large.plans import Finding


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason, and the routes, people, addresses and tables that it holds for, each as a regular expression."""

    why: str
    routes: str
    tables: str
    who: str = ".*"
    address: str = ".*"

    def covers(self, route: str, call: Call, finding: Finding) -> bool:
        """Whether this is the reason for what was found."""
        return all(
            re.fullmatch(pattern, value)
            for pattern, value in (
                (self.routes, route),
                (self.who, call.who),
                (self.address, call.address),
                (f"(?:annotations_)?(?:{self.tables})", finding.table),
            )
        )


class Known(tuple[Reason, ...]):
    """All of them."""

    def covers(self, route: str, call: Call, finding: Finding) -> bool:
        """Whether there is a reason for what was found."""
        return any(reason.covers(route, call, finding) for reason in self)


WORK: Final = "span|link|verdict|assignment|join"

KNOWN: Final = Known((
    Reason(
        "It counts all work of the project that somebody may read.", "dashboard|map",
        f"{WORK}|article|review|event",
    ),
    Reason(
        "It counts all articles and verdicts that wait for somebody.", "api:me|work", f"{WORK}|article",
    ),
    Reason(
        "Rule 12 opens another's work by both passes, which are looked up for each row.",
        "api:claims|api:queue|articles|claims", WORK, who="annotator 0", address=".*large-independent.*",
    ),
    Reason(
        "Viewers read what is approved, or carries what is approved, which is looked up for each span.",
        "api:claims|articles|claims", f"{WORK}|article", who="viewer",
    ),
    Reason(
        "The state of an article is that of all its passes, which are looked up for one article after the other.",
        "api:articles|articles", "article|assignment", address=r".*\?(state|annotator)=.*",
    ),
    Reason(
        "Archived articles that have the words are passed over one by one; only words of most articles have hundreds.",
        "api:articles|articles", "article", address=r".*\?q=the%20bridge%20.*",
    ),
    Reason(
        "Each article of the page has its own spans counted, of which only some are claims.", "articles", "span",
    ),
    Reason(
        "Whether a claim has no verdict, or evidence on a side, is looked up claim by claim, until a page is full.",
        "api:claims|claims", f"{WORK}|article", address=r".*(state=none|evidence=).*",
    ),
    Reason(
        "In reading order, claims are looked at article by article until a page is full.", "claims", f"{WORK}|article",
        address=r".*(state|rating)=.*",
    ),
    Reason(
        "Where most claims have the verdict that is asked for, they are looked at one after the other.",
        "api:claims", "span|verdict|link", address=r".*(state|rating)=.*",
    ),
    Reason(
        "Each filter of verdicts has an index. Of two together one is looked up.", "api:queue|review", "verdict",
        address=r".*(state=.*rating=|/review/\?(rating|author)).*",
    ),
    Reason(
        "In a small site there are hardly more articles than candidates of a search.", "api:search", "article",
    ),
))  # fmt: skip
