"""How long a table takes to be read, beside the csv module's bare splitting of the same text."""

import csv
import time
from collections.abc import Callable
from io import StringIO

import numpy as np
import pytest

from engine.data import read_table

ROWS = 5_000


def written(decimal: str, separator: str, gaps: bool) -> str:
    rng = np.random.default_rng(0)
    rows = rng.normal(0, 5, (ROWS, 9)).round(4)
    lines = [separator.join([*map(str, row), "abc"[index % 3]]) for index, row in enumerate(rows.tolist())]
    if gaps:
        lines = [f"?{line[line.index(separator) :]}" if index % 50 == 0 else line for index, line in enumerate(lines)]
    return "\n".join(lines).replace(".", decimal)


def fastest(run: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


@pytest.mark.parametrize(
    ("kind", "decimal", "separator", "gaps"),
    [("commas", ".", ",", False), ("semicolons, decimal comma", ",", ";", False), ("missing cells", ".", ",", True)],
)
def test_a_table_of_5000_rows(kind: str, decimal: str, separator: str, gaps: bool) -> None:
    text = written(decimal, separator, gaps)
    content = text.encode()
    bare = fastest(lambda: list(csv.reader(StringIO(text), delimiter=separator)))
    ours = fastest(lambda: read_table(content, "mine.csv"))
    print(f"\n{kind}: {ROWS:,} rows of 10 columns in {ours:.0f} ms (target 300), {ours / bare:.1f} times csv.reader")
