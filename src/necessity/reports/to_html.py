"""HTML: one self-contained page, the determination beside the chart that it quotes.

Nothing is fetched: style and script are in the page, and its policy allows those two texts and nothing else. Without
the script every quotation is still a link to its passage.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from necessity.determinations.determination import Determination
from necessity.reports import wording
from necessity.reports.outline import Chip, Outline, on_one_line, shown
from necessity.reports.page_images import shown_pages
from necessity.reports.passages import marked_documents
from necessity.reports.sections import outline_of
from necessity.reports.timeline import timeline_of

_PAGES = files("necessity.reports") / "pages"


def to_html(determination: Determination) -> bytes:
    """The page as UTF-8."""
    outline = outline_of(determination)
    style, script = _page("report.css"), _page("report.js")
    text = (
        _environment()
        .get_template("report.html.j2")
        .render(
            outline=outline,
            determination=determination,
            documents=marked_documents(determination.chart, outline),
            page_images=shown_pages(determination.chart, outline),
            timeline=timeline_of(determination),
            tally=_tally(outline),
            wording=wording,
            # Our own files, and the only text of the page that is not escaped.
            style=Markup(style),  # noqa: S704  # read from the package, no input in it
            script=Markup(script),  # noqa: S704  # read from the package, no input in it
            security=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; base-uri 'none'; "
            "form-action 'none'",
        )
    )
    return text.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_page),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = shown
    environment.filters["run_on"] = on_one_line
    return environment


@cache
def _page(name: str) -> str:
    return (_PAGES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The name by which the page's policy knows an inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _tally(outline: Outline) -> tuple[tuple[Chip, int, str], ...]:
    """How many criteria have each status, what stands in the way first, each with the first item to look at."""
    items = [item for section in outline.sections if section.id == "criteria" for item in section.items]
    counts = Counter(item.chip.key for item in items if item.chip)
    order = ("not_met", "conflicting", "undocumented", "met", "waived", "not_applicable")
    firsts = [next((item for item in items if item.chip and item.chip.key == key), None) for key in order]
    return tuple((item.chip, counts[item.chip.key], item.id) for item in firsts if item and item.chip)
