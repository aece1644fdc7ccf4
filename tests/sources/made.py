"""Archives, tables and web archives for tests, made in memory; names and reports are made up."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

REPORT = "Talks in Halden\n\n3 May 2024\n\nThe Minister met the Ambassador on Tuesday and they agreed on patrols.\n"
PAGE = (
    "<html><head><title>Talks in Halden</title></head><body><h1>Talks in Halden</h1>"
    "<p>The Minister met the Ambassador on Tuesday and they agreed on patrols in the Strait of Sorn.</p></body></html>"
)


def make_zip(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def make_tar(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def make_record(
    number: int, body: bytes, *, status: str = "200 OK", media_type: str = "text/html", head: str = ""
) -> bytes:
    """A WARC record with an answer of https://strait.example/NUMBER, not packed."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode()
    answer += body
    warc = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://strait.example/{number}\r\n"
        f"WARC-Date: 2024-05-{number % 28 + 1:02}T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return warc.encode() + answer + b"\r\n\r\n"


def make_warc(count: int, *, packed: bool = True) -> bytes:
    """A web archive of some pages, each packed on its own as the format asks for."""
    records = [make_record(number, PAGE.replace("Halden", f"Halden {number}").encode()) for number in range(count)]
    return b"".join(gzip.compress(record, mtime=0) if packed else record for record in records)
