"""A read-only mapping from a name to a record, so that every list of choices in the app has one source.

Data holds names and registries hold functions: an experiment can therefore be hashed, pickled and put into a link.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, Protocol, TypeVar

from engine.errors import UnknownName


class Named(Protocol):
    """What a record needs to be registered."""

    @property
    def name(self) -> str:
        """The key of the record."""
        ...


Record = TypeVar("Record", bound=Named)
Entry = TypeVar("Entry")


class Registry(Mapping[str, Record], Generic[Record]):
    """Records by name, in the order given. `kind` is what a message calls one of them, e.g. "activation".

    Those of `also` are found by their names, and are no choice: they are not listed.
    """

    def __init__(self, kind: str, records: Iterable[Record], also: Iterable[Record] = ()) -> None:
        self._kind = kind
        self._records = {record.name: record for record in records}
        self._also = {record.name: record for record in also}

    def __getitem__(self, name: str) -> Record:
        """Return the record called `name`; raise UnknownName (an InvalidExperiment) that lists the choices."""
        if isinstance(name, str) and name in self._records:
            return self._records[name]
        if isinstance(name, str) and name in self._also:
            return self._also[name]
        raise UnknownName(f"There is no {self._kind} called {name!r:.60}. Choose one of: {', '.join(self._records)}.")

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)


def for_every(names: Iterable[str], table: Mapping[str, Entry], module: str) -> Mapping[str, Entry]:
    """Return a table that has an entry for every name of a registry; raise where one is missing or unknown.

    `module` is the __name__ of the module that the table stands in: the message says where to write what is missing.
    """
    wanted = set(names)
    file = f"{module.replace('.', '/')}.py"
    if missing := wanted - set(table):
        raise LookupError(f"{file} has no entry for: {', '.join(sorted(missing))}.")
    if unknown := set(table) - wanted:
        raise LookupError(f"{file} has an entry for what is not registered: {', '.join(sorted(unknown))}.")
    return table
