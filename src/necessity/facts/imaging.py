"""Reading of imaging: radiologists' reports, clinicians' readings and the diagnoses that imaging makes.

The frames say which sentences speak of a study; each kind of finding has its own module.
"""

from __future__ import annotations

from collections.abc import Iterator

from necessity.facts import (
    imaging_alignment,
    imaging_compression,
    imaging_disc,
    imaging_stenosis,
    imaging_studies,
    imaging_tables,
)
from necessity.facts.fact import Fact
from necessity.facts.from_chart import ReadChart
from necessity.facts.imaging_frames import scenes

FINDERS = (imaging_disc.read, imaging_stenosis.read, imaging_compression.read, imaging_alignment.read)


def read(chart: ReadChart) -> Iterator[Fact]:
    """Studies and what they show, document by document."""
    for document in chart.documents:
        yield from imaging_studies.read(document)
        yield from imaging_tables.read(document)
        for scene in scenes(document):
            for find in FINDERS:
                yield from find(scene)
