"""A column of a file as numbers or words: which decimal mark it has, and whether thousands are separated in it.

“1,421” is 1421 to one reader and 1.421 to another. What decides is the rest of the column, then that of the table;
where nothing decides, the column is refused rather than guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.data.cells import (
    EITHER,
    GROUPED,
    MISSING_NUMBER,
    MISSING_WORD,
    SAYS,
    form,
    is_infinite,
    is_missing,
    value_of,
)
from engine.errors import InvalidExperiment

# most columns are nothing but plain numbers with a mark; they are told by one search, cell by cell would take a second
_PLAIN = {mark: re.compile(rf"(?:-?(?:0|[1-9][0-9]{{0,11}})(?:{re.escape(mark)}[0-9]{{1,20}})?\n)+") for mark in ".,"}
_CERTAIN = {
    mark: re.compile(
        rf"^-?0{re.escape(mark)}|[0-9]{{4}}{re.escape(mark)}|{re.escape(mark)}(?![0-9]{{3}}$)", re.MULTILINE
    )
    for mark in ".,"
}


@dataclass(frozen=True)
class Column:
    """The cells of a column as they stand in the file, with its name and their lines."""

    name: str
    cells: tuple[str, ...]
    lines: tuple[int, ...]

    @cached_property
    def plain(self) -> str:
        """The decimal mark, if all cells are numbers that are plainly written with it; else ""."""
        whole = "\n".join(self.cells) + "\n"
        return next((mark for mark in ".," if _CERTAIN[mark].search(whole) and _PLAIN[mark].fullmatch(whole)), "")

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The form of each cell."""
        return tuple(map(form, self.cells))

    @cached_property
    def holds_numbers(self) -> bool:
        """Whether most of its cells that are not missing are numbers; codes like 007 are words."""
        if self.plain:
            return True
        filled = [own for own, cell in zip(self.forms, self.cells, strict=True) if own or not is_missing(cell)]
        return "code" not in filled and 2 * sum(map(bool, filled)) > len(filled)

    @cached_property
    def says(self) -> frozenset[str]:
        """The decimal marks that its numbers show beyond doubt."""
        return frozenset(self.plain or {SAYS[own] for own in self.forms if own in SAYS})

    def decimal(self, given: str | None, elsewhere: frozenset[str], separator: str) -> str:
        """Return its decimal mark: the one given, or its own, or the one of other columns, or that of the separator.

        Raises InvalidExperiment, with line and column, where two are at odds or none is certain.
        """
        if given or self.plain:
            return given or self.plain
        if len(self.says) > 1:
            point, comma = (self._first([own for own in SAYS if SAYS[own] == mark]) for mark in ".,")
            raise InvalidExperiment(f"{comma} has a decimal comma, but {point} has a decimal point. Write both alike.")
        either = [own for own in EITHER if own in self.forms]
        mark = self._likely(elsewhere, separator, either)
        if either and (not mark or ("long" in self.forms and self.thousands(mark))):
            raise InvalidExperiment(self._doubtful(either))
        return mark or "."

    def numbers(self, decimal: str) -> tuple[float | str, ...]:
        """Return its cells, those that are finite numbers as such."""
        if self.plain == decimal:
            return tuple(map(float, self.cells if decimal == "." else (cell.replace(",", ".") for cell in self.cells)))
        read = (value_of(cell, own, decimal) for cell, own in zip(self.cells, self.forms, strict=True))
        return tuple(
            cell if number is None or abs(number) == float("inf") else number
            for number, cell in zip(read, self.cells, strict=True)
        )

    def thousands(self, decimal: str) -> str:
        """Return its first number with separators of thousands, by the decimal mark; "" if there is none."""
        if self.plain == decimal:
            return ""
        grouped = (*GROUPED, "either_comma" if decimal == "." else "either_point")
        pairs = zip(self.forms, self.cells, strict=True)
        return next((cell for own, cell in pairs if own in grouped), "")

    def gaps(self, as_numbers: bool) -> Iterator[int]:
        """Return the lines of the cells that are missing or infinite."""
        if self.plain:
            return
        among = MISSING_NUMBER if as_numbers else MISSING_WORD
        for line, cell, own in zip(self.lines, self.cells, self.forms, strict=True):
            if (not own and is_missing(cell, among)) or (own and as_numbers and is_infinite(cell)):
                yield line

    def _likely(self, elsewhere: frozenset[str], separator: str, either: Sequence[str]) -> str:
        known = self.says or elsewhere
        if len(known) == 1:
            return next(iter(known))
        if known or len(either) > 1 or separator not in ", ":
            return ""
        # a comma that separates columns is no decimal comma: a quoted one separates thousands
        if either == ["either_comma"]:
            return "." if separator == "," else ""
        # three decimals everywhere are a program's; beside whole numbers they may be thousands
        return "." if not {"whole", "long"} & {*self.forms} else ""

    def _doubtful(self, forms: Sequence[str]) -> str:
        sign = "comma" if forms[0] == "either_comma" else "point"
        cell = self.cells[self._place(forms)].replace("−", "-")
        both = f"{cell.replace(',', '').replace('.', '')} or {cell.replace(',', '.')}"
        return f"{self._first(forms)} can be {both}: choose whether the {sign} is a decimal mark."

    def _first(self, forms: Sequence[str]) -> str:
        at = self._place(forms)
        return f"Line {self.lines[at]}, column {self.name!r}: “{self.cells[at]}”"

    def _place(self, forms: Sequence[str]) -> int:
        return next(at for at, own in enumerate(self.forms) if own in forms)


def common(columns: Iterable[Column]) -> frozenset[str]:
    """Return the decimal marks that the columns of numbers show beyond doubt."""
    return frozenset().union(*(column.says for column in columns if column.holds_numbers))
