"""Whether those who listen still may: asked again before anything is sent, for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from annotations.live.subscribers import Entry, Reader
from annotations.models import Membership, Token, User
from annotations.permissions import Action, can


def admitted(project_id: int, readers: Sequence[Reader]) -> dict[Reader, User]:
    """Those who may still listen, as users freshly read, in three queries."""
    ids = {reader.entry.user_id for reader in readers}
    memberships = Membership.objects.filter(project=project_id, user__in=ids, user__is_active=True)
    places = {place.user_id: place for place in memberships.select_related("user", "project")}
    entries = [reader.entry for reader in readers]
    tokens, sessions = _tokens(entries), _sessions(entries)
    found = {}
    for reader in readers:
        entry, place = reader.entry, places.get(reader.entry.user_id)
        if place is None:
            continue
        user = place.user
        user.places = {project_id: place}
        holds = _token_holds(entry, project_id, tokens) or _session_holds(entry, user, sessions)
        if holds and can(user, Action.READ, place.project):
            found[reader] = user
    return found


def holds(entry: Entry) -> bool:
    """Whether the token or the session by which somebody got in still lets them in somewhere."""
    user = User.objects.filter(pk=entry.user_id, is_active=True).first()
    if user is None:
        return False
    if entry.token is not None:
        return entry.token in _tokens([entry])
    return _session_holds(entry, user, _sessions([entry]))


def _tokens(entries: Sequence[Entry]) -> dict[str, Token]:
    digests = {entry.token for entry in entries} - {None}
    if not digests:
        return {}
    valid = Token.objects.filter(Q(expiry=None) | Q(expiry__gt=timezone.now()), digest__in=digests)
    return {token.digest: token for token in valid}


def _sessions(entries: Sequence[Entry]) -> dict[str, dict[str, Any]]:
    keys = {entry.session for entry in entries} - {None}
    if not keys:
        return {}
    current = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return {session.session_key: session.get_decoded() for session in current}


def _token_holds(entry: Entry, project_id: int, tokens: dict[str, Token]) -> bool:
    token = tokens.get(entry.token or "")
    return (
        token is not None
        and token.user_id == entry.user_id
        and token.project_id in (None, project_id)
        and Token.Scope.READ in token.scopes
    )


def _session_holds(entry: Entry, user: User, sessions: dict[str, dict[str, Any]]) -> bool:
    session = sessions.get(entry.session or "", {})
    # One from before the secret of the site was changed holds, too.
    return (
        session.get(SESSION_KEY) == str(user.pk)
        and BACKEND_SESSION_KEY in session
        and any(
            constant_time_compare(session.get(HASH_SESSION_KEY, ""), known)
            for known in (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
        )
    )
