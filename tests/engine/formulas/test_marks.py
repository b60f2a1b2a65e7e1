r"""The places of a line's numbers: what is marked is the engine's number there, and no other formula has marks."""

import re

import pytest
from hypothesis import given

from engine import Experiment, Step, backward, forward, sgd_step, trace
from engine.formulas.equations import equation, line_with_places
from engine.formulas.marks import at, unmarked
from engine.formulas.numbers import latex
from engine.formulas.symbols import factor, gradient, value
from engine.network.places import Bias, Input, LossValue, Neuron, Target, Weight
from tests.engine.formulas.cases import DETAILS, every_case
from tests.samples import passes
from tests.strategies import experiments

MARKED = re.compile(r"\\([VG])\[([a-z\d.]+)\]\{((?:[^{}]|\{[^{}]*\})*)\}")
# what a neuron's numbers are, from left to right, in the order in which they first differ in kind
OWN = {
    ("activation", "V"): ("z", "a"),
    ("delta", "G"): ("da", "delta"),
    ("weighted_sum", "V"): ("z",),
    ("loss_gradient", "G"): ("da",),
    ("summed_gradient", "G"): ("da",),
}


def numbers_at(experiment: Experiment) -> dict[tuple[str, str], float]:
    """The numbers of all places, by what they are and where."""
    (passed, back), network = passes(experiment), experiment.network
    new = sgd_step(network, back, experiment.learning_rate, experiment.update_biases)
    found = {("a", f"x.{k}"): x for k, x in enumerate(experiment.x, start=1)}
    found |= {("y", f"y.{k}"): y for k, y in enumerate(experiment.y, start=1)} | {("loss", "loss"): back.loss}
    found["new loss", "loss"] = backward(new, forward(new, experiment.x), experiment.y).loss
    for l, (layer, after) in enumerate(zip(network.layers, new.layers, strict=True), start=1):
        rows = {"z": passed.z[l - 1], "a": passed.a[l], "da": back.da[l - 1], "delta": back.delta[l - 1]}
        found |= {(name, f"n.{l}.{k + 1}"): row[k] for name, row in rows.items() for k in range(layer.n_out)}
        rows = {"b": layer.b, "db": back.db[l - 1], "new b": after.b}
        found |= {(name, f"b.{l}.{k + 1}"): row[k] for name, row in rows.items() for k in range(layer.n_out)}
        tables = {"w": layer.W, "dw": back.dW[l - 1], "new w": after.W}
        for name, table in tables.items():
            for j in range(layer.n_out):
                found |= {(name, f"w.{l}.{j + 1}.{i + 1}"): table[j, i] for i in range(layer.n_in)}
    return found


AT_OUTPUTS = ("loss_gradient", "joint_delta")


def quantity(step: Step, kind: str, place: str, last: bool) -> str:
    """What the number at a place is in a step's line: by the textbook's rule for the step, not by the writer."""
    letter, *indices = place.split(".")
    if letter == "n":
        if int(indices[0]) == step.layer:
            names = OWN.get((step.op, kind), ("delta",) if kind == "G" else ("a",))
            return names[-1] if last else names[0]
        return "delta" if kind == "G" else "a"
    if step.op == "new_loss":
        return "new loss"
    if step.phase == "update" and kind == "V":
        return f"new {letter}" if last else letter
    return {"x": "a", "y": "y", "loss": "loss", "w": "w", "b": "b"}[letter] if kind == "V" else f"d{letter}"


def require_places(experiment: Experiment) -> None:
    numbers = numbers_at(experiment)
    for detail in DETAILS:
        for step in trace(experiment, detail):
            line = line_with_places(step, experiment)
            *_, result = line.split(" = ")
            before = len(MARKED.findall(line.removesuffix(result)))
            for index, (kind, place, written) in enumerate(MARKED.findall(line)):
                name = quantity(step, kind, place, index >= before)
                # what changes, and an output beside its target, has as many digits as it takes to see that
                most = 18 if step.phase in ("update", "loss") or step.op in AT_OUTPUTS else 5
                # a sum that almost cancels has as many as its result needs
                most = 9 if step.op in ("weighted_sum", "summed_gradient") and index < before else most
                assert written in [latex(numbers[name, place], digits) for digits in range(4, most)], (step.op, line)


@every_case
def test_every_marked_number_is_the_engines_at_its_place(experiment: Experiment) -> None:
    require_places(experiment)


@given(experiments())
def test_every_marked_number_of_any_network_is_the_engines_at_its_place(experiment: Experiment) -> None:
    require_places(experiment)


@every_case
def test_of_one_neuron_every_factor_has_its_place_but_slopes_rates_and_sums_of_targets(experiment: Experiment) -> None:
    for step in trace(experiment):
        left_out = re.findall(r"\\[VG]\{", line_with_places(step, experiment))
        if step.op == "new_loss":
            # a change has no place
            assert left_out == [r"\V{", r"\V{"]
        elif (step.op == "delta" and step.neuron) or step.phase == "update":
            # the slope, the learning rate
            assert left_out == [r"\V{"]
        elif step.op not in ("joint_loss", "joint_delta"):
            # what is left of an output up to 1, where the output does not show it
            binary = step.op == "loss_gradient" and step.operands[0] == "binary_cross_entropy"
            assert len(left_out) == (binary and 1.0 - step.operands[1] < 1e-3), step.op


@every_case
def test_no_other_formula_has_marks_and_without_them_the_line_is_the_same(experiment: Experiment) -> None:
    for detail in DETAILS:
        for step in trace(experiment, detail):
            written = equation(step, experiment)
            parts = (written.left, written.symbols, written.numbers, written.result, written.line, *written.notes)
            assert not any(re.search(r"\\[VG]\[", part) for part in parts)
            assert unmarked(line_with_places(step, experiment)) == written.line


@pytest.mark.parametrize(
    ("place", "name"),
    [(Weight(1, 2, 3), "w.1.2.3"), (Bias(1, 2), "b.1.2"), (Neuron(3, 1), "n.3.1"), (Input(2), "x.2"),
     (Target(10), "y.10"), (LossValue(), "loss")],
)  # fmt: skip
def test_a_number_at_a_place_is_the_number_again_without_it(place: Weight, name: str) -> None:
    for write in (value, gradient):
        for number in (0.15, -0.15, 2.1e-5, -2.1e-5):
            written = write(number)
            assert MARKED.findall(at(written, place)) == [(written[1], name, latex(number))]
            assert unmarked(at(written, place)) == written
            assert unmarked(factor(at(written, place))) == factor(written)
