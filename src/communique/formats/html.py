"""Readouts as one web page: every text with its passages marked, and beside it the facts that they prove.

The page stands alone: no script, no font, no picture, nothing is fetched, and a policy in its head forbids it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib import resources

from communique.formats.facts import CAST, Fact, Line, Term, list_facts
from communique.formats.layout import Layout, Pair
from communique.formats.marking import Mark
from communique.formats.sheet import render_sheet
from communique.formats.wording import say
from communique.model import Document, Readout

LEGEND = {
    "engagement": "engagements",
    "commitment": "commitments",
    "mechanism": "mechanisms",
    "statement": "statements",
    "named": "who is named",
}
# A quotation on a card serves to recognize the passage; the whole of it stands in the text beside.
QUOTE_LENGTH = 120


def render(pairs: Iterable[Pair], layout: Layout) -> Iterator[str]:
    """Gives the page in pieces: head, one document after the other, contents, foot."""
    style = (resources.files(__package__) / "html.css").read_text("utf-8")
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Readouts · Communiqué</title>\n<style>\n{style}</style>\n</head>\n<body>\n{_legend()}<main>\n"
    )
    contents: list[str] = []
    for number, (document, readout) in enumerate(pairs, start=1):
        section = f"d{number}"
        yield _document(section, document, readout)
        contents.append(f'<li><a href="#{section}">{_isolate(document.title or document.uri)}</a></li>\n')
    if not contents:
        yield "<p>No document was read.</p>\n"
    yield "</main>\n"
    if len(contents) > 1:
        yield f'<nav id="contents" aria-label="Contents"><h2>Contents</h2>\n<ol>\n{"".join(contents)}</ol></nav>\n'
    yield "</body>\n</html>\n"


def _legend() -> str:
    keys = "".join(f'<li><mark class="{kind}">{name}</mark></li>' for kind, name in LEGEND.items())
    return f'<header class="page"><h1>Readouts</h1><ul class="legend" aria-label="Colours">{keys}</ul></header>\n'


def _document(section: str, document: Document, readout: Readout) -> str:
    facts = list_facts(readout)
    marks = _marks(section, facts)
    published = readout.document.published_evidence
    if published:
        date = Mark(
            start=published.start, end=published.end, kind="date", anchor=f"{section}-date", target=section, number=0
        )
        marks.append(date)
    return (
        f'<article id="{section}" aria-labelledby="{section}-title">\n{_head(section, document, readout)}'
        f'<div class="spread">\n<div class="sheet" lang="{escape(document.language or "", quote=True)}" dir="auto">\n'
        f"{render_sheet(document, marks)}</div>\n"
        f'<aside aria-label="Facts">{_cards(section, facts)}</aside>\n</div>\n</article>\n'
    )


def _cards(section: str, facts: Sequence[Fact]) -> str:
    if not facts:
        return '<p class="empty">Nothing found: no engagement, commitment, statement or person.</p>'
    refs = {fact.id: f"{section}-{fact.id}" for fact in facts if fact.kind in CAST}
    cards = [(fact, _card(section, number, fact, refs)) for number, fact in _number(facts)]
    done = "".join(card for fact, card in cards if fact.kind not in CAST)
    cast = "".join(card for fact, card in cards if fact.kind in CAST)
    return (f"<ol>{done}</ol>" if done else "") + (f'<h3 class="cast">Who is named</h3><ol>{cast}</ol>' if cast else "")


def _number(facts: Sequence[Fact]) -> list[tuple[int, Fact]]:
    """Numbers facts in their order; the cast, which comes last, has none (0)."""
    return [(0 if fact.kind in CAST else number, fact) for number, fact in enumerate(facts, start=1)]


def _head(section: str, document: Document, readout: Readout) -> str:
    published = "undated"
    if document.published:
        basis = f" ({escape(document.published_basis)})" if document.published_basis else ""
        published = f"<time>{document.published}</time>{basis}"
        if readout.document.published_evidence:
            published = f'<a href="#{section}-date">{published}</a>'
    source = escape(document.uri)
    if document.uri.startswith(("https://", "http://")):
        source = f'<a href="{escape(document.uri, quote=True)}" rel="noreferrer">{source}</a>'
    parts = [_isolate(document.site) if document.site else "", published, f'<span class="uri">{source}</span>']
    counts = [
        f"{len(entries)} {name if len(entries) != 1 else kind}"
        for kind, name, entries in (
            ("engagement", "engagements", readout.engagements),
            ("commitment", "commitments", readout.commitments),
            ("step of a mechanism", "steps of mechanisms", readout.mechanisms),
            ("statement", "statements", readout.statements),
            ("person", "people", readout.people),
        )
    ]
    return (
        f'<header><h2 id="{section}-title" dir="auto">{escape(document.title or document.uri)}</h2>'
        f'<p class="meta">{" · ".join(filter(None, parts))}</p><p class="meta">{" · ".join(counts)}</p></header>\n'
    )


def _marks(section: str, facts: Sequence[Fact]) -> list[Mark]:
    return [
        Mark(
            start=passage.start,
            end=passage.end,
            kind=fact.kind,
            anchor=f"{section}-{fact.id}-{n}",
            target=f"{section}-{fact.id}",
            # Mentions of an engagement's participants are marked quietly too: the passage around them has the number.
            number=number if n <= len(fact.passages) else 0,
        )
        for number, fact in _number(facts)
        for n, passage in enumerate((*fact.passages, *fact.mentions), start=1)
    ]


def _card(section: str, number: int, fact: Fact, refs: dict[str, str]) -> str:
    anchor = f"{section}-{escape(fact.id, quote=True)}"
    lines = "".join(_line(line, refs) for line in fact.lines)
    sure = "" if fact.confidence is None else f'<span class="sure">{fact.confidence:.0%} sure</span>'
    passages = "".join(
        f'<li><a href="#{anchor}-{n}"><q>{_isolate(_shorten(passage.quote))}</q></a></li>'
        for n, passage in enumerate(fact.passages, start=1)
    )
    sort = (
        f'<p class="sort"><span class="number">{number}</span> {say(fact.kind)} '
        f'<span class="word">{escape(fact.word)}</span>{sure}</p>'
    )
    return (
        f'<li class="card {fact.kind}" id="{anchor}">{sort if number else ""}<h3>{_isolate(fact.title)}</h3>'
        f"{f'<dl>{lines}</dl>' if lines else ''}{f'<ul>{passages}</ul>' if passages else ''}</li>\n"
    )


def _line(line: Line, refs: dict[str, str]) -> str:
    entries = "".join(f"<dd>{_terms(terms, refs)}</dd>" for terms in line.entries)
    return f"<div><dt>{escape(line.label)}</dt>{entries}</div>"


def _terms(terms: Iterable[Term], refs: dict[str, str]) -> str:
    written = ""
    for term in terms:
        name = _isolate(term.text)
        if term.ref in refs:
            name = f'<a href="#{escape(refs[term.ref], quote=True)}">{name}</a>'
        written += name + (" " if term.is_label else " · ")
    return written.removesuffix(" · ")


def _isolate(text: str) -> str:
    """Text in its own direction, so that an Arabic name does not turn the line around."""
    return f"<bdi>{escape(text)}</bdi>"


def _shorten(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= QUOTE_LENGTH else line[: QUOTE_LENGTH - 1].rsplit(" ", 1)[0] + " …"
