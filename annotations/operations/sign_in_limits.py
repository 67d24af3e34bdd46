"""How often somebody may try: passwords, codes, and forms that send mail.

Three counts hold an attempt up, each with a wait that doubles: those for the account from this network, those from
this network for any account, and those for the account from anywhere. Where the account's owner signed in lately, only
the first counts, so that others elsewhere cannot lock them out there. A count lies in PostgreSQL, falls with time, and
is gone when it reaches zero; none that makes somebody wait is ever pushed out.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from annotations.models import Attempts, User, UsualNetwork

USUAL_FOR: Final = timedelta(days=90)
"""How long after somebody signed in from a network it counts as usual."""

MOST_NETWORKS: Final = 20
"""Usual networks of one person; the newest are kept."""

MOST_COUNTS: Final = 1_000_000
"""Rows of counts. A network makes a hundred or two before it has to wait, so this takes many thousands of them."""

TIDIED_EVERY: Final = 100
"""Attempts after which, on average, what has expired is deleted."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts (`free`, at least 2) may come at once, and one more every `per` seconds.

    After them comes a wait of `first` seconds, which doubles with each further one up to `longest`.
    """

    free: int
    per: int
    first: int
    longest: int = 900


@dataclass(frozen=True, slots=True)
class Policy:
    """The limits of one thing that is tried: for an account from one network, for a network, and for an account."""

    name: str
    pair: Limit
    network: Limit
    account: Limit


PASSWORD: Final = Policy("password", Limit(5, 600, 30), Limit(20, 30, 10), Limit(30, 120, 30))
CODE: Final = Policy("code", Limit(5, 600, 30), Limit(20, 30, 10), Limit(15, 600, 60))
MAIL: Final = Policy("mail", Limit(3, 600, 60), Limit(10, 120, 30), Limit(10, 600, 60))
"""A mail to an address that somebody entered: to reset a password, to confirm an address, to sign up."""


class TooMany(Exception):
    """One has to wait, for so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        if self.seconds <= 90:
            return ngettext(
                "Too many attempts. Try again in %(count)s second.",
                "Too many attempts. Try again in %(count)s seconds.",
                self.seconds,
            ) % {"count": self.seconds}
        minutes = -(-self.seconds // 60)
        return ngettext(
            "Too many attempts. Try again in %(count)s minute.",
            "Too many attempts. Try again in %(count)s minutes.",
            minutes,
        ) % {"count": minutes}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One that was counted before it is known whether it is right."""

    pair: str
    others: Sequence[str]

    def was_right(self) -> None:
        """Forgets the wrong ones of the same person from the same network, and counts this one nowhere."""
        Attempts.objects.filter(key=self.pair).delete()
        _take_back(self.others)


def attempt(policy: Policy, account: str, address: str) -> Attempt:
    """Counts an attempt on the account with the email `account` by a client with this IP address. Raises TooMany."""
    account, network = account.strip().lower(), network_of(address)
    limits = [(policy.pair, _key(policy.name, "pair", account, network))]
    usual = UsualNetwork.objects.filter(user__email=account, network=_key("usual", network))
    if not usual.filter(seen__gt=timezone.now() - USUAL_FOR).exists():
        limits.insert(0, (policy.network, _key(policy.name, "network", network)))
        limits.append((policy.account, _key(policy.name, "account", account)))
    counted: list[str] = []
    for limit, key in limits:
        if seconds := _count(limit, key):
            _take_back(counted)
            raise TooMany(seconds)
        counted.append(key)
    if random.randrange(TIDIED_EVERY) == 0:  # noqa: S311 - nobody gains by guessing it
        tidy()
    pair = _key(policy.name, "pair", account, network)
    return Attempt(pair, [key for key in counted if key != pair])


def remember_network(user: User, address: str) -> None:
    """The person signed in from here, so that others elsewhere cannot lock them out here."""
    UsualNetwork.objects.update_or_create(
        user=user, network=_key("usual", network_of(address)), defaults={"seen": timezone.now()}
    )
    known = UsualNetwork.objects.filter(user=user)
    known.exclude(pk__in=known.order_by("-seen").values("pk")[:MOST_NETWORKS]).delete()


def network_of(address: str) -> str:
    """The network that counts as one place: of IPv6 what one customer gets, of IPv4 the address itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address  # a socket of this machine has none
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)


def tidy() -> None:
    """Deletes what has expired, and where there is still too much, the smallest counts that make nobody wait."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM annotations_attempts WHERE expires <= clock_timestamp()")
        cursor.execute("SELECT greatest(count(*) - %s, 0) FROM annotations_attempts", [MOST_COUNTS])
        [[excess]] = cursor.fetchall()
        if excess:
            cursor.execute(
                "DELETE FROM annotations_attempts WHERE key IN (SELECT key FROM annotations_attempts "
                "WHERE wait_until <= clock_timestamp() ORDER BY count, expires LIMIT %s)",
                [excess],
            )


def _key(*parts: str) -> str:
    return salted_hmac("factcheck.sign-in-limits", "\0".join(parts), algorithm="sha256").hexdigest()


def _take_back(keys: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotations_attempts SET count = greatest(count - 1, 0), wait_until = clock_timestamp() "
            "WHERE key = ANY(%s)",
            [list(keys)],
        )


# One statement, so that of many attempts at once no more go ahead than may.
COUNT: Final = """
INSERT INTO annotations_attempts AS known (key, count, wait_until, expires)
SELECT %(key)s, 1, clock, clock + make_interval(secs => %(per)s) FROM (SELECT clock_timestamp() AS clock)
ON CONFLICT (key) DO UPDATE SET (count, wait_until, expires) = (
    SELECT level, clock + wait, clock + wait + make_interval(secs => level * %(per)s)
    FROM (SELECT excluded.wait_until AS clock, 1 + greatest(
        0, known.count - greatest(0, extract(epoch FROM excluded.wait_until - known.wait_until)) / %(per)s) AS level),
    LATERAL (SELECT make_interval(secs => CASE WHEN round(level) < %(free)s THEN 0
        ELSE least(%(longest)s, %(first)s * 2 ^ least(round(level) - %(free)s, 20)) END) AS wait))
WHERE known.wait_until <= clock_timestamp()
RETURNING 0
"""


def _count(limit: Limit, key: str) -> int:
    """Counts an attempt and gives 0, or counts nothing and gives the seconds that there are to wait."""
    values: dict[str, str | int] = {"key": key, "free": limit.free, "per": limit.per}
    values |= {"first": limit.first, "longest": limit.longest}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        if cursor.fetchone():
            return 0
        cursor.execute(
            "SELECT ceil(extract(epoch FROM wait_until - clock_timestamp())) FROM annotations_attempts WHERE key = %s",
            [key],
        )
        row = cursor.fetchone()
    return max(1, int(row[0])) if row else 1
