from pathlib import Path

import pytest
import yaml

from necessity.vocabulary.anatomy import ROOTS, Anatomy, Content, neighbours, sorted_levels
from necessity.vocabulary.levels import SEGMENTS

FILE = Path(__file__).parents[2] / "library" / "vocabulary" / "anatomy.yaml"
DATA = yaml.safe_load(FILE.read_text(encoding="utf-8"))
ANATOMY = Anatomy.from_mapping(DATA)


@pytest.mark.parametrize(
    ("level", "exiting", "traversing"),
    [
        ("L4-5", "L4", "L5"),
        ("L5-S1", "L5", "S1"),
        ("L2-3", "L2", "L3"),
        ("C5-6", "C6", "C6"),
        ("C7-T1", "C8", "C8"),
        ("T9-10", "T9", "T10"),
    ],
)
def test_the_roots_of_a_level(level, exiting, traversing):
    assert (ANATOMY.exiting(level), ANATOMY.traversing(level)) == (exiting, traversing)


@pytest.mark.parametrize(
    ("zone", "roots"),
    [
        ("foramen", ("L4",)),
        ("far_lateral", ("L4",)),
        ("lateral_recess", ("L5",)),
        ("paracentral", ("L5",)),
        (None, ("L4", "L5")),
        ("canal", ("L5", "S1", "S2", "S3", "S4", "S5")),
    ],
)
def test_the_zone_tells_which_root_is_met(zone, roots):
    assert ANATOMY.roots_at("L4-5", zone) == roots


def test_at_the_conus_every_zone_leaves_the_root_open():
    assert "L1" in ANATOMY.roots_at("T12-L1", "foramen")
    assert "S1" in ANATOMY.roots_at("T12-L1", "foramen")


def test_a_vertebra_alone_meets_no_root():
    assert ANATOMY.roots_at("L3") == ()


@pytest.mark.parametrize(
    ("level", "content"),
    [
        ("C5-6", Content.CORD),
        ("T10-11", Content.CORD),
        ("T11-12", Content.CONUS),
        ("L1-2", Content.CONUS),
        ("L2-3", Content.CAUDA),
        ("L5-S1", Content.CAUDA),
    ],
)
def test_cord_conus_and_cauda_by_level(level, content):
    assert ANATOMY.content_of(level) is content


def test_muscles_reflexes_and_sites_know_their_roots():
    assert "L5" in ANATOMY.roots_of("extensor_hallucis_longus")
    assert ANATOMY.roots_of_reflex("achilles")[0] == "S1"
    assert ANATOMY.roots_of_reflex("biceps") == ("C5", "C6")
    assert ANATOMY.roots_of_site("groin")[0] == "L1"
    assert ANATOMY.roots_of("no_such_muscle") == ()


def test_roots_know_what_they_serve():
    assert "gastrocnemius" in ANATOMY.muscles_of("S1")
    assert "little_toe" in ANATOMY.sites_of("S1")
    assert "achilles" in ANATOMY.reflexes_of("S1")


def test_limbs_of_roots_and_sites():
    assert ANATOMY.limb_of("C6") == "arm"
    assert ANATOMY.limb_of("T9") == "trunk"
    assert ANATOMY.limb_of_site("leg") == "leg"
    assert ANATOMY.limb_of_site("thumb") == "arm"
    assert ANATOMY.limb_of_site("nowhere") is None


def test_every_level_of_the_spine_meets_a_root_that_exists():
    for level in SEGMENTS:
        assert set(ANATOMY.roots_at(level, "canal")) <= set(ROOTS), level
        assert ANATOMY.exiting(level) in ROOTS, level


def test_a_root_that_does_not_exist_is_refused_by_name():
    with pytest.raises(ValueError, match="muscles.deltoid"):
        Anatomy.from_mapping({**DATA, "muscles": {"deltoid": ["C9"]}})


def test_neighbours_and_order():
    assert neighbours("C5-6") == ("C4-5", "C6-7")
    assert neighbours("L5-S1") == ("L4-5",)
    assert sorted_levels(["L5-S1", "T12-L1", "L4-5", "L4-5"]) == ("T12-L1", "L4-5", "L5-S1")


def test_the_table_says_where_it_comes_from():
    assert DATA["source"]
