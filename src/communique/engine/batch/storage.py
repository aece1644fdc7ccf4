"""Where a batch is written: a folder on this machine or any address that fsspec knows (``s3://…``, ``gs://…``)."""

from __future__ import annotations

import contextlib
import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from communique.errors import BatchError, CommuniqueError

PART = ".part"
LOCAL = ("file", "local")


def open_system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it.

    Raises:
        BatchError: If the protocol is unknown, or its package is not installed.
    """
    import fsspec

    try:
        # Without a memory of listings: other processes write into the same folders.
        system, path = fsspec.core.url_to_fs(address, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise BatchError(f"{address}: {error}. Install the package that fsspec needs for it.") from error
    return system, str(path)


@contextlib.contextmanager
def reaching(address: str) -> Iterator[None]:
    """Tells of a store that does not answer, whatever error the store's own package has for that.

    Raises:
        BatchError: In place of errors that are neither ours nor of this machine's files.
    """
    try:
        yield
    except (CommuniqueError, FileNotFoundError):
        raise
    except Exception as error:
        if "://" not in address:
            raise
        told = f"{type(error).__name__}: {error}"
        raise BatchError(
            f"{address}: cannot be reached ({told}). Check the address, network and credentials."
        ) from error


def is_local(system: Any) -> bool:
    """Whether a file system is that of this machine, where a rename is one step and writing is not."""
    protocols = (system.protocol,) if isinstance(system.protocol, str) else system.protocol
    return any(protocol in LOCAL for protocol in protocols)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file as it was written.

    Attributes:
        size: In bytes.
        sha256: Of its bytes, hexadecimal.
    """

    size: int
    sha256: str


class Store:
    """A folder of small and middling files, each of which is there whole or not at all.

    Args:
        address: Path or address of the folder; made when the first file is written.

    Raises:
        BatchError: If the address is of no known kind.
    """

    def __init__(self, address: str) -> None:
        self._system, self._root = open_system(address)
        # In full, for a worker that runs in another folder.
        self.address: str = self._root if is_local(self._system) else address

    def write(self, name: str, content: bytes) -> Written:
        """Writes a file under another name and moves it to its place; object stores do as much by themselves."""
        target = self._path(name)
        self._system.makedirs(target.rpartition("/")[0], exist_ok=True)
        if is_local(self._system):
            draft = f"{target}.{uuid.uuid4().hex}{PART}"
            self._system.pipe_file(draft, content)
            self._system.mv(draft, target)
        else:
            self._system.pipe_file(target, content)
        return Written(size=len(content), sha256=hashlib.sha256(content).hexdigest())

    def read(self, name: str) -> bytes | None:
        """The contents of a file; None where there is none."""
        try:
            content: bytes = self._system.cat_file(self._path(name))
        except FileNotFoundError:
            return None
        return content

    def open(self, name: str) -> BinaryIO:
        """A file to be read piece by piece.

        Raises:
            FileNotFoundError: If there is none.
        """
        return cast(BinaryIO, self._system.open(self._path(name), "rb"))

    def remove(self, name: str) -> None:
        """Removes a file, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._path(name))

    def holds(self, name: str, written: Written) -> bool:
        """Whether a file is there as it was written; of object stores, which write all or nothing, by its size."""
        if not is_local(self._system):
            path = self._path(name)
            return bool(self._system.exists(path) and self._system.size(path) == written.size)
        content = self.read(name)
        return content is not None and hashlib.sha256(content).hexdigest() == written.sha256

    def names(self, folder: str) -> list[str]:
        """Names of the files in a folder, sorted; drafts of a broken run are passed over."""
        try:
            paths = self._system.ls(self._path(folder), detail=False)
        except FileNotFoundError:
            return []
        return sorted(name for path in paths if not (name := str(path).rpartition("/")[2]).endswith(PART))

    def remove_drafts(self, folder: str) -> None:
        """Removes what a run left that was killed while it wrote."""
        for path in self._system.glob(f"{self._path(folder)}/*{PART}"):
            self._system.rm_file(path)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"
