"""Adds readouts in a process of its own that others kill: ``python -m tests.register.adding READOUTS REGISTER SEED``.

Chance says how many are kept before they are derived, and whether in one transaction (as ``communique add --readouts``
does) or one by one (as ``communique add`` does with what it reads): what a kill can hit is all there.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from communique.model import Readout
from communique.register import open_register

MOST = 25


def add(readouts: Path, address: str, seed: int) -> None:
    """Adds all readouts of a file."""
    open_register(address)
    from communique.register.store import delivered
    from communique.register.store.deriving import derive_pending
    from communique.register.store.keeping import Delivery, keep

    print("ready", flush=True)
    chance = random.Random(seed)
    delivered.BATCH = chance.randint(1, MOST)
    if chance.random() < 0.5:
        for _ in delivered.add_readouts([readouts]):
            pass
        return
    derive_pending()
    for number, line in enumerate(readouts.read_bytes().splitlines()):
        readout = Readout.from_json(line)
        keep(Delivery(readout=readout, text=readout.document.text or "", original=None))
        if number % delivered.BATCH == 0:
            derive_pending()
    derive_pending()


if __name__ == "__main__":
    add(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
