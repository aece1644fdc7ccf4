"""Tunes the encoder, and writes it for the reader.

    python -m training.train_encoder [FOLDER …] [--parts build/encoder] [--jobs 2]

Folders as for `train_engagements`. Besides the packaged encoder, which learns from everything, one is tuned for each
part of the reports that never sees that part: the forests learn from the opinions of those, and held-back figures are
read with them. Seeded, and by one thread each: the same gold on the same processor gives the same weights. The reports
are followed once for all, and as many encoders are tuned at once as ``--jobs`` says, each by a process of its own. A
part that is already in ``--parts`` is not tuned again, so that a broken run goes on where it was.
"""

from __future__ import annotations

import argparse
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from rich.progress import track
from torch import Tensor
from torch.nn import functional

from communique import Reader
from communique.evaluation.claims import ClaimedEngagement
from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES
from communique.reading.calendars import Calendar
from communique.reading.dates import DateMention
from communique.reading.encoder.encoder import NETWORK, PIECES, Encoder, arrays
from communique.reading.encoder.masked import PSEUDONYMS
from communique.reading.encoder.pieces import WordPieces
from communique.reading.encoder.windows import LENGTH, Window, windows
from training.alignment import is_at
from training.examples import Example, collect, took_part_in
from training.gold_folders import LEARNED, default_folders, load_reports
from training.network import ANSWERS, FOLDER, UNSEEN, Network
from training.parts import OUTER, PARTS, part_of

LAYERS = (0, 1, 2, 3, 4, 5)
EPOCHS = 6  # how often an encoder that is without a part of the reports sees the others
EPOCHS_OF_ALL = EPOCHS * (OUTER - 1) // OUTER  # as many steps over everything; the packaged one was given EPOCHS
BATCH, SORTED = 8, 16  # windows to a step; and steps whose windows are put together by length
RATE, NEW_RATE, WARMING, LAST, DECAY = 8e-5, 1e-3, 0.06, 0.02, 0.01
HIDDEN_WORDS = 0.05  # share of the words that are hidden at each look, so that no single one is relied upon
HIDES, FIRST_WORD = 103, 104  # numbers of the piece that hides a word, and of the first that is part of words
PADDING = 16  # lengths are rounded up to it: new shapes cost the processor more than a few idle pieces
# What each question weighs in the loss: the three that the reader asks, and those that help to understand.
WEIGHTS = {
    "tells": 1.0,
    "who": 2.0,
    "when": 0.5,
    "where": 0.5,
    "same": 1.5,
    "kind": 0.3,
    "status": 0.2,
    "background": 0.2,
}
NOT_KNOWN = -1


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A window with the answers.

    Attributes:
        asked: The window.
        arrays: The same as arrays.
        answers: Question → answers in the order of the window's questions; NOT_KNOWN where there is none.
        group: For each question about an appearance, the number of the question about whom it stands for.
    """

    asked: Window
    arrays: dict[str, np.ndarray]
    answers: Mapping[str, np.ndarray]
    group: np.ndarray

    @property
    def length(self) -> int:
        """Pieces of the window."""
        return len(self.asked.ids)


def lessons(example: Example, pieces: WordPieces) -> Iterator[Lesson]:
    """The windows of a report with their answers."""
    engagements = example.gold.claims.engagements
    setting = example.narrative.setting
    dates = {(k, m.start): m for k, mentions in setting.calendar.mentions.items() for m in mentions}
    sites = {
        (line.index, line.anchors[site.token][0]): site
        for line in example.narrative.lines
        for site in setting.sites.get(line.index, ())
    }
    for window in windows(example.narrative, pieces):
        told = [example.told[number] for number in window.triggers]
        meant = [None if which is None else engagements[which] for which in told]
        of = dict(zip(window.triggers, meant, strict=True))
        who = {about: place for place, about in enumerate(dict.fromkeys(window.who.about))}
        pairs = [(told[one], told[two]) for one, two in window.same]
        answers = {
            "tells": [int(which is not None) for which in told],
            "who": [
                NOT_KNOWN if (right := took_part_in(example.narrative, key, example.meant[n])) is None else right
                for n, key in who
            ],
            "when": [_is_day(of[n], dates[line, start], setting.calendar) for n, line, start in window.when.about],
            "where": [
                NOT_KNOWN if (e := of[n]) is None else int(is_at(sites[line, start].place, e))
                for n, line, start in window.where.about
            ],
            "same": [NOT_KNOWN if one is None or two is None else int(one == two) for one, two in pairs],
            "kind": [NOT_KNOWN if e is None else ENGAGEMENT_KINDS.index(e.kind) for e in meant],
            "status": [NOT_KNOWN if e is None or not e.status else ENGAGEMENT_STATUSES.index(e.status) for e in meant],
            "background": [NOT_KNOWN if e is None else int(e.is_background) for e in meant],
        }
        group = np.array([who[about] for about in window.who.about], dtype=np.int64)
        arrays_of = {name: np.array(values, dtype=np.int64) for name, values in answers.items()}
        yield Lesson(window, arrays(window), arrays_of, group)


def _is_day(engagement: ClaimedEngagement | None, mention: DateMention, calendar: Calendar) -> int:
    """Whether a date expression gives the day of an annotated engagement, looked at from either side of today."""
    if engagement is None:
        return NOT_KNOWN
    if engagement.date is None:
        return 0
    found = (calendar.resolve(mention, None, tense) for tense in ("past", "future"))
    return int(any(day is not None and day.as_known == engagement.date for day in found))


def batches(taught: Sequence[Lesson]) -> list[list[Lesson]]:
    """The lessons in a new order, those of like length together."""
    order = random.sample(taught, len(taught))
    step = BATCH * SORTED
    chunks = [sorted(order[i : i + step], key=lambda lesson: lesson.length) for i in range(0, len(order), step)]
    found = [chunk[i : i + BATCH] for chunk in chunks for i in range(0, len(chunk), BATCH)]
    return random.sample(found, len(found))


def loss(network: Network, batch: Sequence[Lesson], pseudonyms: Sequence[int]) -> Tensor:
    """How wrong the network is about some lessons, in which people have other pseudonyms each time."""
    length = min(LENGTH, -(-max(lesson.length for lesson in batch) // PADDING) * PADDING)
    ids, marks = torch.zeros(2, len(batch), length, dtype=torch.long)
    for row, lesson in enumerate(batch):
        ids[row, : lesson.length] = torch.from_numpy(lesson.arrays["ids"][0])
        dealt = random.sample(pseudonyms, len(pseudonyms))
        for at, number in lesson.asked.people.items():
            ids[row, at] = dealt[number]
        marks[row, : lesson.length] = torch.from_numpy(lesson.arrays["marks"][0])
    seen = torch.where(ids > 0, 0.0, UNSEEN).to(torch.bfloat16)[:, None, None, :]
    is_hidden = (torch.rand(ids.shape) < HIDDEN_WORDS) & (marks == 0) & (ids >= FIRST_WORD)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        vectors = network.trunk(ids.masked_fill(is_hidden, HIDES), marks, seen)
    flat = vectors.float().flatten(0, 1)
    triggers = flat[_joined(batch, "at", [row * length for row in range(len(batch))])]
    first = np.cumsum([0, *(len(lesson.asked.at) for lesson in batch)])
    starts = [row * length for row in range(len(batch))]

    def belonging(name: str) -> tuple[Tensor, Tensor, Tensor]:
        parts = ((f"{name}_trigger", first), (f"{name}_piece", starts), (f"{name}_distance", [0] * len(batch)))
        return tuple(_joined(batch, part, begin) for part, begin in parts)

    given = {
        "tells": network.tells(triggers).squeeze(-1),
        "who": _somewhere(
            network.who(triggers, flat, *belonging("who"), _joined(batch, "hints", [0] * len(batch))), batch
        ),
        "when": network.when(triggers, flat, *belonging("when")),
        "where": network.where(triggers, flat, *belonging("where")),
        "same": network.being_same(
            network.of_telling(triggers), *(_joined(batch, name, first) for name in ("earlier", "later"))
        ),
        "kind": network.kind(triggers),
        "status": network.status(triggers),
        "background": network.background(triggers).squeeze(-1),
    }
    total = torch.zeros(())
    for name, odds in given.items():
        known = [lesson.answers[name] for lesson in batch if len(lesson.answers[name])]
        if not known:
            continue
        right = torch.from_numpy(np.concatenate(known))
        is_known = right != NOT_KNOWN
        if not is_known.any():
            continue
        if name in ("kind", "status"):
            wrong = functional.cross_entropy(odds[is_known], right[is_known])
        else:
            wrong = functional.binary_cross_entropy_with_logits(odds[is_known], right[is_known].float())
        total = total + WEIGHTS[name] * wrong
    return total


def _joined(batch: Sequence[Lesson], name: str, first: Sequence[int] | np.ndarray) -> Tensor:
    """One array of all lessons, each counted from its own place."""
    return torch.from_numpy(
        np.concatenate([lesson.arrays[name] + start for lesson, start in zip(batch, first, strict=False)])
    )


def _somewhere(odds: Tensor, batch: Sequence[Lesson]) -> Tensor:
    """Somebody who stands in several places took part when one of the places says so."""
    counts = np.cumsum([0, *(len(lesson.answers["who"]) for lesson in batch)])
    group = torch.from_numpy(
        np.concatenate([lesson.group + start for lesson, start in zip(batch, counts, strict=False)])
    )
    most = torch.full((int(counts[-1]),), -torch.inf).scatter_reduce(0, group, odds.detach(), "amax")
    return most + torch.zeros(int(counts[-1])).index_add(0, group, torch.exp(odds - most[group])).log()


def pseudonym_pieces() -> list[int]:
    """Numbers of the pieces that stand for people."""
    pieces = WordPieces(LEARNED / PIECES)
    return [pieces.cut(name)[0] for name in PSEUDONYMS]


def tune(taught: Sequence[Lesson], label: str, epochs: int) -> Network:
    """A network that has learned the lessons.

    Args:
        taught: The lessons.
        label: What is shown of it meanwhile.
        epochs: How often it sees each lesson.
    """
    pseudonyms = pseudonym_pieces()
    torch.manual_seed(0)
    random.seed(0)
    network = Network(LAYERS).train()
    old = {id(p) for p in network.trunk.parameters()} - {id(p) for p in network.trunk.marks.parameters()}
    trained = [p for p in network.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in trained if id(p) in old], "lr": RATE},
            {"params": [p for p in trained if id(p) not in old], "lr": NEW_RATE},
        ],
        weight_decay=DECAY,
        fused=True,
    )
    steps = epochs * len(batches(taught))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARMING * steps), max(LAST, 1 - step / steps))
    )
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        order = batches(taught)
        for batch in track(order, f"{label}, epoch {epoch + 1} of {epochs}", transient=True):
            wrong = loss(network, batch, pseudonyms)
            wrong.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += float(wrong.detach())
        print(f"{label} {epoch + 1}: {total / len(order):.3f} ({time.monotonic() - began:.0f} s)", flush=True)
    return network.eval()


def export(network: Network, window: Window, path: Path) -> None:
    """Writes a network for onnxruntime, its weights in eight bits.

    Args:
        network: The network.
        window: Any window, to be followed through the network.
        path: The file to write.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    given = {name: torch.from_numpy(values) for name, values in arrays(window).items()}
    moving = {name: {values.dim() - 1: f"{name}_length"} for name, values in given.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            network,
            tuple(given.values()),
            str(whole),
            input_names=list(given),
            output_names=ANSWERS,
            dynamic_axes=moving,
            dynamo=False,
        )
        names = [node.name for node in onnx.load(whole).graph.node if node.name.startswith("/trunk")]
        quantize_dynamic(
            whole,
            path,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_quantize=names,
            per_channel=True,
            reduce_range=True,  # processors without VNNI would overflow
        )
    Encoder(path, LEARNED / PIECES)  # what cannot be loaded is not left for the reader to find
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def taught_by(folders: Sequence[Path], jobs: int = 1) -> list[tuple[int, Lesson]]:
    """The lessons of all reports, each with the part that is held back together with it.

    Args:
        folders: Folders of gold.
        jobs: How many processes follow the reports.
    """
    if jobs == 1:
        return _taught_by_share(folders, 0, 1)
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        shares = pool.map(_taught_by_share, repeat(folders), range(jobs), repeat(jobs))
        return [taught for share in shares for taught in share]


def _taught_by_share(folders: Sequence[Path], turn: int, turns: int) -> list[tuple[int, Lesson]]:
    """The same for the reports that fall to one process of several."""
    reader = Reader()
    reports = load_reports(folders, reader)
    part, pieces = part_of(reports), WordPieces(LEARNED / PIECES)
    share = reports[len(reports) * turn // turns : len(reports) * (turn + 1) // turns]
    return [
        (part[example.document.id], lesson) for example in collect(share, reader) for lesson in lessons(example, pieces)
    ]


def tune_all(given: Sequence[str], folders: Sequence[Path], jobs: int) -> None:
    """Tunes every encoder, some of them at once.

    Args:
        given: The words of the command line.
        folders: Folders of gold.
        jobs: How many at once.

    Raises:
        CalledProcessError: If one of them fails; what it said stands above.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lessons.pickle"
        path.write_bytes(pickle.dumps(taught_by(folders, jobs)))

        def tune_one(which: str) -> None:
            words = [*given, "--only", which, "--lessons", str(path)]
            subprocess.run([sys.executable, "-m", "training.train_encoder", *words], check=True)

        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(tune_one, ["all", *map(str, range(OUTER))]))  # the longest first


def main() -> None:
    """Tunes and writes the encoders."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--output", type=Path, default=LEARNED)
    parser.add_argument("--parts", type=Path, default=PARTS, help="where those of parts are kept")
    parser.add_argument("--only", choices=[*map(str, range(OUTER)), "all"], help="tune one part's, or the packaged one")
    parser.add_argument(
        "--epochs-of-all",
        type=int,
        default=EPOCHS_OF_ALL,
        metavar="N",
        help=f"how often the packaged one sees each report (default {EPOCHS_OF_ALL}, as many steps as those of parts; "
        f"the shipped weights were given {EPOCHS}, a quarter of an hour more)",
    )
    parser.add_argument("--lessons", type=Path, help="what has been written for all of them; read anew by default")
    parser.add_argument("--jobs", type=int, default=2, help="how many are tuned at once")
    arguments = parser.parse_args()
    folders = arguments.folders or default_folders()
    if arguments.only is None:
        shutil.copyfile(FOLDER / "vocab.txt", LEARNED / PIECES)
        tune_all(sys.argv[1:], folders, arguments.jobs)
        return
    if arguments.only == "all":
        held, path, label, epochs = None, arguments.output / NETWORK, "everything", arguments.epochs_of_all
    else:
        held = int(arguments.only)
        path, label, epochs = arguments.parts / f"{held}.onnx", f"without part {held}", EPOCHS
        if path.exists():
            return
    torch.set_num_threads(1)
    taught = pickle.loads(arguments.lessons.read_bytes()) if arguments.lessons else taught_by(folders)
    network = tune([lesson for other, lesson in taught if other != held], label, epochs)
    export(network, taught[0][1].asked, path)


if __name__ == "__main__":
    main()
