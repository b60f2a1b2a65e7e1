"""Figures as the browser gets them."""

import json


def plain(figure: dict) -> dict:
    """The figure as the browser gets it: no NaN, nothing but JSON."""
    return json.loads(json.dumps(figure, allow_nan=False))
