"""GeoJSON: what RFC 7946 asks of a feature collection holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from communique.exchange.export import export
from communique.register import Register


def check_collection(data: Any) -> None:
    """The rules of RFC 7946 that concern points and features."""
    assert data["type"] == "FeatureCollection"
    assert isinstance(data["features"], list)
    assert "crs" not in data
    for feature in data["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        assert isinstance(feature["id"], str)
        if feature["geometry"] is not None:
            assert feature["geometry"]["type"] == "Point"
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


def test_it_is_a_feature_collection(register: Register, tmp_path: Path) -> None:
    manifest = export(register, "geojson", tmp_path / "out.geojson")
    data = json.loads((tmp_path / "out.geojson").read_text("utf-8"))
    check_collection(data)
    located = [f for f in data["features"] if f["geometry"]]
    assert manifest["files"][0]["left_out"] == {"geometry of unknown place": len(data["features"]) - len(located)}
    assert {f["properties"]["kind"] for f in data["features"]} == {"meeting", "visit", "committee_session"}
    assert all(f["properties"]["evidence_count"] for f in data["features"])


def test_longitude_stands_before_latitude(register: Register, tmp_path: Path) -> None:
    from communique.register import models

    models.Engagement.objects.filter(kind="meeting").update(latitude=22.5, longitude=-59.25)
    export(register, "geojson", tmp_path / "out.geojson")
    features = json.loads((tmp_path / "out.geojson").read_text("utf-8"))["features"]
    (meeting,) = (f for f in features if f["properties"]["kind"] == "meeting")
    assert meeting["geometry"]["coordinates"] == [-59.25, 22.5]


def test_an_empty_register_is_an_empty_collection(empty: Register, tmp_path: Path) -> None:
    export(empty, "geojson", tmp_path / "out.geojson")
    assert json.loads((tmp_path / "out.geojson").read_text("utf-8")) == {"type": "FeatureCollection", "features": []}
