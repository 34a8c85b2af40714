"""Which policy judges each line and why, in words: said where the request names a member, or a policy is out of force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from necessity.determinations.determination import LevelOfCare, LineDetermination, PolicyRef, Statement
from necessity.determinations.sentences import request_in_words
from necessity.findings.line import Line
from necessity.policies.pack import Pack
from necessity.policies.policy import Policy
from necessity.policies.selection import Selection
from necessity.vocabulary.procedures import Procedures

KIND = "policy_choice"


def choice_statements(
    lines: Iterable[LineDetermination], care: LevelOfCare | None, selection: Selection, procedures: Procedures
) -> tuple[Statement, ...]:
    """One statement for each policy that judges a line, one for each line that none judges, one for the setting.

    Where no member is named there is nothing to say of a line that is judged, nor of one that the default leaves.
    """
    told = [each for each in lines if selection.member.is_said or (selection.asked_for and each.policy is None)]
    said: dict[str, Statement] = {}
    for decided in told:
        words = request_in_words(decided.line, procedures)
        text = _line(decided, selection)
        named = decided.policy
        source = f"{named.pack}/{named.id}" if named else decided.line.id
        said.setdefault(text if named else words + text, _statement(f"The {words}: {text}", source))
    if selection.member.is_said and care and care.policy and care.policy not in [each.policy for each in told]:
        text = f"The setting: judged by {_named(care.policy, selection)}."
        said.setdefault(text, _statement(text, f"{care.policy.pack}/{care.policy.id}"))
    return tuple(said.values())


def _statement(text: str, source: str) -> Statement:
    return Statement(kind=KIND, text=text, follows_from=source)


def _line(decided: LineDetermination, selection: Selection) -> str:
    policy, member = decided.policy, selection.member
    if policy is None:
        return f"no policy in force on {selection.day} covers it, so that a person decides. {_why_not(decided.line, selection)}"
    judged = f"judged by {_named(policy, selection)}"
    if selection.asked_for:
        return f"{judged}, as was asked for by name; the request is of {member.in_words()}."
    if policy.pack in [pack.id for pack in selection.bound]:
        return f"{judged}, which binds {member.in_words()} ({_how_known(selection)})."
    return (
        f"judged by the criteria for requests that no other policy governs, {_named(policy, selection)}; they are not "
        f"the payer's own. {_why_not(decided.line, selection)}"
    )


def _named(policy: PolicyRef, selection: Selection) -> str:
    """ "house/lumbar-fusion, version 1, in force since 2026-01-01"; with the day on which the next version holds."""
    since = "in force since" if policy.status == "active" else "a draft of"
    later = selection.later(policy.pack, policy.id, policy.effective)
    then = f" (version {later.version} follows on {later.effective})" if later else ""
    return f"{policy.pack}/{policy.id}, version {policy.version}, {since} {policy.effective}{then}"


def _how_known(selection: Selection) -> str:
    return "named with the request" if selection.member.source == "given" else "named in the records"


def _why_not(line: Line, selection: Selection) -> str:
    """Why no policy of the member's own judges the line, and what more would have to be said."""
    nearly = () if selection.asked_for else _of_nearly(selection)
    return " ".join([*_of_bound(line, selection), *nearly])


def _of_bound(line: Line, selection: Selection) -> Iterator[str]:
    member = selection.member
    if selection.asked_for:
        yield from _of_pack(selection.asked_for, "", line, selection)
        return
    if len(member.payers) > 1:
        yield f"The records name more than one payer ({' and '.join(member.payers)}): say which with --payer."
    elif not selection.bound:
        yield f"The library holds no policies for {member.in_words()}."
    for pack in selection.bound:
        yield from _of_pack(pack.id, f", which binds {member.in_words()},", line, selection)


def _of_pack(name: str, whom: str, line: Line, selection: Selection) -> Iterator[str]:
    waiting = list(selection.waiting(name, line))
    yield from (_waits(policy, selection) for policy in waiting)
    if not waiting:
        yield f"The pack {name}{whom} has no policy on it."


def _waits(policy: Policy, selection: Selection) -> str:
    name = f"{policy.pack}/{policy.id}"
    if policy.status == "draft":
        return (
            f"{name} is a draft and judges nobody: its source was not read whole. "
            f"See what it would make of the chart with --pack {policy.pack} --policy {policy.id}."
        )
    return f"{name} is in force only from {policy.effective}; the request is judged as of {selection.day}."


def _of_nearly(selection: Selection) -> Iterator[str]:
    for pack in selection.nearly:
        yield f"The pack {pack.id} would bind where {_missing(pack, selection)}."


def _missing(pack: Pack, selection: Selection) -> str:
    if selection.member.state is None:
        return f"the state is {' or '.join(pack.state)} (say so with --state)"
    named = " or ".join(each.replace("_", " ") for each in pack.line_of_business)
    return f"the line of business is {named} (say so with --line-of-business)"
