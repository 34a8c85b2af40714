"""Strength in a table of columns: a row of muscles, then a row of grades for each limb."""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts.examination_context import ExamContext, region_of_roots
from necessity.facts.fact import Assertion, ExamFinding, Side
from necessity.facts.reading import Sentence
from necessity.facts.strength_grades import FULL, signed
from necessity.facts.strength_targets import Target, targets_of
from necessity.values.patterns import pattern

_ROW = pattern(
    r"(?P<side>right|left|rt|lt|r|l)?\s?(?P<limb>le|ue|leg|arm|lower extremity|upper extremity)?[\s:|-]*"
    r"(?P<grades>(?:[0-5][+-]?(?:/5)?[\s|,]+){2,}[0-5][+-]?(?:/5)?)[\s|.]*"
)
_GRADE = pattern(r"(?P<grade>[0-5])(?P<sign>[+-])?(?:/5)?")


_ROOT_ROW = pattern(
    r"(?P<first>[clst]\d{1,2})(?:\s?-\s?(?P<last>[clst]?\d{1,2}))?[\s|:]+(?P<a>[0-5])(?P<asign>[+-])?(?:/5)?[\s|,]+(?P<b>[0-5])(?P<bsign>[+-])?(?:/5)?[\s|.]*"
)


def read_root_row(sentence: Sentence, context: ExamContext) -> Iterator[ExamFinding]:
    """ "C7  2  3" under a head of right and left: a root and its grade on either side."""
    row = _ROOT_ROW.fullmatch(sentence.text) if context.grid else None
    if row is None or not context.grid:
        return
    first = row["first"].upper()
    last = row["last"].upper() if row["last"] else None
    roots = (first,) if last is None else (first, last if last[0].isalpha() else first[0] + last)
    for side, number, sign in zip(context.grid, (row["a"], row["b"]), (row["asign"], row["bsign"]), strict=True):
        grade = signed(number, sign)
        yield ExamFinding(
            concept="strength",
            assertion=Assertion.ABSENT if grade >= FULL else Assertion.PRESENT,
            evidence=(sentence.evidence(),),
            written=sentence.written,
            side=side,
            roots=roots,
            grade=grade,
            region=region_of_roots(roots, None),
        )


def heads_columns(sentence: Sentence) -> tuple[Target, ...]:
    """The muscles of a line that names three or more and nothing else: the head of a table."""
    if len(sentence.of("muscle")) < 3 or any(character.isdigit() for character in sentence.text):
        return ()
    muscles = tuple(t for t in targets_of(sentence) if t.kind == "muscle")
    named = sum(t.end - t.start for t in muscles)
    return muscles if len(muscles) >= 3 and named + 2 * len(muscles) + 12 >= len(sentence.text) else ()


def read_row(sentence: Sentence, context: ExamContext) -> Iterator[ExamFinding]:
    """A row of grades under such a head; where the columns do not count out, the limb alone is graded."""
    row = _ROW.fullmatch(sentence.text) if context.columns else None
    if row is None or not (row["side"] or row["limb"]):
        return
    grades = list(_GRADE.finditer(sentence.text, row.start("grades"), row.end("grades")))
    columns = context.columns if len(grades) == len(context.columns) else (None,) * len(grades)
    side = None if row["side"] is None else Side.LEFT if row["side"].startswith("l") else Side.RIGHT
    limb = context.columns[0].limb
    for column, written in zip(columns, grades, strict=True):
        grade = signed(written["grade"], written["sign"])
        roots = column.roots if column else ()
        yield ExamFinding(
            concept="strength",
            assertion=Assertion.ABSENT if grade >= FULL else Assertion.PRESENT,
            evidence=(sentence.evidence(),),
            written=sentence.written,
            side=side,
            muscle=column.muscle if column else None,
            roots=roots,
            grade=grade,
            region=region_of_roots(roots, limb),
        )
