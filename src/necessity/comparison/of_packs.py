"""One chart by many packs: the outcome of every line by each, and the criterion that divides them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from necessity.determinations.determination import Determination, LineDetermination
from necessity.determinations.outcome import rank
from necessity.determinations.sentences import request_in_words
from necessity.findings.finding import Finding
from necessity.values.status import Outcome, Status
from necessity.vocabulary.procedures import Procedures

SCHEMA = "necessity.matrix/1"
_WIDTH = 26


def matrix(by_pack: Mapping[str, Determination], procedures: Procedures) -> dict[str, Any]:
    """The comparison as a JSON object; lines in the order of the request, packs in the order given."""
    first = next(iter(by_pack.values()))
    lines = {name: {decided.line.id: decided for decided in each.lines} for name, each in by_pack.items()}
    return {
        "schema": SCHEMA,
        "case": first.case,
        "as_of": first.as_of.isoformat(),
        "packs": list(by_pack),
        "outcome": {name: each.outcome.value for name, each in by_pack.items()},
        "lines": [
            _line(line_id, {name: each[line_id] for name, each in lines.items() if line_id in each}, procedures)
            for line_id in dict.fromkeys(line_id for each in lines.values() for line_id in each)
        ],
    }


def _line(line_id: str, decided: Mapping[str, LineDetermination], procedures: Procedures) -> dict[str, Any]:
    any_of_them = next(iter(decided.values()))
    return {
        "line": line_id,
        "request": request_in_words(any_of_them.line, procedures),
        "packs": {name: _cell(each) for name, each in decided.items()},
        "divides": [_division(name, each, decided) for name, each in decided.items() if _is_stricter(each, decided)],
    }


def _cell(decided: LineDetermination) -> dict[str, Any]:
    return {
        "policy": decided.policy.id if decided.policy else None,
        "outcome": decided.outcome.value,
        "in_the_way": [finding.criterion for finding in _in_the_way(decided)],
    }


def _is_stricter(decided: LineDetermination, all_of_them: Mapping[str, LineDetermination]) -> bool:
    """Whether another pack decides the line better; a pack without a policy for it decides nothing."""
    if decided.outcome is Outcome.OUT_OF_SCOPE:
        return False
    others = [each.outcome for each in all_of_them.values() if each.outcome is not Outcome.OUT_OF_SCOPE]
    return any(rank(outcome) > rank(decided.outcome) for outcome in others)


def _division(name: str, decided: LineDetermination, all_of_them: Mapping[str, LineDetermination]) -> dict[str, Any]:
    """The criterion for which this pack decides worse than another: the first that fails, else the first that is open.

    `alone`: nothing else stands in the way, so that this one criterion divides the packs.
    """
    stops = _in_the_way(decided)
    better = [other for other, each in all_of_them.items() if _better(each, decided)]
    return {
        "pack": name,
        "than": better,
        "criterion": stops[0].criterion,
        "title": stops[0].title,
        "status": stops[0].status.value,
        "reason": stops[0].reason,
        "alone": len(stops) == 1,
    }


def _better(other: LineDetermination, than: LineDetermination) -> bool:
    return other.outcome is not Outcome.OUT_OF_SCOPE and rank(other.outcome) > rank(than.outcome)


def _in_the_way(decided: LineDetermination) -> list[Finding]:
    """What blocks, the worst first: a criterion that fails makes an open one beside it matter less."""
    blocking = [finding for finding in decided.findings if not finding.status.is_settled]
    return sorted(blocking, key=lambda finding: finding.status is not Status.NOT_MET)


def matrix_text(compared: Mapping[str, Any]) -> str:
    """The comparison for a terminal."""
    return "\n".join(_text(compared)) + "\n"


def _text(compared: Mapping[str, Any]) -> Iterator[str]:
    packs = compared["packs"]
    yield f"{compared['case']}, judged as of {compared['as_of']}"
    yield ""
    yield "".join(["line".ljust(44), *(str(pack).ljust(_WIDTH) for pack in packs)]).rstrip()
    for line in compared["lines"]:
        cells = [line["packs"].get(pack, {}).get("outcome", "").replace("_", " ") for pack in packs]
        yield "".join([str(line["request"])[:42].ljust(44), *(cell.ljust(_WIDTH) for cell in cells)]).rstrip()
    for line in compared["lines"]:
        yield ""
        for pack, cell in line["packs"].items():
            if cell["policy"]:
                stops = f"; in the way: {', '.join(cell['in_the_way'])}" if cell["in_the_way"] else ""
                yield f"{line['request']}, {pack}/{cell['policy']}: {cell['outcome'].replace('_', ' ')}{stops}"
        if not line["divides"]:
            yield f"{line['request']}: the packs that have a policy for it come to the same."
        for each in line["divides"]:
            yield ""
            told = "The one criterion that divides them" if each["alone"] else "First of what divides them"
            yield f"{line['request']}: {each['pack']} is stricter than {' and '.join(each['than'])}."
            yield f"  {told}: {each['title']} ({each['criterion']}, {each['status'].replace('_', ' ')}). {each['reason']}"
