"""What is pasted in the notation chosen: names as the app writes them there mean what they mean there."""

import numpy as np
import pytest

from engine import PRESETS, Experiment
from engine.formulas.notations import NOTATIONS, Notation
from engine.gradcheck.by_hand import Problem, computed
from engine.practice.levels import places
from engine.practice.pasted import Report, check_numbers
from engine.practice.quantity import OF_NEURONS, OF_WEIGHTS, Quantity
from engine.practice.words import named
from engine.programs.all_numbers import as_tsv, tables

MAZUR, BATCH = PRESETS["mazur"].experiment, PRESETS["xor-four-rows"].experiment
KINDS = ("z", "a", "delta", "dw", "db", "new_w")
every_notation = pytest.mark.parametrize("notation", list(NOTATIONS.values()), ids=lambda one: one.name)


def pasted(experiment: Experiment, notation: Notation, tables: bool) -> str:
    """Every number of an experiment, or every table, under the name that the app has for it, as it runs there."""
    problem = Problem.of(experiment)
    worked, layers = computed(problem), range(1, len(problem.network.layers) + 1)
    asked = [Quantity(kind, layer) for layer in layers for kind in KINDS]
    if not tables:
        asked = [one for table in asked for one in places(problem, table.kind, table.layer) if not one.is_table]
    return "\n".join(f"{named(problem, one, notation)} = {shown(one.of(worked), one, notation)}" for one in asked)


def shown(value: object, asked: Quantity, notation: Notation) -> object:
    array = np.asarray(value)
    if asked.kind in OF_WEIGHTS:
        array = notation.layout.weights(array)
    elif asked.kind in OF_NEURONS and array.ndim == 2 and notation.layout.examples_as_columns:
        array = array.T
    return array.tolist()


def require_right(report: Report) -> None:
    assert report.findings and report.unknown == ()
    assert {finding.kind for finding in report.findings} <= {"right", "rounded", "given"}


@every_notation
@pytest.mark.parametrize("preset", ["mazur", "worked-example"])
def test_single_numbers_under_the_names_of_the_notation_are_right(preset: str, notation: Notation) -> None:
    experiment = PRESETS[preset].experiment
    require_right(check_numbers(experiment, pasted(experiment, notation, tables=False), notation))


@every_notation
@pytest.mark.parametrize("experiment", [MAZUR, BATCH], ids=["one", "batch"])
def test_tables_under_the_names_of_the_notation_are_right(experiment: Experiment, notation: Notation) -> None:
    require_right(check_numbers(experiment, pasted(experiment, notation, tables=True), notation))


@every_notation
def test_the_table_of_all_numbers_that_is_copied_from_the_app_is_right(notation: Notation) -> None:
    require_right(check_numbers(MAZUR, as_tsv(tables(MAZUR, notation)), notation))


@every_notation
def test_names_of_a_program_and_of_our_own_notation_are_understood_in_any_other(notation: Notation) -> None:
    require_right(check_numbers(MAZUR, "z1 = [0.3775, 0.3925]\ndelta2 = [0.1384986, -0.0380982]", notation))
    require_right(check_numbers(MAZUR, pasted(MAZUR, NOTATIONS["ours"], tables=False), notation))
