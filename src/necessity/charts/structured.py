"""YAML and JSON on their way in: parsed safely, with the place of whatever is wrong."""

from __future__ import annotations

import json
import re
from typing import Any

import orjson
import yaml

from necessity.values.errors import InputError
from necessity.values.problem import Problem

TOO_DEEP = "this JSON is nested too deep to be read"
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ALIAS = re.compile(r"(?m)(?:^|[:,\[{-])[ \t]*\*[A-Za-z0-9_-]+[ \t]*(?:[,\]}#]|$)")
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
# The safe loader, in C where that is built, but a date stays the text that was written.
_LOADER: Any = type(
    "LoaderWithoutDates",
    (_SAFE,),
    {
        "yaml_implicit_resolvers": {
            first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
            for first, resolvers in _SAFE.yaml_implicit_resolvers.items()
        }
    },
)


def parse_yaml(where: str, text: str) -> Any:
    """The content of a YAML file, with dates left as they are written, so that an impossible one can be named."""
    if _ALIAS.search(text):
        # A few lines of aliases can stand for gigabytes; a chart has no use for them.
        raise InputError(Problem(where, "this YAML uses aliases (`*name`), which are not read", "write the value out"))
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506  a safe loader without dates
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}:{mark.line + 1}" if mark else where
        raise InputError(Problem(place, "this is no valid YAML", "check quotes, colons and indentation")) from None


def parse_json(where: str, text: str) -> Any:
    """The content of a JSON text. The stricter, faster parser first; the other also takes half a surrogate pair."""
    try:
        return orjson.loads(text)
    except (ValueError, UnicodeEncodeError):
        pass
    try:
        return json.loads(text)
    except RecursionError:
        raise InputError(Problem(where, TOO_DEEP)) from None
    except ValueError as error:
        line = getattr(error, "lineno", None)
        place = f"{where}:{line}" if line and "\n" in text.strip() else where
        raise InputError(Problem(place, "this is no valid JSON")) from None
