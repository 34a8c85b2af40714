"""Age, sex, body mass index, tobacco and other illnesses as notes give them."""

from __future__ import annotations

import pytest
from told import facts_in

from necessity.facts.fact import PatientFact
from necessity.facts.patient import read


def values(text: str, concept: str) -> list[str | float]:
    return [
        fact.value
        for fact in facts_in(text, read)
        if isinstance(fact, PatientFact) and fact.concept == concept and fact.present
    ]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("61F with back pain.", 61),
        ("39 yo M, s/p discectomy.", 39),
        ("This 75y/o RHM presented with LBP.", 75),
        ("56 y.o. male truck dispatcher.", 56),
        ("A 44-year-old right-handed woman.", 44),
        ("35 y F with leg pain.", 35),
        ("Mr. W is a 62 year old contractor.", 62),
        ("Ms. T., 50, accountant, presents with neck pain.", 50),
        ("She is fifty two and has a disc herniation.", 52),
        ("Age: 39  Sex: M", 39),
        ("HPI: 57M machinist.", 57),
        ("The patient is a sixty-three-year-old gentleman.", 63),
        ("70 yr old female.", 70),
        ("A 29 year-old barista.", 29),
        ("66yo F here for follow up.", 66),
        ("Patient is a 41yr old man.", 41),
        ("Demographics: 49 / M / electrician", 49),
        ("F, 52", 52),
        ("PM&R | 11/10/2025 | M, 59, crossing guard", 59),
        ("I am 44 and I have had leg pain for 3 weeks.", 44),
        ("The patient is a right-handed manager, age 49.", 49),
        ("Mrs. Haddad-Norwood, 53, is known to me from an earlier operation.", 53),
        ("INDICATIONS: Mrs. Oyelaran is 63.", 63),
        ("She works the counter at the clerk's office. She is 54. She has leg pain.", 54),
        ("As you know he is a retired machinist, 69 now, who has lost the use of his hands.", 69),
        ("I found a healthy looking woman of 60.", 60),
        ("The examinee, age 37, states that he was lifting.", 37),
        ("Name: Thorvald, Ingrid M   age 67   F   BMI 33.4", 67),
        ("Informed consent was obtained from this 79-year-old female after the risks were explained.", 79),
        ("DOB 03/14/1966  Exam: 09/02/2025", 59),
        ("Dictated 25/03/2025\nRe: Mr Colm Nash, d.o.b. 02/07/1978\nPower is full.", 46),
        ("Date of visit: 3 June 2025\nDate of birth: 12 Jul 1950", 74),
    ],
)
def test_age(text: str, age: float) -> None:
    assert values(text, "age") == [age]


@pytest.mark.parametrize(
    "text",
    [
        "FAMILY HISTORY: Father died at 58 years of age.",
        "Her mother is a 70-year-old woman.",
        "20 year history of back pain.",
        "Pain for 12 years.",
        "Hysterectomy at age 40.",
        "His 12 year old son drove him.",
    ],
)
def test_other_years_are_no_age(text: str) -> None:
    assert not values(text, "age")


@pytest.mark.parametrize(
    "text",
    [
        "MR CERVICAL SPINE WITHOUT CONTRAST. Compared with the MR of last year.",
        "The MR shows a protrusion at L4-5.",
        "MR C SPINE, motion degraded.",
        "MR total spine: no compression.",
    ],
)
def test_magnetic_resonance_is_no_man(text: str) -> None:
    assert not values(text, "sex")


def test_letters_of_sex_in_a_text_without_capitals() -> None:
    assert values("emp: g-w, desmond   41 y m   concrete finisher", "sex") == ["male"]


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("61F with back pain.", "female"),
        ("39 yo M with leg pain.", "male"),
        ("Mr. Smith returns.", "male"),
        ("This pleasant lady has neck pain.", "female"),
        ("A 45-year-old gentleman.", "male"),
        ("Sex: F", "female"),
        ("The patient was rolled prone. He was taken to recovery; his legs moved.", "male"),
        ("She states that her leg hurts. Dr. Jones saw her and he agreed.", "female"),
        ("This 46 y/o RHF presented with neck pain.", "female"),
        ("Ms. K complains of pain.", "female"),
    ],
)
def test_sex(text: str, sex: str) -> None:
    assert values(text, "sex") == [sex]


@pytest.mark.parametrize(
    "text",
    [
        "Patient seen. Her mother says his brother did well.",
        "Dr. Smith said he would call.",
        "L4-5 disc protrusion. M51.26.",
    ],
)
def test_words_of_others_give_no_sex(text: str) -> None:
    assert not values(text, "sex")


@pytest.mark.parametrize(
    ("text", "bmi"),
    [
        ("BMI 29.4", 29.4),
        ("BP 118/70, BMI: 34.5 kg/m2.", 34.5),
        ("Body mass index of 31.", 31),
        ("Exam: 5'4\" 201 lb.", 34.5),
        ("Ht 5'11\" Wt 190.", 26.5),
        ("His height is 5 feet 7 inches and weight of 125 pounds.", 19.6),
        ("He is 6 feet in height, weighs 255 pounds.", 34.6),
        ("Height 170 cm, weight 80 kg.", 27.7),
        ("Height: 65 inches. Weight: 148 lbs.", 24.6),
    ],
)
def test_body_mass_index(text: str, bmi: float) -> None:
    (found,) = values(text, "bmi")
    assert found == pytest.approx(bmi, rel=0.01)


@pytest.mark.parametrize(
    "text", ["Weight 172.", "No lifting over 10 lb. Walks 6 feet.", "Lost 6 lb. 5'10\".", "BMI target 25th percentile"]
)
def test_half_a_measurement_gives_no_index(text: str) -> None:
    assert not values(text, "bmi")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SH: former smoker, quit 2019, 30 pk yr.", "former"),
        ("Smoking: never.", "never"),
        ("TOBACCO: Never.", "never"),
        ("Denies tobacco.", "never"),
        ("SOCIAL HISTORY: Current smoking. Lives alone.", "current"),
        ("Quit smoking in 2015.", "former"),
        ("Does not smoke.", "never"),
        ("He does not smoke, drink, or use drugs.", "never"),
        ("Nonsmoker.", "never"),
        ("Smokes 1 ppd.", "current"),
        ("SHX: 1-2 ppd cigarettes. Married.", "current"),
        ("Tobacco: former, quit 2012.", "former"),
        ("Ex smoker 25 pk yrs, stopped 2009.", "former"),
        ("Still smoking 1/2 ppd.", "current"),
        ("She smokes half a pack per day.", "current"),
        ("SH: vapes nicotine occasionally, denies cigarettes.", "current"),
        ("Quit chewing tobacco 2015, never smoked.", "former"),
        ("He denies smoking at this time.", "former"),
        ("No tobacco use.", "never"),
        ("Tobacco use: none.", "never"),
        ("He has not quit smoking.", "current"),
        ("Negative for tobacco.", "never"),
        ("SOC: Quit smoking 1998. Widower.", "former"),
        ("Smokes 5 cig/d.", "current"),
        ("Smoker, 20 pack-years.", "current"),
        ("Remote tobacco use.", "former"),
        ("Never smoker, no EtOH.", "never"),
        ("Has a 40 pack-year smoking history but quit 3 years ago.", "former"),
        ("Tobacco dependence.", "current"),
        ("The patient is a smoker.", "current"),
        ("No history of smoking.", "never"),
    ],
)
def test_tobacco(text: str, status: str) -> None:
    assert values(text, "tobacco") == [status]


@pytest.mark.parametrize(
    "text",
    [
        "FAMILY HISTORY: Father was a smoker.",
        "Husband smokes.",
        "Smoking increases the risk of nonunion.",
        "Quit drinking in 2010.",
        "Quit his job.",
        "There is a smoke detector at home.",
    ],
)
def test_other_words_of_smoke_say_nothing_of_the_patient(text: str) -> None:
    assert not values(text, "tobacco")


@pytest.mark.parametrize(
    "text", ["Advised to quit smoking.", "Smoking cessation was discussed.", "Counseled on smoking."]
)
def test_advice_to_stop_is_kept(text: str) -> None:
    assert values(text, "tobacco_advice") == ["advised"]


def test_other_illnesses_are_kept_and_denied_ones_are_not() -> None:
    assert values("PMH: HTN, COPD, sleep apnea. No diabetes.", "comorbidity") == ["hypertension", "copd", "sleep_apnea"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Do you smoke?  No, never", "never"),
        ("TOBACCO: ( ) now ( ) past (x) never", "never"),
        ("Does not smoke, gave it up at thirty.", "former"),
        ("Quit Marlboros in 2019.", "former"),
        ("Quit dipping in 2020.", "former"),
        ("Smoked until 2010.", "former"),
    ],
)
def test_tobacco_on_forms_and_in_plain_words(text: str, status: str) -> None:
    assert values(text, "tobacco") == [status]


@pytest.mark.parametrize(
    ("text", "density"),
    [
        ("DEXA: T-score -1.8.", [-1.8]),
        ("T score of -2.7 at the hip", [-2.7]),
        ("Lowest T-score at the femoral neck was minus 2.5.", [-2.5]),
        ("DEXA: T-score (L-spine) +0.3.", [0.3]),
        ("T-scores: hip -1.2, spine -2.6", [-1.2, -2.6]),
        ("Normal bone mineral density.", ["normal"]),
        ("DXA was within normal limits.", ["normal"]),
        ("Bone density is not normal.", []),
        ("Mother had a T-score of -3.", []),
    ],
)
def test_bone_density_is_read_as_a_score_or_in_words(text: str, density: list[float | str]) -> None:
    assert values(text, "bone_density") == density


def test_osteopenia_is_no_osteoporosis() -> None:
    assert values("PMH: osteopenia.", "comorbidity") == ["osteopenia"]
    assert values("PMH: osteoporosis.", "comorbidity") == ["osteoporosis"]


@pytest.mark.parametrize(
    ("text", "bmi"),
    [
        ("PHYSICAL: HT 6-0, WT 220.", 29.8),
        ("He has lost 40 pounds and his body mass index is now 30.1.", 30.1),
        ("Ht today 61.5 in (says she was 64 in at age 25)    Wt 118 lb", 21.9),
        ("Ht 5-5 Wt 140.", 23.3),
        ("172cm/80kg", 27.0),
        ("Ht 172 Wt 80", 27.0),
        ("VITALS: 6'1\", 245", 32.3),
    ],
)
def test_body_mass_index_of_bare_heights_and_weights(text: str, bmi: float) -> None:
    assert values(text, "bmi") == [bmi]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Family hx: father MI. Smokes 1/2 ppd. Works nights.", "current"),
        ("SH: machinist. Chews.", "current"),
        ("SOCIAL HISTORY: tobacco: copenhagen can a day, counseled.", "current"),
        ("Smoking again, maybe 6 a day.", "current"),
        ("He has smoked about ten cigarettes daily.", "current"),
        ("Tob: cigars on occasion.", "current"),
        ("Never smk.", "never"),
        ("Ever smoked: N. Alcohol daily: N. Fosamax 2020 to 2023, stopped for reflux.", "never"),
    ],
)
def test_tobacco_in_short_words(text: str, status: str) -> None:
    assert values(text, "tobacco") == [status]


def test_an_order_to_quit_is_no_end_of_smoking() -> None:
    assert values("PLAN: quit smoking!! use the stimulator.", "tobacco") == []
