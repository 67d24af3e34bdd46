"""People who sign in, what is counted so that nobody guesses their passwords and codes, and where they sign in from."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy

from annotations.models.base.names import name_is_one_line, one_line
from annotations.models.event import NEVER_EMPTIED, acting, recorded

if TYPE_CHECKING:
    from annotations.models.people.membership import Membership


NOWHERE: Final = "@people.invalid"
"""How the addresses end of people without a login, who came with an import."""


NAMELESS: Final = "Member "
"""What people without a name are called, followed by their id. Their addresses are for themselves and for managers."""


class UserManager(BaseUserManager["User"]):
    """Makes users; an address is kept in lower case, so that it is the same person however it is typed."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person who signs in with `email`; without a password they set one through the reset mail."""
        if not email:
            raise ValueError("A user needs an email address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An operator, who may use the admin pages."""
        may = {"is_staff": True, "is_superuser": True, "may_start_projects": True}
        return self.create_user(email, password, **{**may, **fields})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # knox is untyped
    """A person, who signs in with `email`. `language` is the one they read the pages in (BCP 47).

    `sessions_ended` counts how often all their sessions were ended at once.
    `new_email` is the address that they asked to change to and have not confirmed; empty where they asked for none.
    `keys` are those they changed (see annotations/own_keys.py). Without `single_keys`, no key of one character does
    anything.
    """

    email = models.EmailField(
        gettext_lazy("email address"), unique=True, error_messages={"unique": gettext_lazy("This address is taken.")}
    )
    new_email = models.EmailField(
        gettext_lazy("new email address"), blank=True, default="", db_default="", editable=False
    )
    name = models.CharField(gettext_lazy("name"), max_length=150, blank=True, validators=[one_line])
    language = models.CharField(gettext_lazy("language"), max_length=35, default="en")
    keys = models.JSONField(gettext_lazy("keyboard shortcuts"), default=dict, blank=True)
    single_keys = models.BooleanField(gettext_lazy("single-key shortcuts"), default=True)
    is_active = models.BooleanField(gettext_lazy("active"), default=True)
    is_staff = models.BooleanField(gettext_lazy("administrator"), default=False)
    may_start_projects = models.BooleanField(
        gettext_lazy("can create projects"),
        default=False,
        db_default=False,
        help_text=gettext_lazy("Whoever creates a project is its manager and can invite people by email."),
    )
    sessions_ended = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    date_joined = models.DateTimeField(gettext_lazy("joined"), auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    confined_to: int | None = None
    """The one project that the token in use may touch, or None for all of the person's projects."""

    writes_only: bool = False
    """Whether the token in use lacks the scope `read`."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            models.CheckConstraint(condition=~Q(email=""), name="user_has_email"),
            models.CheckConstraint(
                condition=Q(email=Lower("email"), new_email=Lower("new_email")), name="user_email_lower_case"
            ),
            models.CheckConstraint(condition=~Q(new_email=F("email")), name="user_new_email_differs"),
            models.CheckConstraint(
                condition=Exact(
                    Func("keys", function="jsonb_typeof", output_field=models.TextField()), Value("object")
                ),
                name="user_keys_are_an_object",
            ),
            name_is_one_line("user_name_characters"),
        ]
        triggers: ClassVar[list[Any]] = [
            NEVER_EMPTIED,
            # The library for sign-in lets people in by any address in its table, confirmed or not. So that table holds
            # the address of the account and no other: its own trigger (migration 0020) refuses every other one.
            pgtrigger.Trigger(
                name="changes_address",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__email__df=pgtrigger.F("new__email")),
                func="""
                    DELETE FROM account_emailaddress WHERE user_id = NEW.id;
                    NEW.new_email := '';
                    RETURN NEW;
                """,
            ),
            # Whoever is activated again signs in anew, and makes new tokens.
            pgtrigger.Trigger(
                name="deactivation_ends_access",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_active=True, new__is_active=False),
                func="""
                    DELETE FROM annotations_token WHERE user_id = NEW.id;
                    NEW.sessions_ended := OLD.sessions_ended + 1;
                    NEW.new_email := '';
                    RETURN NEW;
                """,
            ),
            recorded("user", project="NULL::bigint", without=("password", "last_login", "sessions_ended")),
        ]

    def __str__(self) -> str:
        return self.name or f"{NAMELESS}{self.pk}"

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def confirm_email(self, email: str) -> None:
        """Makes `email` the address that this person signs in with, and marks it as confirmed.

        The caller knows that the person reads what is sent there. Raises IntegrityError (`user_email_any_case`) where
        somebody else signs in with it.
        """
        with acting(self):
            if self.email != email:
                self.email, self.new_email = email, ""
                self.save(update_fields=["email", "new_email"])
            self.emailaddress_set.update_or_create(  # type: ignore[attr-defined]  # allauth has no types
                email=email, defaults={"verified": True, "primary": True}
            )

    def end_access(self) -> None:
        """Ends every session and token of this person and the change of address that waits; no network is usual now."""
        with acting(self):
            self.auth_token_set.all().delete()
            UsualNetwork.objects.filter(user=self).delete()
            self.sessions_ended, self.new_email = self.sessions_ended + 1, ""
            self.save(update_fields=["sessions_ended", "new_email"])

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """What a session holds of the password that it was begun with; another one ends the session."""
        ended = f"\n{self.sessions_ended}" if self.sessions_ended else ""
        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, self.password + ended, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @cached_property
    def places(self) -> dict[int, Membership]:
        """Memberships by project id, read once per request."""
        memberships = self.memberships.select_related("project")
        if self.confined_to is not None:
            memberships = memberships.filter(project_id=self.confined_to)
        return {membership.project_id: membership for membership in memberships}


class Attempts(models.Model):
    """How many attempts were counted under one key of `annotations/operations/sign_in_limits.py`.

    The table is not logged: after a crash of the database nothing is counted.
    """

    key = models.CharField(max_length=64, primary_key=True)
    """A keyed hash, so that no addresses can be read here."""
    count = models.FloatField()
    """Attempts as of `wait_until`, from when on the count falls."""
    wait_until = models.DateTimeField()
    expires = models.DateTimeField()
    """When nothing is left to count."""

    class Meta:
        verbose_name_plural = "attempts"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expires"], name="attempts_expired")]

    def __str__(self) -> str:
        return f"{self.count:.1f} attempts"


class UsualNetwork(models.Model):
    """A network from which somebody signed in. Attempts of others elsewhere never lock them out there."""

    user = models.ForeignKey("annotations.User", models.CASCADE, related_name="usual_networks", db_index=False)
    network = models.CharField(max_length=64)
    """A keyed hash of its address."""
    seen = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "network"], name="usual_network_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.seen:%Y-%m-%d}"
