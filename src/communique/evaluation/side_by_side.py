"""Two sources on one page, report by report: the text with their passages marked, the facts of one beside the other's.

The page stands alone: no script, no font, no picture, nothing is fetched, and a policy in its head forbids it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources

from communique.errors import DocumentError
from communique.evaluation.alignment import Fact, Row, align
from communique.evaluation.claims import Claims
from communique.evaluation.gold import GoldDocument
from communique.formats.marking import Mark
from communique.formats.sheet import render_sheet
from communique.formats.wording import say
from communique.model import Document
from communique.pages import open_document
from communique.reading.quote_finder import QuoteFinder, Span

# Verdict of a row → the class of its marks and its card.
LOOKS = {"same": "hit", "differs": "wrong", "left": "missed", "right": "extra"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the two sources are called.

    Attributes:
        title: The page's title.
        left: The first source ("Gold").
        right: The second one ("Readout").
        only_left: A fact that only the first has ("missed").
        only_right: A fact that only the second has ("extra").
    """

    title: str
    left: str
    right: str
    only_left: str
    only_right: str

    @property
    def legend(self) -> dict[str, str]:
        """Class → meaning."""
        return {"hit": "in both", "wrong": "in both, differing", "missed": self.only_left, "extra": self.only_right}


GOLD_WORDING = Wording(
    title="Gold and readouts", left="Gold", right="Readout", only_left="missed", only_right="superfluous"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One report.

    Attributes:
        name: What it is called.
        rows: What the two sources say.
        document: The report; None where its text is not at hand.
        note: What else there is to say ("there is no readout").
    """

    name: str
    rows: Sequence[Row]
    document: Document | None = None
    note: str = ""


def gold_entry(report: GoldDocument, found: Claims | None) -> Entry:
    """A report of the gold beside what was found in it.

    Args:
        report: The annotated report.
        found: What the readout says; None when there is no readout.
    """
    note = "There is no readout of this report." if found is None else ""
    try:
        document = open_document(report.text_path)
    except DocumentError as error:  # readouts can be scored without the reports, and are shown without them
        document, note = None, f"{note} The text is not shown: {error}".strip()
    return Entry(name=report.name, rows=align(report.claims, found or Claims()), document=document, note=note)


def render_page(entries: Iterable[Entry], wording: Wording, summary: str) -> Iterator[str]:
    """Gives the page in pieces: head, figures, one report after the other, contents.

    Args:
        entries: The reports.
        wording: What the sources are called.
        summary: The figures as plain text.
    """
    style = (resources.files("communique.formats") / "html.css").read_text("utf-8")
    style += (resources.files(__package__) / "side_by_side.css").read_text("utf-8")
    keys = "".join(f'<li><mark class="{look}">{escape(name)}</mark></li>' for look, name in wording.legend.items())
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(wording.title)} · Communiqué</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<header class="page"><h1>{escape(wording.title)}</h1>'
        f'<ul class="legend" aria-label="Colours">{keys}</ul></header>\n'
        f"<pre>{escape(summary)}</pre>\n<main>\n"
    )
    contents = []
    for number, entry in enumerate(entries, 1):
        section = f"d{number}"
        yield _render_entry(section, entry, wording)
        wrong = sum(row.verdict != "same" for row in entry.rows)
        link = f'<a href="#{section}"><bdi>{escape(entry.name)}</bdi></a>'
        contents.append(f"<li>{link} – {wrong} of {len(entry.rows)} facts to look at</li>\n")
    yield "</main>\n"
    if contents:
        yield f'<nav aria-label="Contents"><h2>Contents</h2>\n<ol>\n{"".join(contents)}</ol></nav>\n'
    yield "</body>\n</html>\n"


def _render_entry(section: str, entry: Entry, wording: Wording) -> str:
    cards = "".join(_card(section, number, row, wording) for number, row in enumerate(entry.rows, 1))
    note = f'<p class="meta">{escape(entry.note)}</p>' if entry.note else ""
    sheet = ""
    if entry.document is not None:
        marks = list(_marks(section, entry.document, entry.rows))
        sheet = f'<div class="sheet" dir="auto">\n{render_sheet(entry.document, marks)}</div>\n'
    table = (
        f'<table><thead><tr><th scope="col">#</th><th scope="col">{escape(wording.left)}</th>'
        f'<th scope="col">{escape(wording.right)}</th></tr></thead><tbody>\n{cards}</tbody></table>\n'
        if cards
        else '<p class="empty">No facts on either side.</p>\n'
    )
    return (
        f'<article id="{section}" aria-labelledby="{section}-title"><header><h2 id="{section}-title" dir="auto">'
        f"{escape(entry.name)}</h2>{note}</header>\n{sheet}{table}</article>\n"
    )


def _marks(section: str, document: Document, rows: Sequence[Row]) -> Iterator[Mark]:
    """The passages of both sources, overlapping ones of a row as one; people have none."""
    finder = QuoteFinder(document.text, ((0, len(document.text)),))
    for number, row in enumerate(rows, 1):
        quotes = (quote for fact in (row.left, row.right) if fact for quote in fact.passages)
        places = sorted((e.start, e.end) for quote in quotes if (e := finder.find(quote)))
        for k, (start, end) in enumerate(_united(places), 1):
            yield Mark(
                start=start,
                end=end,
                kind=LOOKS[row.verdict],
                anchor=f"{section}-{number}-{k}",
                target=f"{section}-{number}",
                number=number,
            )


def _united(places: Iterable[Span]) -> list[Span]:
    """Half-open spans in order, those that overlap made one."""
    out: list[Span] = []
    for start, end in places:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _card(section: str, number: int, row: Row, wording: Wording) -> str:
    verdict = {"same": "", "differs": "differs", "left": wording.only_left, "right": wording.only_right}[row.verdict]
    head = f"{number} {say(row.kind)}" + (f"<br><strong>{escape(verdict)}</strong>" if verdict else "")
    return (
        f'<tr id="{section}-{number}" class="{LOOKS[row.verdict]}"><th scope="row">{head}</th>'
        f"<td>{_fact(row.left)}</td><td>{_fact(row.right)}</td></tr>\n"
    )


def _fact(fact: Fact | None) -> str:
    if fact is None:
        return ""
    lines = "".join(
        f"<div><dt>{escape(label)}</dt>{''.join(_term(term.text, term.agrees) for term in terms)}</div>"
        for label, terms in fact.fields.items()
        if terms
    )
    sure = "" if fact.confidence is None else f'<p class="meta">{fact.confidence:.0%} sure</p>'
    quotes = "".join(f"<li><q><bdi>{escape(quote)}</bdi></q></li>" for quote in fact.passages)
    return f"<dl>{lines}</dl>{sure}" + (f"<ul>{quotes}</ul>" if quotes else "")


def _term(text: str, agrees: bool) -> str:
    words = f"<bdi>{escape(say(text))}</bdi>"
    return f"<dd>{words if agrees else f'<em>{words}</em>'}</dd>"
