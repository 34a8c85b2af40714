"""Spinal anatomy: which neural tissue lies at a level, which roots a lesion there meets, and what those roots serve.

The tables are data (`library/vocabulary/anatomy.yaml`); how levels are written and ordered is in `levels.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from necessity.vocabulary import levels

ROOTS = tuple(
    [f"C{n}" for n in range(1, 9)]
    + [f"T{n}" for n in range(1, 13)]
    + [f"L{n}" for n in range(1, 6)]
    + [f"S{n}" for n in range(1, 6)]
)
_POSITION = {root: index for index, root in enumerate(ROOTS)}


class Content(StrEnum):
    """What the canal holds at a level."""

    CORD = "cord"
    CONUS = "conus"
    CAUDA = "cauda"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anatomy:
    """Roots and what they serve. Roots of a muscle, reflex or site are listed with the main one first."""

    muscles: Mapping[str, tuple[str, ...]]
    reflexes: Mapping[str, tuple[str, ...]]
    sites: Mapping[str, tuple[str, ...]]
    zones: Mapping[str, str]  # zone -> exiting or traversing
    conus_levels: tuple[str, ...]
    several_roots: tuple[str, ...]
    limbs: Mapping[str, tuple[str, ...]]
    limb_sites: Mapping[str, tuple[str, ...]]
    tension_signs: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Anatomy:
        """The tables of `anatomy.yaml`. ValueError names an entry whose root does not exist."""
        for table in ("muscles", "reflexes", "sites", "limbs", "tension_signs"):
            for name, roots in data[table].items():
                unknown = [root for root in roots if root not in _POSITION]
                if unknown:
                    raise ValueError(f"`{table}.{name}` names `{unknown[0]}`, which is no root")
        return cls(
            muscles=_tuples(data["muscles"]),
            reflexes=_tuples(data["reflexes"]),
            sites=_tuples(data["sites"]),
            zones={zone: name for name, zones in data["zones"].items() for zone in zones},
            conus_levels=tuple(data["conus_levels"]),
            several_roots=tuple(data["several_roots"]),
            limbs=_tuples(data["limbs"]),
            limb_sites=_tuples(data["limb_sites"]),
            tension_signs=_tuples(data["tension_signs"]),
        )

    def content_of(self, level: str) -> Content:
        """Cord, conus or cauda equina at a level (a segment or a vertebra)."""
        if level in self.conus_levels:
            return Content.CONUS
        return Content.CORD if levels.order(level) < levels.order(self.conus_levels[0]) else Content.CAUDA

    def has_cord(self, level: str) -> bool:
        """Whether the cord or conus lies at the level."""
        return self.content_of(level) is not Content.CAUDA

    def exiting(self, level: str) -> str:
        """The root that leaves through the foramen of a segment: C6 at C5-6, C8 at C7-T1, T11 at T11-12, L4 at L4-5."""
        return levels.exiting_root(level)

    def traversing(self, level: str) -> str:
        """The root that crosses the disc to leave one level below: L5 at L4-5. In the neck it is the exiting one."""
        return levels.traversing_root(level)

    def roots_at(self, level: str, zone: str | None = None) -> tuple[str, ...]:
        """The roots that a lesion of this zone meets at a segment.

        An unknown zone meets the exiting and the traversing root; the canal meets the traversing one and all that go
        on below it; a vertebra alone ("L1") has none. Where a level is one of `several_roots` nothing is forced.
        """
        if "-" not in level:
            return ()
        if level in self.several_roots:
            return self.below(level)
        exiting, traversing = self.exiting(level), self.traversing(level)
        meets = self.zones.get(zone or "")
        if meets == "exiting":
            return (exiting,)
        if meets == "traversing":
            return (traversing,)
        if zone in ("canal", "central"):
            return self.below(level)
        return tuple(dict.fromkeys((exiting, traversing)))

    def below(self, level: str) -> tuple[str, ...]:
        """Every root that a lesion filling the canal may hold up: in the cauda those still inside."""
        first = self.exiting(level) if self.has_cord(level) else self.traversing(level)
        return ROOTS[_POSITION[first] :]

    def roots_served(self, level: str, *, whole_canal: bool = False) -> tuple[str, ...]:
        """The roots whose deficit may come from this level: its own two, or with the canal filled all below."""
        if whole_canal:
            return tuple(dict.fromkeys((self.exiting(level), *self.below(level)))) if "-" in level else ()
        return self.roots_at(level)

    def roots_of_region(self, region: str) -> tuple[str, ...]:
        """The roots that leave the canal in a region (the sacral ones with the lumbar)."""
        letters = {"cervical": ("C",), "thoracic": ("T",)}.get(region, ("L", "S"))
        extra = ("T1",) if region == "cervical" else ()
        return tuple(root for root in ROOTS if root[0] in letters or root in extra)

    def roots_of(self, name: str | None) -> tuple[str, ...]:
        """The roots that serve a muscle, site or reflex; none where the name tells nothing of the root."""
        if name is None:
            return ()
        return self.muscles.get(name) or self.sites.get(name) or self.reflexes.get(name) or ()

    def roots_of_reflex(self, name: str | None) -> tuple[str, ...]:
        """The arc of a reflex; `knee` is the knee jerk here and a site elsewhere."""
        if name is None:
            return ()
        return self.reflexes.get(name) or self.reflexes.get(f"{name}_reflex") or self.muscles.get(name) or ()

    def roots_of_site(self, name: str) -> tuple[str, ...]:
        return self.sites.get(name, ())

    def muscles_of(self, root: str) -> tuple[str, ...]:
        """The muscles that a root serves, in the order of the table."""
        return tuple(muscle for muscle, roots in self.muscles.items() if root in roots)

    def sites_of(self, root: str) -> tuple[str, ...]:
        return tuple(site for site, roots in self.sites.items() if root in roots)

    def reflexes_of(self, root: str) -> tuple[str, ...]:
        return tuple(reflex for reflex, roots in self.reflexes.items() if root in roots)

    def limb_of_site(self, site: str) -> str | None:
        """arm, leg or trunk for a site of the body; None where it is not known."""
        named = next((limb for limb, sites in self.limb_sites.items() if site in sites), None)
        roots = self.sites.get(site)
        return named or (self.limb_of(roots[0]) if roots else None)

    def limb_of(self, root: str) -> str:
        """arm, leg or trunk."""
        return next((limb for limb, roots in self.limbs.items() if root in roots), "trunk")


def neighbours(level: str) -> tuple[str, ...]:
    """The segments next above and below."""
    if level not in levels.SEGMENTS:
        return ()
    at = levels.SEGMENTS.index(level)
    return levels.SEGMENTS[max(at - 1, 0) : at] + levels.SEGMENTS[at + 1 : at + 2]


def sorted_levels(found: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Levels from above to below, each once."""
    return tuple(sorted(dict.fromkeys(found), key=lambda level: (levels.order(level), level)))


def _tuples(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {str(name): tuple(roots) for name, roots in table.items()}
