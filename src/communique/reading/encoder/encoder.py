"""The encoder: pieces of masked words in, opinions out."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from communique.errors import ModelError
from communique.reading.encoder.pieces import WordPieces
from communique.reading.encoder.windows import Window, windows
from communique.reading.opinion import Opinion
from communique.reading.tellings import Narrative

if TYPE_CHECKING:
    from numpy.typing import NDArray

NETWORK, PIECES = "encoder.onnx", "pieces.txt"


class Encoder:
    """A network in an ONNX file.

    One window is read at a time and by one thread: what the network thinks of a document must not depend on which
    others are read with it.

    Args:
        network: The file of the network.
        pieces: The file with the pieces of words that it knows.

    Raises:
        ModelError: If one of the files is missing or cannot be used.
    """

    def __init__(self, network: Path, pieces: Path) -> None:
        import onnxruntime

        self.pieces = WordPieces(pieces)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the library raises exceptions of its own, which share no base
            raise ModelError(f"the encoder {network} cannot be loaded: {error}; install the package anew") from error

    def read(self, narrative: Narrative) -> Opinion:
        """What the network thinks of a document."""
        tells: dict[int, float] = {}
        took_part: dict[tuple[int, str], float] = {}
        same: dict[tuple[int, int], float] = {}
        when: dict[tuple[int, int, int], float] = {}
        where: dict[tuple[int, int, int], float] = {}
        kinds: dict[int, list[float]] = {}
        statuses: dict[int, list[float]] = {}
        backgrounds: dict[int, list[float]] = {}
        for window in windows(narrative, self.pieces):
            told, taken, days, places, alike, kind, status, background = self._session.run(None, arrays(window))
            tells.update(zip(window.triggers, told.tolist(), strict=True))
            for about, odds in zip(window.who.about, taken.tolist(), strict=True):
                # Somebody who stands in several places took part when one of the places says so.
                before = took_part.get(about)
                took_part[about] = odds if before is None else float(np.logaddexp(before, odds))
            when.update(zip(window.when.about, days.tolist(), strict=True))
            where.update(zip(window.where.about, places.tolist(), strict=True))
            pairs = [(window.triggers[one], window.triggers[two]) for one, two in window.same]
            same.update(zip(pairs, alike.tolist(), strict=True))
            kinds.update(zip(window.triggers, _chances(kind), strict=True))
            statuses.update(zip(window.triggers, _chances(status), strict=True))
            past = np.stack([np.zeros_like(background), background], axis=1)
            backgrounds.update(zip(window.triggers, _chances(past), strict=True))
        return Opinion(tells, took_part, same, when, where, kinds, statuses, backgrounds)


def _chances(odds: NDArray[np.float32]) -> list[list[float]]:
    """Logarithms of the probabilities, row by row."""
    chances: list[list[float]] = (odds - np.logaddexp.reduce(odds, axis=1, keepdims=True)).tolist()
    return chances


def arrays(window: Window) -> dict[str, NDArray[np.int64]]:
    """A window as the network takes it: pieces in the shape (1, length), and where in them something is asked."""
    same = np.array(window.same, dtype=np.int64).reshape(-1, 2)
    given = {
        "ids": np.array([window.ids], dtype=np.int64),
        "marks": np.array([window.marks], dtype=np.int64),
        "at": np.array(window.at, dtype=np.int64),
        "hints": np.array(window.hints, dtype=np.int64),
    }
    for name, questions in (("who", window.who), ("when", window.when), ("where", window.where)):
        pairs = np.array(questions.pairs, dtype=np.int64).reshape(-1, 3)
        given |= {f"{name}_{part}": pairs[:, k] for k, part in enumerate(("trigger", "piece", "distance"))}
    return given | {"earlier": same[:, 0], "later": same[:, 1]}


@cache
def packaged_encoder() -> Encoder:
    """The encoder that comes with the package; loaded once a process.

    Raises:
        ModelError: If its files are missing or cannot be used.
    """
    folder = resources.files("communique.reading.learned")
    with resources.as_file(folder / NETWORK) as network, resources.as_file(folder / PIECES) as pieces:
        return Encoder(network, pieces)
