"""A passage is quoted with the word that turns it: nobody reads "saddle numbness" where the chart denies it."""

from __future__ import annotations

from datetime import date

import pytest
from told import facts_in_documents

from necessity.facts.readers import READERS


def quotes(text: str) -> list[str]:
    facts = facts_in_documents([(text, date(2026, 1, 20))], *READERS)
    return [passage.quote for fact in facts for passage in fact.evidence]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("ROS: No saddle numbness.", "No saddle numbness"),
        ("ROS: Denies leg weakness, saddle numbness or urinary retention.", "Denies leg weakness, saddle numbness"),
        ("HPI: She has not noticed any saddle numbness.", "not noticed any saddle numbness"),
        ("Exam: No clonus. Hoffmann negative.", "No clonus"),
        ("Exam: Clonus absent bilaterally.", "Clonus absent"),
    ],
)
def test_a_denial_is_quoted_with_its_cue(text: str, quote: str) -> None:
    assert any(found.startswith(quote) for found in quotes(text)), quotes(text)


def test_what_no_cue_governs_is_quoted_as_it_was_read() -> None:
    assert any(found == "saddle numbness" for found in quotes("HPI: Reports saddle numbness since Monday."))


def test_a_denial_after_but_does_not_reach_back() -> None:
    found = quotes("HPI: Saddle numbness since Monday but no leg weakness.")
    assert not any("but" in quote for quote in found)


def test_widened_quotes_are_the_text_behind_their_spans() -> None:
    text = "HPI: Denies  leg weakness,\n  saddle numbness. No trouble with urination."
    for fact in facts_in_documents([(text, None)], *READERS):
        for passage in fact.evidence:
            assert text[passage.start : passage.end] == passage.quote
