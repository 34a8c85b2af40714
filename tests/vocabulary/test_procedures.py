from pathlib import Path

import pytest
import yaml

from necessity.vocabulary.procedures import Procedures

DATA = yaml.safe_load(
    (Path(__file__).parents[2] / "library" / "vocabulary" / "procedures.yaml").read_text(encoding="utf-8")
)
PROCEDURES = Procedures.from_mapping(DATA)


def test_a_code_is_found_with_its_modifier():
    assert PROCEDURES.code("63030-LT") == PROCEDURES.code("63030")
    assert PROCEDURES.code("64493-50").image_guidance is True
    assert PROCEDURES.code("99213") is None


def test_implants_ask_for_nothing_of_their_own():
    assert PROCEDURES.asked_by(["22551", "22845", "22853"]) == ("discectomy", "fusion")
    assert PROCEDURES.code("22845").supports == "fusion"


def test_an_added_level_names_the_code_it_is_added_to():
    assert "63030" in PROCEDURES.code("63035").add_on_to


def test_codes_imply_revision_region_and_target():
    assert PROCEDURES.implies_revision(["63042"])
    assert not PROCEDURES.implies_revision(["63030"])
    assert PROCEDURES.region_of(["63030", "63035"]) == "lumbar"
    assert PROCEDURES.region_of(["63030", "22551"]) is None
    assert PROCEDURES.target_of(["63047", "22612"]) == "stenosis"
    assert PROCEDURES.target_of(["63030", "63047"]) is None


def test_front_and_back_by_code():
    assert PROCEDURES.approaches(["22558", "22840"]) == ("anterior", "posterior")


@pytest.mark.parametrize(
    ("code", "concept", "target"),
    [
        ("M51.16", "disc_with_radiculopathy", "disc"),
        ("M5116", "disc_with_radiculopathy", "disc"),
        ("M48.062", "stenosis", "stenosis"),
        ("M48.56XA", "spine_fracture", None),
        ("M80.08XA", "osteoporotic_fracture", None),
        ("C79.51", "spine_tumor", None),
        ("M54.16", "radiculopathy", None),
    ],
)
def test_groups_of_diagnosis_codes(code, concept, target):
    found = PROCEDURES.diagnosis(code)
    assert (found.concept, found.target) == (concept, target)


def test_a_diagnosis_beyond_the_spine_is_none():
    assert PROCEDURES.diagnosis("J20.9") is None


def test_labels_families_and_places():
    assert PROCEDURES.label("epidural_injection") == "epidural injection"
    assert PROCEDURES.family("laminectomy") == "decompression"
    assert PROCEDURES.place("vertebral_augmentation") == "vertebra"
    assert PROCEDURES.family("never_heard_of") == "other_spine"


def test_a_code_for_an_unknown_procedure_is_refused_by_number():
    with pytest.raises(ValueError, match="63030"):
        Procedures.from_mapping({**DATA, "cpt": {"63030": {"procedures": ["magic"]}}})


def test_every_added_level_belongs_to_a_code_of_the_table():
    for code in PROCEDURES.codes.values():
        assert all(base in PROCEDURES.codes for base in code.add_on_to), code.number
