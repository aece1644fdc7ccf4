"""The gate itself: bytes first, text only of what is left, and the language of all of it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from communique.engine.gate.scanner import Scanner
from communique.engine.gate.words import GateWords
from communique.errors import DocumentError
from communique.lexicon import Lexicon
from communique.pages.decoding import decode
from communique.pages.language import name_language
from communique.pages.media import TEXT, media_type_of

VerdictKind = Literal["read", "irrelevant", "foreign"]
UNDETERMINED = "und"  # ISO 639-2 for "no language named"
# So many bytes of text may lie between a post and a trigger. In all gold the nearest pair of a report lies at most
# 320 apart, in 99 of 100 at most 175; wider windows let in more pages without a further relevant one.
WINDOW = 400
# Bytes of the raw page on both sides of a post or rank that are made into text, tags, attributes and all: a page that
# names a minister in its menu alone need not be parsed as a whole.
REACH = 4000
# Larger pages are left to the reader, which refuses what is too large with a reason.
MOST_BYTES = 4_000_000
# Encodings in which ASCII words do not stand as ASCII bytes.
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_DECLARED = re.compile(rb"<html[^>]{0,400}?\slang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
_HEAD = 4096
# All three begin alike, so a processor's vector unit finds them at several times the speed of bytes.find.
_BODY, _SCRIPT, _SCRIPT_END = range(3)
_BOUNDS = BytesAhoCorasick([b"<body", b"<script", b"</script"], MatchKind.LeftmostLongest)
# An English page without these two is too short to hold a report.
_ENGLISH = (b" the ", b" of ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be done with a page.

    Attributes:
        kind: "read", "irrelevant" (English, and cannot hold an engagement), or "foreign" (for later, never as English).
        language: ISO 639-1 code as far as it is known; "und" for a foreign page whose language nothing tells.
    """

    kind: VerdictKind
    language: str | None = None


class Gate:
    """Judges pages. Made once for many; holds no state between pages.

    Args:
        lexicon: Language knowledge; the packaged one by default.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or Lexicon()
        words = GateWords.of(self._lexicon)
        self._who, self._what = Scanner(words.who), Scanner(words.what)

    def judge(self, content: bytes) -> Verdict:
        """Judges one page by its bytes.

        What cannot be judged by its bytes (PDF, mail, office documents; what is empty, too large, no text) goes on to
        the reader, which reads it or says what is wrong with it.
        """
        is_wide = content.startswith(_WIDE)
        is_text = media_type_of(content) == TEXT and (is_wide or b"\0" not in content[:_HEAD])
        if len(content) > MOST_BYTES or not content or not is_text:
            return Verdict(kind="read")
        if is_wide:
            try:
                content = decode(content, "the page").encode()
            except DocumentError:
                return Verdict(kind="read")
        parts = _visible_parts(content)
        view = memoryview(content)  # nine pages in ten end at the next line, and need not be copied for it
        if not any(self._who.is_in(view[start:end]) for start, end in parts):
            return self._dismiss(content)
        body = b" ".join(content[start:end] for start, end in parts)
        near = [body[start:end] for start, end in _neighbourhoods(self._who.starts(body), REACH)]
        if not any(self._what.is_in(stretch) for stretch in near):
            return self._dismiss(content)
        texts = [_visible(stretch) for stretch in near]
        language = name_language(" ".join(texts), self._lexicon)
        if language not in ("en", None):
            return Verdict(kind="foreign", language=language)
        is_told = any(self._is_told(text.encode()) for text in texts)
        return Verdict(kind="read" if is_told else "irrelevant", language=language)

    def _dismiss(self, content: bytes) -> Verdict:
        """A page without the words: English is passed over, the rest is for later."""
        declared = _DECLARED.search(content, 0, _HEAD)
        if declared is not None:
            code = declared[1].decode().lower()
            return Verdict(kind="irrelevant" if code == "en" else "foreign", language=code)
        if all(word in content for word in _ENGLISH):
            return Verdict(kind="irrelevant", language="en")
        try:
            text = _visible(decode(content, "the page").encode())
        except DocumentError:
            return Verdict(kind="read")
        language = name_language(text, self._lexicon)
        return Verdict(kind="irrelevant" if language == "en" else "foreign", language=language or UNDETERMINED)

    def _is_told(self, text: bytes) -> bool:
        """Whether somebody with a post or rank stands near something that people do together."""
        return _is_near(self._who.starts(text), self._what.starts(text), WINDOW)


def _is_near(some: Iterable[int], others: Iterable[int], most: int) -> bool:
    """Whether any two offsets, one of each ascending row, are at most so far apart."""
    left, right = iter(some), iter(others)
    a, b = next(left, None), next(right, None)
    while a is not None and b is not None:
        if abs(a - b) <= most:
            return True
        if a < b:
            a = next(left, None)
        else:
            b = next(right, None)
    return False


def _visible_parts(content: bytes) -> list[tuple[int, int]]:
    """The page without its head and scripts, which are half of the bytes and nothing that a reader sees."""
    parts: list[tuple[int, int]] = []
    at, script, has_body = 0, None, False
    for number, start, _ in _BOUNDS.find_matches_as_indexes(content):
        if number == _SCRIPT and script is None:
            script = start
        elif number == _SCRIPT_END and script is not None:
            parts.append((at, script))
            at, script = start, None
        elif number == _BODY and script is None and not has_body:
            parts, at, has_body = [], start, True
    return [*parts, (at, len(content))]


def _neighbourhoods(starts: Iterable[int], reach: int) -> Iterator[tuple[int, int]]:
    """Stretches of the page around ascending offsets; those that touch are one."""
    first = last = None
    for start in starts:
        if last is not None and start - reach <= last:
            last = start + reach
            continue
        if first is not None and last is not None:
            yield first, last
        first, last = max(0, start - reach), start + reach
    if first is not None and last is not None:
        yield first, last


def _visible(markup: bytes) -> str:
    """The text that a stretch of a page shows, menus included: what is article is for the reader to find out.

    Letters beyond ASCII may be lost where the page is not in UTF-8; the words that are looked for have none.
    """
    page = markup.decode("utf-8", "replace")
    if "<" not in page:
        return page
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(page, preserve_formatting=False, list_bullets=False, alt_texts=False)
    return text
