"""A table of numbers, and where a block of them stands that is put in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from engine import InvalidExperiment

# of a table that grows
MOST_ROWS = 200

Texts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table: its heading, what it is called aloud, and for each cell its place, its words and its text.

    `choices` are the texts that are offered in some columns, by index. A block that is pasted into a `growing` table
    may go on below it, at places of the kind that it names, up to `most` rows in all.
    """

    title: str
    name: str
    corner: str = ""
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    places: Texts
    words: Texts
    values: Texts
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    growing: str = ""
    most: int = MOST_ROWS

    def block(self, place: str, rows: Sequence[Sequence[str]]) -> Mapping[str, str]:
        """Return where the texts of a block stand if it is put in at a place. Raises InvalidExperiment."""
        top, left = next((r, own.index(place)) for r, own in enumerate(self.places) if place in own)
        most = max(self.most, len(self.places)) if self.growing else len(self.places)
        below, right = most - top, len(self.places[0]) - left
        if len(rows) > below or len(rows[0]) > right:
            raise InvalidExperiment(
                f"The pasted block has {_size(len(rows), len(rows[0]))}; from this cell on there is room for "
                f"{_size(below, right)}."
            )
        return {self._place(top + r, left + c): text for r, row in enumerate(rows) for c, text in enumerate(row)}

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield the places, each with what its field shows."""
        yield from zip(chain(*self.places), chain(*self.values), strict=True)

    def _place(self, row: int, column: int) -> str:
        return self.places[row][column] if row < len(self.places) else f"{self.growing}.{row + 1}.{column + 1}"


def _size(rows: int, columns: int) -> str:
    return f"{rows} row{'s' * (rows > 1)} and {columns} column{'s' * (columns > 1)}"
