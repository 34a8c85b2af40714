"""A pack: the policies of one owner, and whose members its criteria bind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from necessity.policies.hints import did_you_mean
from necessity.policies.source import Source
from necessity.values.problem import Problem

_LISTS = ("payer", "state", "line_of_business")
_KEYS = ("id", "title", *_LISTS, "gaps")
_GAP_KEYS = ("procedure", "region", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Requests that a pack leaves to a person, and why: a procedure, in a region or in any."""

    procedure: str
    region: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Whose policies these are. An empty field binds anyone: every payer, every state, every line of business."""

    id: str
    title: str = ""
    payer: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    line_of_business: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def binds(self, *, payer: str | None = None, state: str | None = None, line_of_business: str | None = None) -> bool:
        """Whether a member of this payer, in this state and line of business, is judged by the pack.

        What is not said does not exclude; a pack for one payer is not for a member of another.
        """
        asked = (("payer", payer), ("state", state), ("line_of_business", line_of_business))
        return all(_fits(getattr(self, name), value) for name, value in asked)


def _fits(bound: tuple[str, ...], said: str | None) -> bool:
    """A name fits where all its words stand in what was said: "Example" in "EXAMPLE, Inc."; a state is a word alone."""
    if said is None or not bound:
        return True
    spoken = f" {_plain(said)} "
    return any(f" {_plain(each)} " in spoken for each in bound)


def _plain(name: str) -> str:
    """Small letters and blanks: "Workers' Compensation", "workers_compensation" and "WORKERS COMPENSATION" are one name."""
    words = re.findall(r"[^\W_]+", name.casefold().replace("'", "").replace("\u2019", ""))
    return " ".join(word for word in words if word != "and")


def pack_from(source: Source, pack_id: str) -> tuple[Pack, tuple[Problem, ...]]:
    """The pack that `pack.yaml` describes, and what is wrong with the file."""
    data = source.data
    problems = list(source.problems)
    if not isinstance(data, Mapping):
        return Pack(id=pack_id), (*problems, Problem(source.where(()), "a pack has `id` and `title`"))
    problems += [
        Problem(source.where((key,)), f"`{key}` is not a key here", did_you_mean(str(key), _KEYS))
        for key in data
        if key not in _KEYS
    ]
    if data.get("id") != pack_id:
        problems.append(Problem(source.where(("id",)), "`id` is not the name of the folder", f"write `{pack_id}`"))
    pack = Pack(
        id=pack_id,
        title=str(data.get("title", "")),
        payer=_words(data.get("payer")),
        state=_words(data.get("state")),
        line_of_business=_words(data.get("line_of_business")),
        gaps=tuple(_gaps(source, data.get("gaps") or [], problems)),
    )
    return pack, tuple(problems)


def _words(raw: Any) -> tuple[str, ...]:
    if raw is None:
        return ()
    return tuple(str(each) for each in raw) if isinstance(raw, list) else (str(raw),)


def _gaps(source: Source, raw: Iterable[Any], problems: list[Problem]) -> Iterable[Gap]:
    for index, each in enumerate(raw):
        if not isinstance(each, Mapping) or not each.get("procedure") or not each.get("reason"):
            problems.append(Problem(source.where(("gaps", index)), "a gap has `procedure` and `reason`"))
            continue
        for key in each:
            if key not in _GAP_KEYS:
                hint = did_you_mean(str(key), _GAP_KEYS)
                problems.append(Problem(source.where(("gaps", index, key)), f"`{key}` is not a key here", hint))
        region = str(each["region"]) if each.get("region") else None
        yield Gap(procedure=str(each["procedure"]), region=region, reason=str(each["reason"]))
