import subprocess
import sys

import pytest
from report_examples import ALL, adverse

from necessity.reports.writers import WRITERS


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("writer", WRITERS)
def test_every_writer_writes_every_outcome(writer, name):
    assert WRITERS[writer](ALL[name]())


@pytest.mark.parametrize("writer", ["text", "html", "md"])
def test_every_quotation_is_in_every_report(writer):
    written = " ".join(WRITERS[writer](adverse()).decode().split())
    for quote in ("SEVERE left neural foraminal stenosis", "Began about ten days ago after a coughing fit"):
        assert quote in written


def test_the_list_of_writers_loads_no_writer():
    code = "import sys, necessity.reports.writers; print([m for m in ('jinja2', 'rich', 'orjson') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
