"""Made-up reports: texts that are put together piece by piece, so that every quotation knows where it stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from communique.model import Block, DocumentHead, Readout

MENU = "Home | News | Coast | Weather | Sport"
SHARE = "Share this report: Post · Mail · Print"


@dataclass(slots=True)
class Writer:
    """Writes a text; ``say`` gives back the passage it wrote as evidence."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    start: int = 0

    def say(self, words: str, joint: str = " ") -> dict[str, object]:
        if len(self.text) > self.start:
            self.text += joint
        begin = len(self.text)
        self.text += words
        return {"quote": words, "start": begin, "end": len(self.text)}

    def end(self, kind: str = "body", reason: str | None = None) -> None:
        self.blocks.append(Block(start=self.start, end=len(self.text), kind=kind, reason=reason))  # type: ignore[arg-type]
        self.text += "\n\n"
        self.start = len(self.text)

    def paragraph(self, words: str, kind: str = "body", reason: str | None = None) -> None:
        self.say(words)
        self.end(kind, reason)

    def readout(self, head: dict[str, object]) -> Readout:
        return Readout(reader="sample 1", document=DocumentHead(**head, blocks=tuple(self.blocks), text=self.text))  # type: ignore[arg-type]


def say_long(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
