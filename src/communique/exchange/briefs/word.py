"""A brief as a Word document: styles to edit by, real footnotes, page numbers, the title in the head of each page."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Sequence

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as WordParagraph

from communique.exchange.briefs.document import (
    Block,
    BriefDocument,
    Entries,
    Figures,
    Paragraph,
    Picture,
    Section,
    Sentence,
    Table,
)
from communique.exchange.briefs.pdf import draw_png
from communique.exchange.briefs.word_notes import NOTE_SIZE, Footnotes
from communique.exchange.briefs.wording import say_day

SERIF = "Georgia"
QUIET = RGBColor(0x66, 0x62, 0x5A)
INK = RGBColor(0x1D, 0x1C, 0x19)
TEXT_WIDTH = 154  # mm: A4 with margins of 28 mm
LEAD = Mm(36)
AFTER_BORDERS = {qn(f"w:{name}") for name in ("shd", "tblLayout", "tblCellMar", "tblLook")}
# The first day that a ZIP archive can carry: a part's day says nothing, and the same brief has the same bytes.
ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def write_word(document: BriefDocument) -> bytes:
    """The brief as .docx."""
    paper = docx.Document()
    _set_styles(paper)
    _set_page(paper, document)
    paper.add_paragraph(document.title, style="Title")
    _small(paper.add_paragraph(), f"{document.subtitle}, as at {say_day(document.day)}", is_italic=True)
    writer = _Writer(paper)
    for section in document.sections:
        writer.write(section)
    if document.colophon:
        _small(paper.add_paragraph(), document.colophon)
    writer.notes.attach(paper)
    file = io.BytesIO()
    paper.save(file)
    return _with_fixed_days(file.getvalue())


class _Writer:
    """Writes the sections of one document."""

    def __init__(self, paper: Document) -> None:
        self.notes = Footnotes()
        self._paper = paper

    def write(self, section: Section) -> None:
        """One section."""
        self._paper.add_heading(section.heading, level=section.level - 1)
        for block in section.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._sentences(self._paper.add_paragraph(), block.sentences)
            case Figures():
                self._figures(block)
            case Entries():
                self._entries(block)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)

    def _sentences(self, paragraph: WordParagraph, sentences: Iterable[Sentence]) -> None:
        for i, sentence in enumerate(sentences):
            paragraph.add_run(f"{' ' if i else ''}{sentence.text}")
            if sentence.note:
                self.notes.refer(paragraph, sentence.note)

    def _figures(self, block: Figures) -> None:
        table = self._paper.add_table(rows=1, cols=len(block.figures))
        _set_close(table._tbl)
        for cell, figure in zip(table.rows[0].cells, block.figures, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(figure.value).font.size = Pt(18)
            paragraph.add_run().add_break()
            _small(paragraph, figure.label)
        self._paper.add_paragraph()

    def _entries(self, block: Entries) -> None:
        if block.heading:
            self._paper.add_heading(block.heading, level=2)
        if block.mark:
            _small(paragraph := self._paper.add_paragraph(), block.mark)
            paragraph.paragraph_format.keep_with_next = True
        for entry in block.entries:
            paragraph = self._paper.add_paragraph(style="Entry")
            lead = paragraph.add_run(f"{entry.lead}\t")
            lead.italic, lead.font.color.rgb = True, QUIET
            self._sentences(paragraph, entry.sentences)
            if entry.mark:
                _small(paragraph, f"  {entry.mark}")

    def _table(self, block: Table) -> None:
        table = self._paper.add_table(rows=1, cols=len(block.columns))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        head = table.rows[0]
        for cell, column in zip(head.cells, block.columns, strict=True):
            cell.paragraphs[0].add_run(column.heading).italic = True
        _mark_row(head._tr, "w:cantSplit", "w:tblHeader")
        for width, column in zip(_widths(block), table.columns, strict=True):
            column.width = width
        _lay_out(head.cells, block)
        for row in block.rows:
            added = table.add_row()
            _mark_row(added._tr, "w:cantSplit")
            cells = added.cells
            for cell, sentences in zip(cells, row, strict=True):
                for i, sentence in enumerate(sentences):
                    self._sentences(cell.add_paragraph() if i else cell.paragraphs[0], (sentence,))
            _lay_out(cells, block)
        _rule(table._tbl)
        self._paper.add_paragraph()

    def _picture(self, block: Picture) -> None:
        self._paper.add_picture(io.BytesIO(draw_png(block)), width=Mm(TEXT_WIDTH))
        shape = self._paper.inline_shapes[-1]._inline.docPr
        shape.set("descr", block.alternative)
        _small(self._paper.add_paragraph(), block.caption)


def _lay_out(cells: Sequence[Cell], block: Table) -> None:
    """Widths and sides of the cells of a row: Word wants them in each."""
    for cell, column, width in zip(cells, block.columns, _widths(block), strict=True):
        cell.width = width
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(2)
            for run in paragraph.runs:
                run.font.size = Pt(9.5)
            if column.is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _widths(block: Table) -> list[Mm]:
    whole = sum(column.share for column in block.columns)
    return [Mm(TEXT_WIDTH * column.share / whole) for column in block.columns]


def _set_styles(paper: Document) -> None:
    sizes = {"Normal": 10.5, "Title": 22, "Heading 1": 14, "Heading 2": 11}
    for name, size in sizes.items():
        style = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = SERIF, Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), SERIF)
        for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    borders = paper.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        paper.styles["Title"].element.pPr.remove(borders)
    paper.styles["Normal"].paragraph_format.space_after = Pt(6)
    entry = paper.styles.add_style("Entry", WD_STYLE_TYPE.PARAGRAPH).paragraph_format
    paper.styles["Entry"].base_style = paper.styles["Normal"]
    entry.left_indent, entry.first_line_indent = LEAD, -LEAD
    entry.tab_stops.add_tab_stop(LEAD)
    entry.keep_together = True
    notes = paper.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    notes.base_style, notes.font.size = paper.styles["Normal"], NOTE_SIZE
    notes.paragraph_format.space_after = Pt(2)
    marks = paper.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    marks.font.superscript = True
    # The template's stops at the middle and the right of another page would come before ours.
    paper.styles["Header"].paragraph_format.tab_stops.clear_all()


def _set_page(paper: Document, document: BriefDocument) -> None:
    properties = paper.core_properties
    moment = dt.datetime.combine(document.day, dt.time())
    properties.title, properties.author, properties.comments = document.title, "Communiqué", ""
    properties.created, properties.modified = moment, moment
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(28)
    section.top_margin, section.bottom_margin = Mm(30), Mm(28)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    _small(head, f"{document.title}\tas at {say_day(document.day)}", is_italic=True)
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _field(paragraph, "PAGE")
        _small(paragraph, " / ")
        _field(paragraph, "NUMPAGES")


def _small(paragraph: WordParagraph, text: str, *, is_italic: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.italic = Pt(8.5), QUIET, is_italic or None


def _field(paragraph: WordParagraph, code: str) -> None:
    """A number that Word works out: the page, or how many there are."""
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = Pt(8.5), QUIET
    for kind in ("begin", code, "separate", "1", "end"):
        if kind in ("begin", "separate", "end"):
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText" if kind == code else "w:t")
            element.text = kind
        run._r.append(element)


def _mark_row(row: object, *marks: str) -> None:
    """A row that stands on one page (``cantSplit``), or on each (``tblHeader``)."""
    for mark in marks:
        row.get_or_add_trPr().append(OxmlElement(mark))  # type: ignore[attr-defined]


def _set_close(table: object) -> None:
    """Little padding (in twentieths of a point): else labels of figures are broken up within words."""
    margins = OxmlElement("w:tblCellMar")
    for edge, width in (("left", 0), ("right", 60)):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table.tblPr.find(qn("w:tblLook"))  # type: ignore[attr-defined]
    look.addprevious(margins)


def _rule(table: object) -> None:
    """Hairlines between rows, stronger ones above and below."""
    borders = OxmlElement("w:tblBorders")
    for edge, size, colour in (("top", 6, "1D1C19"), ("bottom", 6, "1D1C19"), ("insideH", 2, "B9B4A6")):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = table.tblPr  # type: ignore[attr-defined]
    # Word insists on the order of these: borders come before layout, margins and look.
    later = [child for child in properties if child.tag in AFTER_BORDERS]
    later[0].addprevious(borders) if later else properties.append(borders)


def _with_fixed_days(made: bytes) -> bytes:
    """The archive with all its parts dated alike."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename, ZIP_DAY), old.read(part), zipfile.ZIP_DEFLATED)
    return file.getvalue()
