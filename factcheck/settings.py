"""Django's settings. What differs between machines comes from environment.py; docs/operators.md lists it."""

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF

from factcheck import database, environment, storage

# Lets classes say what they hold, as in ModelForm[Article], where Django itself has no such notation.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

try:
    ENVIRONMENT = environment.read(os.environ, BASE_DIR)
except environment.BadEnvironment as error:
    sys.exit(f"Factcheck can't start: {error}")

# This machine

DEBUG = ENVIRONMENT.debug
HOST = ENVIRONMENT.host
PORT = ENVIRONMENT.port
DATA_DIR = ENVIRONMENT.data_dir
DEMO = ENVIRONMENT.demo
WITH_WORKER = ENVIRONMENT.worker
FETCHING = ENVIRONMENT.fetching
SIGNUP = ENVIRONMENT.signup
SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = ENVIRONMENT.secret_key_fallbacks
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
# Where links in mails lead. A site for this machine alone is reached at the port that it listens on.
_LOCAL_NAME = f"[{HOST}]" if ":" in HOST else HOST if environment.is_loopback(HOST) else "localhost"
SITE_URL = ENVIRONMENT.site_url or f"http://{_LOCAL_NAME}:{PORT}"
SITE_IS_LOCAL = ENVIRONMENT.local

# Django

INSTALLED_APPS = [
    "annotations",  # first, so that its templates win over those of the packages below
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
]
MIDDLEWARE = [
    "factcheck.server.health.measured",
    "factcheck.site.known_host",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "factcheck.server.slashes.Slashes",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "factcheck.accounts.kept_by_nobody",
]
ROOT_URLCONF = "factcheck.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# One language so far. Without LocaleMiddleware what a browser prefers changes nothing.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
FORMAT_MODULE_PATH = ["annotations.locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# Database. A request takes its connection from the pool and gives it back at its end, or before its stream begins, so
# the pool must be larger than the server's threads together: those for clicks, those in which event streams and
# downloads begin, and two that read for all event streams. It waits seconds, not half a minute, for a database that is
# away.

WORKERS = 12
EVENT_WORKERS = 4
DOWNLOAD_WORKERS = 8
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **database.address(ENVIRONMENT),
        "CONN_HEALTH_CHECKS": True,
    },
}
DATABASES["default"]["OPTIONS"] |= {
    "connect_timeout": 3,
    "pool": {"min_size": 1, "max_size": WORKERS + EVENT_WORKERS + DOWNLOAD_WORKERS + 8, "timeout": 5, "max_idle": 300},
    # What PostgreSQL assumes else is a disk with a head that moves: it then reads whole tables rather than some rows by
    # an index. And compiling a statement takes longer than any of ours. What DATABASE_URL says besides comes last.
    "options": f"-c random_page_cost=1.1 -c jit=off {DATABASES['default']['OPTIONS'].get('options', '')}".rstrip(),
}

# Accounts: people sign in with their address, and may add a second factor

AUTH_USER_MODEL = "annotations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "factcheck.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "change_password": "annotations.web.account.sign_in_forms.PasswordForm",
    "reset_password": "annotations.web.account.sign_in_forms.ResetForm",
    "reset_password_from_key": "annotations.web.account.sign_in_forms.NewPasswordForm",
    "signup": "annotations.web.account.sign_in_forms.NewAccountForm",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Factcheck: "
ACCOUNT_SESSION_REMEMBER = True
# Where anybody may sign up, an address counts only after its owner confirmed it: people are added to
# projects by address. Following the link of an invitation, or of a password reset, confirms it too.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if SIGNUP == "open" else "none"
MFA_ADAPTER = "factcheck.accounts.TwoFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = SIGNUP != "open"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Factcheck"
MFA_FORMS = {
    "authenticate": "annotations.web.account.sign_in_forms.CodeForm",
    "reauthenticate": "annotations.web.account.sign_in_forms.CodeAgainForm",
}
# Ours are those of annotations/operations/sign_in_limits.py: the library's lie in a cache, from which others push
# them out.
ACCOUNT_RATE_LIMITS = False

# Mail

vars().update(ENVIRONMENT.email)
DEFAULT_FROM_EMAIL = ENVIRONMENT.email.get("DEFAULT_FROM_EMAIL", "factcheck@localhost")
SERVER_EMAIL = ENVIRONMENT.email.get("SERVER_EMAIL", DEFAULT_FROM_EMAIL)

# Safety in the browser

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "factcheck_session"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "factcheck_csrf"
CSRF_FAILURE_VIEW = "factcheck.server.error_views.csrf_failure"
# What `factcheck.site` says of a request. No client can: headers of requests have names that begin with HTTP.
SECURE_PROXY_SSL_HEADER = ("FACTCHECK_SCHEME", "https")
if not SITE_IS_LOCAL:
    # Forms come from there, also where a proxy passes on another Host than the browser's.
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
if not SITE_IS_LOCAL and SITE_URL.startswith("https:"):
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Requests: larger ones are refused before they are read

LIMITS = ENVIRONMENT.limits
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
IMPORT_MAX_SIZE = ENVIRONMENT.import_max_mb * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000
FILE_UPLOAD_HANDLERS = ["factcheck.server.upload_handler.OnePlaceHandler"]

# Static files. Their address carries a fingerprint of their content, so browsers keep them for good and
# modules may import one another by relative paths. A checkout serves them where they lie; the image
# makes the folder, and has them collected and compressed there.

STATIC_URL = "static/" if DEBUG else f"static/{storage.fingerprint(BASE_DIR)}/"
COLLECTED = BASE_DIR / "staticfiles"
STATIC_ROOT = COLLECTED if COLLECTED.is_dir() else None
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
if ENVIRONMENT.storage:
    STORAGES["default"] = storage.on_s3(ENVIRONMENT.storage)
WHITENOISE_USE_FINDERS = DEBUG or STATIC_ROOT is None
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else int(timedelta(days=365).total_seconds())

# The API

KNOX_TOKEN_MODEL = "annotations.Token"  # noqa: S105
# Its own migrations would make the table of the token model that ours replaces.
MIGRATION_MODULES = {"knox": None}
REST_KNOX = {
    "SECURE_HASH_ALGORITHM": "hashlib.sha512",
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_PREFIX": "fc_",
    "TOKEN_TTL": None,
}
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotations.api.base.authentication.TokenAuthentication",
        "annotations.api.base.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["annotations.api.base.authentication.MayAct"],
    "DEFAULT_PARSER_CLASSES": ["annotations.api.base.parser.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "annotations.api.base.openapi.BodySchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "annotations.api.base.throttling.TokenRate",
        "annotations.api.base.throttling.AddressRate",
    ],
    # Counted in this process's memory. Ample for people and for scripts that write one by one.
    "DEFAULT_THROTTLE_RATES": {"token": "3000/min", "address": "6000/min"},
    # The server has already put the proxy's word for the address into REMOTE_ADDR, where it trusts it.
    "NUM_PROXIES": 0,
    "EXCEPTION_HANDLER": "annotations.api.base.problems.problem_response",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,  # the export's own parameter is called format
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Factcheck",
    "DESCRIPTION": (
        "Articles, the claims made in them, the evidence for and against, and the verdicts. Send "
        "a token as `Authorization: Bearer …`: create one on [your account](/account/) or with "
        "`manage.py createtoken`. If a token doesn't have the scope `read`, the responses to its "
        "writes contain only `id`, `slug` and `version`. Offsets are Unicode code points, end "
        "exclusive; times are UTC."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "VerdictState": "annotations.models.verdict.Verdict.State",
        "ImportState": "annotations.models.transfer.imports.Import.State",
        "ReleaseState": "annotations.models.transfer.releases.Release.State",
        "AssignmentState": "annotations.models.assignment.Assignment.State",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# Jobs: the modules of their tasks are read when the app is ready

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Logs: to the standard error, one line each, times in UTC

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "{asctime} {levelname:<7} {name}: {message}",
            "style": "{",
            "datefmt": "%Y-%m-%d %H:%M:%S",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Refusals are the client's business, and counted in /metrics; failures are ours.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "psycopg.pool": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "uvicorn": {"level": "WARNING"},
        # What these find wrong with somebody's page stands in the report of its import.
        "htmldate": {"level": "CRITICAL"},
        "trafilatura": {"level": "CRITICAL"},
    },
}
