"""Reads SVG back, to look at its structure."""

from __future__ import annotations

from xml.etree import ElementTree


def parse(svg: str) -> ElementTree.Element:
    """The root of a picture; fails when it is not well-formed."""
    return ElementTree.fromstring(svg)


def titles(svg: str) -> list[str]:
    """All that is said beside the pointer."""
    return [title.text or "" for title in parse(svg).iter("title")]


def of_class(svg: str, name: str) -> list[ElementTree.Element]:
    """Elements that have a class."""
    return [element for element in parse(svg).iter() if name in element.get("class", "").split()]


def links(svg: str) -> list[str]:
    """Where links lead."""
    return [element.get("href", "") for element in parse(svg).iter("a")]
