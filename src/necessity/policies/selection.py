"""Whose policies judge a request: those of the packs that bind the member, in force on the day, then the default pack's.

A pack that names payers binds the members of these payers. One that names none, but states or lines of business, binds
where each that it names is said and fits: the rule of a state or a programme, which goes before a payer's own. A pack
that names nobody binds nobody in particular and is chosen by name, or as the default.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from necessity.policies.pack import Pack
from necessity.policies.policy import Policy
from necessity.policies.scope import LineLike, covers, drafts, in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Whose request it is, as far as it is said. `source` says how it is known; several `payers` leave it open which."""

    payers: tuple[str, ...] = ()
    state: str | None = None
    line_of_business: str | None = None
    source: str = "given"

    @property
    def payer(self) -> str | None:
        """The one payer; None where none is said, or more than one."""
        return self.payers[0] if len(self.payers) == 1 else None

    @property
    def is_said(self) -> bool:
        return bool(self.payers or self.state or self.line_of_business)

    def in_words(self) -> str:
        """ "payer Example Health, state MN"."""
        named = (
            ("payer", " or ".join(self.payers)),
            ("state", self.state),
            ("line of business", (self.line_of_business or "").replace("_", " ")),
        )
        return ", ".join(f"{name} {value}" for name, value in named if value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The policies that may judge a case, the first to be asked first, and how they were come by.

    `bound` are the packs of the member, `nearly` those that would be with one thing more said, `asked_for` the
    pack that was called by its name, whoever the member is. `library` holds every policy of every date.
    """

    day: date
    member: Member
    default: str
    policies: tuple[Policy, ...]
    bound: tuple[Pack, ...] = ()
    nearly: tuple[Pack, ...] = ()
    asked_for: str | None = None
    library: tuple[Policy, ...] = ()

    def of_pack(self, name: str) -> tuple[Policy, ...]:
        return tuple(policy for policy in self.library if policy.pack == name)

    def later(self, pack: str, policy_id: str, effective: date) -> Policy | None:
        """The next version of a policy after one, which the day has not reached."""
        after = [each for each in self.of_pack(pack) if each.id == policy_id and each.status == "active"]
        return min(
            (each for each in after if each.effective > max(effective, self.day)),
            key=lambda each: each.effective,
            default=None,
        )

    def waiting(self, pack: str, line: LineLike) -> Iterator[Policy]:
        """Policies of a pack that speak of a line and do not judge it: drafts, and those not yet in force."""
        there = self.of_pack(pack)
        yield from (policy for policy in drafts(there, date.max) if covers(policy, line))
        for policy in in_force(there, date.max):
            if covers(policy, line) and not any(each.id == policy.id for each in in_force(there, self.day)):
                yield policy


def select(
    member: Member, packs: Iterable[Pack], policies: tuple[Policy, ...], day: date, *, asked: str | None, default: str
) -> Selection:
    """The policies for a member on a day: of the pack `asked` for, else of the packs that bind, and then the default."""
    known = tuple(packs)
    bound = sorted((pack for pack in known if binds_for_certain(pack, member)), key=lambda pack: bool(pack.payer))
    nearly = [pack for pack in known if pack not in bound and _one_short(pack, member)]
    names = [asked] if asked else [*(pack.id for pack in bound), default]
    ready = in_force(policies, day)
    return Selection(
        day=day,
        member=member,
        default=default,
        policies=tuple(policy for name in dict.fromkeys(names) for policy in ready if policy.pack == name),
        bound=tuple(bound),
        nearly=tuple(nearly),
        asked_for=asked,
        library=policies,
    )


def binds_for_certain(pack: Pack, member: Member) -> bool:
    """Whether the pack is this member's: by its payer, or by everything that it names where it names no payer."""
    if not _may_bind(pack, member):
        return False
    if pack.payer:
        return member.payer is not None
    return bool(pack.state or pack.line_of_business) and not _unsaid(pack, member)


def _may_bind(pack: Pack, member: Member) -> bool:
    return pack.binds(payer=member.payer, state=member.state, line_of_business=member.line_of_business)


def _one_short(pack: Pack, member: Member) -> bool:
    """A rule of a state or a programme of which one part is said and fits, and the other is not said."""
    named = bool(pack.state) + bool(pack.line_of_business)
    return not pack.payer and named == 2 and len(_unsaid(pack, member)) == 1 and _may_bind(pack, member)


def _unsaid(pack: Pack, member: Member) -> list[str]:
    return [name for name in ("state", "line_of_business") if getattr(pack, name) and getattr(member, name) is None]
