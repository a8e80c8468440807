"""The places of an account as GeoJSON (RFC 7946): one point a place, with what is said to have happened there and by how many origins."""

from __future__ import annotations

import json as standard
from typing import Any

from temoin.publish.atlas import spots
from temoin.publish.index import Index
from temoin.records_account import Account


def geojson(account: Account) -> bytes:
    """Return a feature collection.

    Places without coordinates have a feature with a null geometry, as RFC 7946 section 3.2 allows, so that none is lost.
    """
    index = Index(account)
    placed, unplaced = spots(index)
    features: list[dict[str, Any]] = []
    for spot in placed:
        events = [
            {"id": key, "type": index.events[key].type, "when": index.events[key].when, "origins": len(index.events[key].origins)}
            for key in spot.events
        ]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [round(spot.lon, 6), round(spot.lat, 6)]},
                "properties": {"name": spot.name, "reports": spot.reports, "events": events},
            }
        )
    features += [{"type": "Feature", "geometry": None, "properties": {"name": name}} for name in unplaced]
    body = standard.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=True, indent=1)
    return body.encode() + b"\n"
