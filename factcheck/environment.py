"""What the environment variables say, read once and checked before anything starts.

Every variable is optional on a developer's machine. An empty one counts as absent, because compose
files pass absent variables on as empty ones.
"""

import ipaddress
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import dj_email_url
import psycopg
from psycopg.conninfo import conninfo_to_dict

LOCAL_NAMES = ["localhost", "127.0.0.1", "[::1]"]
LABEL = r"[a-zA-Z0-9_](?:[a-zA-Z0-9_-]*[a-zA-Z0-9_])?"
HOST_NAME = re.compile(rf"{LABEL}(?:\.{LABEL})*")
SITE_URL = re.compile(rf"(https?)://({LABEL}(?:\.{LABEL})*|\[[0-9a-fA-F:]+\])(?::([0-9]{{1,5}}))?/?", re.IGNORECASE)
ALLOWED_HOST = re.compile(rf"\*|\.?{LABEL}(?:\.{LABEL})*|\[[0-9a-fA-F:]+\]")
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
SHORTEST_SECRET = 32


class BadEnvironment(Exception):
    """A variable is malformed, or one that this start needs is absent. The text is one clear line."""


@dataclass(frozen=True)
class Limits:
    """What clients may take of the server's memory, disk and time."""

    connections: int
    header_bytes: int
    header_seconds: int
    body_seconds: int
    send_seconds: int
    idle_seconds: int
    body_bytes: int
    """All request bodies that are held in memory at one time."""
    upload_bytes: int
    """All uploads of imports that are received at one time."""


@dataclass(frozen=True)
class Environment:
    """The checked variables, in the types that the settings want."""

    host: str
    port: int
    site_url: str | None
    debug: bool
    data_dir: Path
    database_url: str | None
    secret_key: str
    secret_key_fallbacks: list[str]
    allowed_hosts: list[str]
    email: dict[str, Any]
    storage: dict[str, Any]
    signup: Literal["invite", "open"]
    demo: bool
    worker: bool
    fetching: bool
    import_max_mb: int
    limits: Limits

    @property
    def local(self) -> bool:
        """Whether the site is for this machine alone: people have no other address for it, and no proxy is in front."""
        return _is_local_site(self.site_url)


def read(variables: Mapping[str, str], base: Path) -> Environment:
    """Check `variables` and return them typed; `base` is the checkout, home of the default DATA_DIR.

    Raises BadEnvironment at the first variable that is wrong or missing.
    """
    given = {name: value.strip() for name, value in variables.items() if value.strip()}
    host, site_url = _host(given), _site_url(given)
    local = is_loopback(host) and _is_local_site(site_url)
    data_dir = Path(given["DATA_DIR"]).expanduser().absolute() if "DATA_DIR" in given else base / ".data"
    if data_dir.exists() and not data_dir.is_dir():
        raise BadEnvironment(f"DATA_DIR is not a directory: {data_dir}")
    database_url = _database_url(given)
    signup = _signup(given)
    if signup == "open" and not local and "EMAIL_URL" not in given:
        raise BadEnvironment(
            "EMAIL_URL is required when SIGNUP is open, because new people confirm their address by email"
        )
    return Environment(
        host=host,
        port=_port(given),
        site_url=site_url,
        debug=_flag(given, "DEBUG", default=False),
        data_dir=data_dir,
        database_url=database_url,
        allowed_hosts=_allowed_hosts(given, host, site_url),
        email=_email(given),
        storage=_storage(given),
        signup=signup,
        demo=_flag(given, "DEMO", default=local and database_url is None),
        worker=_flag(given, "WORKER", default=True),
        fetching=_flag(given, "FETCHING", default=False),
        import_max_mb=_whole(given, "IMPORT_MAX_MB", "megabytes", default=1024),
        limits=_limits(given),
        secret_key_fallbacks=_fallbacks(given),
        secret_key=_secret_key(given, data_dir, may_generate=is_loopback(host) and database_url is None),
    )


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address) names this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _flag(given: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = given.get(name)
    if value is None:
        return default
    if value.lower() not in YES | NO:
        raise BadEnvironment(f"{name} must be on or off, not {value!r}")
    return value.lower() in YES


def _whole(given: Mapping[str, str], name: str, unit: str, *, default: int, least: int = 1) -> int:
    text = given.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,7}", text) or int(text) == 0:
        raise BadEnvironment(f"{name} must be a number of {unit}, not {text!r}")
    if int(text) < least:
        raise BadEnvironment(f"{name} must be at least {least} {unit}, not {text!r}")
    return int(text)


def _limits(given: Mapping[str, str]) -> Limits:
    largest_import = _whole(given, "IMPORT_MAX_MB", "megabytes", default=1024)
    uploads = _whole(given, "UPLOADS_MAX_MB", "megabytes", default=4 * largest_import, least=largest_import)
    return Limits(
        connections=_whole(given, "CONNECTIONS_MAX", "connections", default=1000),
        header_bytes=1024 * _whole(given, "HEADERS_MAX_KB", "kilobytes", default=32),
        header_seconds=_whole(given, "HEADERS_TIMEOUT", "seconds", default=20),
        body_seconds=_whole(given, "BODY_TIMEOUT", "seconds", default=30),
        send_seconds=_whole(given, "SEND_TIMEOUT", "seconds", default=60),
        idle_seconds=_whole(given, "IDLE_TIMEOUT", "seconds", default=75),
        # The largest request has 16 MB.
        body_bytes=1024**2 * _whole(given, "BODIES_MAX_MB", "megabytes", default=64, least=16),
        upload_bytes=1024**2 * uploads,
    )


def _host(given: Mapping[str, str]) -> str:
    host = given.get("HOST", "127.0.0.1")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # Digits and dots alone are meant as an address, so a wrong one is no host name either.
        if not HOST_NAME.fullmatch(host) or re.fullmatch(r"[0-9.]+", host):
            raise BadEnvironment(f"HOST must be an address or a host name, not {host!r}") from None
    return host


def _port(given: Mapping[str, str]) -> int:
    text = given.get("PORT", "8000")
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise BadEnvironment(f"PORT must be a number from 1 to 65535, not {text!r}")
    return int(text)


def _database_url(given: Mapping[str, str]) -> str | None:
    url = given.get("DATABASE_URL")
    if url is None:
        return None
    shape = "postgresql://user:password@host:port/name"
    if not url.startswith(("postgres://", "postgresql://")):
        raise BadEnvironment(f"DATABASE_URL must look like {shape}")
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # The reason is left out: it would repeat the address, and with it the password.
        raise BadEnvironment(f"DATABASE_URL can't be parsed. It must look like {shape}") from None
    if not parts.get("dbname"):
        raise BadEnvironment(f"DATABASE_URL has no database name. It must look like {shape}")
    if not re.fullmatch(r"[0-9]*", str(parts.get("port", ""))):
        raise BadEnvironment(f"DATABASE_URL has an invalid port. It must look like {shape}")
    return url


def _site_url(given: Mapping[str, str]) -> str | None:
    """The address without a slash at its end, and without a port that goes without saying."""
    url = given.get("SITE_URL")
    if url is None:
        return None
    parts = SITE_URL.fullmatch(url)
    if parts is None or not 0 < int(parts[3] or 1) < 65536:
        raise BadEnvironment(
            f"SITE_URL must be an address without a path, such as https://desk.example.org, not {url!r}"
        )
    scheme, host, port = parts[1].lower(), parts[2].lower(), parts[3]
    usual = {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{host}" if port is None or int(port) == usual else f"{scheme}://{host}:{int(port)}"


def _is_local_site(site_url: str | None) -> bool:
    """Whether an address of the site, or none, names this machine alone."""
    return site_url is None or is_loopback(urlsplit(site_url).hostname or "")


def _allowed_hosts(given: Mapping[str, str], host: str, site_url: str | None) -> list[str]:
    names = [name.strip() for name in given.get("ALLOWED_HOSTS", "").split(",") if name.strip()]
    wrong = [name for name in names if not ALLOWED_HOST.fullmatch(name)]
    if wrong or ("ALLOWED_HOSTS" in given and not names):
        raise BadEnvironment(
            f"ALLOWED_HOSTS must be host names separated by commas, without scheme or port, not {', '.join(wrong)!r}"
        )
    if _is_local_site(site_url) and not all(is_loopback(name.strip("[]")) for name in names):
        raise BadEnvironment(
            "SITE_URL is required when ALLOWED_HOSTS has other hosts than this machine: set it to "
            "the address that people enter, such as https://desk.example.org"
        )
    own = SITE_URL.fullmatch(site_url)[2] if site_url else None  # type: ignore[index]  # it was read with this
    # The machine's own health check asks under the local names.
    return list(dict.fromkeys([*filter(None, [own]), *names, *LOCAL_NAMES, *([host] if is_loopback(host) else [])]))


def _email(given: Mapping[str, str]) -> dict[str, Any]:
    url = given.get("EMAIL_URL", "console:")
    scheme = url.partition(":")[0]
    if scheme not in set(dj_email_url.SCHEMES) - {"smtps"}:
        raise BadEnvironment(
            "EMAIL_URL must look like smtp://user:password@host:port/?tls=True, submission://… or console:"
        )
    try:
        parts: dict[str, Any] = dj_email_url.parse(url)
    except ValueError:
        raise BadEnvironment("EMAIL_URL can't be parsed: its port and timeout must be numbers") from None
    # A mail server that hangs would hold a page; ten seconds is more than a healthy one needs.
    parts["EMAIL_TIMEOUT"] = parts["EMAIL_TIMEOUT"] or 10
    return parts


def _storage(given: Mapping[str, str]) -> dict[str, Any]:
    """Where files are kept: django-storages' options for S3, or none for the file system."""
    url = given.get("STORAGE_URL")
    if url is None:
        return {}
    shape = "s3://bucket/prefix?endpoint=https://…&region=…"
    parts = urlsplit(url)
    if parts.scheme != "s3" or not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", parts.netloc):
        raise BadEnvironment(f"STORAGE_URL must look like {shape}")
    asked = parse_qs(parts.query)
    if unknown := set(asked) - {"endpoint", "region"}:
        raise BadEnvironment(f"STORAGE_URL can't have the parameter {min(unknown)}. It must look like {shape}")
    endpoint = asked.get("endpoint", [None])[-1]
    if endpoint is not None and not re.fullmatch(r"https?://[^/?#\s]+/?", endpoint):
        raise BadEnvironment("The endpoint in STORAGE_URL must be a URL, such as https://s3.example.org")
    return {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "endpoint_url": endpoint,
        "region_name": asked.get("region", [None])[-1],
    }


def _signup(given: Mapping[str, str]) -> Literal["invite", "open"]:
    value = given.get("SIGNUP", "invite")
    if value == "invite":
        return "invite"
    if value == "open":
        return "open"
    raise BadEnvironment(f"SIGNUP must be invite or open, not {value!r}")


def _secret_key(given: Mapping[str, str], data_dir: Path, *, may_generate: bool) -> str:
    if "SECRET_KEY" in given:
        if len(given["SECRET_KEY"]) < SHORTEST_SECRET:
            raise BadEnvironment(f"SECRET_KEY is too short. Use at least {SHORTEST_SECRET} random characters")
        return given["SECRET_KEY"]
    if not may_generate:
        raise BadEnvironment(
            "SECRET_KEY is required when HOST is not loopback or DATABASE_URL is set. Use 50 random characters"
        )
    return _kept_secret(data_dir)


def _fallbacks(given: Mapping[str, str]) -> list[str]:
    earlier = given.get("SECRET_KEY_FALLBACKS", "").split()
    if any(len(secret) < SHORTEST_SECRET for secret in earlier):
        raise BadEnvironment(
            "SECRET_KEY_FALLBACKS has a value that is too short. Set it to earlier values of "
            f"SECRET_KEY, separated by spaces, each of at least {SHORTEST_SECRET} characters"
        )
    return earlier


def _kept_secret(data_dir: Path) -> str:
    """The secret of a developer's machine: made once, kept in the data directory, read by its owner only."""
    path = data_dir / "secret_key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        try:
            # Created under another name and linked, so that two first starts at once agree on one secret.
            fresh = path.with_name(f"secret_key.{secrets.token_hex(8)}")
            if not path.exists():
                fresh.touch(mode=0o600)
                fresh.write_text(secrets.token_urlsafe(50))
                path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink(missing_ok=True)
        secret = path.read_text().strip()
    except OSError as error:
        raise BadEnvironment(f"DATA_DIR can't be used: {error.strerror}: {error.filename}") from None
    if len(secret) < SHORTEST_SECRET:
        raise BadEnvironment(f"The secret in {path} is damaged. Delete the file; everybody then has to sign in again")
    return secret
