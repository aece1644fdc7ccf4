"""Each format is opened by a reader of its own; nothing in a report can steer it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from lxml import etree, html
from pypdf import PdfReader

from communique.errors import QueryError

if TYPE_CHECKING:
    from communique.exchange.briefs import BriefDocument
    from tests.exchange.briefs.made import Story

FORMATS = ("markdown", "html", "docx", "pdf")
HOSTILE = '<script>x</script> #panic("x") $a$ *b* _c_ [d](e) `f` | ] \\ "q" \x00\x07 \u202eabc {{g}} ^1'
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def write(name: str) -> bytes:
    from communique.exchange.briefs import write_brief

    return write_brief(build(), name)


def build() -> BriefDocument:
    from communique.exchange.briefs import BriefOptions, build_brief

    return build_brief(BriefOptions(title="Talks & more", as_at=dt.date(2031, 12, 1)))


def turn_hostile(story: Story) -> None:
    """Every text that comes from outside."""
    story.maker.document(HOSTILE, "2031-05-06", title=HOSTILE)
    for table, name in ((type(story.maker.actor("Ana Duarte")), "name"), (type(story.unit), "name")):
        table.objects.update(**{name: HOSTILE})
    type(story.late).objects.update(site=HOSTILE, title=HOSTILE, uri="https://a.example/')\"><b>/ x")
    type(story.pledge).objects.update(what=HOSTILE)
    story.talks.reports.update(evidence=[{"quote": HOSTILE, "start": 0, "end": 1}])


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_brief_has_the_same_bytes(story: Story, name: str) -> None:
    assert write(name) == write(name)


def test_an_empty_register_gives_a_brief_that_says_so(story: Story) -> None:
    type(story.talks).objects.update(retracted_at=dt.datetime(2031, 1, 1, tzinfo=dt.UTC))
    said = "No engagement in the register fits"
    assert said in write("markdown").decode()
    assert said in write("html").decode()
    assert said in "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(write("docx"))).paragraphs)
    assert said in PdfReader(io.BytesIO(write("pdf"))).pages[0].extract_text()


def test_an_unknown_format_is_refused(story: Story) -> None:
    with pytest.raises(QueryError, match="'odt'"):
        write("odt")


def test_markdown_has_a_note_for_each_mark(story: Story) -> None:
    text = write("markdown").decode()
    marks = re.findall(r"(?<!\n)\[\^(\d+)\](?!:)", text)
    assert marks == re.findall(r"(?m)^\[\^(\d+)\]:", text) == [str(i) for i in range(1, len(marks) + 1)]
    assert len(marks) == 10
    assert "Quay Record, “Report 1”, 4 May 2031, also in Quay Mirror (d1): “Ms Duarte met Mr Maas in Varnholm.”" in text
    assert "- **3 May 2031** Meeting of Ana Duarte with" in text


def test_markdown_shows_hostile_text_as_it_is(story: Story) -> None:
    turn_hostile(story)
    text = write("markdown").decode()
    assert "\\<script\\>" in text
    assert "\\[d\\](e)" in text
    for line in text.splitlines():
        assert not re.search(r"(?<!\\)<(?!br>|https:)", line), line
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", text)


def test_the_page_is_well_made_and_has_no_script(story: Story) -> None:
    turn_hostile(story)
    page = write("html").decode()
    tree = html.document_fromstring(page)
    assert not tree.xpath("//script | //b[. = ''] | //@style | //@*[starts-with(name(), 'on')]")
    assert "default-src 'none'" in page
    notes = [a.get("href") for a in tree.xpath("//sup/a")]
    assert notes
    assert [f"#{li.get('id')}" for li in tree.xpath("//section[@class='notes']//li")] == notes
    assert all(a.get("href").startswith(("#", "https://")) for a in tree.xpath("//a"))
    assert len(tree.xpath("//svg | //*[local-name()='svg']")) == 1


NOTE_STYLES = ((WD_STYLE_TYPE.PARAGRAPH, f"{WORD}pStyle"), (WD_STYLE_TYPE.CHARACTER, f"{WORD}rStyle"))


def test_word_opens_it_with_real_footnotes(story: Story) -> None:
    turn_hostile(story)
    made = write("docx")
    paper = docx.Document(io.BytesIO(made))
    assert paper.core_properties.title == "Talks & more"
    assert [p.text for p in paper.paragraphs if p.style and p.style.name == "Heading 1"] == [
        "Summary",
        "Chronology",
        "Who took part",
        "Commitments and their follow-up",
        "Mechanisms",
        "What sources disagree on",
    ]
    assert len(paper.tables) == 2
    assert len(paper.inline_shapes) == 1
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
    referred = [mark.get(f"{WORD}id") for mark in body.iter(f"{WORD}footnoteReference")]
    own = [note.get(f"{WORD}id") for note in notes if note.get(f"{WORD}type") is None]
    assert referred == own == [str(i) for i in range(1, 11)]
    used = {
        paper.styles.get_by_id(style.get(f"{WORD}val"), kind).name
        for kind, tag in NOTE_STYLES
        for style in notes.iter(tag)
    }
    assert used == {"footnote text", "footnote reference"}
    assert len(list(body.iter(f"{WORD}cantSplit"))) == len(paper.tables[1].rows)
    first = "".join(notes[2].itertext())
    assert '<script>x</script> #panic("x")' in first
    assert "\u202e" not in first


def test_the_pdf_is_tagged_dated_and_complete(story: Story) -> None:
    reader = PdfReader(io.BytesIO(write("pdf")))
    assert reader.metadata
    assert reader.metadata.title == "Talks & more"
    assert reader.metadata.creation_date == dt.datetime(2031, 12, 1, tzinfo=dt.UTC)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in ("No follow-up since 5 May 2031", "Ms Duarte met Mr Maas", "Joint border unit", "as at 1 December"):
        assert words in text
    links = {
        note.get_object()["/A"]["/URI"]
        for page in reader.pages
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    assert "https://1.example/report" in links


def test_typst_takes_hostile_text_for_text(story: Story) -> None:
    turn_hostile(story)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(write("pdf"))).pages)
    assert '#panic("x")' in " ".join(text.split())


def test_letters_that_the_font_lacks_are_set_from_others(story: Story) -> None:
    type(story.maker.actor("Ana Duarte")).objects.update(name="آنا دوارتي")
    assert len(PdfReader(io.BytesIO(write("pdf"))).pages) >= 1
