"""Where the solver is not installed, the tests that need it are not collected, and pytest says so."""

from __future__ import annotations

from importlib.util import find_spec

NEED_THE_SOLVER = ["test_encode.py", "test_prove.py"]
collect_ignore = [] if find_spec("z3") else NEED_THE_SOLVER


def pytest_report_header() -> str:
    return "" if find_spec("z3") else f"no solver (medical-necessity[proofs]): {', '.join(NEED_THE_SOLVER)} not run"
