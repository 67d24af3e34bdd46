"""Environment variables: what each may be, and the one line that a wrong one gets."""

import stat
from pathlib import Path

import pytest

from factcheck.environment import BadEnvironment, is_loopback, read

SECRET = "s" * 40
DEPLOYED = {
    "HOST": "0.0.0.0",  # noqa: S104
    "SITE_URL": "https://desk.example.org",
    "SECRET_KEY": SECRET,
    "DATABASE_URL": "postgresql://desk:p%40ss@db.example.org:5433/facts",
}


def test_nothing_set_means_this_machine_alone_with_an_embedded_database(tmp_path: Path) -> None:
    environment = read({}, tmp_path)
    assert (environment.host, environment.port, environment.debug) == ("127.0.0.1", 8000, False)
    assert environment.data_dir == tmp_path / ".data"
    assert environment.database_url is None
    assert environment.signup == "invite"
    assert environment.demo
    assert not environment.fetching
    assert environment.local
    assert environment.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]


def test_a_deployment_gets_no_demo_accounts_unless_asked_for(tmp_path: Path) -> None:
    assert not read(DEPLOYED, tmp_path).demo
    assert read(DEPLOYED | {"DEMO": "on"}, tmp_path).demo


@pytest.mark.parametrize(
    "variables",
    [
        {"SITE_URL": "https://desk.example.org"},
        {"SITE_URL": "http://10.0.0.5:8000"},
        {"HOST": "0.0.0.0", "SECRET_KEY": SECRET},  # noqa: S104
    ],
)
def test_a_site_that_others_reach_gets_no_demo_accounts(variables: dict[str, str], tmp_path: Path) -> None:
    assert not read(variables, tmp_path).demo
    assert read(variables | {"DEMO": "on"}, tmp_path).demo


def test_a_site_behind_a_proxy_on_the_same_machine_is_not_a_local_one(tmp_path: Path) -> None:
    environment = read({"HOST": "127.0.0.1", "SITE_URL": "https://desk.example.org"}, tmp_path)

    assert not environment.local
    assert "desk.example.org" in environment.allowed_hosts


@pytest.mark.parametrize("url", ["http://localhost:9000", "http://127.0.0.1", "http://[::1]:8000/"])
def test_a_loopback_address_is_as_good_as_none(url: str, tmp_path: Path) -> None:
    assert read({"SITE_URL": url}, tmp_path).local


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("https://Desk.Example.org/", "https://desk.example.org"),
        ("https://desk.example.org:443", "https://desk.example.org"),
        ("https://desk.example.org:8443/", "https://desk.example.org:8443"),
        ("http://desk:80", "http://desk"),
    ],
)
def test_an_address_of_the_site_is_written_in_one_way(given: str, meant: str, tmp_path: Path) -> None:
    assert read({"SITE_URL": given}, tmp_path).site_url == meant


@pytest.mark.parametrize("names", ["desk.example.org", "localhost,desk.example.org", "*", ".example.org"])
def test_names_for_others_need_the_address_of_the_site(names: str, tmp_path: Path) -> None:
    with pytest.raises(BadEnvironment, match="SITE_URL is required"):
        read({"ALLOWED_HOSTS": names}, tmp_path)
    assert read({"ALLOWED_HOSTS": "localhost,127.0.0.1"}, tmp_path).local
    further = read({"ALLOWED_HOSTS": "old.example.org", "SITE_URL": "https://desk.example.org"}, tmp_path)
    assert further.allowed_hosts[:2] == ["desk.example.org", "old.example.org"]


def test_a_database_of_ones_own_gets_no_demo_accounts(tmp_path: Path) -> None:
    variables = {"DATABASE_URL": DEPLOYED["DATABASE_URL"], "SECRET_KEY": SECRET}
    assert not read(variables, tmp_path).demo


def test_the_generated_secret_is_kept_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first, second = read({}, tmp_path).secret_key, read({}, tmp_path).secret_key
    kept = tmp_path / ".data" / "secret_key"
    assert first == second == kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_an_empty_variable_counts_as_absent(tmp_path: Path) -> None:
    assert read({"PORT": "", "DATABASE_URL": " ", "EMAIL_URL": ""}, tmp_path).port == 8000


def test_the_health_check_may_ask_under_the_machines_own_names(tmp_path: Path) -> None:
    assert read(DEPLOYED, tmp_path).allowed_hosts == ["desk.example.org", "localhost", "127.0.0.1", "[::1]"]


def test_a_mail_server_that_hangs_is_given_up_on(tmp_path: Path) -> None:
    email = read({"EMAIL_URL": "submission://me:pass@mail.example.org"}, tmp_path).email
    assert (email["EMAIL_HOST"], email["EMAIL_PORT"], email["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)
    assert email["EMAIL_TIMEOUT"] == 10


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", "http://127.0.0.1"),
        ("HOST", "127.0.0.1:8000"),
        ("HOST", "127.0.0.256"),
        ("HOST", "a b"),
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("PORT", "8000.5"),
        ("PORT", "٨٠٠٠"),
        ("DATABASE_URL", "mysql://db/facts"),
        ("DATABASE_URL", "postgresql://db"),
        ("DATABASE_URL", "postgresql://db:port/facts"),
        ("DATABASE_URL", "postgresql://db/facts?nonsense=1"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY_FALLBACKS", f"{SECRET} short"),
        ("ALLOWED_HOSTS", "https://desk.example.org"),
        ("ALLOWED_HOSTS", "desk.example.org:8000"),
        ("ALLOWED_HOSTS", ","),
        ("SITE_URL", "desk.example.org"),
        ("SITE_URL", "ftp://desk.example.org"),
        ("SITE_URL", "https://desk.example.org/factcheck/"),
        ("SITE_URL", "https://me:pass@desk.example.org"),
        ("SITE_URL", "https://desk.example.org:65536"),
        ("SITE_URL", "https://desk.example.org:0"),
        ("SITE_URL", "https://"),
        ("DEBUG", "perhaps"),
        ("DEMO", "2"),
        ("WORKER", "maybe"),
        ("FETCHING", "https"),
        ("IMPORT_MAX_MB", "2 GB"),
        ("IMPORT_MAX_MB", "0"),
        ("CONNECTIONS_MAX", "many"),
        ("HEADERS_MAX_KB", "-1"),
        ("HEADERS_TIMEOUT", "0"),
        ("BODY_TIMEOUT", "1.5"),
        ("SEND_TIMEOUT", "1m"),
        ("IDLE_TIMEOUT", "never"),
        ("BODIES_MAX_MB", "15"),
        ("UPLOADS_MAX_MB", "1023"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_URL", "smtp://mail:port"),
        ("SIGNUP", "closed"),
    ],
)
def test_a_malformed_variable_is_refused_in_one_line_that_names_it(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(BadEnvironment) as refusal:
        read({"SECRET_KEY": SECRET} | {name: value}, tmp_path)
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_four_imports_of_the_largest_size_are_received_at_one_time(tmp_path: Path) -> None:
    assert read({"IMPORT_MAX_MB": "2"}, tmp_path).limits.upload_bytes == 8 * 1024**2


def test_a_refusal_never_repeats_the_databases_password(tmp_path: Path) -> None:
    with pytest.raises(BadEnvironment) as refusal:
        read({"DATABASE_URL": "postgresql://desk:hush@db:port/facts", "SECRET_KEY": SECRET}, tmp_path)
    assert "hush" not in str(refusal.value)


def test_a_deployment_that_lacks_its_secret_is_told_so(tmp_path: Path) -> None:
    variables = {key: value for key, value in DEPLOYED.items() if key != "SECRET_KEY"}
    with pytest.raises(BadEnvironment, match="SECRET_KEY is required"):
        read(variables, tmp_path)


def test_a_database_of_ones_own_needs_a_secret_of_ones_own(tmp_path: Path) -> None:
    with pytest.raises(BadEnvironment, match="SECRET_KEY is required"):
        read({"DATABASE_URL": DEPLOYED["DATABASE_URL"]}, tmp_path)


def test_open_sign_up_needs_mail_where_strangers_can_reach_it(tmp_path: Path) -> None:
    with pytest.raises(BadEnvironment, match="EMAIL_URL is required"):
        read(DEPLOYED | {"SIGNUP": "open"}, tmp_path)


def test_a_data_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(BadEnvironment, match="DATA_DIR is not a directory"):
        read({"DATA_DIR": str(file)}, tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost", "LOCALHOST"])
def test_addresses_of_this_machine_are_known_as_such(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.1", "desk.example.org", ""])  # noqa: S104
def test_other_addresses_are_not_taken_for_this_machine(host: str) -> None:
    assert not is_loopback(host)


def test_files_go_to_s3_where_it_is_named(tmp_path: Path) -> None:
    storage = read({"STORAGE_URL": "s3://desk-files/a/b?endpoint=https://s3.example.org&region=eu"}, tmp_path).storage

    assert storage == {
        "bucket_name": "desk-files", "location": "a/b", "endpoint_url": "https://s3.example.org", "region_name": "eu"
    }  # fmt: skip
    assert read({}, tmp_path).storage == {}


@pytest.mark.parametrize(
    "url", ["ftp://bucket", "s3://", "s3://Bad_Name", "s3://bucket?colour=red", "s3://bucket?endpoint=s3.example.org"]
)
def test_a_storage_that_cannot_be_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadEnvironment, match="STORAGE_URL"):
        read({"STORAGE_URL": url}, tmp_path)
