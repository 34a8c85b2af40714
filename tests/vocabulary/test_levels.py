"""Spinal levels as they are written, and what they mean."""

from __future__ import annotations

import pytest

from necessity.vocabulary.levels import find_levels, normalise_level, order, region_of, vertebrae_of


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("l4-5", "L4-5"),
        ("l4/5 and l5-s1", "L4-5 L5-S1"),
        ("l4-l5", "L4-5"),
        ("l45", "L4-5"),
        ("l5s1", "L5-S1"),
        ("l5-1", "L5-S1"),
        ("t12/l1", "T12-L1"),
        ("c7/t1", "C7-T1"),
        ("l3 to s1", "L3-4 L4-5 L5-S1"),
        ("l3-s1", "L3-4 L4-5 L5-S1"),
        ("c4-c7", "C4-5 C5-6 C6-7"),
        ("l4-5-s1", "L4-5 L5-S1"),
        ("l1-2 to l3-4", "L1-2 L2-3 L3-4"),
        ("c5-6, 6-7", "C5-6 C6-7"),
        ("l4-5 4/5", "L4-5"),
    ],
)
def test_every_way_of_writing_a_level_is_one_level(text: str, segments: str) -> None:
    assert [name for mention in find_levels(text) for name in mention.segments] == segments.split()


@pytest.mark.parametrize(
    ("text", "bones"), [("l5 root", "L5"), ("l1 and t12", "L1 T12"), ("l4, l5 and s1", "L4 L5 S1"), ("c8", "C8")]
)
def test_a_bone_or_root_alone_is_no_disc(text: str, bones: str) -> None:
    (mention,) = find_levels(text)
    assert (mention.segments, mention.vertebrae) == ((), tuple(bones.split()))


@pytest.mark.parametrize("text", ["cn2-12", "4-5", "t2 hyperintensity of 4/5".replace("t2 ", ""), "legs"])
def test_what_is_no_level_is_not_read_as_one(text: str) -> None:
    assert find_levels(text) == []


def test_levels_are_ordered_from_above_and_know_their_region_and_bones() -> None:
    assert sorted(["L5-S1", "C7-T1", "T12-L1", "L4-5"], key=order) == ["C7-T1", "T12-L1", "L4-5", "L5-S1"]
    assert (region_of("C7-T1"), region_of("T12-L1"), region_of("L5-S1")) == ("cervical", "thoracic", "lumbar")
    assert vertebrae_of("L5-S1") == ("L5", "S1") and vertebrae_of("L4-5") == ("L4", "L5")


def test_one_written_level_is_normalised_and_several_are_not() -> None:
    assert normalise_level(" L4/L5 ") == "L4-5"
    assert normalise_level("L3-S1") is None
