"""What a source gives: a document to be read, or a failure with a reason, each with its position."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from communique.errors import CommuniqueError
from communique.pages.declared import NOTHING_DECLARED, Declared

# Where an entry stands among all that its sources give: the number of the source, then the place inside it, and so on
# inwards. JSON writes it as a list. Made by `expand` and for `expand` alone: nobody else should read anything into it.
Key = int | str
Position = tuple[Key, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One document to be read: a file, or bytes that are already here.

    Attributes:
        uri: How the document is called in its readout.
        path: Where it lies; None when ``data`` has it.
        data: Its bytes; None when it lies at ``path``.
        declared: What its container says about it (the columns of a row, the head of a web archive's record).
        position: After which to go on when a run is taken up again; two entries that differ in it only are equal.
    """

    uri: str
    path: Path | None = None
    data: bytes | None = None
    declared: Declared = NOTHING_DECLARED
    position: Position = field(default=(), compare=False)

    @classmethod
    def at(cls, given: str | Path) -> Source:
        """The file at a path, called as it was given."""
        return cls(uri=printable(given), path=Path(given))


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document that could not be read, or a source that could not be opened.

    Attributes:
        uri: Path, pattern or address as given.
        error: Name of the error's class.
        message: What is wrong, and what to do.
        is_expected: Whether it is one of our own errors; anything else is a defect worth reporting.
        traceback: For the developer.
        position: As with Source.
    """

    uri: str
    error: str
    message: str
    is_expected: bool
    traceback: str
    position: Position = field(default=(), compare=False)

    @classmethod
    def of(cls, uri: str, error: Exception) -> Failure:
        """Takes down what went wrong with a document."""
        is_expected = isinstance(error, CommuniqueError)
        if is_expected:
            message = str(error)
        else:
            message = f"{error or 'no message'}. This is a defect: please report it (see it in full with --debug)."
        return cls(
            uri=uri,
            error=type(error).__name__,
            message=message,
            is_expected=is_expected,
            traceback="".join(traceback.format_exception(error)),
        )

    def __str__(self) -> str:
        """One line: which document, what kind of error, what to do."""
        return f"{self.uri}: {self.error}: {' '.join(self.message.split())}"


Entry = Source | Failure


def printable(given: str | Path) -> str:
    """A name from outside as text that can be shown anywhere.

    What is not UTF-8 is shown as escapes, and so are control characters: a member of an archive must not be called
    what a terminal takes for a command.
    """
    text = str(given)
    if text.isprintable():
        return text
    try:
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # half a character that stands for no byte
        text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def place(entries: Iterable[Entry], key: Key) -> Iterator[Entry]:
    """The entries of something that stands at ``key``: the key goes before their positions."""
    for entry in entries:
        yield replace(entry, position=(key, *entry.position))


def resume(items: Iterable[tuple[Key, T]], after: Position | None) -> Iterator[tuple[Key, T, Position | None]]:
    """What is still to be done of some items.

    Args:
        items: Items with their keys, which rise.
        after: The position of the entry that was done last; None when nothing is done yet.

    Yields:
        Key and item, and the position inside the item after which to go on (None: from its beginning).
    """
    for key, item in items:
        if after is None or key > after[0]:  # type: ignore[operator] # keys of one level are of one type
            yield key, item, None
        elif key == after[0] and len(after) > 1:
            yield key, item, after[1:]
