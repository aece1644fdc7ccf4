"""Writes small PDFs: each line of text at its place, in one of two sizes. No library, so that every byte is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A line on the paper: its lower left corner in points, its words, its size."""

    x: int = 72
    y: int
    text: str
    size: int = 11


def column(lines: Sequence[str], *, top: int = 700, step: int = 14, x: int = 72) -> list[Printed]:
    """Lines one under the other; an empty one leaves a gap."""
    return [Printed(x=x, y=top - step * i, text=line) for i, line in enumerate(lines) if line]


def make_pdf(pages: Sequence[Sequence[Printed]], *, info: str = "", trailer: str = "") -> bytes:
    """A PDF of some pages.

    Args:
        pages: The lines of each.
        info: Entries of its information dictionary, as "/Title (…)".
        trailer: Further entries of its trailer.
    """
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        drawn = "\n".join(f"BT /F1 {p.size} Tf {p.x} {p.y} Td ({_escape(p.text)}) Tj ET" for p in page)
        objects.append(f"<< /Length {len(drawn.encode('latin-1'))} >>\nstream\n{drawn}\nendstream")
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>"
    objects.append(f"<< {info} >>")
    return _put_together(objects, f"/Root 1 0 R /Info {len(objects)} 0 R {trailer}")


def make_form_bomb(depth: int) -> bytes:
    """A PDF of one page with a form that draws ten forms, each of which draws ten forms, and so on."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /XObject << /X 6 0 R >> >> >>",
        "<< /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    for number in range(6, 6 + depth):
        drawn = (
            "/X Do\n" * 10 if number < 5 + depth else "BT /F1 11 Tf 72 700 Td (The Minister met the Ambassador.) Tj ET"
        )
        resources = f"/XObject << /X {number + 1} 0 R >> /Font << /F1 3 0 R >>"
        head = f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {resources} >> /Length {len(drawn)}"
        objects.append(f"<< {head} >>\nstream\n{drawn}\nendstream")
    return _put_together(objects, "/Root 1 0 R")


def _put_together(objects: Sequence[str], trailer: str) -> bytes:
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return (
        content + f"{head}trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{len(content)}\n%%EOF".encode()
    )


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
