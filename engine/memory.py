"""Results that are kept for everybody, bounded by the bytes that they and their arguments hold, all functions together.

A bound on the number of entries would be none: one network may be a million times as large as another.
"""

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np

P = ParamSpec("P")
T = TypeVar("T")

MOST_BYTES = 24_000_000
# what Python takes for an object and its place in a container, about
_OBJECT = 80


def arrays_in(*values: object) -> Iterator[np.ndarray[Any, Any]]:
    """Yield the arrays in values: in containers, in the fields of objects, and in what those hold."""
    return (found for found in _walk(values) if isinstance(found, np.ndarray))


def _walk(values: tuple[object, ...]) -> Iterator[object]:
    todo, seen = list(values), set[int]()
    while todo:
        value = todo.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        yield value
        if isinstance(value, dict):
            todo += value.values()
        elif isinstance(value, list | tuple):
            todo += value
        elif not isinstance(value, np.ndarray | type):
            todo += getattr(value, "__dict__", {}).values()


@dataclass(frozen=True, eq=False)
class Entry:
    """What one entry holds: bytes of plain objects, and the size of each array by its identity."""

    plain: int
    arrays: dict[int, int]


class Ledger:
    """The bytes of everything that was entered; an array that is in several entries counts once."""

    def __init__(self) -> None:
        self.total = 0
        self._arrays: Counter[int] = Counter()

    def enter(self, *values: object) -> Entry:
        """Count values, make their arrays read-only, and return what takes them off again."""
        plain, arrays = 0, dict[int, int]()
        for value in _walk(values):
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
                owner = value if value.base is None else value.base
                arrays[id(owner)] = getattr(owner, "nbytes", value.nbytes)
            plain += _OBJECT + (len(value) if isinstance(value, str | bytes) else 0)
        entry = Entry(plain, arrays)
        self.total += plain + sum(size for name, size in arrays.items() if not self._arrays[name])
        self._arrays.update(arrays.keys())
        return entry

    def strike(self, entry: "Entry") -> None:
        """Take an entry off."""
        self.total -= entry.plain
        for name, size in entry.arrays.items():
            self._arrays[name] -= 1
            if not self._arrays[name]:
                del self._arrays[name]
                self.total -= size


class Memory:
    """Values by key, of which those that were not asked for longest are forgotten when all hold too many bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self._ledger = Ledger()
        self._kept: OrderedDict[Hashable, tuple[Any, Entry]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """How many bytes are held."""
        return self._ledger.total

    def get(self, key: Hashable) -> tuple[Any, ...]:
        """Return the value in a tuple, or an empty one."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return ()
            self._kept.move_to_end(key)
            return found[:1]

    def put(self, key: Hashable, value: Any) -> None:
        """Keep a value, its arrays read-only; the same for all who ask for it."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = value, self._ledger.enter(key, value)
            while self._ledger.total > self.most:
                _, (_, entry) = self._kept.popitem(last=False)
                self._ledger.strike(entry)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._ledger = Ledger()


SHARED = Memory()


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Keep what a pure function of hashable arguments returns, in SHARED."""

    @wraps(function)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (function, args, tuple(kwargs.items()))
        found = SHARED.get(key)
        if found:
            return found[0]
        value = function(*args, **kwargs)
        SHARED.put(key, value)
        return value

    return asked
