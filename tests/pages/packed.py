"""What components are sent, as their scripts read it."""

import base64
import gzip
import json
from typing import Any


def read(told: bytes) -> dict[str, Any]:
    """What a component reads in what it is sent: a line, and after it, of the player, the figure."""
    line, *figure = told.split(b"\n", 1)
    return json.loads(line) | ({"figure": json.loads(figure[0])} if figure else {})


def unpacked(text: str) -> Any:
    """What is in a compressed figure or a packed training run, which begins with the length of its header."""
    content = gzip.decompress(base64.b64decode(text))
    if content.startswith(b"{"):
        return json.loads(content)
    return json.loads(content[4 : 4 + int.from_bytes(content[:4], "little")])
