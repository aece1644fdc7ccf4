"""Bytes → text, without touching a line end: offsets must count what stands in the file."""

from __future__ import annotations

import codecs
import contextlib
import re

from communique.errors import DocumentEmpty, DocumentNotText

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:\-]{2,40})", re.IGNORECASE
)
_MAGIC = {
    b"PK\x03\x04": "a ZIP archive or an office document other than DOCX",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
}
_CONTROLS = {code: None for code in (*range(9), 11, *range(14, 32), 127) if code != 27}
# Python knows these as encodings, but no page is written in them.
_NO_CHARSETS = frozenset(
    {"unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "idna", "punycode", "undefined"}
)
# Texts hold no more than stray control characters; on 1,000 random byte strings the least share was 0.08.
MOST_CONTROLS = 0.02
# Detection looks at so many bytes; more adds time, not certainty.
DETECTION_SAMPLE = 200_000


def decode(content: bytes, uri: str, *, charset: str | None = None) -> str:
    """Decodes a text or HTML file; a byte-order mark is dropped, line ends stay.

    UTF-8 comes first, then what came with the bytes, then what the HTML declares, then detection.

    Args:
        content: All bytes of the file.
        uri: What error messages call it.
        charset: The encoding that a mail part or a web server named.

    Raises:
        DocumentEmpty: If there is nothing but white space.
        DocumentNotText: If the bytes are of another kind of file or in no encoding.
    """
    if not content.strip():
        raise DocumentEmpty(f"{uri}: nothing in it ({len(content)} bytes). Leave it out, or fetch it again.")
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            raise DocumentNotText(
                f"{uri}: is {kind}, not text. `communique read` opens archives; convert others to text or HTML."
            )
    text = _decode_known(content, charset)
    if text is None:
        text = _decode_detected(content)
    if text is None or _is_rubbish(text):
        raise DocumentNotText(
            f"{uri}: its {len(content)} bytes are not text in any known encoding (they begin with {content[:12]!r}). "
            "Give a text or HTML file, best in UTF-8."
        )
    if not text.strip():
        raise DocumentEmpty(f"{uri}: nothing but white space in it. Leave it out, or fetch it again.")
    return text


def _decode_known(content: bytes, charset: str | None) -> str | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _try(content[len(bom) :], encoding)
    with contextlib.suppress(UnicodeDecodeError):
        return content.decode("utf-8")
    if charset and (text := _try(content, charset)) is not None:
        return text
    declared = _DECLARED.search(content, 0, 4096)
    return _try(content, declared[1].decode("ascii", "ignore")) if declared else None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        if codecs.lookup(encoding).name in _NO_CHARSETS:
            return None
        text = content.decode(encoding)
        text.encode("utf-8")  # half characters, which UTF-7 lets through, are no text
    except (UnicodeError, LookupError, ValueError):
        return None
    return text


def _decode_detected(content: bytes) -> str | None:
    if content.count(0) > len(content) // 20:
        return None  # only UTF-16 without a mark has so many zeros, and no detection tells it from rubbish
    import charset_normalizer

    best = charset_normalizer.from_bytes(content[:DETECTION_SAMPLE]).best()
    return _try(content, best.encoding) if best is not None else None


def _is_rubbish(text: str) -> bool:
    sample = text[:DETECTION_SAMPLE]
    controls = len(sample) - len(sample.translate(_CONTROLS))
    return controls > MOST_CONTROLS * len(sample) or "\x00" in sample
