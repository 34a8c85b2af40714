"""The command line as its users meet it: what goes in, what comes out, and with which status."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from necessity.cli import main

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "t12-l1-days"
CASE = ROOT / "tests" / "data" / "cases" / "seed-t12l1-days.yaml"
NOTE = "Date of visit: 01/20/2026\nLeft leg pain to the foot for eight weeks. MRI 01/05/2026: L4-5 extrusion.\n"


@dataclass(frozen=True)
class Done:
    """What a call left behind."""

    returncode: int
    stdout: bytes
    stderr: bytes


Run = Callable[..., Done]
Reviewed = Callable[..., dict[str, Any]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls the command within this process, so that the library is opened once."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        output = capfdbinary.readouterr()
        return Done(int(left.value.code or 0), output.out, output.err)

    return call


@pytest.fixture
def reviewed(run: Run) -> Reviewed:
    """The determination of a review that goes through."""

    def call(*arguments: str | Path) -> dict[str, Any]:
        done = run("review", *arguments, "--format", "json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return call


def in_a_process_of_its_own(*arguments: str | Path, seed: str) -> bytes:
    command = [sys.executable, "-m", "necessity", *map(str, arguments)]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.run(command, capture_output=True, check=True, env=environment).stdout


def rows_of(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    folder = tmp_path / "chart"
    folder.mkdir()
    (folder / "visit.txt").write_text(NOTE, "utf-8")
    (folder / "request.yaml").write_text("{procedures: [discectomy], levels: [L4-5], side: left}", "utf-8")
    return folder


def test_the_sample_is_reviewed_with_exact_evidence(run: Run, reviewed: Reviewed):
    found = reviewed(SAMPLE)
    assert found["schema"] == "necessity.determination/1"
    texts = {d["id"]: d["text"] for d in json.loads(run("facts", SAMPLE, "--format", "json").stdout)["documents"]}
    passages = [passage for finding in found["findings"] for passage in finding["evidence"]]
    assert passages
    assert all(texts[p["document"]][p["start"] : p["end"]] == p["quote"] for p in passages)


def test_the_same_call_gives_the_same_bytes_and_its_digest_holds():
    first, second = (in_a_process_of_its_own("review", CASE, "--format", "json", seed=seed) for seed in ("1", "2"))
    assert first == second
    found = json.loads(first)
    digest = found.pop("digest")
    canonical = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == digest


def test_a_folder_and_a_case_file_of_the_same_chart_agree(reviewed: Reviewed):
    folder, file = reviewed(SAMPLE), reviewed(CASE)
    assert [d["sha256"] for d in folder["documents"]] == [d["sha256"] for d in file["documents"]]
    assert folder["outcome"] == file["outcome"]


def test_the_order_of_the_files_changes_nothing(reviewed: Reviewed):
    files = sorted(SAMPLE.glob("*.txt"))
    form = SAMPLE / "request.yaml"
    assert reviewed(*files, "--request", form) == reviewed(*reversed(files), "--request", form)


def test_an_unreadable_file_is_named_and_the_rest_is_reviewed(run: Run, chart: Path):
    (chart / "scan.pdf").write_bytes(b"%PDF-1.7 ...")
    (chart / "empty.txt").write_bytes(b"")
    done = run("review", chart, "--format", "json")
    assert done.returncode == 3
    assert [problem["where"] for problem in json.loads(done.stdout)["left_out"]] == ["empty.txt", "scan.pdf"]
    assert b"scan.pdf" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as-of", "2026-02-30"], "there is no date `2026-02-30`"),
        (["--pack", "acme"], "there is no pack `acme`"),
        (["--policy", "knee"], "no policy `knee`"),
        (["--format", "papyrus"], "there is no format `papyrus`"),
        (["--record", "ajar"], "there is no `ajar`"),
        (["--jsonl", "x.jsonl"], "leave CHART and --request out"),
    ],
)
def test_wrong_usage_says_what_is_wrong(run: Run, chart: Path, arguments: list[str], message: str):
    done = run("review", chart, *arguments)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_call_without_a_chart_is_wrong_usage(run: Run):
    assert run("review").returncode == 2


@pytest.mark.parametrize("name", ["missing.txt", "missing"])
def test_a_chart_that_does_not_exist_cannot_be_read(run: Run, tmp_path: Path, name: str):
    done = run("review", tmp_path / name)
    assert done.returncode == 3
    assert b"no such file or folder" in done.stderr


def test_a_folder_of_case_files_is_sent_to_the_right_option(run: Run):
    done = run("review", CASE.parent)
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"review them with --jsonl" in done.stderr


def test_a_folder_with_one_case_file_is_that_case(tmp_path: Path, reviewed: Reviewed):
    (tmp_path / CASE.name).write_bytes(CASE.read_bytes())
    assert reviewed(tmp_path) == reviewed(CASE)


def test_a_form_with_an_impossible_level_stops_the_case(run: Run, chart: Path):
    (chart / "request.yaml").write_text("{procedures: [discectomy], levels: [L9-10]}", "utf-8")
    done = run("review", chart)
    assert (done.returncode, done.stdout) == (3, b"")
    assert "`L9-10` is no level of the spine" in done.stderr.decode()


def test_a_request_without_a_level_is_said_to_have_none(run: Run, tmp_path: Path):
    (tmp_path / "note.txt").write_text("01/20/2026 Left leg pain. Plan: discectomy.", "utf-8")
    done = run("review", tmp_path)
    assert done.returncode == 0
    assert b"no level is named" in done.stderr


def test_many_cases_keep_their_order_and_their_ids(run: Run):
    lines = b'{"id": "b", "text": "Leg pain."}\nnot json\n\n{"id": 7, "text": ""}\n{"id": "a", "text": "Back pain."}\n'
    done = run("review", "--jsonl", "-", stdin=lines)
    rows = rows_of(done.stdout)
    assert done.returncode == 3
    assert [row["id"] for row in rows] == ["b", None, 7, "a"]
    assert ["error" in row for row in rows] == [False, True, True, False]


def test_a_row_is_the_same_determination_as_a_single_review(run: Run, reviewed: Reviewed, tmp_path: Path):
    (tmp_path / CASE.name).write_bytes(CASE.read_bytes())
    out = tmp_path / "rows.jsonl"
    assert run("review", "--jsonl", tmp_path, "-o", out).returncode == 0
    (row,) = rows_of(out.read_bytes())
    assert row.pop("id") == row["case"] == CASE.stem
    assert row == reviewed(CASE)


def test_sharing_the_work_changes_nothing(run: Run):
    lines = b"".join(json.dumps({"id": n, "text": f"01/20/2026 Leg pain {n}."}).encode() + b"\n" for n in range(20))
    alone = run("facts", "--jsonl", "-", stdin=lines)
    shared = run("facts", "--jsonl", "-", "--jobs", "2", stdin=lines)
    assert alone.stdout == shared.stdout
    assert shared.returncode == 0


def test_the_abstract_holds_only_what_the_chart_answers(run: Run):
    answers = json.loads(run("abstract", CASE, "--format", "json").stdout)["answers"]
    assert answers["request.levels"]["value"] == ["T12-L1"]
    assert all(answer["evidence"] for answer in answers.values())


@pytest.mark.parametrize("form", ["text", "json", "html", "md"])
def test_every_format_can_be_written_to_a_file(run: Run, tmp_path: Path, form: str):
    out = tmp_path / "report"
    assert run("review", CASE, "--format", form, "-o", out).returncode == 0
    assert out.stat().st_size > 1000


def test_policies_are_listed_and_shown(run: Run):
    assert b"lumbar-discectomy" in run("policies", "list", "--pack", "house").stdout
    shown = run("policies", "show", "lumbar-discectomy").stdout
    assert b"conservative-duration" in shown
    assert run("policies", "show", "knee").returncode == 2


def test_the_program_says_what_it_can_do():
    assert b"review" in in_a_process_of_its_own("--help", seed="0")
