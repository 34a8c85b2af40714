"""Questions asked more narrowly and more widely: what is so of young studies is so of studies of any age."""

from __future__ import annotations

from typing import Any

from necessity.proofs.failure import Key

# Params that only narrow a yes: what holds of fewer kinds or of younger studies holds of more kinds and of older ones.
_LISTS = ("of",)
_LIMITS = ("max_age_months", "cord_max_age_months")
_CONDITIONS = ("needs_stenosis", "detail")


def is_narrower(one: Key, other: Key) -> bool:
    """Whether a yes to the first is a yes to the second: the same question, each param the same or narrower."""
    narrow, wide = dict(one[1]), dict(other[1])
    return (
        one[0] == other[0]
        and one != other
        and all(_narrower(name, narrow.get(name), wide.get(name)) for name in (*narrow, *wide))
    )


def _narrower(name: str, narrow: Any, wide: Any) -> bool:
    if narrow == wide:
        return True
    if name in _LISTS:
        return wide is None or (narrow is not None and set(narrow) <= set(wide))
    if name in _LIMITS:
        return not wide or bool(narrow and narrow <= wide)
    return name in _CONDITIONS and bool(narrow) and not wide
