"""A progress bar for long reading: on standard error, only for someone who watches, and only once it has become long."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from necessity.charts.engine import Progress

# Files with fewer pages are read before a bar could be read.
_LONG = 4


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """What to tell of each page that was read; it shows nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda name, done, pages: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("pages"))
    with Bars(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def tell(name: str, done: int, pages: int) -> None:
            if pages < _LONG:
                return
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=pages)
            bars.update(tasks[name], completed=done)

        yield tell
