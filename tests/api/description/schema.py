"""The description of the API, and whether bodies and answers fit it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

BASE = "/api/v1/"


@cache
def described() -> dict[str, Any]:
    """The OpenAPI document as it is served."""
    answer = Client().get(f"{BASE}schema/")
    assert answer.status_code == 200
    document: dict[str, Any] = yaml.safe_load(answer.content)
    return document


def operation(method: str, address: str) -> dict[str, Any]:
    """What the document says of a method at an address."""
    path = address.partition("?")[0]
    for template, operations in described()["paths"].items():
        pattern = re.sub(r"\\?\{\w+\\?\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path) and method.lower() in operations:
            found: dict[str, Any] = operations[method.lower()]
            return found
    raise AssertionError(f"{method} {path} is not described")


def misfits(schema: dict[str, Any], value: Any) -> list[str]:
    """Where a value does not fit a schema of the document; a field that is not described is one such place."""
    whole = {**schema, "components": {"schemas": closed()}}
    checker = Draft202012Validator(whole, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message[:200]}" for error in checker.iter_errors(value)]


@cache
def closed() -> dict[str, Any]:
    """The document's schemas, where objects with named properties have no others."""
    schemas = described()["components"]["schemas"]
    return {
        name: {**schema, "additionalProperties": False} if schema.get("properties") else schema
        for name, schema in schemas.items()
    }


def check_answer(method: str, address: str, answer: Any) -> None:
    """Fails where an answer's status, media type, headers or body are not as the document says."""
    responses = operation(method, address)["responses"]
    asked = f"{method} {address}: {answer.status_code}"
    assert str(answer.status_code) in responses, f"{asked} is not described"
    response = responses[str(answer.status_code)]
    assert set(response.get("headers", {})) <= set(answer.headers), asked
    if "content" not in response:
        assert answer.content == b"", asked
        return
    media_type = answer["Content-Type"].partition(";")[0]
    assert media_type in response["content"], f"{asked}: {media_type} is not described"
    if media_type.endswith("json") and not answer.streaming:
        assert not misfits(response["content"][media_type]["schema"], answer.json()), asked


def body_misfits(method: str, address: str, body: Any) -> list[str]:
    """Where a body does not fit the description."""
    content = operation(method, address).get("requestBody", {}).get("content", {})
    return misfits(content["application/json"]["schema"], body) if content else []
