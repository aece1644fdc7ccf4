"""Exports a register: the chosen records in one format, and a manifest that proves the files whole."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from communique.errors import ExportError
from communique.exchange.formats import FORMATS
from communique.exchange.manifest import PROGRAM, SCHEMA, WHOLE
from communique.exchange.naming import register_id
from communique.exchange.selection import Selection, open_selection
from communique.exchange.writing import MANIFEST, Written, check_place, digest_of, draft_beside, move_folder
from communique.register import Register
from communique.register.opening import refuse_own_file
from communique.register.store.backup import back_up
from communique.register.store.finding import EngagementFilters


def export(
    register: Register,
    format_name: str,
    output: Path,
    filters: EngagementFilters | None = None,
    *,
    complete: bool = False,
) -> dict[str, Any]:
    """Exports one moment of a register.

    Memory does not grow with the register: rows are fetched, written and forgotten by the hundreds.

    Args:
        register: The open register.
        format_name: One of ``FORMATS``.
        output: The file or folder, as the format has it. An earlier export there is replaced once this one is whole.
        filters: Which engagements, with all that hangs on them; None for everything.
        complete: Put into the folder also what ``exchange.importing`` needs to make an equal register of it.

    Returns:
        The manifest, as it stands beside the file (``NAME.manifest.json``) or in the folder (``manifest.json``).

    Raises:
        ExportError: If the format is not known, the output cannot be written, or what is not the whole register in a
            folder is to be complete.
        QueryError: If a filter names nobody.
        RegisterError: If the output is a file of the register itself.
    """
    if format_name not in FORMATS:
        raise ExportError(f"{format_name!r} is no format. Choose from: {', '.join(FORMATS)}.")
    chosen = FORMATS[format_name]
    # In another order its files would not be those that the register gives again when it is imported.
    if complete and not (chosen.is_folder and (filters or EngagementFilters()) == EngagementFilters()):
        raise ExportError(
            "A complete export is the whole register in a folder: csv, jsonl or parquet, without filters or --sort."
        )
    output = output.absolute()  # "." has no name of its own
    refuse_own_file(output)
    check_place(output, is_folder=chosen.is_folder)
    with draft_beside(output) as draft:
        with open_selection(filters) as selection:
            written = list(chosen.write(selection, draft, output.name))
            if complete:
                written.append(Written(name=WHOLE, rows=back_up(draft / WHOLE, with_watches=False)))
            manifest = _manifest(register, format_name, selection, _described(draft, written))
        text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        if chosen.is_folder:
            (draft / MANIFEST).write_bytes(text + b"\n")
            move_folder(draft, output)
        else:
            (draft / output.name).replace(output)
            beside = draft / MANIFEST
            beside.write_bytes(text + b"\n")
            beside.replace(output.with_name(f"{output.name}.{MANIFEST}"))
    return manifest


def _described(folder: Path, written: Sequence[Written]) -> list[dict[str, Any]]:
    described = []
    for file in written:
        path = folder / file.name
        entry: dict[str, Any] = {"name": file.name, "rows": file.rows}
        if file.left_out:
            entry["left_out"] = dict(file.left_out)
        described.append({**entry, "bytes": path.stat().st_size, "sha256": digest_of(path)})
    return described


def _manifest(
    register: Register, format_name: str, selection: Selection, files: list[dict[str, Any]]
) -> dict[str, Any]:
    filters: dict[str, list[str]] = defaultdict(list)
    for name, value in selection.filters.to_query():
        filters[name].append(value)
    return {
        "schema": SCHEMA,
        "program": PROGRAM,
        "register": str(register.address),
        "register_id": register_id(),
        "register_schema": _last_migration(),
        "exported_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "format": format_name,
        "filters": dict(filters),
        "files": files,
    }


def _last_migration() -> str:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "register")
