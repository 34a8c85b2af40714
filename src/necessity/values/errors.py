"""The exceptions of the package, one tree.

NecessityError
├── UsageError        the request cannot be carried out as asked (exit status 2)
├── InputError        an input could not be read (exit status 3)
└── LibraryError      a policy, lexicon or evidence file is wrong (exit status 2)
"""

from __future__ import annotations

from necessity.values.problem import Problem


class NecessityError(Exception):
    """Base of all; `problems` says what is wrong, each with its place."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class UsageError(NecessityError):
    """The call asks for something that does not exist or does not fit together."""


class InputError(NecessityError):
    """A chart, request or case file could not be read."""


class LibraryError(NecessityError):
    """A file of the library (policy, lexicon, evidence) is wrong."""
