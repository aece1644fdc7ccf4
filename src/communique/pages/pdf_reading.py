"""The bytes of a PDF → its printed lines and properties. Runs in a process of its own, see `pdf_process`."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Literal

import msgspec

from communique.pages.pdf_lines import PrintedLine, read_page_lines

if TYPE_CHECKING:
    import pypdfium2

# A cap that no report meets: the longest yearbooks of ministries have 400 pages.
MOST_PAGES = 1000
# Bytes of memory for the process. Reports of 400 pages with pictures take 300 MB.
MOST_MEMORY = 2 << 30
# Bytes that announce how many follow.
LENGTH_BYTES = 8
_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """What came of a PDF.

    Attributes:
        pages: The lines of each page; a page that cannot be read is empty.
        properties: The file's own metadata, by pdfium's names.
        refusal: Why it was not read, None when it was.
        complaint: The refusal in words.
    """

    pages: list[list[PrintedLine]] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    refusal: Literal["broken", "encrypted", "too large"] | None = None
    complaint: str = ""


def print_out(content: bytes, most_characters: int) -> Printout:
    """Reads a PDF with pdfium, which is fast, native, and not to be trusted with the files of strangers."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            return Printout(refusal="encrypted", complaint="a PDF that needs a password. Save it without one.")
        return Printout(refusal="broken", complaint=f"a damaged PDF ({error}). Fetch it again.")
    with contextlib.closing(document):
        count = len(document)
        if not count:
            return Printout(refusal="broken", complaint="a PDF without pages. Fetch it again.")
        if count > MOST_PAGES:
            complaint = f"{count:,} pages, more than the limit of {MOST_PAGES:,}. Split it."
            return Printout(refusal="too large", complaint=complaint)
        pages, left = [], most_characters
        for lines in _pages(document, most_characters):
            pages.append(lines)
            left -= sum(len(line.text) for line in lines)
            if left < 0:
                complaint = f"more than {most_characters:,} characters. Split it."
                return Printout(refusal="too large", complaint=complaint)
        return Printout(pages=pages, properties=_shown(document.get_metadata_dict()))


def _pages(document: pypdfium2.PdfDocument, most_characters: int) -> Iterator[list[PrintedLine]]:
    import pypdfium2

    for number in range(len(document)):
        try:
            yield read_page_lines(document[number], most_characters)
        except pypdfium2.PdfiumError:
            yield []  # the others still hold the report


def _shown(properties: dict[str, str]) -> dict[str, str]:
    return {name: value.encode("utf-8", "replace").decode("utf-8") for name, value in properties.items()}


def serve(requests: BinaryIO, answers: BinaryIO, most_characters: int) -> None:
    """Reads one PDF after the other until there are no more requests."""
    _limit_memory()
    while len(head := requests.read(LENGTH_BYTES)) == LENGTH_BYTES:
        content = requests.read(int.from_bytes(head, "big"))
        try:
            answer = print_out(content, most_characters)
        except Exception as error:  # pdfium's binding on anybody's file; a defect of ours shows in the complaint
            complaint = f"a damaged PDF ({type(error).__name__}: {error}). Fetch it again."
            answer = Printout(refusal="broken", complaint=complaint)
        packed = msgspec.json.encode(answer)
        answers.write(len(packed).to_bytes(LENGTH_BYTES, "big") + packed)
        answers.flush()


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):  # a narrower limit is in force already
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
