"""Spoilt reports are read like any others: no error, and every passage stands in the text.

`benchmarks/spoilt_reports.py` does the same with many more reports. Those below raised errors when they were found.
"""

from __future__ import annotations

import pytest
from tests.reading.spoiling import WAYS, make_report

from communique import Reader
from communique.pages import document_from_text

FOUND = [
    "QUESTION (POOL): WILL THERE BE AN OFFICE IN TOKYO?",
    "They prepared the live-fire General with Timor-Leste.",
    "A follow-up Varfi-Hellinga.",
    "COMMANDER THE 4TH ANOTHER.\n"
    "DINED THE SAME EVENING WITH HEAD OF SUB-OFFICE AND DELEGATE OF ICRC, WHO HAD BEEN TOGETHER.",
]


@pytest.mark.parametrize("text", FOUND)
def test_what_was_once_an_error_is_read(reader: Reader, text: str) -> None:
    reader.read(document_from_text(text)).check(text)


@pytest.mark.parametrize("way", range(len(WAYS)), ids=[way.__name__.strip("_") for way in WAYS])
def test_spoilt_reports_are_read(reader: Reader, way: int) -> None:
    documents = [document_from_text(make_report(way + len(WAYS) * turn)) for turn in range(8)]
    for document, readout in zip(documents, reader.read_many(documents), strict=True):
        readout.check(document.text)
