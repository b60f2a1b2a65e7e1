"""The answers of a class as CSV: a line for each number, with the value that each slip gives."""

import csv
import io

from engine.formulas.notations import OURS, Notation
from engine.gradcheck.mistakes import SLIPS
from engine.network.model import Experiment
from engine.practice.exports.parts import parts
from engine.practice.exports.sheet import Sheet
from engine.practice.question import TOGETHER

COLUMNS = ("variant", "question", "part", "text", "answer", "tolerance")


def as_csv(sheet: Sheet, experiment: Experiment | None = None, notation: Notation = OURS) -> str:
    """Return the answers of all variants, with a column for each slip of the registry that one of them has."""
    rows = list(parts(sheet, experiment, notation))
    made = {name for part in rows for names in part.slips for name in names.split(TOGETHER)}
    slips = [name for name in SLIPS if name in made]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *slips])
    for part in rows:
        values = {name: value for names, value in part.slips.items() for name in names.split(TOGETHER)}
        # of the text only the question: the network would be many lines
        writer.writerow(
            [
                part.variant,
                part.number,
                part.label,
                part.text.splitlines()[-1],
                repr(part.answer),
                f"{part.tolerance:.3g}",
                *(repr(values[name]) if name in values else "" for name in slips),
            ]
        )
    return text.getvalue()
