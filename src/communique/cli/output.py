"""Where output goes: standard output, or a file that appears only when it is whole."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

Write = Callable[[str], None]


def write_whole(path: Path | None, data: bytes) -> None:
    """Writes bytes to a file that appears only when it is whole, or to standard output.

    Raises:
        click.BadParameter: If the file cannot be written.
    """
    if path is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(data)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise click.BadParameter(
            f"{str(path)!r} cannot be written: {error.strerror}.", param_hint="--output"
        ) from error


@contextmanager
def open_output(path: Path | None, *, is_paid: bool = False) -> Iterator[Write]:
    """Gives a function that writes text.

    A file is written under another name beside its place and moved there at the end: a run that is broken off leaves an
    older file untouched, and a report may be overwritten by its own readout.

    Args:
        path: The file; None for standard output.
        is_paid: Whether what is written was paid for: what a run that is broken off has written is kept then.

    Raises:
        click.BadParameter: If the file cannot be written.
    """
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.reconfigure(encoding="utf-8")  # files and pipes get UTF-8 whatever the locale
        yield _write_stdout
        return
    is_device = path.exists() and not path.is_file()
    draft = path if is_device else path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        file = draft.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.BadParameter(
            f"{str(path)!r} cannot be written: {error.strerror}.", param_hint="--output"
        ) from error
    try:
        with file:
            yield file.write  # type: ignore[misc]
        if not is_device:
            draft.replace(path)
    except BaseException:
        if is_paid and not is_device and draft.stat().st_size:
            click.echo(f"What was read until then is kept in {str(draft)!r}.", err=True)
        elif not is_device:
            draft.unlink(missing_ok=True)
        raise


def _write_stdout(text: str) -> None:
    sys.stdout.write(text)
    # A document that was read is seen at once, and a reader that went away is noticed at once.
    sys.stdout.flush()
