"""A data set of some columns of a table, and points that were typed in, added to a data set."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.data.dataset import Dataset, Kind
from engine.data.labels import targets_of
from engine.data.table import MAX_CLASSES, Fault, Table, classes, faults, numbers, refuse, word
from engine.errors import InvalidExperiment

MAX_INPUTS = 50


def from_table(
    title: str, table: Table, inputs: Sequence[str], target: str, kind: Kind, leave_out: bool = False
) -> Dataset:
    """Return the data of the chosen columns, with `leave_out` without the rows where a cell is missing or infinite.

    Raises InvalidExperiment for columns that do not go together, and for a cell that cannot be used, with its line.
    """
    _check(inputs, target)
    found = _faults(table, inputs, target, kind)
    left_out = {fault.row for fault in found if fault.gap} if leave_out else set()
    refuse(table, [fault for fault in found if fault.row not in left_out])
    kept = [row for row in range(len(table.rows)) if row not in left_out]
    if len(kept) < 2:
        refuse(table, found)
    whole = table.take(kept)
    x = np.column_stack([numbers(whole, name) for name in inputs])
    names = classes(whole, target) if kind == "classification" else (target,)
    y = numbers(whole, target)[:, np.newaxis] if kind == "regression" else _targets(whole, target, names)
    return Dataset(title=title, kind=kind, x=x, y=y, inputs=tuple(inputs), outputs=names)


def likely_kind(table: Table, column: str) -> Kind:
    """Return what a column is as a target: classes are words, or a few whole numbers that come again and again."""
    if column not in table.numeric:
        return "classification"
    values = [cell for cell in table.cells(column) if isinstance(cell, float)]
    different = set(values)
    few = len(different) <= 2 or (len(different) <= MAX_CLASSES and 2 * len(different) <= len(values))
    return "classification" if few and all(value.is_integer() for value in different) else "regression"


def incomplete(table: Table, inputs: Sequence[str], target: str, kind: Kind) -> int:
    """Return in how many rows a cell of the chosen columns is missing or infinite."""
    return len({fault.row for fault in _faults(table, inputs, target, kind) if fault.gap})


def with_points(data: Dataset, table: Table) -> Dataset:
    """Return `data` with the rows of a table added, whose columns are its inputs and then its target."""
    if not table.rows:
        return data
    x = np.column_stack([numbers(table, name) for name in table.columns[:-1]])
    target = table.columns[-1]
    if data.kind == "regression":
        y = numbers(table, target)[:, np.newaxis]
    else:
        refuse(table, _unknown(table, target, data.outputs))
        y = _targets(table, target, data.outputs)
    return replace(data, x=np.vstack((data.x, x)), y=np.vstack((data.y, y)))


def _check(inputs: Sequence[str], target: str) -> None:
    if not inputs:
        raise InvalidExperiment("Choose at least one column as an input.")
    if len(inputs) > MAX_INPUTS:
        raise InvalidExperiment(f"{len(inputs)} columns are chosen as inputs; at most {MAX_INPUTS} can be.")
    if target in inputs:
        raise InvalidExperiment(f"The column {target!r} cannot be input and target at once.")


def _faults(table: Table, inputs: Sequence[str], target: str, kind: Kind) -> list[Fault]:
    found = [fault for name in inputs for fault in faults(table, name, "regression")]
    return sorted(found + faults(table, target, kind), key=lambda fault: fault.row)


def _targets(table: Table, target: str, names: Sequence[str]) -> np.ndarray:
    places = {name: index for index, name in enumerate(names)}
    return targets_of(np.array([places[word(cell)] for cell in table.cells(target)], dtype=np.intp), len(names))


def _unknown(table: Table, target: str, names: Sequence[str]) -> list[Fault]:
    found = faults(table, target, "classification")
    if found:
        return found
    return [
        Fault(row, target, f"{cell!r:.40} is no class; the classes are {', '.join(names)}", gap=False)
        for row, cell in enumerate(table.cells(target))
        if word(cell) not in names
    ]
