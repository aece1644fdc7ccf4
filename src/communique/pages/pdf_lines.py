"""A PDF page → its printed lines with their places on the paper."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

# pdfium writes one of these for a hyphen at the end of a line, and no end of line behind it.
BREAKING_HYPHENS = "\ufffe\x02"
SOFT_HYPHENS = "\u00ad" + BREAKING_HYPHENS
# Letters that some fonts print as one.
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LINE_ENDS = "\n\r" + BREAKING_HYPHENS


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One line as it is printed. Lengths are in points, from the page's lower left corner.

    Attributes:
        text: Its words, white space single.
        left, right, bottom, top: Its box.
        size: Size of its first letter.
        height: Height of the page that it stands on.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    height: float


def read_page_lines(page: pypdfium2.PdfPage, most: int) -> list[PrintedLine]:
    """The lines of a page in the order of its text layer.

    Args:
        page: The page; it is closed here.
        most: Characters to read at most.

    Raises:
        pypdfium2.PdfiumError: If the page has no readable text layer.
    """
    try:
        layer = page.get_textpage()
        try:
            codes = _codes(layer, most)
            return _lines(layer, codes, page.get_height())
        finally:
            layer.close()
    finally:
        page.close()


def _codes(layer: pypdfium2.PdfTextPage, most: int) -> list[str]:
    """One string a character of the layer; halves of a pair give the whole one and an empty one."""
    from pypdfium2 import raw

    codes = [raw.FPDFText_GetUnicode(layer, i) for i in range(min(layer.count_chars(), most))]
    shown: list[str] = []
    for i, code in enumerate(codes):
        if 0xDC00 <= code < 0xE000:
            shown.append("")
        elif 0xD800 <= code < 0xDC00:
            low = codes[i + 1] if i + 1 < len(codes) else 0
            shown.append(chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00) if 0xDC00 <= low < 0xE000 else "")
        else:
            character = chr(code) if code <= 0x10FFFF else ""
            is_shown = code >= 32 or character in LINE_ENDS
            shown.append(LIGATURES.get(character, character) if is_shown else " ")
    return shown


def _lines(layer: pypdfium2.PdfTextPage, codes: list[str], height: float) -> list[PrintedLine]:
    lines: list[PrintedLine] = []
    start = 0
    for i, character in enumerate([*codes, "\n"]):
        if character not in LINE_ENDS or not character:
            continue
        end = i + 1 if character in BREAKING_HYPHENS else i
        inked = [k for k in range(start, end) if codes[k].strip()]
        if inked:
            lines.append(_line(layer, "".join(codes[start:end]), (inked[0], inked[-1]), height))
        start = i + 1
    return lines


def _line(layer: pypdfium2.PdfTextPage, text: str, ends: tuple[int, int], height: float) -> PrintedLine:
    from pypdfium2 import raw

    first, last = (_box(layer, i) for i in ends)
    return PrintedLine(
        text=" ".join(text.split()),
        left=first[0],
        right=last[1],
        bottom=min(first[2], last[2]),
        top=max(first[3], last[3]),
        size=raw.FPDFText_GetFontSize(layer, ends[0]),
        height=height,
    )


def _box(layer: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of a character; the loose box, which is as high as the font and not as the letter."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(layer, index, ctypes.byref(box))
    return box.left, box.right, box.bottom, box.top
