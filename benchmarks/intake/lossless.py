"""Whether a structured record keeps its words: every text node of the narratives of C-CDA and FHIR files must stand in the text.

    python benchmarks/intake/lossless.py [FILE or FOLDER ...]

Without names: the records among the test data. Prints for each file how many text nodes its narratives have, how many words, and which of them are missing; ends with
status 1 where any is.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from lxml import etree

from necessity.charts.assemble import Assembled
from necessity.charts.engine import NO_TOOLS
from necessity.charts.sources import read_records

_HL7 = "{urn:hl7-org:v3}"
# Elements of FHIR in which people write sentences.
_PROSE = frozenset({"conclusion", "comment", "comments", "valueString"})

RECORDS = Path(__file__).resolve().parents[2] / "tests" / "charts" / "data"


def lost(path: Path) -> tuple[int, int, list[str]]:
    """The text nodes and words of a file's narratives, and the nodes or words that its documents do not hold."""
    data = path.read_bytes()
    nodes = [node for node in nodes_of(data) if _squeezed(node)]
    read = read_records(path.name, data, NO_TOOLS, None)
    if not isinstance(read, Assembled):
        return len(nodes), 0, [str(read)]
    texts = [document.text for document in read.documents]
    told = _squeezed(" ".join(texts))
    missing = [node.strip() for node in nodes if _squeezed(node) not in told]
    source, kept = (Counter(_words(" ".join(parts))) for parts in (dict.fromkeys(nodes), texts))
    missing += [f"{count - kept[word]} × {word}" for word, count in source.items() if kept[word] == 0]
    return len(nodes), sum(source.values()), missing


def nodes_of(data: bytes) -> list[str]:
    """The text nodes of the narratives of a file."""
    if data.lstrip().startswith(b"<"):
        root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False))
        return [
            str(part)
            for section in root.iter(f"{_HL7}section")
            for child in section
            if child.tag in (f"{_HL7}text", f"{_HL7}title")
            for part in child.itertext()
        ]
    return list(_prose(json.loads(data), ""))


def _prose(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _prose(one, key)
    elif isinstance(value, dict):
        if key == "note" and isinstance(value.get("text"), str):
            yield value["text"]
        if str(value.get("contentType", "")).startswith("text/plain") and isinstance(value.get("data"), str):
            yield from base64.b64decode(value["data"]).decode().splitlines()
        for name, inner in value.items():
            # Extensions are the sender's own, and say nothing that the standard knows.
            if name not in ("extension", "meta"):
                yield from _prose(inner, name)
    elif isinstance(value, str) and key == "div":
        yield from _Nodes.of(value)
    elif isinstance(value, str) and key in _PROSE:
        yield value


class _Nodes(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    @classmethod
    def of(cls, markup: str) -> list[str]:
        parser = cls()
        parser.feed(markup)
        parser.close()
        return parser.found

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _squeezed(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.lower())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def main() -> None:
    """Every file that is named, and those of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[RECORDS / "ccda", *sorted(RECORDS.glob("*.json"))])
    named = parser.parse_args().paths
    files = [file for path in named for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    any_lost = False
    for path in (file for file in files if file.suffix in (".xml", ".json", ".ndjson")):
        nodes, words, missing = lost(path)
        print(f"{path.name}: {nodes} text nodes, {words} words, {len(missing)} missing")
        for node in missing[:10]:
            print(f"    {node[:100]}")
        any_lost = any_lost or bool(missing)
    sys.exit(any_lost)


if __name__ == "__main__":
    main()
