"""The deployment with Docker Compose, as far as its files tell: its services, their limits, whom it believes."""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import Any

import pytest
import yaml
from django.conf import settings

from annotations import streams
from annotations.formats.writing.streaming import AT_ONCE
from annotations.live import hub
from factcheck import environment
from factcheck.server.connections import OTHER_FILES

TEXT = (settings.BASE_DIR / "docker-compose.yml").read_text("utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)["services"]
GUIDE = (settings.BASE_DIR / "docs" / "operators.md").read_text("utf-8")
EXAMPLE = (settings.BASE_DIR / ".env.example").read_text("utf-8")

OF_PYTHON = 32 + 3 + 2 + 1
"""Threads of its own pool, of the pool of connections, and for what machines ask; the first."""


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_limits_of_memory_processes_and_files(name: str) -> None:
    service = SERVICES[name]
    variable = f"{name.upper()}_MEMORY"
    size = re.fullmatch(rf"\$\{{{variable}:-([0-9])g\}}", service["mem_limit"])

    assert size is not None
    assert service["memswap_limit"] == service["mem_limit"]
    assert service["ulimits"] == {"nofile": 4096, "core": 0}
    documented = f"| {name} | {size[1]} GB, `{variable}={size[1]}g` | {service['pids_limit']} | 4,096 |"
    assert documented in GUIDE
    assert f"{variable}={size[1]}g" in EXAMPLE


def test_the_site_may_have_all_its_threads_and_a_file_for_each_connection() -> None:
    threads = [settings.WORKERS, settings.EVENT_WORKERS, settings.DOWNLOAD_WORKERS, AT_ONCE, 2 * streams.THREADS]
    files = environment.read({}, settings.BASE_DIR).limits.connections + OTHER_FILES

    assert sum(threads) + hub.THREADS + OF_PYTHON < SERVICES["web"]["pids_limit"]
    assert files < SERVICES["web"]["ulimits"]["nofile"]


def test_every_limit_that_an_operator_sets_reaches_the_site() -> None:
    limits = set(re.findall(r"^\| `(\w+_(?:MAX|MAX_KB|TIMEOUT)|BODIES_MAX_MB|UPLOADS_MAX_MB)`", GUIDE, re.MULTILINE))
    given = SERVICES["web"]["environment"]

    assert len(limits) == 8
    assert {name: given.get(name) for name in limits} == {name: f"${{{name}:-}}" for name in limits}


def test_every_variable_is_documented() -> None:
    variables = set(re.findall(r"\$\{([A-Z_]+)", TEXT))

    assert {name for name in variables if name not in GUIDE} == set()


def filled(**given: str) -> Any:
    """The file as Compose reads it with these variables."""
    given = {"SECRET_KEY": "s", "POSTGRES_PASSWORD": "p", **given}
    text = TEXT
    # The innermost ones first: a default may have variables of its own.
    while re.search(r"\$\{", text):
        text = re.sub(r"\$\{(\w+)(?::[-?]([^${}]*))?\}", lambda found: given.get(found[1], "") or found[2] or "", text)
    return yaml.safe_load(text)


def test_the_site_knows_its_address_and_the_largest_import() -> None:
    variables = filled(SITE_URL="https://desk.example.org", IMPORT_MAX_MB="2048")["services"]["web"]["environment"]

    assert (variables["SITE_URL"], variables["IMPORT_MAX_MB"]) == ("https://desk.example.org", 2048)


def test_without_an_address_it_is_for_this_machine() -> None:
    assert filled(PORT="9000")["services"]["web"]["environment"]["SITE_URL"] == "http://localhost:9000"


@pytest.mark.parametrize("given", [{}, {"NETWORK": "192.168.77"}])
def test_the_proxy_alone_is_believed(given: dict[str, str]) -> None:
    compose = filled(**given)
    believed = ip_network(compose["services"]["web"]["environment"]["FORWARDED_ALLOW_IPS"])
    [network] = compose["networks"]["default"]["ipam"]["config"]

    assert believed.num_addresses == 1
    assert str(believed.network_address) == network["gateway"]
    assert believed.subnet_of(ip_network(network["subnet"]))  # type: ignore[arg-type]


def test_what_the_example_sets_is_what_the_file_takes() -> None:
    example = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))

    assert example <= set(re.findall(r"\$\{([A-Z_]+)", TEXT))
