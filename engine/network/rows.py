"""Changes of the examples that an experiment learns from: rows that are added, taken away, or put in as a block."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.network.model import Experiment

# in the editor; the engine takes more
MOST_EXAMPLES = 8


def with_example(experiment: Experiment) -> Experiment:
    """Return the experiment with one more example, at first like the last one.

    Raises InvalidExperiment if there are as many as an editor has room for.
    """
    return with_rows(experiment, {(experiment.examples + 1, 1): float(np.atleast_2d(experiment.x)[-1, 0])})


def without_example(experiment: Experiment, number: int) -> Experiment:
    """Return the experiment without an example, counted from 1; the only one stays."""
    kept = [k for k in range(1, experiment.examples + 1) if k != number]
    return of_examples(experiment, kept) if kept else experiment


def of_examples(experiment: Experiment, numbers: Sequence[int]) -> Experiment:
    """Return the experiment with some of its examples, counted from 1, in this order."""
    rows = [number - 1 for number in numbers]
    x, y = (np.atleast_2d(values)[rows] for values in (experiment.x, experiment.y))
    return replace(experiment, x=x, y=y)


def with_rows(experiment: Experiment, numbers: Mapping[tuple[int, int], float]) -> Experiment:
    """Return the experiment with numbers at rows and columns, both from 1, of the table of its examples.

    The columns are those of the inputs, then those of the targets. Rows that were not there are at first like the last
    one. Raises InvalidExperiment for more rows than an editor has room for, and for numbers that may not stand there.
    """
    table = np.hstack([np.atleast_2d(experiment.x), np.atleast_2d(experiment.y)])
    most = max(len(table), *(row for row, _ in numbers)) if numbers else len(table)
    if most > max(MOST_EXAMPLES, len(table)):
        raise InvalidExperiment(f"There is room for {MOST_EXAMPLES} examples; {most} would be there.")
    table = np.vstack([table, *[table[-1:]] * (most - len(table))])
    for (row, column), number in numbers.items():
        table[row - 1, column - 1] = number
    return _of_table(experiment, table)


def _of_table(experiment: Experiment, table: Array) -> Experiment:
    n_in = experiment.network.sizes[0]
    return replace(experiment, x=table[:, :n_in], y=table[:, n_in:])
