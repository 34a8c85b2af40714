"""The writers, one door for each format. Each is loaded when it is first asked for.

A new format is one file `to_<format>.py`, one function here and one line of `WRITERS`.
"""

from __future__ import annotations

from collections.abc import Callable

from necessity.determinations.determination import Determination


def _json(determination: Determination) -> bytes:
    from necessity.reports.to_json import to_json

    return to_json(determination)


def _text(determination: Determination) -> bytes:
    from necessity.reports.to_terminal import to_terminal

    return to_terminal(determination)


def _brief(determination: Determination) -> bytes:
    from necessity.reports.to_terminal import to_brief

    return to_brief(determination)


def _markdown(determination: Determination) -> bytes:
    from necessity.reports.to_markdown import to_markdown

    return to_markdown(determination)


def _html(determination: Determination) -> bytes:
    from necessity.reports.to_html import to_html

    return to_html(determination)


WRITERS: dict[str, Callable[[Determination], bytes]] = {
    "text": _text,
    "brief": _brief,
    "json": _json,
    "html": _html,
    "md": _markdown,
}
