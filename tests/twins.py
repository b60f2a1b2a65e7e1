"""What is done in Python and in JavaScript alike: cases that the tests of both read."""

import json
from pathlib import Path
from typing import Any

from pages.figures.network.canvas import Patch

TWINS: dict[str, list[dict[str, Any]]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def patch_of(sent: dict[str, dict[str, Any]]) -> Patch:
    """A patch as it travels, {trace: {path: value}}; JSON has no numbers as keys, neither of traces nor of items."""
    return [
        (int(index), path, {int(key): item for key, item in value.items()} if isinstance(value, dict) else value)
        for index, changes in sent.items()
        for path, value in changes.items()
    ]
