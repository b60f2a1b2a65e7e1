"""Questions in every notation: its names, its way of running tables, and the same answers of the engine."""

import csv
import io
import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, Layer, Network
from engine.formulas.notations import NOTATIONS, Notation, Translation
from engine.gradcheck.mistakes import SLIPS
from engine.practice import LEVELS, Question, judge, worksheet
from engine.practice.exports import Sheet, as_csv, as_gift
from tests.engine.practice.typing_in import typed

EVERY = pytest.mark.parametrize("notation", NOTATIONS.values(), ids=lambda notation: notation.name)
KERAS, NG = NOTATIONS["keras"], NOTATIONS["ng"]
# 3 inputs, 2 neurons, 4 outputs, five examples: no two sizes are the same
LOPSIDED = Experiment(
    Network(
        [
            Layer([[0.1, 0.2, -0.3], [0.4, 0.5, 0.6]], [0.1, -0.2], "tanh"),
            Layer([[0.3, -0.1], [0.2, 0.7], [-0.5, 0.4], [0.9, 0.8]], [0.0, 0.1, 0.2, 0.3], "sigmoid"),
        ],
        "half_squared_error",
    ),
    np.arange(15).reshape(5, 3) / 10,
    np.arange(20).reshape(5, 4) / 20,
    0.5,
)


def as_typed(question: Question, value: object, notation: Notation) -> str:
    """What whoever works in a notation types for a value of the engine's."""
    return typed(question, question.laid_out(np.asarray(value, dtype=np.float64), notation.layout))


@settings(max_examples=12)
@given(st.integers(0, 5_000), st.sampled_from(list(LEVELS)), st.sampled_from(list(NOTATIONS)))
def test_an_answer_and_each_slip_are_told_in_whatever_notation_they_are_typed(seed: int, level: str, name: str) -> None:
    notation = NOTATIONS[name]
    for question in worksheet(seed, level, 4):
        assert judge(question, as_typed(question, question.answer, notation), None, notation).kind == "right"
        for slip, value in question.slips.items():
            verdict = judge(question, as_typed(question, value, notation), None, notation)
            assert (verdict.kind, verdict.slip) == ("slip", slip)


@EVERY
def test_shapes_are_those_of_the_notations_own_product(notation: Notation) -> None:
    n_in, n_out, m = 3, 2, 5
    weights = (n_in, n_out) if notation.name == "keras" else (n_out, n_in)
    batch = (n_out, m) if notation.name in ("ng", "nielsen") else (m, n_out)
    expected = {
        "W": weights, "dw": weights, "Wt": weights[::-1], "Z": batch, "delta": batch, "deltat": batch[::-1],
    }  # fmt: skip
    asked = [one for one in worksheet(0, "shapes", 14, LOPSIDED) if one.place.startswith("shape") and "1" in one.place]
    assert {one.place.split(".")[1] for one in asked} == set(expected)
    for question in asked:
        rows, columns = expected[question.place.split(".")[1]]
        assert question.answer_in(notation.layout) == f"{rows} × {columns}"
        assert judge(question, f"{rows} x {columns}", None, notation).kind == "right"
        assert judge(question, f"{columns} x {rows}", None, notation).slip == "transposed"
        # the equation of the solution says the same
        latex, _ = question.wording.solution(notation)
        if question.place in ("shape.Z.1", "shape.delta.1", "shape.dw.1"):
            assert latex.startswith(rf"\underset{{{rows} \times {columns}}}")


@EVERY
def test_weights_turned_around_are_asked_for_with_an_equation_that_has_them(notation: Notation) -> None:
    asked = {one.place: one.wording for one in worksheet(0, "shapes", 14, LOPSIDED)}
    first, second = asked["shape.Wt.1"], asked["shape.Wt.2"]
    # rows of examples meet them on the way forward, columns and keras on the way back, which ends at layer 1
    forward = notation.name in ("ours", "mazur", "pytorch")
    name = Translation(notation, LOPSIDED.network.sizes).formula("W^{(2)}")
    assert rf"{{{name}}}^{{\top}}" in second.solution(notation)[0]
    assert ("as the way back takes them" in second.text(notation)) != forward
    assert "way back" not in first.text(notation)


def test_a_slip_is_told_with_the_letters_of_the_notation() -> None:
    said = {
        (name, slip): Translation(NOTATIONS[name], (2, 2, 1)).words(SLIPS[slip].said)
        for name in ("ng", "nielsen", "mazur")
        for slip in ("no_slope", "slope_at_activation", "slope_on_joint")
    }
    assert said["ng", "no_slope"] == "g′(z) is forgotten"
    assert said["mazur", "slope_at_activation"] == "f′ is taken at out instead of net"
    assert said["nielsen", "slope_on_joint"] == "f′(z) is multiplied with a³ − y, in which it is contained already"
    # the judge says it so, and the answers for a quiz system
    question = next(one for one in worksheet(0, "output", 20) if "no_slope" in one.slips)
    value = np.asarray(question.slips["no_slope"])
    assert "g′(z) is forgotten" in judge(question, typed(question, value), None, NG).message
    sheet = Sheet(level="output", seed=0, questions=20)
    assert "g′(z) is forgotten" in as_gift(sheet, None, NG) and "f′(z) is forgotten" in as_gift(sheet)


@EVERY
def test_the_setting_shows_matrices_and_examples_as_they_run_there(notation: Notation) -> None:
    setting = worksheet(0, "batch", 1, LOPSIDED)[0].wording.setting(notation)
    tables = [np.array(json.loads(text)) for text in re.findall(r"= (\[\[.*?\]\])", setting)]
    W, x, y = LOPSIDED.network.layers[0].W, LOPSIDED.x, LOPSIDED.y
    np.testing.assert_array_equal(tables[0], W.T if notation.name == "keras" else W)
    for shown, ours in zip(tables[2:], (x, y), strict=True):
        np.testing.assert_array_equal(shown, ours.T if notation.layout.examples_as_columns else ours)
    assert f"The {'columns' if notation.layout.examples_as_columns else 'rows'} of" in setting


@pytest.mark.parametrize("level", list(LEVELS))
def test_no_name_of_ours_is_left_in_another_notation(level: str) -> None:
    for question in worksheet(2, level, 8):
        own = question.wording
        said = " ".join([own.text(NG), own.setting(NG), *own.hints(NG), *own.solution(NG)])
        assert not re.search(r"⁽|δ|\\delta|∂|\\partial|\^\{\(\d\)\}|η", said), said


def test_a_table_typed_earlier_is_followed_through_as_it_runs_in_the_notation() -> None:
    sheet = {one.place: one for one in worksheet(0, "update", 40, LOPSIDED)}
    gradients, weights = sheet["dw.1"], sheet["new_w.1"]
    own = np.add(gradients.answer, [[0.1, 0.0, 0.2], [0.0, 0.3, 0.0]])
    follows = LOPSIDED.network.layers[0].W - LOPSIDED.learning_rate * own
    given = {"dw.1": as_typed(gradients, own, KERAS)}
    verdict = judge(weights, as_typed(weights, follows, KERAS), given, KERAS)
    assert verdict.kind == "right"
    assert "Consistent with your ∂L/∂W[0]" in verdict.message
    assert judge(weights, as_typed(weights, follows, KERAS), {}, KERAS).kind == "wrong"


def test_a_class_gets_the_cells_of_a_table_under_the_rows_and_columns_that_it_sees() -> None:
    sheet = Sheet(level="batch", seed=0, questions=12, own=True)

    def cells(notation: Notation) -> dict[tuple[str, str], str]:
        rows = csv.DictReader(io.StringIO(as_csv(sheet, LOPSIDED, notation)))
        return {(row["question"], row["part"]): row["answer"] for row in rows if "column" in row["part"]}

    ours, turned = cells(NOTATIONS["ours"]), cells(KERAS)
    assert ours
    for (question, part), answer in ours.items():
        row, column = re.findall(r"\d", part)
        assert turned[question, f"row {column}, column {row}"] == answer
