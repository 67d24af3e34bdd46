"""Tokens for programs that use the API."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils.translation import gettext_lazy
from knox.models import AbstractAuthToken, AuthTokenManager


class TokenManager(AuthTokenManager):  # type: ignore[misc]
    """Makes tokens, and finds them."""

    def in_use(self, digest: str) -> Token | None:
        """The token with this digest and its owner, or None where it has expired or its owner may not sign in.

        Every request of a program asks this, so the statement is built once.
        """
        statement, token_columns, user_columns = _in_use()
        with connection.cursor() as cursor:
            cursor.execute(statement, [digest])
            row = cursor.fetchone()
        if row is None:
            return None
        width = len(token_columns)
        token: Token = Token.from_db(connection.alias, token_columns, row[:width])
        token.user = Token.user.field.related_model.from_db(connection.alias, user_columns, row[width:])
        return token


@cache
def _in_use() -> tuple[str, list[str], list[str]]:
    """The statement, and the columns of the token and of its owner that it gives."""
    # What is kept as JSON needs decoding and is hardly ever asked for: it is fetched where it is.
    columns = [
        [field.attname for field in model._meta.concrete_fields if not isinstance(field, models.JSONField)]
        for model in (Token, Token.user.field.related_model)
    ]
    chosen = [f"{alias}.{name}" for alias, names in zip("tu", columns, strict=True) for name in names]
    statement = (
        f"SELECT {', '.join(chosen)} FROM annotations_token t JOIN annotations_user u ON u.id = t.user_id "
        "WHERE t.digest = %s AND u.is_active AND (t.expiry IS NULL OR t.expiry > now())"
    )
    return statement, columns[0], columns[1]


class Token(AbstractAuthToken):  # type: ignore[misc]
    """A secret that stands for its owner, stored as a hash (SHA-512). `expiry` is when it stops working, if ever."""

    class Scope(models.TextChoices):
        READ = "read", gettext_lazy("Read")
        WRITE = "write", gettext_lazy("Write")

    name = models.CharField(gettext_lazy("name"), max_length=100, blank=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices), default=list)
    project = models.ForeignKey(
        "annotations.Project",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="tokens",
        verbose_name="project",
    )

    objects: ClassVar[Any] = TokenManager()

    class Meta:
        ordering: ClassVar[list[Any]] = ["-created"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=["read", "write"]) & models.Q(scopes__len__gte=1),
                name="token_scopes_known",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.token_key
