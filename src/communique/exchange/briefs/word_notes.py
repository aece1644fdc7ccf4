"""Footnotes of a Word document: python-docx has none, so their part of the package is written here."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from communique.exchange.briefs.document import Note

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# The two that every part of footnotes has: the line above the notes, and that above those which run on.
SEPARATORS = (("separator", "-1"), ("continuationSeparator", "0"))
NOTE_SIZE = Pt(8)
# Ids of the styles by which Word, and what imitates it, know notes and their marks.
TEXT_STYLE, MARK_STYLE = "footnotetext", "footnotereference"


class Footnotes:
    """Collects the notes of a document, and puts them into its package."""

    def __init__(self) -> None:
        self._notes: list[Note] = []

    def refer(self, paragraph: Paragraph, note: Note) -> None:
        """Puts the mark of a note at the end of a paragraph."""
        self._notes.append(note)
        run = paragraph.add_run(style="footnote reference")
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self._notes)))
        run._r.append(reference)

    def attach(self, paper: Document) -> None:
        """Adds the part with the notes to the package."""
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE, None, paper.part.package)
        root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        for kind, number in SEPARATORS:
            root.append(_separator(kind, number))
        for position, note in enumerate(self._notes, start=1):
            root.append(_footnote(position, note, part))
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        paper.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _separator(kind: str, number: str) -> etree._Element:
    return parse_xml(
        f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    )


def _footnote(number: int, note: Note, part: Part) -> etree._Element:
    footnote = OxmlElement("w:footnote")
    footnote.set(qn("w:id"), str(number))
    paragraph = OxmlElement("w:p")
    properties = OxmlElement("w:pPr")
    properties.append(_value("w:pStyle", TEXT_STYLE))
    paragraph.append(properties)
    footnote.append(paragraph)
    mark = _run("", is_mark=True)
    mark.append(OxmlElement("w:footnoteRef"))
    paragraph.append(mark)
    for citation in note.citations:
        paragraph.append(_run(f" {citation.source} ({citation.code}): “"))
        paragraph.append(_run(citation.quote, is_italic=True))
        paragraph.append(_run(f"”{citation.stop}"))
        if citation.link:
            paragraph.append(_run(" "))
            paragraph.append(_link(citation.link, part))
    if note.remainder:
        paragraph.append(_run(f" {note.remainder}"))
    return footnote


def _link(address: str, part: Part) -> etree._Element:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(_run(address))
    return link


def _run(text: str, *, is_italic: bool = False, is_mark: bool = False) -> etree._Element:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    if is_mark:
        properties.append(_value("w:rStyle", MARK_STYLE))
    if is_italic:
        properties.append(OxmlElement("w:i"))
    run.append(properties)
    if text:
        words = OxmlElement("w:t")
        words.text = text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
    return run


def _value(name: str, value: str) -> etree._Element:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element
