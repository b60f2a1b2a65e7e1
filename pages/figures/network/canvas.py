"""Traces whose values change from step to step, and a record of the changes.

A full Plotly frame per step would be some megabytes; a patch holds only what differs from the step before.
"""

from collections.abc import Iterator
from typing import Any

# (trace, path, value): the value at a dotted path of a trace is replaced; an {index: value} replaces items of a list
Patch = list[tuple[int, str, Any]]
Trace = dict[str, Any]


class Canvas:
    """Named traces being drawn on. Every change is remembered until it is cut off as a patch."""

    def __init__(self, traces: dict[str, Trace]) -> None:
        self.traces = list(traces.values())
        self._index = {name: index for index, name in enumerate(traces)}
        self._now = {(index, path): value for index, trace in enumerate(self.traces) for path, value in _leaves(trace)}
        self._changed: dict[tuple[int, str], Any] = {}

    def put(self, name: str, path: str, value: Any) -> None:
        """Replace the value at a path of a trace."""
        place = (self._index[name], path)
        if self._now.get(place) != value:
            self._now[place] = self._changed[place] = value

    def put_at(self, name: str, path: str, index: int, value: Any) -> None:
        """Replace one item of the list at a path of a trace."""
        place = (self._index[name], path)
        items = self._now[place]
        if items[index] == value:
            return
        self._now[place] = [*items[:index], value, *items[index + 1 :]]
        change = self._changed.setdefault(place, {})
        if isinstance(change, dict):
            change[index] = value
        else:
            self._changed[place] = self._now[place]

    def cut(self) -> Patch:
        """Return what has changed since the last cut."""
        patch = [(index, path, value) for (index, path), value in self._changed.items()]
        self._changed = {}
        return patch


def apply(traces: list[Trace], patch: Patch) -> list[Trace]:
    """Return the traces with a patch laid over them; what did not change is shared with `traces`."""
    patched = list(traces)
    for index, path, value in patch:
        patched[index] = _with(patched[index], path.split("."), value)
    return patched


def _with(node: Any, path: list[str], value: Any) -> Any:
    if path:
        return node | {path[0]: _with(node.get(path[0], {}), path[1:], value)}
    if isinstance(value, dict):
        return [value.get(index, item) for index, item in enumerate(node)]
    return value


def _leaves(trace: Trace, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in trace.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
