"""A brief as PDF, set by Typst.

What is set comes to Typst as data, never as source: nothing in a report can be taken for a command, and nothing has to
be escaped. The template reads no file and loads no package. The fonts are those that come with it, so the same
brief gives the same bytes on every machine; only where a text has letters they lack (Arabic, Chinese …) are the
machine's own asked.
"""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from dataclasses import fields, is_dataclass
from importlib import resources
from typing import Any

import typst

from communique.exchange.briefs.document import Block, BriefDocument, Citation, Note, Picture
from communique.exchange.briefs.wording import say_day

FONT = "Libertinus Serif"
# Scripts whose letters stand in the font that comes along.
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "HEBREW")
# Asked for, in this order, where the font that comes along lacks a letter.
FALLBACKS = ("Noto Naskh Arabic", "Noto Serif", "Noto Serif CJK SC", "Noto Sans", "DejaVu Sans")
# Letters of a title that fit into the head of a page.
SHORT_TITLE = 70
PICTURE_PPI = 220


def write_pdf(document: BriefDocument) -> bytes:
    """The brief as a tagged PDF; its dates are the day of the brief."""
    inputs = {"brief": json.dumps(_data(document)), "fonts": json.dumps(_fonts(document))}
    template = (resources.files(__package__) / "brief.typ").read_bytes()
    made = typst.compile(
        template,
        format="pdf",
        sys_inputs=inputs,
        ignore_system_fonts=_fits_own_font(document),
        timestamp=dt.datetime.combine(document.day, dt.time(), dt.UTC),
    )
    return _single(made)


def draw_png(picture: Picture) -> bytes:
    """A picture as PNG, for formats that know no SVG."""
    source = (
        '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 495pt)'
    )
    inputs = {"svg": picture.svg}
    made = typst.compile(
        source.encode(), format="png", ppi=PICTURE_PPI, sys_inputs=inputs, ignore_system_fonts=picture.svg.isascii()
    )
    return _single(made)


def _single(made: bytes | list[bytes] | None) -> bytes:
    if isinstance(made, bytes):
        return made
    raise TypeError(f"Typst gave {type(made).__name__} where one file was asked for.")


def _fonts(document: BriefDocument) -> list[str]:
    return [FONT] if _fits_own_font(document) else [FONT, *FALLBACKS]


def _fits_own_font(document: BriefDocument) -> bool:
    letters = {c for text in document.strings() for c in text if c.isalpha() and not c.isascii()}
    return all(unicodedata.name(c, "").startswith(SCRIPTS) for c in letters)


def _data(document: BriefDocument) -> dict[str, Any]:
    title = document.title
    short = title if len(title) <= SHORT_TITLE else f"{title[: SHORT_TITLE - 1].rsplit(' ', 1)[0]} …"
    day = document.day
    return {
        "title": title,
        "short": short,
        "subtitle": document.subtitle,
        "day": say_day(day),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "colophon": document.colophon,
        "sections": [
            {"heading": section.heading, "level": section.level, "blocks": [_block(block) for block in section.blocks]}
            for section in document.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    return {"kind": type(block).__name__, **_plain(block)}


def _plain(value: Any) -> Any:
    """Records as dictionaries, with the properties that the template asks for."""
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if not is_dataclass(value):
        return value
    plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Citation):
        plain |= {"source": value.source, "stop": value.stop}
    elif isinstance(value, Note):
        plain["remainder"] = value.remainder
    return plain
