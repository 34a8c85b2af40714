"""Limits of daily life and disability scores as notes give them."""

from __future__ import annotations

import pytest
from told import facts_in

from necessity.facts.fact import Function
from necessity.facts.function import read


def limitation(text: str) -> set[str]:
    return {
        fact.assertion.value for fact in facts_in(text, read) if fact.concept == "limitation" and not fact.historical
    }


def scores(text: str, concept: str) -> list[float | None]:
    return [
        fact.value
        for fact in facts_in(text, read)
        if isinstance(fact, Function) and fact.concept == concept and fact.present
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Cannot stand more than 10 minutes.",
        "Off work since November.",
        "Sleeps in a recliner.",
        "He has difficulty walking.",
        "She is unable to work.",
        "The pain limits his daily activities.",
        "Pain interferes with sleep.",
        "Wakes at night from the pain.",
        "Uses a walker.",
        "Walks with a cane.",
        "Can only walk one block.",
        "Missing 2-3 days of work a month.",
        "On light duty because of the leg.",
        "Impaired sleep.",
        "Pain keeps him up at night.",
        "Gave up golf.",
        "She has stopped gardening.",
        "Needs help with dressing.",
        "Trouble sleeping.",
        "It is very difficult to use his mouse and type.",
        "His activities of daily living are severely limited.",
        "Standing tolerance 5 minutes.",
        "She can no longer do housework.",
        "Unable to sit through a meal.",
        "Hard to get dressed.",
        "Her activity level has been significantly restricted.",
    ],
)
def test_limits_of_daily_life(text: str) -> None:
    assert limitation(text) == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "He works full duty without restrictions.",
        "No difficulty with walking or stairs.",
        "The pain does not interfere with his work.",
        "He is able to do all his normal activities.",
        "No functional limitations.",
        "Able to perform all activities of daily living.",
    ],
)
def test_daily_life_said_to_be_unlimited(text: str) -> None:
    assert limitation(text) == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: No lifting over 10 lb, light duty for six weeks.",
        "Range of motion is limited by pain.",
        "EXAM: Lumbar flexion limited.",
        "No difficulty with bowel or bladder function.",
        "Study limited by motion.",
        "He walks to work.",
        "Retired teacher, lives with wife.",
        "He was told to avoid bending and lifting.",
        "FAMILY HISTORY: Father uses a walker.",
        "Goals: return to work, walk a mile.",
    ],
)
def test_orders_examinations_and_habits_say_nothing_of_limits(text: str) -> None:
    assert not limitation(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ODI today 48%.", 48),
        ("Oswestry 52% -> 46%.", 46),
        ("ODI 22/50 = 44%.", 44),
        ("Oswestry Disability Index: 42 percent.", 42),
        ("ODI 21/50.", 42),
        ("Oswestry 56 at SOC, 54 at d/c.", 54),
        ("mod ODI 44% -> 42%.", 42),
        ("ODI (01/05/2026): 38%", 38),
        ("ODI score of 36.", 36),
    ],
)
def test_oswestry_index(text: str, value: float) -> None:
    assert scores(text, "odi") == [value]


def test_other_disability_scores() -> None:
    assert scores("NDI 18/50.", "ndi") == [36]
    assert scores("mJOA 13.", "mjoa") == [13]
    assert scores("mJOA 14/18.", "mjoa") == [14]
    assert scores("Roland-Morris 15/24.", "rmdq") == [15]


@pytest.mark.parametrize(
    "text", ["ODI not done.", "Oswestry to be completed next visit.", "ODI was discussed on 10/12."]
)
def test_a_score_without_a_number_is_none(text: str) -> None:
    assert not scores(text, "odi")


@pytest.mark.parametrize(
    "text",
    [
        "She has given up gardening and no longer drives because of her back.",
        "Sleeps in the recliner since it started.",
        "Can stand for 10 minutes at the stove, then has to sit.",
        "Off work since March 3 because of leg pain.",
        "He is on light duty at the warehouse.",
        "Wakes at 3 every night with the leg.",
        "Husband now does the laundry and puts on her socks.",
        "Uses the cart at Walmart to get around.",
        "Walking tolerance 1 block.",
        "Sitting tolerance: 15 min",
        "Has missed 6 shifts.",
        "I can't pick up my grandson any more.",
        "Quit bowling league last fall on account of the leg.",
        "Sold his motorcycle as he cannot sit on it.",
        "Needs help with shoes and bathing.",
        "Sits out church services in the lobby.",
        "Has had to stop coaching.",
        "ADLs: needs assist w/ lower body dressing",
        "Unable to tolerate sitting through a movie.",
        "Only manages half a flight of stairs.",
        "Lies on the floor to get through the afternoon.",
        "Struggles to get out of a chair.",
        "Sleep is interrupted 4-5x/night.",
        "Has not played golf since June.",
        "Modified duty, no lifting over 10 lb.",
        "Trouble sleeping and getting dressed.",
        "Function: work modified; sleep poor; walking 2 blocks.",
        "Pt. c/o inability to stand long enough to cook.",
        "She used to walk three miles a day and now manages one lap of the garden.",
        "He hasn't been able to ride his bike.",
        "Trimmed her hours at the shop to half days.",
        "Can only drive 20 minutes before pulling over.",
        "My wife ties my shoes.",
        "Ambulates with a cane since the pain began.",
        "Housework has become impossible.",
        "Pain interferes with work and sleep.",
        "Hates standing at the sink, and has handed her solo parts to someone else.",
        "Takes him twice as long to clean a floor.",
        "On 4 hr shifts.",
        "Ten minutes at the sink is her limit.",
        "She had to leave her post at the bakery in May because of the leg.",
        "Is up most of the night with it.",
        "Requires a stool to wash dishes.",
        "Not driving.",
        "He leans on the counter to brush his teeth.",
        "Limits: standing at the register, gardening.",
        "What can you not do?  Stairs with laundry.",
        "Walks the dog half a block.",
        "Manages perhaps four hours of sleep.",
    ],
)
def test_what_is_given_up_shortened_or_left_to_others_is_a_limit(text: str) -> None:
    assert limitation(f"HISTORY: {text}") == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "Working full duty without restrictions.",
        "Independent in all ADLs without difficulty.",
        "No limits on her activities.",
        "Denies any functional limitation.",
        "She sleeps well, works full time and walks her dog 3 miles daily without difficulty.",
    ],
)
def test_a_life_told_to_go_on_as_ever_is_unlimited(text: str) -> None:
    assert limitation(f"HISTORY: {text}") == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "He works as an electrician.",
        "Avoid heavy lifting for six weeks after surgery.",
        "Patient may return to work in 4 weeks.",
        "She was able to walk 300 feet with therapy on postoperative day 1.",
        "He quit smoking 5 years ago.",
        "Therapy was stopped after 4 visits because of no benefit.",
        "Retired teacher. Lives with husband who is supportive.",
        "He no longer takes gabapentin.",
        "Call the office if you cannot walk or control your bladder.",
        "Physical therapy goals: return to gardening and golf.",
        "The left foot cannot be lifted against gravity.",
        "No sleep apnea.",
        "Her daughter has to leave for work.",
        "Naproxen was stopped for her stomach.",
    ],
)
def test_treatment_habits_and_warnings_are_no_limits(text: str) -> None:
    assert not limitation(f"HISTORY: {text}")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ODI eval 58  /  DC 54", 54),
        ("ODI 56 / 50. D/C plateau.", 50),
        ("The ODI in the office in January was 54.", 54),
        ("He completed an Oswestry questionnaire with the interpreter's assistance and scored 52%.", 52),
        ("Oswestry 28% (was 56%).", 28),
        ("ODI 48% (previously 62%).", 48),
        ("ODI pre 56 post 42.", 42),
        ("Oswestry Disability Questionnaire 21 of 50.", 42),
    ],
)
def test_the_last_score_of_several(text: str, value: float) -> None:
    assert scores(text, "odi") == [value]


def test_a_goal_is_no_score() -> None:
    assert scores("Goals: 6MWT > 900 ft; ODI < 30%; shop without the cart.", "odi") == []


@pytest.mark.parametrize(
    "text",
    [
        "Intubating is difficult since looking up sets it off.",
        "Getting out of the car is a production.",
        "Typing has become close to impossible for him.",
        "She has moved her bed down to the den.",
        "He looks for a bench after a block.",
        "It is the leg that put her out of nursing.",
        "He has been off the roof since.",
        "She is walking slower for this reason.",
    ],
)
def test_limits_told_by_what_became_hard(text: str) -> None:
    assert limitation(f"HISTORY: {text}") == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "When I saw him he could not heel walk on the left.",
        "Without surgery she would in all likelihood not walk.",
        "She fell from her wheelchair six weeks ago.",
        "She attended therapy four days a week.",
        "There is no sleep loss.",
        "A fragment had broken away and come to rest behind L5.",
    ],
)
def test_tests_suppositions_and_other_words_are_no_limit(text: str) -> None:
    assert limitation(f"HISTORY: {text}") == set()
