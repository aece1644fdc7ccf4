"""A register of a few made-up reports that went the whole way: kept, and derived."""

from __future__ import annotations

import datetime as dt

from communique.register.store.deriving import derive_pending
from communique.register.store.keeping import Delivery, keep
from communique.register.store.notes import Note, write_note

WRITTEN = dt.datetime(2031, 5, 20, 8, 0, tzinfo=dt.UTC)
EVENTS = (
    (dt.date(2031, 3, 4), "Tema", (("Ama Quartey",), ("Piet Maas", "(Volta Coast Watch)"))),
    (dt.date(2031, 4, 9), "Praia", (("Rui Brandao",), ("Kojo Asante",))),
    (dt.date(2031, 5, 2), "Brest", (("Odile Kervran",), ("Yaw Mensima",))),
)


def make_note(number: int = 0, *, author: str = "ana", words: str = "I was there.") -> Note:
    day, place, sides = EVENTS[number]
    return Note(author=author, written=WRITTEN, kind="meeting", day=day, place=place, sides=sides, words=words)


def fill_written() -> None:
    for number in range(len(EVENTS)):
        readout, text = write_note(make_note(number))
        keep(Delivery(readout=readout, text=text, original=text.encode()))
    derive_pending()
