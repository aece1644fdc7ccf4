"""Chooses the headline among the lines above an article, and finds outlet, bylines and tags there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from communique.lexicon import Lexicon
from communique.pages.furniture import SEPARATOR, Mark, furniture_of
from communique.pages.lines import WORD, Line, normalise

LONGEST_TITLE = 30
_AND = re.compile(r"\s+(?:and|et|y|und)\s+|\s*[&,;]\s*")
_BRACKETED = re.compile(r"[\[(][^\])\d]{4,}[\])]$")
_HANDLE = re.compile(r"@\w{2,40}(?!\S*@)")
_NUMBERED = re.compile(r"\d{1,2}[:.)]")
_TRAIL = re.compile(r"\s[>»›]\s|\s{2,}")


def choose_title(
    lines: Sequence[Line], marks: Sequence[Mark | None], head: int, repeats: Counter[str], lexicon: Lexicon
) -> int | None:
    """Index of the headline among the lines before the first prose line ``head``, None when there is none.

    A line that is repeated on the page is trusted first (pages repeat their title in the trail, the picture's caption,
    the header); else the line that looks most like a headline.
    """
    candidates = [
        i
        for i in range(head)
        if marks[i] is None and lines[i].core and 2 <= lines[i].words <= LONGEST_TITLE and not is_account(lines, i)
    ]
    repeated = [i for i in candidates if repeats[lines[i].core] > 1 and lines[i].words >= 4]
    if repeated:
        chosen = lines[repeated[-1]].core
        return next(i for i in repeated if lines[i].core == chosen)
    scored = [(_headline_score(lines[i], lexicon), -i) for i in candidates if not is_label(lines[i], lexicon)]
    if not scored:
        long = [i for i in candidates if lines[i].words >= 5 and 0 < i < len(lines) - 1]
        return long[-1] if long else None
    score, index = max(scored)
    return -index if score > 0 else None


def is_account(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is the name over a post: the line under it begins with the account's handle."""
    return i + 1 < len(lines) and _HANDLE.match(lines[i + 1].text) is not None


def is_label(line: Line, lexicon: Lexicon) -> bool:
    """Whether a short line above an article only names its outlet or its section."""
    if not line.core or line.words > 9 or line.ends_sentence:
        return False
    sections = lexicon.table("interface")["sites"]["sections"]
    parts = [part for part in SEPARATOR.split(line.text) if part and part.strip()]
    labelled = normalise(parts[0]) in sections and len(WORD.findall(" ".join(parts[1:]))) < 4
    return labelled or _is_site(line.text, lexicon)


def _is_site(text: str, lexicon: Lexicon) -> bool:
    words = lexicon.table("interface")["sites"]["words"]
    segments = [part for part in SEPARATOR.split(text) if part and part.strip()]
    core = normalise(segments[0]) if segments else ""
    named = any(part in words for part in core.split()) or core.endswith(tuple(w for w in words if w.startswith(".")))
    capitals = [
        word[0].isupper() or word.lower() in ("of", "the", "and", "in", "for", "de", "la", "du")
        for word in WORD.findall(text)
    ]
    return named and bool(capitals) and all(capitals)


def _headline_score(line: Line, lexicon: Lexicon) -> float:
    """More than 0 for a line that can be a headline; the higher, the likelier."""
    words = WORD.findall(line.text)
    score = min(len(words), 5)
    lower = sum(word[0].islower() for word in words)
    score += min(lower, 3)
    if line.ends_sentence and not line.text.endswith(("?", '"', "'", "”", "’", "...", "…")):
        score -= 8
    if line.bullet or _NUMBERED.match(line.text) or _BRACKETED.search(line.text) or line.text.endswith(":"):
        score -= 8
    if _TRAIL.search(line.text):
        score -= 4
    return float(score)


def find_site(
    lines: Sequence[Line], marks: Sequence[Mark | None], title: int | None, head: int, lexicon: Lexicon
) -> str | None:
    """The outlet's name: the first segment above the article that has an outlet's words or stands alone as a name."""
    furniture = furniture_of(lexicon)
    sites = lexicon.table("interface")["sites"]
    states = tuple(f"{state} of" for state in sites["states"])
    fallback = None
    for i, (line, mark) in enumerate(zip(lines[:head], marks, strict=False)):
        if is_account(lines, i) and mark is None:
            return line.text
        if (
            i == title
            or not line.core
            or line.words > 14
            or (mark is not None and mark.reason not in ("date", "other"))
        ):
            continue
        shown = furniture.without_dates(line.text) if furniture.dates.find(line.text) else line.text
        for part in SEPARATOR.split(shown):
            name = (part or "").strip(" ,:;.•*")
            words = len(WORD.findall(name))
            if furniture.is_phrase(name) or normalise(name) in sites["sections"] or not 1 <= words <= 7:
                continue
            if normalise(name).startswith(states):
                continue
            if _is_site(name, lexicon) and (words > 1 or "." in name):
                return name
            if fallback is None and title is not None and i < title and mark is None and name[0].isupper():
                fallback = name
    return fallback


def find_authors(lines: Sequence[Line], marks: Sequence[Mark | None], lexicon: Lexicon) -> tuple[str, ...]:
    """Names in the bylines, in order; desks and agencies are nobody's name."""
    table = lexicon.table("interface")["bylines"]
    furniture = furniture_of(lexicon)
    start = re.compile(
        rf"[\[(]?(?:{'|'.join(map(re.escape, sorted(table['starts'], key=len, reverse=True)))})[\s:]+", re.IGNORECASE
    )
    names: list[str] = []
    for line, mark in zip(lines, marks, strict=True):
        if mark is None or mark.reason != "byline" or not (match := start.match(line.text)):
            continue
        rest = SEPARATOR.split(furniture.without_dates(line.text[match.end() :]))[0]
        names += [
            name for part in _AND.split(rest) if (name := person_name(part, table["nobody"])) and name not in names
        ]
    return tuple(names)


def person_name(text: str, nobody: Sequence[str]) -> str | None:
    """``text`` as a person's name of two to five words, None when it is none."""
    name = text.strip(" .,;:|-–—()[]")
    words = name.split()
    if not 2 <= len(words) <= 5 or any(word.lower().strip(".") in nobody for word in words):
        return None
    particles = ("de", "al", "el", "bin", "van", "von", "der", "den", "da", "di", "la", "ag", "ould")
    return name if all(word[0].isupper() or word.lower() in particles for word in words) else None


def find_tags(lines: Sequence[Line], marks: Sequence[Mark | None]) -> tuple[str, ...]:
    """The page's keywords, from lines such as "Tags: a, b" or "#A #B". Tags glued together stay glued."""
    tags: list[str] = []
    for line, mark in zip(lines, marks, strict=True):
        if mark is None or mark.reason != "tags":
            continue
        if "#" in line.text:
            found = re.findall(r"#(\w+)", line.text)
        else:
            rest = re.sub(r"^[^:]{0,20}:\s*|^\w+\s{2,}|^TAGS\s+", "", line.text)
            found = [part.strip() for part in re.split(r"\s{2,}|[,|·;]\s*|\t", rest)]
        tags += [tag for tag in found if tag and tag not in tags]
    return tuple(tags)
