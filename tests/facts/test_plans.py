"""How much of the facets a plan takes: wide, partial, preserved, or not told."""

from __future__ import annotations

import pytest
from told import facts_in

from necessity.facts import plans


def told(text: str) -> list[tuple[object, tuple[str, ...]]]:
    return [(fact.value, fact.levels) for fact in facts_in("PLAN:\n" + text, plans.read)]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("To decompress the cord we will need to take both facets at T9-10 and the left at T10-11.", ("T9-10",)),
        ("Complete facetectomy at L4-5 will be required to decompress the foramen.", ("L4-5",)),
        ("Decompression will require resection of more than 50% of the facet joints bilaterally at L4-5.", ("L4-5",)),
        ("Wide decompression with bilateral facetectomy at L3-4.", ("L3-4",)),
        ("More than half of the right facet must be removed to reach the foraminal disc.", ()),
        ("The facets will have to be sacrificed on both sides.", ()),
    ],
)
def test_both_facets_or_more_than_half_of_one_is_wide(text: str, levels: tuple[str, ...]):
    assert told(text) == [("wide", levels)]


@pytest.mark.parametrize("text", ["Laminectomy with medial facetectomy only.", "Bilateral medial facetectomies."])
def test_a_medial_facetectomy_is_partial(text: str):
    assert told(text) == [("partial", ())]


@pytest.mark.parametrize(
    "text",
    [
        "Undercutting of the facets, which are preserved.",
        "Facets will be preserved.",
        "Facet-sparing decompression.",
        "No facet resection planned.",
    ],
)
def test_facets_that_are_kept_are_preserved(text: str):
    assert told(text) == [("preserved", ())]


@pytest.mark.parametrize(
    "text",
    [
        "L5-S1 TLIF with left complete facetectomy for access.",
        "L4-5 TLIF through a left facetectomy.",
        "L5-S1 laminectomy, left facetectomy, and instrumented fusion.",
        "Bilateral facet arthropathy at L4-5.",
        "Facet injections both sides.",
    ],
)
def test_access_of_an_interbody_fusion_and_a_plain_facetectomy_tell_no_extent(text: str):
    assert told(text) == []
