"""Lines of a structured document as they are written, with the part of the record that each stretch shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from necessity.charts.entry import Entry, Origin


@dataclass(slots=True)
class Lines:
    """A structured document's text as it grows."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    origins: list[Origin] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def line(self, resource: str, pieces: Iterable[tuple[str, str]], entry: Entry | None = None) -> None:
        """One line. `pieces` are (element, words); empty words are left out. The entry gets the line's place."""
        said = [(element, words) for element, words in pieces if words]
        if not said:
            return
        start = self.length
        for number, (element, words) in enumerate(said):
            if number:
                self._add("" if self.text[-1].endswith(": ") else ", ")
            place = self.length
            self._add(words)
            self.origins.append(Origin(place, self.length, f"{resource} {element}".strip()))
        if entry is not None:
            self.entries.append(replace(entry, start=start, end=self.length))
        self._add("\n")

    def _add(self, words: str) -> None:
        self.text.append(words)
        self.length += len(words)

    def whole(self) -> str:
        return "".join(self.text)
