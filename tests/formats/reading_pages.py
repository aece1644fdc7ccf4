"""Takes a page of readouts apart again, so that tests can compare it with what it was made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNCLOSED = frozenset(("meta", "br", "hr", "img", "input", "link"))


@dataclass
class PageReader(HTMLParser):
    """What a page holds.

    Attributes:
        elements: Every element's name and attributes.
        sheets: The text of each document as shown, without the numbers of facts.
        marked: For each anchor in a sheet, the text from it on.
        open: Elements that were not closed.
    """

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    stretches: list[tuple[int, int]] = field(default_factory=list)
    open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        classes = attributes.get("class", "")
        if classes == "sheet":
            self.sheets.append("")
        if "id" in attributes and self.sheets and self._is_inside("sheet"):
            self.anchors[attributes["id"]] = len(self.sheets[-1])
        if tag == "mark" and self.sheets and self._is_inside("sheet"):
            self.stretches.append((len(self.sheets[-1]), -1))
        if tag not in UNCLOSED:
            self.open.append((tag, classes))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag
        if tag == "mark" and self.sheets and self._is_inside("sheet"):
            self.stretches[-1] = (self.stretches[-1][0], len(self.sheets[-1]))

    def handle_data(self, data: str) -> None:
        if self._is_inside("sheet") and not any(c.startswith("ref ") or t == "summary" for t, c in self.open):
            self.sheets[-1] += data

    def _is_inside(self, name: str) -> bool:
        return any(classes == name for _, classes in self.open)


def read_page(html: str) -> PageReader:
    """Reads a page; fails where its elements do not nest."""
    page = PageReader()
    page.feed(html)
    page.close()
    assert not page.open
    return page
