"""Tables whose cells tabs or commas part, as they are copied from a spreadsheet."""

import re
from collections.abc import Iterator

import numpy as np

from engine.practice.pasted.cells import NUMBER, OF, Entry, as_arrays, is_number, read_cell

_CSV = re.compile(
    rf"^\s*[^\s\d,;=:\[\](){{}}.+\-−'\"#][^,;=:\[\]\t]{{0,59}}"
    rf"(?:(?:,\s*{NUMBER}){{1,200}}|(?:;\s*[-+−]?\d+(?:[.,]\d*)?(?:[eE][-+]?\d+)?){{1,200}})\s*$"
)


def with_tabs(line: str) -> str:
    """A line of CSV, a name and its numbers, with tabs; any other line as it is."""
    # most lines are told from one by their end, which is cheaper
    if not line.rstrip()[-1:].isdigit() or not _CSV.match(line):
        return line
    return "\t".join(cell.strip() for cell in line.split(";" if ";" in line else ","))


def of_table(block: str) -> Iterator[Entry]:
    """Rows of cells: with headings, a name for each cell of a row; without, a row's name and its numbers."""
    heading: list[str] = []
    name, rows = "", list[list[tuple[float, float]]]()
    for line in block.split("\n"):
        cells = [cell.strip() for cell in line.split("\t")]
        numbers = [read_cell(one) if is_number(one) else None for one in cells[1:]]
        given = [number for number in numbers if number is not None]
        if not given:
            heading = cells
        elif len(heading) == len(cells):
            yield from _headed(heading, cells[0], numbers)
        else:
            if cells[0] and rows:
                yield from _rows(name, rows)
                rows = []
            name = cells[0] or name
            rows.append(given)
    yield from _rows(name, rows)


def _headed(heading: list[str], label: str, numbers: list[tuple[float, float] | None]) -> Iterator[Entry]:
    for head, number in zip(heading[1:], numbers, strict=True):
        if number is not None:
            yield Entry(name=f"{head}{OF}{label}", values=np.array(number[0]), units=np.array(number[1]))


def _rows(name: str, rows: list[list[tuple[float, float]]]) -> Iterator[Entry]:
    read = as_arrays(list(rows[0]) if len(rows) == 1 else list(rows)) if rows else None
    if name and read is not None:
        values, units = (part[0] if part.shape == (1,) else part for part in read)
        yield Entry(name=name, values=values, units=units)
