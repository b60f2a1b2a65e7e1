"""What the component of the editor's tables tells when numbers are typed."""

import json
from collections.abc import Mapping


class Typist:
    """One browser's component; its edits are numbered."""

    def __init__(self, client: str = "typist") -> None:
        self.client, self.last = client, 0

    def message(
        self,
        texts: Mapping[str, str] | None = None,
        *,
        at: str = "",
        block: str = "",
        before: Mapping[str, str] | None = None,
    ) -> str:
        """An edit as JSON: texts by place, or a block that is pasted in at a place."""
        self.last += 1
        edit = {"id": self.last, "gesture": self.last, "texts": texts or {}, "before": before or {}}
        return json.dumps({"edits": {"client": self.client, "edits": [edit | {"at": at, "block": block}]}})


def table_of(place: str) -> str:
    """What the key of the component in which a place stands begins with."""
    return {"x": "example", "y": "example", "p": "points_"}.get(place[0], "weights")
