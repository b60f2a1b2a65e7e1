"""Reasons are true: each claim is held against the engine, and those about the loss against moving what they name."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings

from engine import ACTIVATIONS, LOSSES, OPS, PRESETS, Experiment, Layer, Network, Step, forward, trace
from engine.analysis.ranges import text
from engine.arrays import Array
from engine.backprop.learning_step import Computed
from engine.backprop.passes import loss_operands
from engine.backprop.trace import Detail
from engine.formulas import parse_number
from engine.network.places import Weight
from engine.reasons import lone_softmaxes, why, why_one
from engine.reasons.forward import LONE_SOFTMAX
from tests.engine.formulas.cases import CASES
from tests.nasty import NASTY
from tests.strategies import experiments

# each tells all steps in both details
few = settings(max_examples=30)
DETAILS: tuple[Detail, ...] = get_args(Detail)
# what a sentence says in the end of raising one thing
VERDICT = re.compile(
    r"raising (?P<what>\S+) would (?P<way>raise|lower) (?:the loss|it)[^;:(]*: (?:δ = )?(?P<effect>[+−]\S+?)(?:\.$| |$)"
)
TOO = re.compile(r"(?P<what>\S+) is (?P<way>too high|too low|just right)(?: \(δ = (?P<delta>[^)]+)\))?")


def told(experiment: Experiment) -> list[tuple[Step, str]]:
    return [(step, why(step, Computed(experiment))) for detail in DETAILS for step in trace(experiment, detail)]


def neuron_of(step: Step, sentence: str) -> int:
    """The neuron that a sentence is about, counted from 0."""
    if step.neuron is not None:
        return step.neuron - 1
    found = re.match(r"Of the whole layer, look at neuron (\d+)\.", sentence)
    return int(found[1]) - 1 if found else 0


def own(step: Step, sentence: str) -> Array:
    """The value of the step, or of the neuron of it that the sentence is about."""
    return step.value if step.neuron is not None else step.value[neuron_of(step, sentence)]


@pytest.mark.parametrize("name", CASES)
def test_every_step_has_a_reason_in_one_to_three_sentences(name: str) -> None:
    for step, sentence in told(CASES[name]):
        assert sentence.endswith(".") and len(sentence) < 300, (step.op, sentence)
        assert "nan" not in sentence and "inf" not in sentence and "-" not in sentence


def index(name: str) -> list[int]:
    """The numbers of a symbol: of w⁽¹⁾₂₃ 1, 2 and 3."""
    return [
        int(digit)
        for digit in name.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789"))
        if digit.isdigit()
    ]


def loss_with(experiment: Experiment, step: Step, what: str) -> Callable[[float], float]:
    """The loss as a function of how far what is named is moved, all before it as it is."""
    network, passed = experiment.network, forward(experiment.network, experiment.x)
    *_, last = index(what)
    layer = step.layer

    def moved(by: float) -> float:
        if what[0] in "wb":
            W, b = (np.array(part) for part in (network.layers[layer - 1].W, network.layers[layer - 1].b))
            if what[0] == "w":
                W[index(what)[1] - 1, index(what)[2] - 1] += by
            else:
                b[last - 1] += by
            layers = list(network.layers)
            layers[layer - 1] = replace(layers[layer - 1], W=W, b=b)
            whole = forward(Network(layers, network.loss), experiment.x)
            return loss_of(network, whole.z[-1], whole.output, experiment.y)
        z, a = np.array(passed.z[layer - 1]), np.array(passed.a[layer])
        if what[0] == "z":
            z[last - 1] += by
            a = activated(network.layers[layer - 1], z)
        else:
            a[last - 1] += by
        if step.op == "loss_gradient":
            return float(LOSSES[network.loss].value(a, experiment.y))
        for later in network.layers[layer:]:
            z = later.W @ a + later.b
            a = activated(later, z)
        return loss_of(network, z, a, experiment.y)

    return moved


def activated(layer: Layer, z: Array) -> Array:
    return ACTIVATIONS[layer.activation].f(z, layer.parameter)


def loss_of(network: Network, z: Array, a: Array, y: Array) -> float:
    op, operands = loss_operands(network, z, a, y)
    return float(OPS[op].compute(*operands))


@np.errstate(under="ignore")
def require_true_by_moving(experiment: Experiment) -> None:
    """Where the loss is smooth enough to tell, raising does what is said, as much as is said."""
    for step, sentence in told(experiment):
        claims = list(VERDICT.finditer(sentence)) if step.phase == "backward" else []
        if not claims:
            continue
        loss, far = loss_with(experiment, step, claims[-1]["what"]), 1e-5
        up, there, down = loss(far), loss(0.0), loss(-far)
        slope = (up - down) / (2 * far)
        smooth = abs((up - there) - (there - down)) < 0.01 * abs(up - down)
        if smooth and abs(slope) > 1e-4:
            assert (claims[-1]["way"] == "raise") == (slope > 0), (step.op, sentence, slope)
            assert number(claims[-1]["effect"]) == pytest.approx(slope, rel=0.02), (step.op, sentence)


def number(written: str) -> float:
    found = re.fullmatch(r"([+−]?[\d.]+?)(?:×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?\.?", written)
    assert found, written
    power = (found[2] or "").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    return float(f"{found[1].replace('−', '-')}e{power or 0}")


@pytest.mark.parametrize("name", CASES)
def test_raising_what_is_named_does_to_the_loss_what_is_said(name: str) -> None:
    require_true_by_moving(CASES[name])


@few
@given(experiments())
def test_so_it_is_in_any_network(experiment: Experiment) -> None:
    require_true_by_moving(experiment)


@few
@given(experiments())
def test_raising_is_said_to_raise_the_loss_where_the_gradient_is_positive_and_of_none_nothing_is_said(
    experiment: Experiment,
) -> None:
    ops = ("loss_gradient", "summed_gradient", "delta", "bias_gradient", "joint_delta", "weight_gradient")
    for step, sentence in told(experiment):
        if step.op not in ops or sentence == LONE_SOFTMAX:
            continue
        values = np.ravel(step.value if "largest δ" in sentence or "In a softmax" in sentence else own(step, sentence))
        gradient = float(values[np.abs(values).argmax()])
        claims = list(VERDICT.finditer(sentence))
        if gradient == 0:
            assert not claims or "cancel to 0" in sentence, sentence
        elif "lies on a kink" in sentence:
            assert not claims and "slopes differ" in sentence, sentence
        elif not sentence.startswith("What is left"):
            assert (claims[-1]["way"] == "raise") == (gradient > 0), sentence
            assert claims[-1]["effect"].startswith("+" if gradient > 0 else "−")
            assert number(claims[-1]["effect"]) == pytest.approx(gradient, rel=5.1e-3)


@few
@given(experiments())
def test_too_low_is_what_has_a_negative_delta_and_too_high_a_positive_one(experiment: Experiment) -> None:
    deltas = {step.layer: step.value for step in trace(experiment, "layer") if step.op in ("delta", "joint_delta")}
    for step, sentence in told(experiment):
        for claim in TOO.finditer(sentence):
            layer = step.layer + (step.op == "summed_gradient")
            delta = deltas[layer][index(claim["what"])[-1] - 1]
            assert claim["way"] == ("too low" if delta < 0 else "too high" if delta > 0 else "just right"), sentence


@few
@given(experiments())
@np.errstate(under="ignore")
def test_a_way_is_told_with_the_sign_of_its_weight_and_its_product_and_none_is_stronger(experiment: Experiment) -> None:
    found = re.compile(
        r"(\S+) pushes (\S+) (up|down) \(w = \S+\); .*? so raising \1 would (raise|lower) the loss: (\S+)\."
    )
    for step, sentence in told(experiment):
        way = found.search(sentence) if step.op == "summed_gradient" else None
        if way:
            j, k = neuron_of(step, sentence), index(way[2])[-1] - 1
            weights = step.operands[0] if step.neuron is not None else step.operands[0][j]
            products = weights * step.operands[1]
            assert (way[3], way[4]) == ("up" if weights[k] > 0 else "down", "raise" if products[k] > 0 else "lower")
            assert abs(products[k]) == np.abs(products).max()


@few
@given(experiments())
@np.errstate(under="ignore")
def test_a_weighted_sum_names_the_input_that_brings_most(experiment: Experiment) -> None:
    for step, sentence in told(experiment):
        if step.op != "weighted_sum":
            continue
        j = neuron_of(step, sentence)
        W, a, _ = step.operands
        brought = (W if step.neuron is not None else W[j]) * a
        claim = re.search(r"(\S+) brings.*?: .* = (\S+), so it pushes \S+ (up|down)", sentence)
        assert bool(claim) == brought.any()
        if claim:
            most = brought[index(claim[1])[-1] - 1]
            assert abs(most) == np.abs(brought).max() and (claim[3] == "up") == (most > 0)


@few
@given(experiments())
def test_the_slope_of_an_activation_is_told_by_its_sign(experiment: Experiment) -> None:
    for step, sentence in told(experiment):
        if step.op == "activation" and ACTIVATIONS[step.operands[0]].elementwise:
            name, parameter, z = step.operands
            slope = float(
                np.atleast_1d(ACTIVATIONS[name].df(z, parameter))[0 if step.neuron else neuron_of(step, sentence)]
            )
            words = {"raises": slope > 0, "lowers": slope < 0, "does not change": slope == 0}
            assert [word for word in words if word in sentence] == [word for word, true in words.items() if true]


@few
@given(experiments())
def test_the_output_that_adds_most_to_the_loss_stands_where_it_is_said_to(experiment: Experiment) -> None:
    for step, sentence in told(experiment):
        claim = re.search(r"(ŷ\S+) = \S+ is (?:\S+ )?(below|above|exactly)", sentence)
        if claim and step.op in ("loss", "joint_loss", "loss_gradient"):
            j = index(claim[1])[-1] - 1
            out, target = forward(experiment.network, experiment.x).output[j], experiment.y[j]
            assert claim[2] == ("below" if out < target else "above" if out > target else "exactly")


@few
@given(experiments())
def test_a_parameter_goes_the_way_it_is_said_to_and_none_changes_more(experiment: Experiment) -> None:
    for step, sentence in told(experiment):
        if step.op in ("weight_update", "bias_update") and not sentence.startswith("Backpropagation gives"):
            changes = step.value - step.operands[0]
            claim = re.search(
                r"^Raising (\S+?),? .*would (raise|lower) .* so it goes (up|down): (\S+) → (\S+)\.$", sentence
            )
            assert bool(claim) == changes.any(), sentence
            if claim:
                place = tuple(number - 1 for number in index(claim[1])[1:])
                sizes = np.abs(changes)
                assert sizes[place] == sizes.max()
                equal = int(np.isclose(sizes, sizes.max(), rtol=1e-9, atol=0).sum())
                assert ("one of those that change most" in sentence) == (equal > 1)
                assert ("which changes most" in sentence) == (equal == 1 < sizes.size)
                assert (claim[3] == "up") == (changes[place] > 0) == (claim[2] == "lower")
                assert claim[4] != claim[5]


@few
@given(experiments())
def test_what_the_update_did_to_the_loss_is_told_honestly(experiment: Experiment) -> None:
    step, sentence = told(experiment)[-1]
    before, promised, *_ = step.operands
    word = "down" if step.value < before else "up" if step.value > before else "stayed"
    assert re.match(rf"The loss (?:went )?{word}\b", sentence)
    assert promised == 0 or text(promised, 4, signed=True) in sentence
    if experiment.learning_rate == 0:
        assert "learning rate is 0" in sentence and "promised" not in sentence


def test_the_last_sentence_for_steps_that_are_small_too_large_upwards_or_none() -> None:
    mazur = PRESETS["mazur"].experiment
    look = PRESETS["first-look"].experiment
    assert "went down" in told(mazur)[-1][1]
    assert (
        "went up" in told(replace(look, learning_rate=1.0))[-1][1]
        and "smaller" in told(replace(look, learning_rate=1.0))[-1][1]
    )
    assert told(replace(mazur, learning_rate=0.0))[-1][1].endswith(": the learning rate is 0, so nothing changed.")
    # 1.58 as in the formula beside it, not 1.580
    assert "1.617 → 1.58, −0.03683." in told(PRESETS["worked-example"].experiment)[-1][1]
    assert "promised no change" in told(PRESETS["xor"].experiment)[-1][1]


def one_hidden(weights: list[float], outputs: int = 1) -> Experiment:
    """An input of 1 to one hidden neuron, and from it over the weights to the outputs, all identity, targets 0."""
    first = Layer([[1.0]], [0.0], "identity")
    last = Layer([[w] for w in weights], [0.0] * outputs, "identity")
    return Experiment(Network([first, last], "half_squared_error"), [1.0], [0.0] * outputs, 0.1)


def test_of_one_weight_that_stays_nothing_is_said_about_the_others_of_its_layer() -> None:
    layer = Layer([[1, -1], [1, 1]], [-1, 0], "relu")
    experiment = Experiment(Network([layer, Layer([[1, 1]], [0], "identity")], "half_squared_error"), [1, 2], [0], 0.1)
    step = next(one for one in trace(experiment) if one.op == "weight_update" and one.layer == 1)
    said = {to: why_one(step, Computed(experiment), Weight(1, to, 1)) for to in (1, 2)}
    assert said[1] == "The gradient of w⁽¹⁾₁₁ is 0, so it does not change." and "goes down" in said[2]


def test_of_changes_that_are_equal_none_is_said_to_be_the_largest() -> None:
    # both outputs are 2, so both weights change by 0.1 · 2 · 1
    (equal,) = {
        said for step, said in told(one_hidden([2.0, 2.0], 2)) if step.op == "weight_update" and step.layer == 2
    }
    assert equal.startswith("Raising w⁽²⁾₁₁, one of those that change most, would raise")
    (other,) = {
        said for step, said in told(one_hidden([2.0, 3.0], 2)) if step.op == "weight_update" and step.layer == 2
    }
    assert other.startswith("Raising w⁽²⁾₂₁, which changes most, would raise")


@pytest.mark.parametrize(("ways", "words"), [(2, "By both ways together"), (3, "By all 3 ways together")])
def test_ways_are_counted_as_one_speaks(ways: int, words: str) -> None:
    assert any(words in said for step, said in told(one_hidden([2.0] * ways, ways)) if step.op == "summed_gradient")


def test_an_output_beside_its_target_is_told_with_the_digits_that_tell_them_apart() -> None:
    def of_output(z: float, op: str) -> str:
        experiment = Experiment(Network([Layer([[0.0]], [z], "sigmoid")], "binary_cross_entropy"), [1.0], [1.0], 0.1)
        return next(sentence for step, sentence in told(experiment) if step.op == op)

    assert of_output(18.0, "joint_loss").startswith("ŷ₁ = 0.9999999848 is 1.523×10⁻⁸ below its target 1;")
    assert "for each unit" in of_output(-600.0, "loss_gradient")
    assert "so close to 0 that its digits are lost" in of_output(-900.0, "loss_gradient")


def test_numbers_have_the_digits_of_the_formula_beside_them() -> None:
    # δ = ŷ - y = 4.004
    assert any("+4.004" in said for step, said in told(one_hidden([4.004])) if step.op == "weight_gradient")


def test_a_softmax_of_one_neuron_is_said_to_learn_nothing() -> None:
    network = Network([Layer([[0.5]], [0.1], "softmax"), Layer([[2.0]], [0.0], "softmax")], "cross_entropy")
    lone = Experiment(network, [1.0], [1.0], 0.1)
    told_of = [sentence for step, sentence in told(lone) if step.op in ("activation", "delta", "joint_delta")]
    assert told_of and set(told_of) == {LONE_SOFTMAX} and lone_softmaxes(network) == (1, 2)
    assert lone_softmaxes(PRESETS["worked-example"].experiment.network) == ()


MOVES = re.compile(r"^Raising (\S+?),? .*would (raise|lower) the loss \((\S+) for each unit")
GIVEN = re.compile(r"^Backpropagation gives (\S+?),? .*the gradient (\S+), so it goes (up|down): \S+ → \S+\.$")
# a leaky ReLU whose z of the first example is 0, in a batch
ON_A_KINK = Experiment(
    Network(
        [
            Layer([[1, -1], [0.5, 0.5]], [0, -1], "leaky_relu", 0.2),
            Layer([[1, 2], [-1, 1]], [0, 0.5], "identity"),
        ],
        "huber",
    ),
    [[1, 1], [0, 0], [2, -1]],
    [[0, 1.5], [-1, 0.5], [1, -4]],
    0.2,
)


@pytest.mark.parametrize("experiment", [*NASTY.values(), ON_A_KINK], ids=[*NASTY, "leaky ReLU, batch at 0"])
def test_what_raising_a_parameter_would_do_is_what_it_does_also_beside_kinks(experiment: Experiment) -> None:
    known = Computed(experiment)
    on_a_kink = any(
        ACTIVATIONS[layer.activation].at_kink(z, layer.parameter).any()
        for layer, z in zip(experiment.network.layers, forward(experiment.network, experiment.x).z, strict=True)
    )
    for step in trace(experiment, "layer"):
        if step.op not in ("weight_update", "bias_update") or np.array_equal(step.value, step.operands[0]):
            continue
        sentence = why(step, known)
        slope = float(np.abs(step.operands[1]).max())
        assert bool(GIVEN.match(sentence)) == on_a_kink != bool(MOVES.match(sentence)), sentence
        written = (GIVEN.match(sentence) or MOVES.match(sentence)).groups()  # type: ignore[union-attr]
        number = written[1] if on_a_kink else written[2]
        assert abs(parse_number(number)) == pytest.approx(slope, rel=1e-3)
