"""The manifest of an export: what it says, and whether the files are still what it says of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

import communique
from communique.errors import ExportError
from communique.exchange.formats import FORMATS
from communique.exchange.writing import MANIFEST, digest_of

SCHEMA = "communique/export/1"
PROGRAM = f"communique {communique.__version__}"
# The whole register, in a complete export.
WHOLE = "register.backup"
# A manifest takes some kilobytes.
MOST_BYTES = 1_000_000


class ManifestFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as the manifest has it."""

    name: str
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed of a manifest; more stands in it."""

    schema: str
    program: str
    format: str
    files: Sequence[ManifestFile]


def check_complete(folder: Path) -> Manifest:
    """Checks a complete export: that all its files are there and unchanged.

    Args:
        folder: What ``communique export --complete`` wrote.

    Raises:
        ExportError: If it is no export, or no complete one, or a file is missing or was changed.
    """
    manifest = _read(folder)
    if WHOLE not in {file.name for file in manifest.files}:
        raise ExportError(
            f"{folder} holds conclusions without what they rest on: nothing can be made of them. Export again with "
            "--complete."
        )
    if manifest.format not in FORMATS or not FORMATS[manifest.format].is_folder:
        raise ExportError(
            f"The manifest in {folder} names the format {manifest.format!r}, which is no folder of tables."
        )
    for file in manifest.files:
        _check(folder, file)
    return manifest


def _read(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            manifest = msgspec.json.decode(file.read(MOST_BYTES), type=Manifest)
    except OSError as error:
        raise ExportError(f"{folder} is no export: {MANIFEST} cannot be read ({error.strerror}).") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExportError(f"{path} is no manifest of an export: {error}.") from error
    if manifest.schema != SCHEMA:
        raise ExportError(f"{path} is a manifest of kind {manifest.schema!r}, not {SCHEMA!r}. Update Communiqué.")
    return manifest


def _check(folder: Path, file: ManifestFile) -> None:
    if Path(file.name).name != file.name:
        raise ExportError(f"The manifest in {folder} names {file.name!r}, which lies elsewhere. Use another export.")
    path = folder / file.name
    try:
        digest = digest_of(path)
    except OSError as error:
        raise ExportError(f"{path} cannot be read: {error.strerror}. Use a whole copy of the export.") from error
    if digest != file.sha256:
        raise ExportError(f"{path} is not what was exported: its digest differs. Use an unchanged copy.")
