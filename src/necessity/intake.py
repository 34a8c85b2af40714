"""Intake: the files and folders of one case, read from disk and handed to `charts` as bytes.

A folder is read with its subfolders; hidden files are skipped. `request.yaml`, `.yml` or `.json` in it is the request
form; `request.txt` is a document like the others. A file that cannot be read is named, and the rest is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

import orjson

from necessity.charts import limits
from necessity.charts.assemble import Assembled, assemble, copied_forward, without_copies
from necessity.charts.chart import Case, chart_of
from necessity.charts.container import MOST_DEPTH, Unpacked
from necessity.charts.describe import DocumentKinds
from necessity.charts.document import Document, Kind
from necessity.charts.engine import Tools
from necessity.charts.entry import Asked
from necessity.charts.from_asked import form_from_asked
from necessity.charts.from_case import case_from_mapping, is_case
from necessity.charts.from_fhir import documents_from_fhir
from necessity.charts.from_form import FormWords, form_from_mapping
from necessity.charts.from_text import decode
from necessity.charts.layout_pages import PagedFile
from necessity.charts.limits import too_large
from necessity.charts.sources import read_document, read_pages, read_records, unpack
from necessity.charts.structured import parse_json, parse_yaml
from necessity.ocr import tools as installed_tools
from necessity.values.errors import InputError, UsageError
from necessity.values.problem import Problem

FORM_NAMES = ("request.yaml", "request.yml", "request.json")
_STRUCTURED = (".yaml", ".yml", ".json")
_NOT_DOCUMENTS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Paging:
    """What PDF and scans are read with: the tools, and the words by which a long fax is parted into its documents."""

    tools: Tools | None = None
    kinds: DocumentKinds | None = None


def case_of(
    paths: Sequence[Path], words: FormWords, request_file: Path | None = None, paging: Paging | None = None
) -> Case:
    """The case that files or a folder hold. InputError where nothing of it can be read."""
    only = _only_case_file(paths)
    if only is not None:
        whole = _case_file(only, words)
        if whole is not None:
            if request_file is not None:
                raise UsageError(Problem(str(request_file), "a case file brings its own request"))
            return whole
    return _loose(paths, words, request_file, paging or Paging())


def case_of_row(
    raw: Any, data: bytes, where: str, words: FormWords, default_id: str, paging: Paging | None = None
) -> Case:
    """The case of one row of many: a case of its own shape, a FHIR chart (`data`), or a case with one under `fhir`.

    `raw` is what the row was parsed to, or None for the NDJSON of one patient.
    """
    paging = paging or Paging()
    if raw is not None and not isinstance(raw, Mapping) or isinstance(raw, Mapping) and not _holds_fhir(raw):
        return case_from_mapping(raw, where, words, default_id=default_id)
    told = {key: value for key, value in raw.items() if key != "fhir"} if raw and "fhir" in raw else {}
    if raw and "resourceType" in raw:
        told = {"id": raw.get("id")} if isinstance(raw.get("id"), str) else {}
    chart = orjson.dumps(raw["fhir"]) if raw and "fhir" in raw else data
    read = documents_from_fhir(where, chart, paging.tools or installed_tools(), paging.kinds)
    if isinstance(read, Problem):
        raise InputError(read)
    once, copies = without_copies(read.documents)
    beside = replace(read, documents=once, notes=(*read.notes, *copies))
    return case_from_mapping(told, where, words, default_id=default_id, beside=beside)


def _holds_fhir(raw: Mapping[str, Any]) -> bool:
    return "resourceType" in raw or isinstance(raw.get("fhir"), (dict, list))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. InputError says in plain words why not."""
    try:
        if path.exists() and not path.is_file():
            raise InputError(Problem(str(path), "this is no regular file"))
        if path.exists() and (large := too_large(str(path), "the file", path.stat().st_size, limits.MOST_FILE_BYTES)):
            raise InputError(large)
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(Problem(str(path), "there is no such file or folder")) from None
    except PermissionError:
        raise InputError(Problem(str(path), "the file may not be read")) from None
    except OSError as error:
        raise InputError(Problem(str(path), (error.strerror or "the file cannot be read").lower())) from None


def structured(path: Path, name: str | None = None) -> Any:
    """The content of a YAML or JSON file."""
    where = name or path.name
    text = decode(read_bytes(path))
    if text is None or not text.strip():
        raise InputError(Problem(where, "the file is empty" if text is not None else "this is no text"))
    return parse_json(where, text) if path.suffix.lower() == ".json" else parse_yaml(where, text)


def _only_case_file(paths: Sequence[Path]) -> Path | None:
    """The one file that may hold a whole case: given so, or alone in its folder. InputError where there are more."""
    if len(paths) != 1:
        return None
    if paths[0].is_file():
        return paths[0]
    names = [path for _, path in _named(paths, [])]
    if not names or any(path.suffix.lower() not in _STRUCTURED or path.name.lower() in FORM_NAMES for path in names):
        return None
    if len(names) > 1 and not any(_is_record(path) for path in names):
        raise InputError(
            Problem(str(paths[0]), f"this folder holds {len(names)} case files", "review them with --jsonl")
        )
    return names[0] if len(names) == 1 else None


def _is_record(path: Path) -> bool:
    """Whether a file is a structured record rather than a case file."""
    try:
        raw = structured(path) if path.suffix.lower() == ".json" else None
    except InputError:
        return False
    return isinstance(raw, dict) and "resourceType" in raw


def _case_file(path: Path, words: FormWords) -> Case | None:
    """The case of a case file, or None for a file that holds something else."""
    if path.suffix.lower() not in _STRUCTURED:
        return None
    raw = structured(path, str(path))
    if isinstance(raw, Mapping) and "resourceType" not in raw and _holds_fhir(raw):
        return case_of_row(raw, b"", str(path), words, path.stem)
    if is_case(raw):
        return case_from_mapping(raw, str(path), words, default_id=path.stem)
    if path.suffix.lower() == ".json":
        return None
    raise InputError(Problem(str(path), "this is no case file", "a case has `documents` or `text`"))


def _loose(paths: Sequence[Path], words: FormWords, request_file: Path | None, paging: Paging) -> Case:
    """Documents, with a form beside them or given apart."""
    problems: list[Problem] = []
    notes: list[Problem] = []
    documents: list[Document] = []
    asked: list[Asked] = []
    forms = [request_file] if request_file else []
    for name, path in _named(paths, problems):
        if path.name.lower() in FORM_NAMES:
            forms += [] if request_file else [path]
            continue
        read = _documents(name, path, paging)
        documents += read.documents
        problems += read.problems
        notes += read.notes
        asked += read.asked
    if len(forms) > 1:
        raise InputError(
            Problem(str(forms[1]), "a second request form", "a case has one: put other cases in other folders")
        )
    form = form_from_asked(asked, words)
    if forms and forms[0].suffix.lower() == ".txt":
        documents += _documents(forms[0].name, forms[0], paging).documents
    elif forms:
        form = form_from_mapping(structured(forms[0], str(forms[0])), str(forms[0]), words)
    if not documents:
        raise InputError(*(problems or [Problem(_case_id(paths), "there is no document in it")]))
    once, copies = without_copies(documents)
    carried = copied_forward(paging.kinds.describe(chart_of(once)).documents) if paging.kinds else ()
    chart = chart_of(once, [*problems, *form.problems], [*notes, *copies, *carried])
    closed, as_of = form.record_closed, form.as_of
    return Case(id=_case_id(paths), chart=chart, request=form.request, as_of=as_of, record_closed=closed)


def _documents(name: str, path: Path, paging: Paging) -> Assembled:
    """The documents of a file: one, those that a file of pages is parted into, or those of the files that it holds."""
    if path.suffix.lower() in (".yaml", ".yml"):
        problem = Problem(name, "a case file or form among documents was not read", "call the form request.yaml")
        return Assembled((), (problem,))
    try:
        data = read_bytes(path)
    except InputError as error:
        return Assembled((), (replace(error.problems[0], where=name),))
    return _of_bytes(name, data, paging)


def _held(held: Unpacked, paging: Paging, depth: int) -> Assembled:
    """The documents of a container's members, and of containers within it."""
    if depth >= MOST_DEPTH:
        inner = held.members[0][0] if held.members else "an archive"
        return Assembled((), (Problem(inner, "containers within containers are read three deep, no further"),))
    read = [_of_bytes(name, data, paging, depth + 1) for name, data in held.members]
    return Assembled(
        tuple(document for one in read for document in one.documents),
        (*held.problems, *(problem for one in read for problem in one.problems)),
        (*held.notes, *(note for one in read for note in one.notes)),
        tuple(asked for one in read for asked in one.asked),
    )


def _of_bytes(name: str, data: bytes, paging: Paging, depth: int = 0) -> Assembled:
    held = unpack(name, data)
    if held is not None:
        return _held(held, paging, depth)
    tools = paging.tools or installed_tools()
    record = read_records(name, data, tools, paging.kinds)
    read = read_pages(name, data, tools) if record is None else None
    if record is not None:
        whole = record if isinstance(record, Assembled) else Assembled((), (record,))
    elif isinstance(read, PagedFile):
        whole = assemble(read, paging.kinds)
    else:
        single = read or read_document(name, data)
        whole = Assembled((), (single,)) if isinstance(single, Problem) else Assembled((single,))
    if PurePath(name).stem.lower() != "request":
        return whole
    forms = tuple(
        document if document.entries else replace(document, kind=Kind.AUTHORIZATION_FORM)
        for document in whole.documents
    )
    return replace(whole, documents=forms)


def _named(paths: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Every file with the name it goes by: its path within a folder, or its own name, or its path where names clash."""
    given = [path for path in paths if not path.is_dir()]
    names = [path.name for path in given]
    for path in given:
        if path.exists():
            yield (path.name if names.count(path.name) == 1 else str(path)), path
        else:
            problems.append(Problem(str(path), "there is no such file or folder"))
    for folder in (path for path in paths if path.is_dir()):
        prefix = f"{folder.name}/" if len(paths) > 1 else ""
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if (
                path.is_file()
                and not _leads_out(path, folder)
                and not any(part.startswith(".") or part.lower() in _NOT_DOCUMENTS for part in inside.parts)
            ):
                yield prefix + inside.as_posix(), path


def _leads_out(path: Path, folder: Path) -> bool:
    """A link to a file outside the folder that was handed over."""
    return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())


def _case_id(paths: Sequence[Path]) -> str:
    if len(paths) != 1:
        return "case"
    return paths[0].resolve().name if paths[0].is_dir() else paths[0].stem
