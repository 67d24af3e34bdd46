"""What packages bring, and what machines ask: sign-in, the operators' pages, probes.

Static files have no route: a middleware serves them to everybody.
"""

from __future__ import annotations

from typing import Any

from tests.api.access.routes import METHODS, ROLES, Table


def alike(signed_in: str, anonymous: str = "") -> dict[str, str]:
    """A row where all who signed in get the same: what they get by each method, and what a stranger gets."""
    codes = zip(signed_in.split(), (anonymous or signed_in).split(), strict=True)
    strangers = len(ROLES) - 1
    return {
        method: " ".join([known] * strangers + [unknown])
        for method, (known, unknown) in zip(METHODS, codes, strict=True)
    }


TO_SIGN_IN = "302 302 302 302 302"
FOR_READING = alike("200 405 405 405 405")
FORM = "200 200 200 405 405"

OTHERS: Table = {
    "healthz": FOR_READING,
    "readyz": FOR_READING,
    # The tests call from this machine; another one needs a token.
    "metrics": FOR_READING,
    "account_login": alike(TO_SIGN_IN, FORM),
    "account_logout": alike("200 302 405 405 405", "302 302 405 405 405"),
    "account_inactive": FOR_READING,
    # Sign-up is closed, whatever the method.
    "account_signup": alike(TO_SIGN_IN, "200 200 200 200 200"),
    "account_reauthenticate": alike(FORM, TO_SIGN_IN),
    # Lead to our own page.
    "account-email": alike(TO_SIGN_IN),
    "account_email": alike(TO_SIGN_IN),
    "account_email_verification_sent": FOR_READING,
    "account_change_password": alike(FORM, TO_SIGN_IN),
    # Everybody in this test has a password, so there is none to set.
    "account_set_password": alike(TO_SIGN_IN),
    "account_reset_password": alike(FORM),
    "account_confirm_login_code": alike(TO_SIGN_IN),
    "account_confirm_email": alike("200 404 405 405 405"),
    "account_reset_password_from_key_done": FOR_READING,
    # The key is wrong, and the page says so.
    "account_reset_password_from_key": alike("200 200 200 200 200"),
    "account_reset_password_done": FOR_READING,
    "mfa_index": alike("200 405 405 405 405", TO_SIGN_IN),
    "mfa_authenticate": alike(TO_SIGN_IN),
    # Nobody in this test has a second factor. Changing it asks for the password again.
    "mfa_reauthenticate": alike(TO_SIGN_IN),
    "mfa_activate_totp": alike(TO_SIGN_IN),
    "mfa_deactivate_totp": alike("404 404 404 404 404", TO_SIGN_IN),
    "mfa_view_recovery_codes": alike("404 405 405 405 405", TO_SIGN_IN),
    "mfa_generate_recovery_codes": alike(TO_SIGN_IN),
    "mfa_download_recovery_codes": alike("404 404 404 404 404", TO_SIGN_IN),
}

KWARGS: dict[str, dict[str, Any]] = {
    "account_confirm_email": {"key": "none"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "none-at-all"},
}

MODELS = (
    "auth_group", "annotations_user", "annotations_project", "annotations_invitation", "annotations_article",
    "annotations_assignment",
    "annotations_span", "annotations_link", "annotations_verdict", "annotations_review", "annotations_event",
    "annotations_token", "account_emailaddress", "mfa_authenticator",
    "procrastinate_procrastinatejob",
)  # fmt: skip

ADMIN: dict[str, str] = {
    "admin:index": "/admin/",
    "admin:login": "/admin/login/",
    "admin:logout": "/admin/logout/",
    "admin:password_change": "/admin/password_change/",
    "admin:password_change_done": "/admin/password_change/done/",
    "admin:autocomplete": "/admin/autocomplete/",
    "admin:jsi18n": "/admin/jsi18n/",
    "admin:view_on_site": "/admin/r/1/1/",
    "admin:app_list": "/admin/annotations/",
    "admin:auth_user_password_change": "/admin/annotations/user/1/password/",
    "admin/(?P<url>.*)$": "/admin/nothing/",
    **{f"admin:{model}_changelist": f"/admin/{model.replace('_', '/')}/" for model in MODELS},
    **{f"admin:{model}_add": f"/admin/{model.replace('_', '/')}/add/" for model in MODELS},
    **{
        f"admin:{model}_{view}": f"/admin/{model.replace('_', '/')}/1/{view}/"
        for model in MODELS
        for view in ("history", "delete", "change")
    },
    **{
        f"admin/{model.replace('_', '/')}/<path:object_id>/": f"/admin/{model.replace('_', '/')}/1/" for model in MODELS
    },
}
"""The operators' pages, each with an address."""
