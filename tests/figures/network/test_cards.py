"""Cards: every number about a place is the engine's, and is told since the step that brings it, never sooner."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine import ACTIVATIONS, PRESETS, Experiment, Step, forward, sgd_step, trace
from engine.backprop.trace import Detail
from engine.formulas.equations import equation
from engine.formulas.numbers import digits_between, text
from engine.memory import SHARED
from engine.network.editing import resized
from pages.figures.markup import classed
from pages.figures.network import cards as described
from pages.figures.network.cards import Card, cards
from pages.figures.network.picture import Numbers
from pages.figures.theme import LIGHT
from tests.engine.formulas.cases import DETAILS, every_case
from tests.samples import EXAMPLE, passes
from tests.strategies import experiments

SPAN = re.compile(r"<span class=([vg])([pn])>([^<]*)</span>")
WAS = re.compile(", was (.*)$")
# the ops that bring what a row begins with
BRINGS = {
    "z": ("weighted_sum",),
    "carries .*": ("weighted_sum",),
    "a|ŷ": ("activation",),
    "∂L/∂(a|ŷ)": ("summed_gradient", "loss_gradient"),
    ".*′.*": ("delta",),
    "δ": ("delta", "joint_delta"),
    "∂L/∂w": ("weight_gradient",),
    "∂L/∂b": ("bias_gradient",),
    "new w": ("weight_update",),
    "new b": ("bias_update",),
}


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(described, "text", lambda value, digits=4: f"{value:.17g}".replace("-", "−"))


def number(written: str) -> float:
    return float(written.replace("−", "-").strip("()"))


def results(card: Card) -> dict[str, str]:
    """What each row says in the end, by what it begins with."""
    rows = [WAS.sub("", SPAN.sub(r"\3", row)) for _, row in card.rows]
    return {row.split(" = ")[0]: row.rsplit(" = ", 1)[1] for row in rows}


def parts(experiment: Experiment) -> dict[str, dict[str, float]]:
    """The numbers of every place but the loss, from the passes themselves."""
    (passed, back), network = passes(experiment), experiment.network
    new = sgd_step(network, back, experiment.learning_rate, experiment.update_biases)
    again = forward(new, experiment.x)
    found: dict[str, dict[str, float]] = {}
    for k, (x, dx) in enumerate(zip(experiment.x, back.dx, strict=True), start=1):
        found[f"x.{k}"] = {"x": x, "∂L/∂x": dx}
    for k, (y, out) in enumerate(zip(experiment.y, passed.output, strict=True), start=1):
        found[f"y.{k}"] = {"y": y, "compared with ŷ": out}
    for l, (layer, after) in enumerate(zip(network.layers, new.layers, strict=True), start=1):
        name, slopes = "ŷ" if l == len(network.layers) else "a", ACTIVATIONS[layer.activation].df
        for (j, i), w in np.ndenumerate(layer.W):
            found[f"w.{l}.{j + 1}.{i + 1}"] = {
                "w": w, f"carries {text(w)} · {factor(passed.a[l - 1][i])}": float(w) * float(passed.a[l - 1][i]),
                "∂L/∂w": back.dW[l - 1][j, i], "new w": after.W[j, i],
            }  # fmt: skip
        for j in range(layer.n_out):
            z = passed.z[l - 1][j]
            slope = slopes(passed.z[l - 1], layer.parameter)[j]
            found[f"n.{l}.{j + 1}"] = {
                "z": z, name: passed.a[l][j], f"∂L/∂{name}": back.da[l - 1][j],
                f"{ACTIVATIONS[layer.activation].title}′({text(z)})": slope, "δ": back.delta[l - 1][j],
                "new z": again.z[l - 1][j], f"new {name}": again.a[l][j],
            }  # fmt: skip
            found[f"b.{l}.{j + 1}"] = {"b": layer.b[j], "∂L/∂b": back.db[l - 1][j], "new b": after.b[j]}
    return found


def factor(value: float) -> str:
    return f"({text(value)})" if value < 0 else text(value)


def require_numbers(experiment: Experiment, detail: Detail) -> None:
    told, known = cards(experiment, LIGHT, detail), parts(experiment)
    assert told.keys() == known.keys() | {"loss"}
    for place, numbers in known.items():
        said = results(told[place])
        # these two a network may do without
        left_out = {name for name in numbers.keys() - said.keys() if "′" in name or name == "new b"}
        assert said == {
            name: text(value, digits(numbers, name)) for name, value in numbers.items() if name not in left_out
        }, place


def digits(numbers: dict[str, float], name: str) -> int:
    """As many as a number of the card has: what changes has as many as it takes to see that."""
    return digits_between(numbers[name.removeprefix("new ")], numbers[name]) if name.startswith("new") else 4


@every_case
def test_every_place_has_its_numbers(experiment: Experiment) -> None:
    for detail in DETAILS:
        require_numbers(experiment, detail)


@given(experiments())
def test_every_place_of_any_network_has_its_numbers(experiment: Experiment) -> None:
    for detail in DETAILS:
        require_numbers(experiment, detail)


@given(experiments())
def test_a_number_has_the_class_of_its_kind_and_its_sign(experiment: Experiment) -> None:
    for place, card in cards(experiment, LIGHT, "neuron").items():
        for _, row in card.rows if place != "loss" else ():
            ((kind, sign, written),) = SPAN.findall(row)
            assert (sign == "n") == written.startswith("−")
            assert (kind == "g") == row.startswith(("∂", "δ"))


@pytest.mark.parametrize("name", PRESETS)
def test_a_formula_put_in_comes_to_its_number(name: str, exact: None) -> None:
    experiment = PRESETS[name].experiment.example(1)
    for place, card in cards(experiment, LIGHT, "neuron").items():
        for _, row in card.rows if place.startswith("w.") else ():
            *_, before, result = SPAN.sub(r"\3", row).split(" = ") if "·" in row else ("0 · 0", "0")
            left, right = before.removeprefix("carries ").split(" · ")
            assert number(left) * number(right) == pytest.approx(number(result), abs=1e-15)


def place_in(step: Step, array: Any, neuron: int) -> Any:
    """A neuron's part of what a step has for it alone or for its whole layer."""
    return array if step.neuron is not None else array[neuron - 1]


def brought(step: Step, name: str, neuron: int, source: int) -> float:
    """The number that a step has for a row of a neuron, of its bias or, from `source`, of its weight."""
    if name.startswith("carries"):
        W, a, _ = step.operands
        return float(place_in(step, W, neuron)[source - 1]) * float(a[source - 1])
    if "′" in name:
        activation, parameter, z, _ = step.operands
        return float(ACTIVATIONS[activation].df(place_in(step, z, neuron), parameter))
    value = place_in(step, step.value, neuron)
    return float(value[source - 1] if name.endswith("w") else value)


def require_known_since(experiment: Experiment, detail: Detail) -> None:
    steps = trace(experiment, detail)
    for place, card in cards(experiment, LIGHT, detail).items():
        kind, layer, neuron, source = ([*place.split("."), "0", "0", "0"])[:4]
        for since, row in card.rows if kind in "nwb" else ():
            name = row.split(" = ")[0]
            if name in ("w", "b"):
                assert since == 0
                continue
            if name in ("new z", "new a", "new ŷ"):
                # the example once more
                assert since == len(steps)
                continue
            ops = next(ops for start, ops in BRINGS.items() if re.fullmatch(start, name))
            own = [s.op in ops and s.layer == int(layer) and s.neuron in (int(neuron), None) for s in steps]
            assert since == own.index(True) + 1, (place, row)
            number_then = brought(steps[since - 1], name, int(neuron), int(source))
            most = 18 if name.startswith("new") else 5
            assert SPAN.findall(row)[-1][2] in [text(number_then, digits) for digits in range(4, most)], (place, row)


@given(experiments())
def test_a_new_parameter_is_told_with_the_old_one_so_that_any_change_is_seen(experiment: Experiment) -> None:
    told = cards(experiment, LIGHT, "neuron")
    for place, numbers in parts(experiment).items():
        for name in numbers.keys() & results(told[place]).keys() & {"new w", "new b", "new z", "new a", "new ŷ"}:
            (row,) = (row for _, row in told[place].rows if row.startswith(name))
            assert (SPAN.findall(row)[0][2] != WAS.findall(row)[0]) == (
                numbers[name] != numbers[name.removeprefix("new ")]
            )


@every_case
def test_a_row_is_told_since_the_first_step_that_has_its_number(experiment: Experiment) -> None:
    for detail in DETAILS:
        require_known_since(experiment, detail)


@given(experiments())
def test_a_row_of_any_network_is_told_since_the_first_step_that_has_its_number(experiment: Experiment) -> None:
    for detail in DETAILS:
        require_known_since(experiment, detail)


@given(experiments())
def test_inputs_and_targets_are_known_and_the_rest_about_them_once_it_is_computed(experiment: Experiment) -> None:
    for detail in DETAILS:
        steps, told = trace(experiment, detail), cards(experiment, LIGHT, detail)
        of_first = [k for k, s in enumerate(steps, start=1) if s.layer == 1 and s.op in ("delta", "joint_delta")]
        (of_loss,) = (k for k, s in enumerate(steps, start=1) if s.op in ("loss", "joint_loss"))
        for place, card in told.items():
            if place[0] in "xy":
                assert [since for since, _ in card.rows] == [0, of_first[-1] if place[0] == "x" else of_loss]
        lines = [(number, equation(steps[number - 1], experiment).line) for number in (of_loss, len(steps))]
        assert told["loss"].rows == tuple((number, classed(line, LIGHT)) for number, line in lines)


@given(experiments())
def test_on_the_way_forward_nothing_is_told_of_the_way_back(experiment: Experiment) -> None:
    for detail in DETAILS:
        phases = [step.phase for step in trace(experiment, detail)]
        for place, card in cards(experiment, LIGHT, detail).items():
            for since, row in card.rows if place != "loss" else ():
                phase = phases[since - 1] if since else "forward"
                if "new" in row:
                    assert phase == "update"
                else:
                    assert (phase == "backward") == bool(re.search("∂|δ|′", row)), row


def test_where_biases_are_kept_none_is_new() -> None:
    kept = replace(EXAMPLE, update_biases=False)
    assert len(cards(EXAMPLE, LIGHT, "neuron")["b.1.1"].rows) == 3
    assert all(len(card.rows) == 2 for place, card in cards(kept, LIGHT, "neuron").items() if place[0] == "b")


def test_the_numbers_of_a_picture_stay_the_same_though_others_push_them_out_of_memory() -> None:
    numbers = Numbers(EXAMPLE)
    before = numbers.forward, numbers.backward, numbers.updated
    SHARED.clear()
    assert all(
        old is new for old, new in zip(before, (numbers.forward, numbers.backward, numbers.updated), strict=True)
    )


def test_indices_of_two_digits_are_set_apart() -> None:
    wide = cards(resized(EXAMPLE, (10, 10, 3, 3)), LIGHT, "neuron")
    assert (wide["w.1.10.3"].title, wide["w.1.2.3"].title) == ("w⁽¹⁾₁₀,₃", "w⁽¹⁾₂₃")
