"""GeoJSON (RFC 7946): a feature for each engagement, without a geometry where the place is not known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from communique.exchange.columns import Record
from communique.exchange.selection import Selection
from communique.exchange.tables.engagements import ENGAGEMENTS
from communique.exchange.writing import Written

POSITION = ("latitude", "longitude")


def write(selection: Selection, folder: Path, name: str) -> Sequence[Written]:
    """Writes a feature collection."""
    names = [column.name for column in ENGAGEMENTS.columns]
    encode = msgspec.json.Encoder().encode
    rows, without_place = 0, 0
    with (folder / name).open("wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for record in ENGAGEMENTS.records(selection):
            feature = _feature(names, record)
            file.write((b",\n" if rows else b"\n") + encode(feature))
            rows += 1
            without_place += feature["geometry"] is None
        file.write(b"\n]}\n")
    return [Written(name=name, rows=rows, left_out={"geometry of unknown place": without_place})]


def _feature(names: Sequence[str], record: Record) -> dict[str, Any]:
    fields = dict(zip(names, record, strict=True))
    latitude, longitude = (fields.pop(part) for part in POSITION)
    point = {"type": "Point", "coordinates": [longitude, latitude]}
    return {
        "type": "Feature",
        "id": fields.pop("id"),
        "geometry": point if latitude is not None and longitude is not None else None,
        "properties": fields,
    }
