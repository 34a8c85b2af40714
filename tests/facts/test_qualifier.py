"""How statements are meant: each construct on which shipped clinical rules were seen to fail, in several wordings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from necessity.charts.document import Document
from necessity.charts.sections import Headings
from necessity.facts.reading import ReadDocument
from necessity.vocabulary.lexicon import Lexicon

WORDS = {
    "group": "t",
    "concepts": {
        "x": [
            "weakness",
            "numbness",
            "pain",
            "fever",
            "chills",
            "clonus",
            "bowel",
            "bladder",
            "straight leg raise",
            "saddle anesthesia",
            "stenosis",
            "herniation",
            "epidural injection(s)",
            "esi(s)",
            "infection",
            "dural tear",
            "foot drop",
            "physical therapy",
            "nsaid(s)",
            "imaging report",
            "office note",
            "tumor",
        ]
    },
}
FOLDER = Path(__file__).parents[2] / "library" / "vocabulary"
LEXICON = Lexicon([yaml.safe_load((FOLDER / "lexicon" / "cues.yaml").read_text()), WORDS])
HEADINGS = Headings(yaml.safe_load((FOLDER / "sections.yaml").read_text()))


def meant(text: str) -> list[tuple[str, str]]:
    """Each concept with how it is meant; `!` marks what is not said of the patient."""
    document = Document(id="d1", name="note", text=text, written=date(2026, 1, 23))
    found = []
    for sentence in ReadDocument(document, LEXICON, HEADINGS).sentences:
        for match in sentence.matches:
            qualifier = sentence.qualify(match.start, match.end)
            found.append(
                (sentence.text[match.start : match.end], "!" if qualifier.not_patient else qualifier.assertion.value)
            )
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Denies weakness, numbness, or fever.",
        "She denies any weakness, numbness or fever.",
        "No weakness, no numbness, no fever.",
        "There is no weakness, numbness or fever.",
        "Weakness - no; numbness - no; fever - none.",
        "Weakness: absent. Numbness: denies. Fever: none",
        "Neither weakness nor numbness. Negative for fever.",
        "Weakness, numbness and fever are absent.",
        "She has never had weakness, numbness or fever.",
        "Without weakness, numbness or fever.",
        "Weakness is not identified. Numbness was not present. Fever is denied.",
    ],
)
def test_what_is_ruled_out_in_words_is_absent(text: str) -> None:
    assert meant(text) == [("weakness", "absent"), ("numbness", "absent"), ("fever", "absent")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Denies weakness, numbness, or fever but reports pain.",
            [("weakness", "absent"), ("numbness", "absent"), ("fever", "absent"), ("pain", "present")],
        ),
        ("weakness - no; pain - yes", [("weakness", "absent"), ("pain", "present")]),
        ("No weakness, pain is 8/10.", [("weakness", "absent"), ("pain", "present")]),
        ("No numbness and pain is worse.", [("numbness", "absent"), ("pain", "present")]),
        (
            "No evidence of herniation except at L4-5, where there is stenosis.",
            [("herniation", "absent"), ("stenosis", "present")],
        ),
        ("straight leg raise negative bilaterally", [("straight leg raise", "absent")]),
        ("no improvement in his pain", [("pain", "present")]),
        ("no change in numbness", [("numbness", "present")]),
        ("Not only weakness but numbness", [("weakness", "present"), ("numbness", "present")]),
        (
            "Non-radiating pain, weakness and numbness.",
            [("pain", "present"), ("weakness", "present"), ("numbness", "present")],
        ),
        ("The films are negative for herniation.", [("herniation", "absent")]),
        ("No fever, consistent with stenosis.", [("fever", "absent"), ("stenosis", "present")]),
        ("MRI lumbar w/o: herniation, stenosis.", [("herniation", "present"), ("stenosis", "present")]),
        ("MRI w/o contrast shows herniation.", [("herniation", "present")]),
        (
            "Neither herniation nor infection, stenosis is mild.",
            [("herniation", "absent"), ("infection", "absent"), ("stenosis", "present")],
        ),
        ("Nor fever, pain.", [("fever", "absent"), ("pain", "present")]),
        (
            "Neither weakness, numbness nor fever.",
            [("weakness", "absent"), ("numbness", "absent"), ("fever", "absent")],
        ),
        ("Pain, 2 yrs, fever none.", [("pain", "present"), ("fever", "absent")]),
        ("Stenosis w/out herniation.", [("stenosis", "present"), ("herniation", "absent")]),
    ],
)
def test_negation_ends_where_its_clause_ends(text: str, expected: list[tuple[str, str]]) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NSAIDs were contraindicated.", "declined"),
        ("Physical therapy was offered but declined.", "declined"),
        ("will consider ESI", "planned"),
        ("Schedule for epidural injection.", "planned"),
        ("Recommended physical therapy.", "advised"),
        ("Encourage physical therapy.", "advised"),
        ("There was a suggestion that he has physical therapy.", "advised"),
        ("clonus not examined", "unexamined"),
        ("Straight leg raise was deferred.", "unexamined"),
        ("possible herniation", "possible"),
        ("rule out infection", "possible"),
        ("ESIs", "present"),
    ],
)
def test_plans_advice_refusals_and_gaps_are_told_apart(text: str, expected: str) -> None:
    assert [how for _, how in meant(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Risks including infection, dural tear and foot drop were discussed.",
        "Her mother has pain and stenosis.",
        "If weakness develops, call.",
        "[ ] imaging report",
        "Imaging report: ________",
        "FAMILY HISTORY: stenosis",
        "The risks of surgery were explained. This may result in weakness. It could require treatment of infection.",
    ],
)
def test_what_is_not_said_of_the_patient_is_no_finding(text: str) -> None:
    found = meant(text)
    assert found and {how for _, how in found} == {"!"}


def test_a_ticked_box_counts_and_an_empty_one_does_not() -> None:
    assert meant("[ ] imaging report  [X] office note") == [("imaging report", "!"), ("office note", "present")]


def test_a_relative_who_only_lives_with_the_patient_is_no_family_history() -> None:
    assert meant("Lives with mother and has pain.") == [("pain", "present")]


def test_in_a_list_of_plus_and_minus_each_minus_denies_its_own_item() -> None:
    assert meant("+ back pain, - weakness, - numbness") == [
        ("pain", "present"),
        ("weakness", "absent"),
        ("numbness", "absent"),
    ]


def test_a_noun_that_is_also_a_verb_ends_no_list() -> None:
    assert meant("Denies trauma, steroid use, weakness, numbness.")[-2:] == [
        ("weakness", "absent"),
        ("numbness", "absent"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("☑ Physical therapy  ☐ Epidural injection", [("physical therapy", "present"), ("epidural injection", "!")]),
        ("( ) bladder ( ) bowel - pt denies each", [("bladder", "absent"), ("bowel", "absent")]),
        ("☐ Epidural injection not done", [("epidural injection", "unexamined")]),
        ("[ ] no weakness", [("weakness", "!")]),
        ("Worst pain ........... leg 8", [("pain", "present")]),
        ("R/B/A d/w pt incl. foot drop, infection.", [("foot drop", "!"), ("infection", "!")]),
        ("She understands that infection and foot drop are possible.", [("infection", "!"), ("foot drop", "!")]),
    ],
)
def test_boxes_leader_dots_and_short_consent_talk(text: str, expected: list[tuple[str, str]]) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Correlate for numbness.", "!"),
        ("Clinical correlation with weakness is advised.", "!"),
        ("Without contrast I cannot differentiate scar from herniation.", "possible"),
        ("It is difficult to distinguish infection from edema.", "possible"),
    ],
)
def test_what_a_report_leaves_open_is_no_finding(text: str, expected: str) -> None:
    assert [how for _, how in meant(text)] == [expected]


@pytest.mark.parametrize(
    "text", ["No progression of weakness.", "No further worsening of the numbness.", "Without any increase in pain."]
)
def test_what_does_not_grow_is_still_there(text: str) -> None:
    assert [how for _, how in meant(text)] == ["present"]


@pytest.mark.parametrize("text", ["ROS neg numbness, fever.", "Negative fever, chills", "neg clonus, neg numbness"])
def test_negative_before_a_list_denies_it(text: str) -> None:
    assert {how for _, how in meant(text)} == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "Her husband had weakness for eight weeks.",
        "A neighbour went through numbness and weakness.",
        "A friend tried it for numbness.",
        "Your policy requires weakness.",
        "Requirement: numbness for 6 weeks.",
        "The insurance wants numbness for 6 weeks.",
        "The denial letter states that weakness is needed; she has had none of it.",
        "Copied from chart of MRN 1 (J. Doe): weakness.",
    ],
)
def test_what_another_person_had_or_a_payer_asks_for_is_not_the_patients(text: str) -> None:
    assert {how for _, how in meant(text)} == {"!"}


@pytest.mark.parametrize(
    "text",
    [
        "Her husband had to carry her because of weakness.",
        "Her husband reports weakness.",
        "Per medical policy, she has had weakness.",
    ],
)
def test_what_others_do_or_say_for_the_patient_stays_the_patients(text: str) -> None:
    assert {how for _, how in meant(text)} == {"present"}
