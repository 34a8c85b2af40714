from dataclasses import replace

import pytest
from report_examples import ALL, adverse, said

from necessity.reports.sections import outline_of
from necessity.reports.to_markdown import to_markdown


@pytest.mark.parametrize("name", ALL)
def test_every_section_has_its_heading(name):
    text = to_markdown(ALL[name]()).decode()
    headings = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert headings == [section.title for section in outline_of(ALL[name]()).sections]


def test_marks_in_a_chart_stay_words():
    answer = (said("answer", "# <b>L</b> *leg* [1](x) | `a` 5_6", "request"),)
    text = to_markdown(replace(adverse(), answer=answer)).decode()
    assert r"\# \<b\>L\</b\> \*leg\* \[1\](x) \| \`a\` 5\_6" in text


def test_quotations_are_block_quotes_with_their_place():
    assert "> “Began about ten days ago after a coughing fit” — d1 admission-hp.txt, page 1" in (
        to_markdown(adverse()).decode()
    )


def test_a_quotation_over_several_lines_stays_in_its_block_quote():
    document = adverse().chart.documents[0]
    start = document.text.index("Labs:")
    passage = document.evidence(start - 20, start + 20)
    answer = (said("answer", "A sentence.", "request", passage),)
    text = to_markdown(replace(adverse(), answer=answer)).decode()
    quoted = next(line for line in text.splitlines() if "Labs:" in line)
    assert quoted.startswith("> “") and "page 1" in quoted


def test_references_are_a_numbered_list():
    text = to_markdown(adverse()).decode()
    assert "\n1. Peul WC" in text and "\n2. Chou R" in text
