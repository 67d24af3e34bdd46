"""Who made what an import brings: the importing person, members, or people without login who keep their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import uuid4

from django.db import connection
from django.utils.translation import gettext as _

from annotations.formats.writing import selection as narrowed
from annotations.formats.writing.selection import Selection
from annotations.models import Membership, Project, Pseudonym, Role, User
from annotations.models.base.names import as_one_line
from annotations.models.people.user import NOWHERE

A_PSEUDONYM: Final = re.compile(r"person-[0-9a-f]{12}")
"""What exports call people. Any other name is somebody's own, and leaves only where names are asked for."""
LONGEST_NAME: Final = 150
MOST_KEPT: Final = 2_000
"""People of one import who become members without login."""
MARKING: Final = {Role.ANNOTATOR, Role.REVIEWER, Role.MANAGER}
REVIEWING: Final = {Role.REVIEWER, Role.MANAGER}


class UnknownPerson(Exception):
    """The choices name somebody who may not do what the import brings of them. The text says who and why."""


class People:
    """The people of one import, by their names in the files.

    `chosen` is what options.people says: ``"me"``, ``"keep"``, or a member by id or address. Everybody else is kept
    apart under the name in the files, or is the importing person where `others` are ``"me"``. Raises UnknownPerson
    where a choice is no member who may annotate.
    """

    def __init__(self, project: Project, by: User, chosen: Mapping[str, Any], *, others: str = "keep") -> None:
        self.project, self.by, self.keeps = project, by, others != "me"
        self.members = {membership.user_id: membership for membership in project.memberships.select_related("user")}
        self.known = {name: self._chosen(name, who) for name, who in chosen.items() if who not in ("keep", "kept")}
        self.kept = {name for name, who in chosen.items() if who in ("keep", "kept")}
        self.were_kept = 0
        self.without_login: set[int] = {
            one for one, membership in self.members.items() if not membership.user.is_active
        }

    def _chosen(self, name: str, who: Any) -> int:
        if who == "me":
            return self.by.pk
        for user_id, membership in self.members.items():
            if who in (user_id, str(user_id)) or (isinstance(who, str) and who.lower() == membership.user.email):
                if not MARKING & set(membership.roles):
                    raise UnknownPerson(
                        _("%(name)s: %(person)s can't annotate in this project.") % {"name": name, "person": who}
                    )
                return user_id
        if isinstance(who, str) and self.project.invitations.open().filter(email=who.lower()).exists():
            raise UnknownPerson(
                _(
                    "%(name)s: %(person)s is invited to this project but has not accepted yet. Import when "
                    "they have accepted, or keep their annotations under the name in the files."
                )
                % {"name": name, "person": who}
            )
        raise UnknownPerson(_("%(name)s: %(person)s is not a member of this project.") % {"name": name, "person": who})

    def get(self, name: str | None) -> int:
        """The id of whoever has this name in the files; they have been met before."""
        return self.by.pk if name is None else self.known[name]

    def knows(self, name: str | None) -> bool:
        """Whether this name has somebody here; beyond `MOST_KEPT` people one has not."""
        return name is None or name in self.known

    def may_review(self, user_id: int) -> bool:
        """Whether this person's reviews count."""
        membership = self.members.get(user_id)
        return membership is not None and bool(REVIEWING & set(membership.roles))

    def meet(self, names: Iterable[str | None], reviewers: Iterable[str | None] = ()) -> None:
        """Makes sure that everybody with these names is there, and that those who reviewed may review."""
        reviewing = {name for name in reviewers if name is not None}
        fresh = {name for name in [*names, *reviewing] if name is not None and name not in self.known}
        keeping = {name for name in fresh if self.keeps or name in self.kept}
        self.known.update(dict.fromkeys(fresh - keeping, self.by.pk))
        if keeping:
            self._keep(keeping)
        for name in reviewing & self.known.keys():
            # A person without login who reviewed elsewhere is a reviewer here; real members keep the roles they have.
            user_id = self.known[name]
            membership = self.members.get(user_id)
            if membership is not None and user_id in self.without_login and Role.REVIEWER not in membership.roles:
                membership.roles = [*membership.roles, Role.REVIEWER]
                membership.save(update_fields=["roles"])

    def _keep(self, names: set[str]) -> None:
        # Held, so that two imports at once make nobody twice.
        Project.objects.select_for_update(no_key=True).get(pk=self.project.pk)
        members = self._named()
        self.known.update((name, members[_kept_as(name)]) for name in names if _kept_as(name) in members)
        fresh = sorted(names - self.known.keys())[: max(MOST_KEPT - self.were_kept, 0)]
        self.were_kept += len(fresh)
        for name in fresh:
            user = User(email=f"{uuid4().hex}{NOWHERE}", name=_kept_as(name), is_active=False)
            user.set_unusable_password()
            user.save()
            membership = Membership.objects.create(project=self.project, user=user, roles=[Role.ANNOTATOR])
            if A_PSEUDONYM.fullmatch(name):
                Pseudonym.objects.create(project=self.project, user=user, name=name)
            self.members[user.pk] = membership
            self.known[name] = user.pk
            self.without_login.add(user.pk)

    def _named(self) -> dict[str, int]:
        """The members by the names under which they leave this project, so that its own export finds them again.

        Who came without an account is found by their own name too: the same file again is the same people.
        """
        came = {
            one: membership.user for one, membership in self.members.items() if membership.user.email.endswith(NOWHERE)
        }
        with connection.cursor() as cursor:
            cursor.execute(narrowed.people(Selection(self.project, self.by)))
            leaving = {name: user_id for user_id, name in cursor.fetchall() if user_id in self.members}
        return {user.name: one for one, user in came.items()} | leaving


def _kept_as(name: str) -> str:
    """A name from a file as that of a person: one line, of no more than so many characters."""
    return as_one_line(name)[:LONGEST_NAME]
