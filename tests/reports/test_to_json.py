import hashlib
import json
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from pydantic import TypeAdapter
from report_examples import ALL, adverse, split, urgent

from necessity.charts.chart import Chart
from necessity.charts.document import Document
from necessity.reports import contract
from necessity.reports.to_json import to_json, to_json_line, to_object

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "determination.schema.json"
NAMED_KEYS = [
    "schema",
    "as_of",
    "engine",
    "digest",
    "documents",
    "request",
    "policy",
    "outcome",
    "basis",
    "split",
    "urgent",
    "urgent_reasons",
    "lines",
    "findings",
    "waivers",
    "level_of_care",
    "deficiencies",
    "fixes",
    "earliest_date",
    "conflicts",
    "alternatives",
    "references",
]


def test_the_named_keys_stand_in_their_published_order():
    keys = [key for key in json.loads(to_json(adverse())) if key in NAMED_KEYS]
    assert keys == NAMED_KEYS


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("documents", {"id", "name", "sha256", "characters", "pages"}),
        ("lines", {"id", "procedure", "cpt", "level", "side", "policy", "outcome", "findings"}),
        ("findings", {"criterion", "category", "title", "status", "waived_by", "reason", "evidence", "sought"}),
        ("findings", {"cites"}),
        ("waivers", {"id", "status", "evidence"}),
        ("deficiencies", {"criterion", "category", "status", "reason", "ask"}),
        ("conflicts", {"about", "statements"}),
        ("alternatives", {"request", "outcome", "why"}),
        ("references", {"id", "citation"}),
    ],
)
def test_the_parts_have_the_keys_of_the_contract(where, named):
    assert named <= set(json.loads(to_json(adverse()))[where][0])


def test_the_case_id_and_the_policy_are_there():
    written = json.loads(to_json(adverse()))
    assert written["case"] == "seed-t12l1-days"
    assert {"id", "pack", "version", "effective", "sha256"} <= set(written["policy"])
    assert written["request"]["source"] == "given"


def test_each_line_names_its_own_policy():
    policies = [line["policy"]["id"] for line in json.loads(to_json(split()))["lines"]]
    assert policies == ["lumbar-decompression", "lumbar-fusion"]


def test_the_digest_is_that_of_everything_else():
    written = orjson.loads(to_json(adverse()))
    digest = written.pop("digest")
    assert digest == hashlib.sha256(orjson.dumps(written, option=orjson.OPT_SORT_KEYS)).hexdigest()


def test_the_digest_follows_the_content():
    assert to_object(adverse())["digest"] != to_object(replace(adverse(), urgent=True))["digest"]


def test_every_quotation_is_the_text_at_its_place():
    for make in ALL.values():
        texts = {document.id: document.text for document in make().chart.documents}
        for evidence in _all_evidence(json.loads(to_json(make()))):
            assert texts[evidence["document"]][evidence["start"] : evidence["end"]] == evidence["quote"]


def _all_evidence(value):
    if isinstance(value, dict):
        found = [value] if "quote" in value else []
        return found + [one for part in value.values() for one in _all_evidence(part)]
    return [one for part in value for one in _all_evidence(part)] if isinstance(value, list) else []


def test_the_same_determination_gives_the_same_bytes():
    assert to_json(adverse()) == to_json(adverse.__wrapped__())


def test_a_line_of_a_batch_is_one_line_with_the_same_content():
    line = to_json_line(urgent())
    assert line.count(b"\n") == 1 and line.endswith(b"\n")
    assert json.loads(line) == json.loads(to_json(urgent()))


@pytest.mark.parametrize("name", ALL)
def test_what_is_written_is_valid_by_the_published_types(name):
    adapter = TypeAdapter(contract.DeterminationJson)
    adapter.validate_json(to_json(ALL[name]()), strict=True)


@pytest.mark.parametrize("name", ALL)
def test_what_is_written_is_valid_by_the_published_schema(name):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(json.loads(to_json(ALL[name]())))


def test_the_published_schema_is_up_to_date():
    assert json.loads(SCHEMA.read_text()) == contract.json_schema()


def test_a_file_name_that_is_no_valid_unicode_can_still_be_written():
    document = Document(id="d1", name="scan\udcff.txt", text="Left leg pain.")
    determination = replace(adverse(), chart=Chart(documents=(document,)))
    assert json.loads(to_json(determination))["documents"][0]["name"] == "scan\udcff.txt"
