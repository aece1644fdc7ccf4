"""Writing SVG: elements with escaped attributes, and the signs of the sides."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape

SIDES = 5
"""Number of sides that have a hue and a shape of their own."""


def element(name: str, *inside: str, **attributes: object) -> str:
    """An element; ``inside`` is SVG already, attribute values are escaped.

    Names are written as in Python: ``class_`` is "class", ``stroke_width`` is "stroke-width". None leaves one out.
    """
    written = "".join(
        [f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None]
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def text(words: str, x: float, y: float, class_: str = "label") -> str:
    """A line of words; its direction follows them."""
    return element("text", escape(words), x=x, y=y, class_=class_)


def title(words: str) -> str:
    """What an element stands for, in words: shown beside the pointer, read aloud."""
    return element("title", escape(words))


def link(address: str | None, *inside: str, **attributes: object) -> str:
    """A link round elements; without an address only a group."""
    return element("a", *inside, href=address, **attributes) if address else element("g", *inside, **attributes)


def picture(width: float, height: float, parts: Iterable[str], *, name: str, class_: str = "") -> str:
    """The whole chart. ``name`` says what it shows to those who cannot see it."""
    return element(
        "svg",
        "".join(parts),
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        role="group",
        aria_label=name,
        class_=class_ or None,
    )


def sign(side: int, x: float, y: float, size: float = 4.2, *, hollow: bool = False) -> str:
    """The sign of a side: each has its own hue and its own shape, so that it is known in grey too.

    Args:
        side: 0 to 4: circle, square, diamond, triangle, triangle upside down.
        x: Centre.
        y: Centre.
        size: Half of its width, about; shapes are drawn to look equally large.
        hollow: Not reviewed yet.
    """
    class_ = f"mark s{side}" + (" hollow" if hollow else "")
    match side:
        case 0:
            return element("circle", cx=x, cy=y, r=size, class_=class_)
        case 1:
            half = size * 0.9
            return element("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, class_=class_)
        case 2:
            half = size * 1.25
            return element("path", d=_closed((x, y - half), (x + half, y), (x, y + half), (x - half, y)), class_=class_)
        case 3:
            half = size * 1.15
            return element(
                "path", d=_closed((x, y - half), (x + half, y + half * 0.8), (x - half, y + half * 0.8)), class_=class_
            )
        case _:
            half = size * 1.1
            return element(
                "path", d=_closed((x - half, y - half * 0.8), (x + half, y - half * 0.8), (x, y + half)), class_=class_
            )


def legend_sign(side: int | None, *, hollow: bool = False) -> str:
    """A sign on its own, for legends. None for the side draws a circle without a hue."""
    drawn = sign(side or 0, 6, 6, 4.2, hollow=hollow)
    if side is None:
        drawn = drawn.replace("mark s0", "mark s4")
    return element("svg", drawn, viewBox="0 0 12 12", aria_hidden="true")


def number(value: float) -> str:
    """A coordinate as short as it can be: one decimal is less than a screen shows."""
    return f"{value:.1f}".removesuffix(".0")


def _closed(*points: tuple[float, float]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return str(value) if isinstance(value, int) else escape(str(value), quote=True)
