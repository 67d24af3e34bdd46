"""Fields of spans in which an import keeps what its files say, so that an export to the same format says it again."""

from __future__ import annotations

from typing import Any, Final

BRAT_LINES: Final[dict[str, Any]] = {"key": "brat", "name": "As in brat", "kind": "text"}
AVERITEC_LINES: Final[dict[str, Any]] = {"key": "averitec", "name": "As in AVeriTeC", "kind": "text"}
"""The field that keeps what a record has otherwise than it is written from here.

It is text with a line for each such thing, a JSON array: its name, what is written for it from here as things are, and
what was in the file; where the file had nothing, nothing. A line holds as long as the former is still so. Beside the
names of a record, or an answer, there are `questions/0/question` and `questions/0/answers` of a question;
`questions/0/answers/1`, an answer that is none and so no fact, as long as the question and its answer are as they say;
and for a fact `questions/of`, which of several equal questions it answers.
"""
