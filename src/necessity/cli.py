"""The command line: `necessity review`, `abstract`, `facts`, `intake` and `policies`.

Everything heavy is imported inside the commands, so that `--help` answers at once. Exit status: 0 done (whatever the
outcome), 2 wrong usage, 3 an input could not be read (the rest was still reviewed).
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from necessity.cli_policies import day_of, policies_app
from necessity.reports.outline import shown
from necessity.values.errors import InputError, NecessityError, UsageError
from necessity.values.problem import Problem

if TYPE_CHECKING:
    from necessity.asking import Asking
    from necessity.charts.chart import Case
    from necessity.knowledge import Knowledge

WRONG_USAGE = 2
UNREADABLE = 3
STANDARD_INPUT = Path("-")
ALL_PACKS = "all"
_OBJECTS_BETWEEN_COLLECTIONS = 200_000

app = typer.Typer(
    name="necessity",
    help="Decides whether spine surgery is medically necessary, and shows its work.",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
app.add_typer(policies_app, name="policies")

Chart = Annotated[
    list[Path] | None, typer.Argument(metavar="[CHART]...", help="Files of one case, a folder, or a case file.")
]
Jsonl = Annotated[
    Path | None,
    typer.Option("--jsonl", metavar="IN", help="Many cases: JSON lines (- for stdin) or a folder of case files."),
]
RequestFile = Annotated[Path | None, typer.Option("--request", metavar="FILE", help="Request form, YAML or JSON.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Judge as of this date, as 2026-01-23.")]
Record = Annotated[str | None, typer.Option("--record", metavar="open|closed", help="Whether more can still be sent.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here, not to the screen.")]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Processes that share the work of --jsonl.")]
Pack = Annotated[
    str | None,
    typer.Option("--pack", metavar="NAME", help="Whose policies, whoever the member is; `all` for every pack."),
]
Payer = Annotated[str | None, typer.Option("--payer", help="Who pays: the policies that bind its members come first.")]
State = Annotated[str | None, typer.Option("--state", help="The member's state, as MN.")]
Business = Annotated[
    str | None, typer.Option("--line-of-business", help="As medicare, workers_compensation, commercial.")
]
Policy = Annotated[
    str | None, typer.Option("--policy", metavar="ID", help="Judge by this policy of the pack, be it a draft.")
]
ReviewFormat = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="text, brief, json, html or md.")]
Full = Annotated[bool, typer.Option("--full", help="The whole report on the screen, not the short answer.")]
PlainFormat = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help="text or json.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """How a command was called: what to read, how to judge it, where to write."""

    chart: list[Path]
    jsonl: Path | None
    request: Path | None
    as_of: str | None
    record: str | None
    form: str | None
    output: Path | None
    jobs: int
    payer: str | None = None
    state: str | None = None
    line_of_business: str | None = None


@app.command()
def review(
    chart: Chart = None,
    jsonl: Jsonl = None,
    request: RequestFile = None,
    pack: Pack = None,
    policy: Policy = None,
    payer: Payer = None,
    state: State = None,
    business: Business = None,
    as_of: AsOf = None,
    record: Record = None,
    form: ReviewFormat = None,
    output: Output = None,
    full: Full = False,
    jobs: Jobs = 1,
) -> None:
    """Decide a case, or with --jsonl many; with --pack all, by every pack in force, side by side.

    Without --format the screen shows the short answer; --full, a file named by -o, or --format text gives the whole report.

    By the policies in force on the date for the member's payer, state and line of business, where the request or these
    options name them; else by the pack `house`. A draft is used only where --pack and --policy call it by name.
    """
    from necessity.asking import Review

    call = Call(
        chart=chart or [],
        jsonl=jsonl,
        request=request,
        as_of=as_of,
        record=record,
        form=form,
        output=output,
        jobs=jobs,
        payer=payer,
        state=state,
        line_of_business=business,
    )
    if pack == ALL_PACKS:
        _across_packs(call, policy)
        return
    _check(pack, policy)
    if form is None and not full and output is None:
        call = replace(call, form="brief")
    _carry_out(Review(pack, policy), call)


@app.command()
def whatif(
    chart: Chart = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A criterion and its status, or a question and its answer."),
    ] = None,
    jsonl: Jsonl = None,
    request: RequestFile = None,
    pack: Annotated[str | None, typer.Option("--pack", metavar="NAME", help="Whose policies.")] = None,
    policy: Policy = None,
    as_of: AsOf = None,
    form: PlainFormat = None,
    output: Output = None,
) -> None:
    """Decide a case again with other answers, and say what that changes."""
    from necessity.authoring.asking import WhatIf

    if not settings:
        raise UsageError(Problem("--set", "nothing is set", "write --set conservative-duration=met"))
    _check(pack, policy)
    call = Call(
        chart=chart or [], jsonl=jsonl, request=request, as_of=as_of, record=None, form=form, output=output, jobs=1
    )
    _carry_out(WhatIf(tuple(settings), pack, policy), call)


@app.command()
def abstract(
    chart: Chart = None,
    jsonl: Jsonl = None,
    request: RequestFile = None,
    as_of: AsOf = None,
    form: PlainFormat = None,
    output: Output = None,
    jobs: Jobs = 1,
) -> None:
    """Answer the standard review questions, each with its evidence."""
    from necessity.asking import Abstract

    call = Call(
        chart=chart or [], jsonl=jsonl, request=request, as_of=as_of, record=None, form=form, output=output, jobs=jobs
    )
    _carry_out(Abstract(), call)


@app.command()
def facts(
    chart: Chart = None,
    jsonl: Jsonl = None,
    request: RequestFile = None,
    as_of: AsOf = None,
    form: PlainFormat = None,
    output: Output = None,
    jobs: Jobs = 1,
) -> None:
    """List every fact that was read, with its spans and the text that they count in."""
    from necessity.asking import Facts

    call = Call(
        chart=chart or [], jsonl=jsonl, request=request, as_of=as_of, record=None, form=form, output=output, jobs=jobs
    )
    _carry_out(Facts(), call)


@app.command()
def intake(chart: Chart = None, form: PlainFormat = None, output: Output = None) -> None:
    """List the documents of a case: kinds, dates, pages, how each was read, and what could not be."""
    import orjson

    from necessity.library import open_library
    from necessity.pipeline import described
    from necessity.reports.of_intake import intake_object, intake_text

    if form not in (None, "text", "json"):
        raise UsageError(Problem("--format", f"there is no format `{form}`", "text or json"))
    if not chart:
        raise UsageError(Problem("CHART", "name the files or the folder of a case"))
    knowledge = open_library()
    read = described(_read(chart, knowledge, None).chart, knowledge)
    if form == "json":
        _write([orjson.dumps(intake_object(read), option=orjson.OPT_INDENT_2), b"\n"], output)
    else:
        _write([intake_text(read).encode("utf-8", "backslashreplace")], output)
    if read.problems:
        sys.exit(UNREADABLE)


def main(arguments: list[str] | None = None) -> None:
    """Entry point of the `necessity` command; leaves with its exit status."""
    # Opening the library makes many small lasting records; looking for garbage among them costs a fifth of the start.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        app(arguments)
    except NecessityError as error:
        _say(error.problems)
        sys.exit(UNREADABLE if isinstance(error, InputError) else WRONG_USAGE)
    except BrokenPipeError:
        # The reader of the pipe went away ("| head"); nothing is left to tell it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _check(pack: str | None, policy: str | None) -> None:
    """UsageError where a pack or policy that is called by its name does not exist."""
    from necessity.library import check_asked, open_library
    from necessity.pipeline import DEFAULT_PACK

    if pack is not None or policy is not None:
        check_asked(open_library(), pack or DEFAULT_PACK, policy)


def _across_packs(call: Call, policy: str | None) -> None:
    from necessity.authoring.asking import AcrossPacks

    if policy is not None:
        raise UsageError(
            Problem("--policy", "one policy is judged by its own pack", "leave out --policy or --pack all")
        )
    _carry_out(AcrossPacks(), call)


def _carry_out(asking: Asking, call: Call) -> None:
    from necessity.asking import format_of

    form = format_of(asking, call.form)
    settings = _Settings(
        day_of(call.as_of), _closed(call.record), date.today(), call.payer, call.state, call.line_of_business
    )
    if call.jsonl is None:
        _one(asking, call, form, settings)
        return
    if call.chart or call.request:
        raise UsageError(
            Problem("--jsonl", "each case brings its own documents and request", "leave CHART and --request out")
        )
    _many(asking, call, call.jsonl, settings)


@dataclass(frozen=True, slots=True)
class _Settings:
    """What the caller says of every case, over what the case says itself."""

    as_of: date | None
    closed: bool | None
    today: date
    payer: str | None = None
    state: str | None = None
    line_of_business: str | None = None

    def __call__(self, case: Case) -> Case:
        as_of = case.as_of if self.as_of is None else self.as_of
        closed = case.record_closed if self.closed is None else self.closed
        request = replace(
            case.request,
            payer=self.payer or case.request.payer,
            state=self.state or case.request.state,
            line_of_business=self.line_of_business or case.request.line_of_business,
        )
        return replace(case, as_of=as_of, record_closed=closed, today=self.today, request=request)


def _one(asking: Asking, call: Call, form: str, settings: _Settings) -> None:
    from necessity.library import open_library

    if not call.chart:
        raise UsageError(Problem("CHART", "name the files or the folder of a case", "or many cases with --jsonl"))
    knowledge = open_library()
    case = settings(_read(call.chart, knowledge, call.request))
    answer = asking.answer(case, knowledge, form)
    _write([answer.report], call.output)
    _say([*answer.notes, *case.chart.problems])
    if case.chart.problems:
        sys.exit(UNREADABLE)


def _read(chart: list[Path], knowledge: Knowledge, request: Path | None) -> Case:
    """The case that files hold; who watches a long one sees how far it is."""
    from necessity.intake import Paging, case_of
    from necessity.ocr import tools
    from necessity.progress import progress_bar

    with progress_bar() as progress:
        return case_of(chart, knowledge.form_words(), request, Paging(tools(progress), knowledge.kinds))


def _many(asking: Asking, call: Call, source: Path, settings: _Settings) -> None:
    from necessity.batch import answer_all, items_in, items_of_lines

    items = items_of_lines(sys.stdin.buffer.read()) if source == STANDARD_INPUT else items_in(source)
    problems: list[Problem] = []

    def lines() -> Iterable[bytes]:
        for row in answer_all(items, asking, settings, call.jobs):
            problems.extend(row.problems)
            yield row.line

    _write(lines(), call.output)
    _say(problems)
    if problems:
        sys.exit(UNREADABLE)


def _closed(written: str | None) -> bool | None:
    if written not in (None, "open", "closed"):
        raise UsageError(Problem("--record", f"there is no `{written}`", "open or closed"))
    return None if written is None else written == "closed"


def _write(chunks: Iterable[bytes], output: Path | None) -> None:
    if output is None:
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    try:
        with output.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
    except OSError as error:
        raise UsageError(Problem(str(output), (error.strerror or "it cannot be written").lower())) from None


def _say(problems: Iterable[Problem]) -> None:
    for problem in problems:
        typer.echo(f"necessity: {shown(str(problem))}", err=True)
