"""`policies check` and `policies prove`: what is wrong with policies, each fault with its place, its hint and a patient."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from necessity.authoring.files import QUESTIONS_FILE, PolicyFile, dated, packs, policies_folder
from necessity.findings.questions import QUESTIONS
from necessity.policies.source import read
from necessity.proofs.failure import Failure, not_allowed
from necessity.proofs.of_wording import read_off
from necessity.proofs.scopes import check_scopes
from necessity.proofs.terms import Terms
from necessity.proofs.words import read_words
from necessity.values.errors import LibraryError, UsageError
from necessity.values.problem import Problem

NO_SOLVER = Problem(
    "policies check",
    "dead branches and idle criteria were not looked for: the solver is not installed",
    'pip install "medical-necessity[proofs]"',
)


def has_solver() -> bool:
    return find_spec("z3") is not None


def need_solver() -> None:
    if not has_solver():
        raise UsageError(Problem("z3", "the solver is not installed", 'pip install "medical-necessity[proofs]"'))


def terms() -> Terms:
    """The words of questions and the contradictions of the library."""
    path = policies_folder() / QUESTIONS_FILE
    words, contradictions, problems = read_words(read(path.read_text("utf-8"), f"policies/{path.name}"), QUESTIONS)
    if problems:
        raise LibraryError(*problems)
    return Terms(questions=QUESTIONS, words=words, contradictions=contradictions)


def check(files: Iterable[PolicyFile]) -> tuple[Problem, ...]:
    """Everything an author would want to know before asking what follows from a policy."""
    return _asked(files, proving=False)


def prove(files: Iterable[PolicyFile]) -> tuple[Problem, ...]:
    """Every property that does not hold of these policies, and of their packs' scope tables."""
    need_solver()
    return _asked(files, proving=True)


def _asked(files: Iterable[PolicyFile], *, proving: bool) -> tuple[Problem, ...]:
    files = list(files)
    with_terms = terms()
    found = [problem for file in files for problem in file.problems]
    for file in files:
        found += [failure.problem for failure in _failures(file, with_terms, proving=proving)]
    return (*found, *(failure.problem for failure in _scope_failures(files)))


def _failures(file: PolicyFile, with_terms: Terms, *, proving: bool) -> Iterable[Failure]:
    if file.policy is None:
        return ()
    if not has_solver():
        return tuple(not_allowed(file.policy, read_off(file.policy, file.source, with_terms)))
    from necessity.proofs.prove import LINTS, SOLVED
    from necessity.proofs.prove import prove as proved

    return proved(file.policy, file.source, with_terms, SOLVED if proving else LINTS)


def _scope_failures(files: Iterable[PolicyFile]) -> Iterable[Failure]:
    """Of each pack that is looked at as a whole."""
    looked_at = {file.path.resolve(): file.policy for file in files}
    for name, pack in packs().items():
        paths = [path.resolve() for path in dated(policies_folder() / name)]
        if paths and all(path in looked_at for path in paths):
            policies = [looked_at[path] for path in paths]
            yield from check_scopes([policy for policy in policies if policy is not None], pack.gaps)
