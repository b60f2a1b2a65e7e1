"""The NumPy program as a Jupyter notebook, each cell of code after the derivation of what it computes.

The format is version 4.5 of nbformat's JSON; it is written here, since a notebook is no more than a list of cells.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.backprop.trace import trace
from engine.formulas.equations import equation
from engine.formulas.notations import OURS, Notation, Translation
from engine.network.model import Experiment
from engine.programs.numpy_program import numpy_sections
from engine.programs.sections import Section, names_in, title

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook(experiment: Experiment, notation: Notation = OURS) -> str:
    """Return the JSON of a notebook that derives, in a notation, and computes every number of the learning step."""
    # of a batch, all examples at once, as its program has them
    steps = trace(experiment, "batch")
    words = () if notation == OURS else (notation.words, *names_in(notation, experiment))
    cells = [("markdown", "\n\n".join(["# Backpropagation, step by step", title(experiment), *words]))]
    for section in numpy_sections(experiment):
        cells.append(
            ("markdown", "\n\n".join([f"## {section.heading}", *_derivation(section, steps, experiment, notation)]))
        )
        cells.append(("code", section.code.strip()))
    document = {
        "cells": [_cell(kind, text, number) for number, (kind, text) in enumerate(cells, 1)],
        "metadata": _METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _derivation(section: Section, steps: Sequence[Step], experiment: Experiment, notation: Notation) -> Iterator[str]:
    own = Translation(notation, experiment.network.sizes)
    for step in steps:
        if step.phase == section.phase and section.layer in (None, step.layer):
            op, written = OPS[step.op], equation(step, experiment.in_batch(1), notation=notation)
            # colours need macros that not every reader of notebooks knows
            formulas = [re.sub(r"\\[VG](?=\{)", "", part) for part in (written.worked, *written.notes)]
            name = (op.titles or op.title).capitalize()
            yield "\n\n".join([f"**{name}.** {own.prose(op.why)}", *(f"$$\n{part}\n$$" for part in formulas)])


def _cell(kind: str, text: str, number: int) -> dict[str, Any]:
    cell = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell
