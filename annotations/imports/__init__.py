"""Importing: what is sent is received, looked at, and stored in steps when somebody says go."""

from __future__ import annotations

from annotations.imports.run import begin, cancel

__all__ = ["begin", "cancel"]
