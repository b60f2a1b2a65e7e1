"""What travels while a step plays, from where to where, and what is lit and marked."""

from collections.abc import Iterable

import numpy as np

from engine import Experiment, forward, sgd_step
from engine.backprop.step import Step
from engine.backprop.trace import Detail
from engine.formulas.numbers import compact
from pages.figures.network.animation import animation
from pages.figures.network.picture import Numbers, blank
from pages.figures.theme import LIGHT, Palette
from tests.figures.network.played import CASES, every_case, every_detail, places, played
from tests.samples import passes


def contributions(step: Step, experiment: Experiment) -> tuple[np.ndarray, Palette] | None:
    """What travels at a step, in the order of the edges, and its palette; None where nothing does."""
    passed, back = passes(experiment)
    at, l = slice(None) if step.neuron is None else slice(step.neuron - 1, step.neuron), step.layer
    W = experiment.network.layers[l - 1].W
    if step.op == "new_loss":
        learned = sgd_step(experiment.network, back, experiment.learning_rate, experiment.update_biases)
        return forward(learned, experiment.x).output, LIGHT.value
    travelling = {
        "weighted_sum": lambda: (W[at] * passed.a[l - 1], LIGHT.value),
        "loss": lambda: (passed.output, LIGHT.value),
        "joint_loss": lambda: (passed.output, LIGHT.value),
        "loss_gradient": lambda: (back.da[-1][at], LIGHT.gradient),
        "joint_delta": lambda: (back.delta[-1][at], LIGHT.gradient),
        "summed_gradient": lambda: (experiment.network.layers[l].W.T[at] * back.delta[l], LIGHT.gradient),
        "weight_gradient": lambda: (back.dW[l - 1][at], LIGHT.gradient),
    }
    return travelling[step.op]() if step.op in travelling else None


def of_each(colours: list[str] | str, values: Iterable[float]) -> list[str]:
    """The colour of each of the values, for which Plotly takes one alone where all have the same."""
    return [colours for _ in values] if isinstance(colours, str) else colours


@every_detail
@every_case
def test_what_travels_is_each_contribution_in_its_size_and_the_colour_of_its_sign(name: str, detail: Detail) -> None:
    for step, ready, _, _ in played(name, detail):
        marker, expected = ready["pulses"]["marker"], contributions(step, CASES[name])
        if expected is None:
            assert not marker["size"] and not ready["pulses"]["x"]
            continue
        amounts, palette = np.ravel(expected[0]), expected[1]
        assert of_each(marker["color"], amounts) == [palette.mark(amount) for amount in amounts]
        assert np.all(np.diff(np.array(marker["size"])[np.argsort(np.abs(amounts))]) >= 0)
        assert max(marker["size"]) == 18.0 or not amounts.any()


@every_detail
@every_case
def test_contributions_leave_their_sources_and_arrive_at_what_is_computed(name: str, detail: Detail) -> None:
    geometry = Numbers(CASES[name]).geometry
    neurons = [[geometry.neuron(neuron) for neuron in geometry.layer(layer)] for layer in range(len(geometry.sizes))]
    for step, ready, arrived, _ in played(name, detail):
        if not ready["pulses"]["x"]:
            continue
        own = neurons[step.layer] if step.neuron is None else [neurons[step.layer][step.neuron - 1]]
        source, target = {
            "weighted_sum": (neurons[step.layer - 1], own),
            "loss": (neurons[-1], [geometry.loss]),
            "joint_loss": (neurons[-1], [geometry.loss]),
            "new_loss": (neurons[-1], [geometry.loss]),
            "loss_gradient": ([geometry.loss], own),
            "joint_delta": ([geometry.loss], own),
            "summed_gradient": ((*neurons, [])[step.layer + 1], own),
            "weight_gradient": (own, neurons[step.layer - 1]),
        }[step.op]
        for picture, places_ in ((ready, source), (arrived, target)):
            found = set(zip(picture["pulses"]["x"], picture["pulses"]["y"], strict=True))
            assert found == set(places_), step


@every_detail
@every_case
def test_a_move_is_nothing_but_new_places_of_the_pulses(name: str, detail: Detail) -> None:
    """The player animates one trace's x and y, and nothing else, while a step plays."""
    pulses = list(blank(Numbers(CASES[name]), LIGHT)).index("pulses")
    for frame in animation(CASES[name], LIGHT, detail).frames:
        assert {(index, path) for index, path, _ in frame.move} <= {(pulses, "x"), (pulses, "y")}


@every_detail
@every_case
def test_a_dark_ring_marks_the_neurons_being_computed_and_no_others(name: str, detail: Detail) -> None:
    for step, _, _, picture in played(name, detail):
        colours = picture["neurons"]["marker"]["line"]["color"]
        marked = {place for place, colour in zip(places(CASES[name]), colours, strict=True) if colour == LIGHT.outline}
        computed = {
            (layer, index)
            for layer, index in places(CASES[name])
            if layer == step.layer and step.neuron in (None, index + 1)
        }
        assert marked == (computed if step.phase in ("forward", "backward") else set())


def on_edges(step: Step) -> tuple[np.ndarray, Palette] | None:
    """The numbers that stand on the edges of one neuron's step: weights on the way there, gradients on the way back."""
    if step.op == "weighted_sum":
        return step.operands[0], LIGHT.value
    if step.op == "summed_gradient":
        return step.operands[0] * step.operands[1], LIGHT.gradient
    return (step.value, LIGHT.gradient) if step.op == "weight_gradient" else None


def test_the_edges_of_the_neuron_being_computed_have_the_number_that_stands_on_them() -> None:
    for step, ready, _, shown in played("worked-example", "neuron"):
        labels, expected = shown["labels"], on_edges(step)
        if expected:
            values, palette = expected
            assert labels["text"] == [compact(value) for value in values]
            assert of_each(labels["textfont"]["color"], values) == [palette.ink(value) for value in values]
        elif step.op != "weight_update":
            assert labels["text"] == []
        # a result comes with its step, and not before
        assert (ready["labels"]["text"] == []) == (step.op not in ("weighted_sum", "summed_gradient"))


@every_case
def test_lit_edges_have_the_colour_of_what_travels_along_them(name: str) -> None:
    for step, ready, _, _ in played(name, "neuron"):
        expected = on_edges(step)
        if expected:
            values, palette = expected
            signs = {"lit+": (values > 0).sum(), "lit-": (values < 0).sum(), "lit0": (values == 0).sum()}
            for line, count in signs.items():
                traces = [trace for name, trace in ready.items() if name.startswith(line)]
                assert sum(len(trace["x"]) for trace in traces) == 3 * count
                if line != "lit0":
                    assert {t["line"]["color"] for t in traces} == {palette.mark(-1 if line == "lit-" else 1)}


@every_case
def test_lit_edges_are_the_wider_the_larger_their_number_is(name: str) -> None:
    for step, ready, _, _ in played(name, "neuron"):
        expected = on_edges(step)
        # a line is drawn from left to right
        far = 1 if step.op == "summed_gradient" else 0
        if expected and len(expected[0]) > 1 and expected[0].any():
            widths = [
                max(
                    trace["line"]["width"]
                    for name, trace in ready.items()
                    if name.startswith("lit") and y in trace["y"][far::3]
                )
                for y in ends_of(step, name)
            ]
            sizes = np.abs(expected[0])
            assert np.all(np.diff(np.array(widths)[np.argsort(sizes)]) >= 0)


def ends_of(step: Step, name: str) -> list[float]:
    """The heights at which the far ends of a step's edges are."""
    geometry = Numbers(CASES[name]).geometry
    far = step.layer + 1 if step.op == "summed_gradient" else step.layer - 1
    return [geometry.neuron(neuron)[1] for neuron in geometry.layer(far)]
