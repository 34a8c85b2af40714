"""From the written trees to records: each leaf is checked against the question that it asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from necessity.policies import shape
from necessity.policies.hints import did_you_mean
from necessity.policies.policy import (
    AllOf,
    AnyOf,
    AtLeast,
    Bound,
    Edge,
    Leaf,
    NoneOf,
    NotShown,
    OneOf,
    ParamValue,
    Tree,
)
from necessity.policies.quantity import amount_in
from necessity.policies.question_like import ParamLike, QuestionLike
from necessity.policies.source import Key, Source
from necessity.values.problem import Problem

Path = tuple[Key, ...]
_TREE: TypeAdapter[object] = TypeAdapter(shape.TreeShape)
_COMPARISONS = ("is", "in", *Edge)


@dataclass(frozen=True, slots=True)
class ReadTree:
    """A tree that stands outside a policy, or what is wrong with it."""

    tree: Tree | None
    problems: tuple[Problem, ...] = ()


def tree_in(written: object, source: Source, path: Path, questions: Mapping[str, QuestionLike]) -> ReadTree:
    """A tree written anywhere but in a policy: it has no thresholds to name."""
    try:
        shaped = _TREE.validate_python(written)
    except ValidationError:
        hint = "write `ask:` or one of all, any, none, not_shown, at_least with of"
        return ReadTree(None, (Problem(source.where(path), "this is no tree", hint),))
    reader = TreeReader(source, questions, {})
    tree = reader.tree(shaped, path)
    return ReadTree(None if reader.problems else tree, tuple(reader.problems))


class TreeReader:
    """Reads trees of one file and gathers what is wrong with them."""

    def __init__(self, source: Source, questions: Mapping[str, QuestionLike], thresholds: Mapping[str, str]) -> None:
        self._source = source
        self._questions = questions
        self._thresholds = thresholds
        self._used: set[str] = set()
        self.problems: list[Problem] = []

    def problem(self, path: Iterable[Key], message: str, hint: str = "") -> None:
        self.problems.append(Problem(self._source.where(path), message, hint))

    def unused_thresholds(self) -> tuple[Problem, ...]:
        """Thresholds that no tree names: most often a sign that a number was written twice."""
        return tuple(
            Problem(
                self._source.where(("thresholds", name)),
                f"threshold `{name}` is named by no criterion",
                "compare with its name, or take it out",
            )
            for name in self._thresholds
            if name not in self._used
        )

    def optional(self, written: object, path: Path) -> Tree | None:
        """None for a tree left out and for the words that stand for one (`never`, `always`)."""
        return None if written is None or isinstance(written, str) else self.tree(written, path)

    def tree(self, written: object, path: Path) -> Tree:
        if isinstance(written, shape.AllShape):
            return AllOf(self._each(written.all, (*path, "all")))
        if isinstance(written, shape.AnyShape):
            return AnyOf(self._each(written.any, (*path, "any")))
        if isinstance(written, shape.NoneShape):
            return NoneOf(self._each(written.none, (*path, "none")))
        if isinstance(written, shape.NotShownShape):
            return NotShown(self._each(written.not_shown, (*path, "not_shown")))
        if isinstance(written, shape.AtLeastShape):
            if written.at_least > len(written.of):
                self.problem((*path, "at_least"), f"at least {written.at_least} of {len(written.of)} can never hold")
            return AtLeast(written.at_least, self._each(written.of, (*path, "of")))
        if isinstance(written, shape.AskShape):
            return self._leaf(written, path)
        raise TypeError(f"no tree: {type(written).__name__}")

    def _each(self, written: Sequence[object], path: Path) -> tuple[Tree, ...]:
        return tuple(self.tree(each, (*path, index)) for index, each in enumerate(written))

    def _leaf(self, written: shape.AskShape, path: Path) -> Leaf:
        line = self._source.line((*path, "ask"))
        question = self._questions.get(written.ask)
        if question is None:
            self.problem(
                (*path, "ask"), f"unknown question `{written.ask}`", did_you_mean(written.ask, self._questions)
            )
            return Leaf(question=written.ask, params=(), test=OneOf((True,)), line=line)
        return Leaf(
            question=written.ask,
            params=self._params(written, question, path),
            test=self._test(written, question, path),
            line=line,
        )

    def _params(
        self, written: shape.AskShape, question: QuestionLike, path: Path
    ) -> tuple[tuple[str, ParamValue], ...]:
        known = {param.name: param for param in question.params}
        read: list[tuple[str, ParamValue]] = []
        for name, value in (written.model_extra or {}).items():
            place = (*path, name)
            if name not in known:
                options = (*known, *_COMPARISONS)
                self.problem(place, f"`{question.name}` has no param `{name}`", did_you_mean(name, options))
                continue
            param_value = self._param(known[name], value, place)
            if param_value is not None:
                read.append((name, param_value))
        return tuple(sorted(read))

    def _param(self, param: ParamLike, value: object, place: Path) -> ParamValue | None:
        if param.type == "flag" and isinstance(value, bool):
            return value
        if param.type == "number" and not isinstance(value, bool) and isinstance(value, str | int | float):
            return self._number_param(param, value, place)
        if param.type == "choice" and isinstance(value, str):
            return value if self._is_choice(value, param.choices, place) else None
        if param.type == "list" and isinstance(value, list) and value:
            known = [self._is_choice(str(each), param.choices, (*place, index)) for index, each in enumerate(value)]
            return tuple(str(each) for each in value) if all(known) else None
        wanted = {"flag": "yes or no", "number": "a number", "choice": "one word", "list": "a list of words"}
        self.problem(place, f"`{param.name}` must be {wanted.get(param.type, param.type)}")
        return None

    def _number_param(self, param: ParamLike, value: str | int | float, place: Path) -> float | None:
        # A param carries its unit in its name (`max_age_months`), so that a bare number is plain enough.
        bare = amount_in(str(value), None)
        return bare if isinstance(bare, float) else self._quantity(value, param.unit, place)[0]

    def _quantity(self, value: str | int | float, unit: str | None, place: Path) -> tuple[float, str, str | None]:
        """The amount in a unit, the words it was written in, and the threshold that it names, if it names one."""
        text, threshold = str(value).strip(), None
        if text[:1].isalpha():
            if text not in self._thresholds:
                self.problem(place, f"unknown threshold `{text}`", did_you_mean(text, self._thresholds))
                return 0.0, text, text
            self._used.add(text)
            text, threshold = self._thresholds[text], text
        amount = amount_in(text, unit)
        if isinstance(amount, str):
            self.problem(place, amount)
            amount = 0.0
        return amount, text, threshold

    def _is_choice(self, value: str, choices: tuple[str, ...], place: Path) -> bool:
        if not choices or value in choices:
            return True
        self.problem(place, f"`{value}` is not one of its values", did_you_mean(value, choices))
        return False

    def _test(self, written: shape.AskShape, question: QuestionLike, path: Path) -> OneOf | Bound:
        given = [name for name, value in self._comparisons(written) if value is not None]
        if len(given) > 1:
            self.problem(path, f"`{question.name}` is compared twice ({', '.join(given)})", "use one comparison a leaf")
        if question.type == "number":
            return self._bound(written, question, path, given)
        return self._one_of(written, question, path, given)

    @staticmethod
    def _comparisons(written: shape.AskShape) -> list[tuple[str, object]]:
        return [
            ("is", written.is_),
            ("in", written.in_),
            *((edge.value, getattr(written, edge.value)) for edge in Edge),
        ]

    def _bound(self, written: shape.AskShape, question: QuestionLike, path: Path, given: list[str]) -> Bound:
        edges = [edge for edge in Edge if edge.value in given]
        if not edges:
            self.problem(path, f"`{question.name}` is a number", f"compare it with {', '.join(Edge)}")
            return Bound(edge=Edge.AT_LEAST, amount=0, unit=question.unit, written="0")
        amount, text, threshold = self._quantity(
            getattr(written, edges[0].value), question.unit, (*path, edges[0].value)
        )
        return Bound(edge=edges[0], amount=amount, unit=question.unit, written=text, threshold=threshold)

    def _one_of(self, written: shape.AskShape, question: QuestionLike, path: Path, given: list[str]) -> OneOf:
        wrong = [name for name in given if name in tuple(Edge)]
        if wrong:
            self.problem((*path, wrong[0]), f"`{question.name}` is no number", "compare it with `is`")
            return OneOf((True,))
        if question.type == "yes_no":
            value = True if written.is_ is None else written.is_
            if written.in_ is not None or not isinstance(value, bool):
                self.problem(path, f"`{question.name}` is answered yes or no", "write `is: yes` or `is: no`")
            return OneOf((bool(value),))
        if written.in_ is None and not isinstance(written.is_, str):
            self.problem(
                path, f"`{question.name}` is a choice", f"write `is:` or `in:` with {', '.join(question.choices)}"
            )
            return OneOf(())
        values = tuple(written.in_ or [str(written.is_)])
        for value in values:
            self._is_choice(value, question.choices, (*path, "in" if written.in_ else "is"))
        return OneOf(values)
