"""Surrogate sentences: each mention becomes one token, and the simpler sentence is parsed.

A parser trained on news is at its worst inside "Lt. Gen. Amadou Keita, Deputy Commander of the Joint Force, and …"; it
is at its best on "John and …". So the blocks go first; an anchor leads from every token back to the document's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from communique.reading.analysis import Line, Mention
from communique.reading.words import Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# What stands for a mention of each kind: frequent words that the parser reads as one plain noun phrase.
_STAND_INS = {
    "person": "John",
    "organization": "Congress",
    "country": "France",
    "post": "John",
    "place": "Paris",
    "date": "Monday",
}
# What a verb and what hangs on it end in: "didn't", "we'll".
_ENDINGS = ("n't", "n’t", "'ll", "’ll", "'re", "’re", "'ve", "’ve", "'d", "’d", "'m", "’m")


def build_surrogate(line: Line, nlp: Language, text: str) -> Doc:
    """The surrogate sentence of ``line`` as an unparsed Doc; fills ``line.anchors`` and ``line.mention_of``.

    Bracketed asides without a mention are left out.
    """
    from spacy.tokens import Doc

    words = line.labelled.words
    tokens: list[str] = []
    spaces: list[bool] = []
    anchors: list[tuple[int, int]] = []
    mention_of: dict[int, Mention] = {}
    starts = {m.first: m for m in line.mentions}
    skip = _asides(line)
    is_loud = text[line.start : line.end].isupper()
    i = 0
    while i < len(words):
        mention = starts.get(i)
        if mention is not None:
            mention_of[len(tokens)] = mention
            tokens.append(_stand_in(mention, line, i))
            anchors.append((words[i].start, words[mention.last - 1].end))
            i = max(mention.last, i + 1)
            if _closes_apposition(line, mention, i, starts):
                i += 1
            spaces.append(_space_after(words, i, text))
            continue
        if i in skip:
            i += 1
            continue
        word = words[i]
        pieces = _pieces(word.text, is_loud=is_loud)
        at = word.start
        for k, piece in enumerate(pieces):
            tokens.append(piece)
            anchors.append((at, at + len(piece)))
            at += len(piece)
            spaces.append(k == len(pieces) - 1 and _space_after(words, i + 1, text))
        i += 1
    line.anchors, line.mention_of = anchors, mention_of
    if not tokens:
        tokens, spaces, line.anchors = ["."], [False], [(line.start, line.end)]
    starts_sentence: list[bool | int | None] = [k == 0 for k in range(len(tokens))]
    return Doc(nlp.vocab, words=tokens, spaces=spaces, sent_starts=starts_sentence)


def _stand_in(mention: Mention, line: Line, i: int) -> str:
    if mention.kind in ("country", "place", "date") and mention.last - mention.first == 1:
        return line.labelled.words[i].text
    return _STAND_INS[mention.kind]


def _closes_apposition(line: Line, mention: Mention, i: int, starts: dict[int, Mention]) -> bool:
    """Whether word ``i`` is the comma after "its commander, John": the block is one token now, so the comma goes."""
    words = line.labelled.words
    if mention.kind != "person" or i + 1 >= len(words) or words[i].text != ",":
        return False
    inner = any(words[k].text == "," for k in range(mention.first, mention.name_first))
    following = words[i + 1]
    return (
        inner
        and i + 1 not in starts
        and following.low not in ("and", "as", "or", "but")
        and not following.is_capitalized
    )


def _asides(line: Line) -> set[int]:
    """Words of short brackets that hold no mention: "(ISPR)", "(47)"."""
    words = line.labelled.words
    out: set[int] = set()
    opened: int | None = None
    mentioned = {i for m in line.mentions for i in range(m.first, m.last)}
    for i, word in enumerate(words):
        if word.text == "(":
            opened = i
        elif word.text == ")" and opened is not None:
            inside = range(opened, i + 1)
            if i - opened <= 12 and not mentioned & set(inside):
                out.update(inside)
            opened = None
    return out


def _space_after(words: Sequence[Word], i: int, text: str) -> bool:
    if i >= len(words):
        return False
    return text[words[i].start - 1].isspace()


def _pieces(word: str, *, is_loud: bool) -> list[str]:
    """Splits what the parser's tokenizer would split: "didn't", "US-led".

    Args:
        word: The word.
        is_loud: Whether its sentence is all in capitals; parsers take these for names.
    """
    low = word.lower()
    if is_loud:
        word = low
    if low.endswith(_ENDINGS):
        ending = next(ending for ending in _ENDINGS if low.endswith(ending))
        if len(word) > len(ending):
            return [word[: -len(ending)], word[-len(ending) :]]
    return _hyphenated(word)


def _hyphenated(word: str) -> list[str]:
    if "-" not in word.strip("-"):
        return [word]
    pieces: list[str] = []
    for k, part in enumerate(word.split("-")):
        pieces += ["-", part] if k else [part]
    return [piece for piece in pieces if piece]
