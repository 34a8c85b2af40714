"""The command line of policies: `necessity policies list`, `show`, `check`, `prove`, `test`, `diff`, `history` and `new`.

Exit status: 0 done and nothing wrong, 1 something is wrong with a policy, 2 wrong usage.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from necessity.reports.outline import shown
from necessity.values.errors import UsageError
from necessity.values.problem import Problem

if TYPE_CHECKING:
    from necessity.policies.policy import Policy

FOUND_WRONG = 1

policies_app = typer.Typer(help="The policies of the library.", rich_markup_mode=None, no_args_is_help=True)

Named = Annotated[
    str | None,
    typer.Argument(metavar="[PACK|ID|PATH]", help="A pack, a policy (house/lumbar-discectomy), a folder or a file."),
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="In force on this date, as 2026-01-23.")]


@policies_app.command("list")
def list_policies(
    pack: Annotated[str | None, typer.Option("--pack", metavar="NAME", help="Only this pack.")] = None,
    as_of: AsOf = None,
    payer: Annotated[str | None, typer.Option("--payer", help="Packs that bind members of this payer.")] = None,
    state: Annotated[str | None, typer.Option("--state", help="Packs that bind members in this state.")] = None,
    business: Annotated[str | None, typer.Option("--line-of-business", help="Likewise.")] = None,
    with_drafts: Annotated[bool, typer.Option("--drafts", help="Drafts too, which judge nobody unless named.")] = False,
) -> None:
    """The policies in force, pack by pack."""
    from necessity.library import check_asked, open_library, packs, policies_in_force
    from necessity.policies.scope import drafts

    knowledge = open_library()
    day = day_of(as_of) or date.today()
    if pack is not None:
        check_asked(knowledge, pack, None)
    known = {each.id: each for each in knowledge.packs}
    left_out = 0
    for name in [pack] if pack else packs(knowledge):
        if not known[name].binds(payer=payer, state=state, line_of_business=business):
            continue
        for policy in policies_in_force(knowledge, name, day):
            typer.echo(_row(policy))
        unready = [each for each in drafts(knowledge.policies, day) if each.pack == name]
        left_out += 0 if with_drafts else len(unready)
        for policy in unready if with_drafts else ():
            typer.echo(f"{_row(policy)} (draft)")
    if left_out:
        typer.echo(f"{_count(left_out, 'draft')} judged by nobody unless named; --drafts lists them", err=True)


@policies_app.command("show")
def show_policy(
    policy: Annotated[str, typer.Argument(metavar="ID", help="lumbar-discectomy, or house/lumbar-discectomy.")],
    pack: Annotated[str, typer.Option("--pack", metavar="NAME", help="Whose policies.")] = "house",
    as_of: AsOf = None,
) -> None:
    """One policy: its numbers, what meets and fails each criterion, what would settle it, and what waives it."""
    from necessity.library import check_asked, open_library, policies_in_force
    from necessity.policies.scope import drafts

    knowledge = open_library()
    if "/" in policy:
        pack, _, policy = policy.partition("/")
    check_asked(knowledge, pack, policy)
    day = day_of(as_of) or date.today()
    there = (*policies_in_force(knowledge, pack, day), *drafts(knowledge.policies, day))
    found = [each for each in there if each.pack == pack and each.id == policy]
    if not found:
        raise UsageError(Problem("--as-of", f"`{policy}` was not in force on {day}"))
    typer.echo("\n".join(_lines_of(found[0])))


@policies_app.command("check")
def check_policies(named: Named = None) -> None:
    """Find mistakes: schema, units, answers used both ways, dead branches, criteria that decide nothing."""
    from necessity.authoring.check import NO_SOLVER, check, has_solver
    from necessity.authoring.files import files_of

    files = files_of(named)
    if not has_solver():
        _say([NO_SOLVER])
    _finish(check(files), f"{_count(len(files), 'policy file')} checked")


@policies_app.command("prove")
def prove_policies(named: Named = None) -> None:
    """Prove what must hold for every patient there could be; a law that fails is shown with a patient."""
    from necessity.authoring.check import prove
    from necessity.authoring.files import files_of

    files = files_of(named)
    _finish(prove(files), f"{_count(len(files), 'policy file')} proved")


@policies_app.command("test")
def test_policies(named: Named = None) -> None:
    """Tell the stories of policies: what must come of each, and the criteria that no story shows met, failed and open."""
    from necessity.authoring.files import files_of
    from necessity.authoring.run_stories import run

    problems: list[Problem] = []
    stories = 0
    for told in run(files_of(named)):
        stories += told.stories
        problems += told.problems
    _finish(problems, f"{stories} {'story' if stories == 1 else 'stories'} told")


@policies_app.command("diff")
def diff_policies(
    one: Annotated[str, typer.Argument(metavar="A", help="A policy: pack/id, pack/id@date, or a file.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another, or another version.")],
    cohort: Annotated[
        Path | None, typer.Option("--cohort", metavar="DIR", help="Which cases of this folder come out otherwise.")
    ] = None,
) -> None:
    """What two policies ask otherwise, and the patients whom one approves and the other does not."""
    from necessity.authoring.difference import diff

    for line in diff(one, other, cohort):
        typer.echo(line)


@policies_app.command("history")
def show_history(named: Annotated[str, typer.Argument(metavar="ID", help="A policy.")]) -> None:
    """The versions of a policy, and what each changed."""
    from necessity.authoring.history import history

    for line in history(named):
        typer.echo(line)


@policies_app.command("new")
def new_policy(
    policy: Annotated[str, typer.Argument(metavar="ID", help="Lower-case words joined by hyphens.")],
    pack: Annotated[str, typer.Option("--pack", metavar="NAME", help="In this pack.")] = "house",
) -> None:
    """Begin a policy: its folder, with a draft that loads."""
    from necessity.authoring.skeleton import begin

    for path in begin(policy, pack, date.today()):
        typer.echo(f"written: {path}")


def day_of(written: str | None, option: str = "--as-of") -> date | None:
    """The date of an option. UsageError where it is none."""
    from necessity.charts.from_form import parse_date

    if written is None:
        return None
    found = parse_date(written)
    if found is None:
        raise UsageError(Problem(option, f"there is no date `{written}`", "write it as 2026-01-23"))
    return found


def _finish(problems: Iterable[Problem], done: str) -> None:
    """The faults, or that there are none, and the exit status that says which."""
    found = list(problems)
    for problem in found:
        typer.echo(str(problem))
    typer.echo(f"{done}: {_count(len(found), 'fault') if found else 'nothing is wrong'}")
    if found:
        sys.exit(FOUND_WRONG)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _say(problems: Iterable[Problem]) -> None:
    for problem in problems:
        typer.echo(f"necessity: {shown(str(problem))}", err=True)


def _row(policy: Policy) -> str:
    return f"{policy.pack:<20} {policy.id:<34} {policy.version:<4} {policy.effective}  {policy.title}"


def _lines_of(policy: Policy) -> list[str]:
    from necessity.authoring.check import terms
    from necessity.proofs.words import tree_in_words

    words = terms().words
    since = "in force since" if policy.status == "active" else "a draft, which judges nobody unless named, dated"
    lines = [
        policy.title,
        f"{policy.pack}/{policy.id}, version {policy.version}, {since} {policy.effective}",
        f"Owner: {policy.owner.rstrip('.')}. Last checked {policy.last_checked}.",
        f"Source: {policy.source}",
        *([f"Read as: {policy.read_as}"] if policy.read_as else []),
        *([policy.url] if policy.url else []),
    ]
    if policy.thresholds:
        lines += ["", "Numbers"] + [f"    {each.id}: {each.written} ({each.source})" for each in policy.thresholds]
    for criterion in policy.criteria:
        fails = (
            tree_in_words(criterion.not_met, words)
            if criterion.not_met
            else "nothing; the chart can only leave it open"
        )
        lines += ["", f"{criterion.title}  [{criterion.id}, {criterion.category.value.replace('_', ' ')}]"]
        lines += [f"    Met by: {tree_in_words(criterion.met, words)}", f"    Failed by: {fails}"]
        if criterion.not_applicable:
            lines.append(f"    Not asked: {tree_in_words(criterion.not_applicable, words)}")
        lines.append(f"    Send: {criterion.ask.format_map(_PLACES)}")
    if policy.waivers:
        lines += ["", "Waived by"] + [
            f"    {each.title}  [{each.id}]: {', '.join(each.waives)}" for each in policy.waivers
        ]
    return lines


_PLACES = {"level": "the level", "side": "requested", "region": "same", "procedure": "procedure"}
