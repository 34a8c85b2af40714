"""Every reader with damaged files: the same few hundred each time; the long runs are `benchmarks/fuzz/run.py`."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers import READERS, Reader

# What a file can suffer: so many places, and what is done at each.
SPOILT = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["turn", "cut", "double", "put"]), st.binary(min_size=1, max_size=6)),
    min_size=1,
    max_size=5,
)


def spoilt(data: bytes, changes: list[tuple[float, str, bytes]], words: tuple[bytes, ...]) -> bytes:
    new = bytearray(data)
    for share, what, put in changes:
        at = int(share * len(new))
        if what == "turn":
            new[at : at + len(put)] = put
        elif what == "cut":
            del new[at : at + 10 * len(put)]
        elif what == "double":
            new[at:at] = new[at : at + 40]
        else:
            new[at:at] = words[put[0] % len(words)] if words else put
    return bytes(new)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_no_damage_breaks_a_reader_and_every_refusal_has_its_reason(reader: Reader):
    seeds = reader.seeds()

    @settings(max_examples=40, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(seeds) - 1), SPOILT)
    def damaged(which: int, changes: list[tuple[float, str, bytes]]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader.read(spoilt(seeds[which], changes, reader.words))

    damaged()


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_true_files_are_read(reader: Reader):
    for data in reader.seeds():
        reader.read(data)
