"""Mail messages and pages saved as one file: the part that a person would read, dated by its head."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest

from communique.errors import ArticleNotFound, DocumentError
from communique.pages import open_document
from communique.pages.media import media_type_of

TEXT = "The Minister met the Ambassador on Tuesday and they agreed on patrols in the Strait of Sorn.\n"
HTML = f"<html><body><h1>Talks in Halden</h1><p>{TEXT}</p></body></html>"
MHTML = """From: <Saved by Blink>\r
Snapshot-Content-Location: https://strait.example/2024/05/03/talks\r
Subject: Talks =?utf-8?Q?in_Hald=C3=A9n?=\r
Date: Sat, 1 Jun 2024 08:00:00 -0000\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="----B"\r
\r
------B\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
\r
iVBORw0KGgo=\r
------B\r
Content-Type: text/html\r
Content-Transfer-Encoding: quoted-printable\r
\r
<html><body><p>The Minister met the Ambassador of Ostmark on Tuesday =E2=80=93 th=\r
ey agreed on patrols in the Strait of Sorn.</p></body></html>\r
------B--\r
"""


def make_mail(*, text: str | None = TEXT, html: str | None = None, **head: str) -> bytes:
    mail = EmailMessage()
    fields = {"From": "Press Office of Ruvania <press@ruvania.example>", "Subject": "Talks in Halden"}
    for name, value in {**fields, "Date": "Fri, 3 May 2024 23:30:00 +0200", **head}.items():
        mail[name] = value
    if text is not None:
        mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    mail.add_attachment(b"The attachment is not read as the message is.", maintype="text", subtype="plain")
    return mail.as_bytes()


def test_a_mail_is_dated_by_its_head_and_called_by_its_subject() -> None:
    document = open_document(make_mail())
    assert document.media_type == "message/rfc822"
    assert document.text == TEXT
    assert (document.title, document.site) == ("Talks in Halden", "Press Office of Ruvania")
    assert (document.published, document.published_basis) == (dt.date(2024, 5, 3), "Date header of the message")


def test_the_html_part_goes_before_the_text_part() -> None:
    document = open_document(make_mail(text="Open this message in your browser.\n", html=HTML))
    assert document.text.splitlines()[0] == "Talks in Halden"
    document = open_document(make_mail(html="<html><body><nav>Home</nav></body></html>"))
    assert document.text == TEXT


def test_a_given_day_and_the_day_that_the_text_shows() -> None:
    content = make_mail(text="Talks in Halden\n\n2 May 2024\n\n" + TEXT)
    assert open_document(content).published == dt.date(2024, 5, 3)
    assert open_document(content).published_evidence is None
    assert open_document(content, published=dt.date(2024, 5, 1)).published_basis == "given"


def test_a_page_saved_as_one_file() -> None:
    document = open_document(MHTML.encode())
    assert document.media_type == "multipart/related"
    assert "met the Ambassador of Ostmark on Tuesday – they agreed" in document.text
    assert document.title == "Talks in Haldén"
    assert (document.published, document.captured) == (dt.date(2024, 5, 3), dt.date(2024, 6, 1))
    assert document.published_basis == "date in the address that the page was saved from"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (MHTML.encode(), "multipart/related"),
        (make_mail(), "message/rfc822"),
        (b"From: the Minister\nDate: 3 May 2024\nSubject: Talks\n\nThe text.", "text/plain"),
        (b"MIME-Version: 1.0 is what the head said.\n\nThe text.", "text/plain"),
        (b"\n\n%PDF-1.4", "application/pdf"),
        (b"<html>", "text/plain"),
    ],
)
def test_bytes_tell_the_media_type(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    "head",
    [
        {"Date": "yesterday"},
        {"Date": "Fri, 99 Foo 99999 99:99:99 +9999"},
        {"Subject": "=?klingon?Q?x?= =?utf-8?B?####?="},
        {"From": '"' * 50},
    ],
)
def test_damaged_heads_cost_only_what_they_say(head: dict[str, str]) -> None:
    content = make_mail()
    for name, value in head.items():
        lines = [
            f"{name}: {value}".encode() if line.startswith(name.encode()) else line for line in content.split(b"\n")
        ]
        content = b"\n".join(lines)
    assert open_document(content).text == TEXT


def test_a_message_without_text_says_so() -> None:
    with pytest.raises(ArticleNotFound, match="without HTML or text"):
        open_document(b"MIME-Version: 1.0\nSubject: x\nContent-Type: image/png\n\nrest")


def test_parts_in_parts_end() -> None:
    deep = b"MIME-Version: 1.0\nSubject: x\n"
    for number in range(3000):
        deep += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number)
    with pytest.raises(DocumentError):
        open_document(deep)
