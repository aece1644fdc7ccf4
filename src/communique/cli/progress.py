"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")


class Bar:
    """A progress bar that does nothing where nobody would see it."""

    def __init__(self) -> None:
        self._progress: Progress | None = None

    def follow(self, outcomes: Iterable[T], count: Callable[[], int | None], *, label: str = "Reading") -> Iterator[T]:
        """Gives the outcomes on, and moves the bar with each.

        Args:
            outcomes: What is worked through.
            count: How many there will be, None when nobody can say; asked only when the bar is shown.
            label: What is being done.
        """
        if not sys.stderr.isatty():
            yield from outcomes
            return
        with _new_progress() as self._progress:
            task = self._progress.add_task(label, total=count())
            for outcome in outcomes:
                self._progress.advance(task)
                yield outcome
        self._progress = None

    def hidden(self) -> AbstractContextManager[None]:
        """While in this context the bar is off the screen, so that output on the same terminal does not run into it."""
        return nullcontext() if self._progress is None else _paused(self._progress)


@contextmanager
def _paused(progress: Progress) -> Iterator[None]:
    progress.stop()
    yield
    progress.start()


def _new_progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns: Sequence[TextColumn | BarColumn | MofNCompleteColumn | TimeRemainingColumn] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
