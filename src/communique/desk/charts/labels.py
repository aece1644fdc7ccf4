"""Where labels go: beside their sign where there is room, nowhere when there is none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

LINE = 11.5
"""Height of a line of labels, in units of the picture."""
GAP = 3.0
SIZE = 10.5
"""Of the letters of labels, in units of the picture (see ``desk.css``)."""
WIDTHS = {"iljI.,:;'’|": 0.28, " ftr-()[]": 0.36, "mwMW": 0.89, "ABCDGHKNOPQRUVXY": 0.67}
"""Widths of letters in Noto Sans, in parts of their size, by letters about as wide; others are ``ORDINARY``."""
ORDINARY = 0.57
_WIDTH_OF = {letter: width for letters, width in WIDTHS.items() for letter in letters}


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies within."""
        return (
            self.left <= other.left
            and self.right >= other.right
            and self.top <= other.top
            and self.bottom >= other.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a label's words begin, end or are centred, on the line they stand on.

    Attributes:
        x: Place along the line.
        y: The line.
        anchor: "" (begins there), "end" or "middle".
    """

    x: float
    y: float
    anchor: str


def measure(words: str) -> float:
    """How wide words stand as a label, in units of the picture: on names never a tenth too little."""
    return SIZE * sum(_WIDTH_OF.get(letter, ORDINARY) for letter in words)


@dataclass(slots=True)
class LabelPlacer:
    """Hands out room for labels, first come, first served."""

    page: Box
    taken: list[Box] = field(default_factory=list)

    def take(self, box: Box) -> None:
        """Keeps a place free of labels."""
        self.taken.append(box)

    def place(self, x: float, y: float, size: float, width: float) -> Spot | None:
        """Room for a label right of, left of, under or above a sign; None when all of them are taken.

        Args:
            x: Centre of the sign.
            y: Centre of the sign.
            size: Half of its width.
            width: Of the label.
        """
        for spot, left in (
            (Spot(x=x + size + GAP, y=y + 3.6, anchor=""), x + size + GAP),
            (Spot(x=x - size - GAP, y=y + 3.6, anchor="end"), x - size - GAP - width),
            (Spot(x=x, y=y + size + LINE - 1, anchor="middle"), x - width / 2),
            (Spot(x=x, y=y - size - GAP, anchor="middle"), x - width / 2),
        ):
            box = Box(left=left, top=spot.y - LINE + 2, right=left + width, bottom=spot.y + 3)
            if self.page.holds(box) and not any(box.meets(other) for other in self.taken):
                # Two labels on one line are not read as one.
                self.taken.append(replace(box, left=left - GAP, right=left + width + GAP))
                return spot
        return None
