"""The program of the last chapter is executed and prints the numbers that the text says it prints."""

import ast
import re
import subprocess
import sys

import numpy as np
import pytest

from engine import Experiment
from engine.derivation import book
from engine.derivation.blocks import Program
from tests.engine.derivation.cases import CASES, every_case
from tests.nasty import NASTY
from tests.programs import run

# NumPy adds in an order of its own
PRECISION = 1e-11


def program(experiment: Experiment) -> Program:
    (found,) = [block for block in book(experiment)[-1].blocks if isinstance(block, Program)]
    return found


def lines(output: str) -> dict[str, np.ndarray]:
    pairs = [line.split(" = ", 1) for line in output.splitlines()]
    assert len({name for name, _ in pairs}) == len(pairs)
    return {name: np.array(ast.literal_eval(value)) for name, value in pairs}


@every_case
def test_the_program_prints_what_is_said_to_be_printed(experiment: Experiment) -> None:
    shown = program(experiment)
    found, said = lines(run(shown.source)), lines(shown.output)
    assert list(found) == list(said)
    for name, value in said.items():
        with np.errstate(all="ignore"):
            np.testing.assert_allclose(found[name], value, rtol=PRECISION, atol=PRECISION, err_msg=name)


@pytest.mark.parametrize("name", ["ReLU at 0", "Gaussian at its top", "hard tanh at 1"])
def test_a_zero_is_printed_without_a_minus_as_it_is_said_to_be(name: str) -> None:
    shown = program(NASTY[name])
    assert run(shown.source) == shown.output and not re.search(r"-0\.0\b(?!\d)", shown.output)


def test_the_program_runs_as_a_file_of_its_own() -> None:
    shown = program(CASES["worked-example"])
    done = subprocess.run([sys.executable, "-I", "-c", shown.source], capture_output=True, text=True, check=True)
    assert lines(done.stdout).keys() == lines(shown.output).keys()


@pytest.mark.parametrize("name", ["worked-example", "single layer", "vanishing"])
def test_the_comments_name_the_chapters_in_their_order(name: str) -> None:
    text = book(CASES[name])
    comments = re.findall(r"^# Chapter (\d+): (.+)$", program(CASES[name]).source, flags=re.MULTILINE)
    for number, title in comments:
        assert text[int(number) - 1].title == title
    explained = {"slopes", "softmax", "weight", "code"}  # of these a program has nothing to compute
    assert {title for _, title in comments} == {c.title for c in text if c.anchor not in explained}
    assert [int(number) for number, _ in comments] == sorted(int(number) for number, _ in comments)
