"""Why the steps of a batch come out as they do: what is said of signs, counts and examples is true, zeros included."""

import re

from hypothesis import given

from engine import Experiment, Layer, Network, backward, forward, trace
from engine.backprop.learning_step import Computed
from engine.formulas.plain import parameter
from engine.network.parameters import parameters
from engine.network.places import Bias
from engine.reasons import why
from tests.strategies import several

COUNT = re.compile(r"(raise|lower|hardly change) the loss of (\d+) example")


def said(experiment: Experiment, op: str, layer: int = 1, level: str = "layer") -> str:
    looked_at = experiment.in_batch(1)
    step = next(s for s in trace(experiment, level) if (s.op, s.layer) == (op, layer))  # type: ignore[arg-type]
    return why(step, Computed(looked_at))


def linear(x: list[list[float]], y: list[list[float]], w: float = 1.0, reduction: str = "mean") -> Experiment:
    """Y = w x, whose gradient is (w x - y) x."""
    return Experiment(Network([Layer([[w]], [0.0], "identity")], "half_squared_error"), x, y, 0.1, True, reduction)


@given(several())
def test_the_examples_that_pull_each_way_are_counted(batch: Experiment) -> None:
    singles = [backward(batch.network, forward(batch.network, x), y) for x, y in zip(batch.x, batch.y, strict=True)]
    names = {parameter(place): place for place in parameters(batch.network)}
    for layer in range(1, len(batch.network.layers) + 1):
        for op in ("batch_weight_gradient", "batch_bias_gradient"):
            words = said(batch, op, layer)
            if not words.startswith("Raising"):
                assert any(part in words for part in ("No example has", "cancel to 0", "too small"))
                continue
            place = names[words.split()[1]]
            own = [place.of(one.db if isinstance(place, Bias) else one.dW) for one in singles]
            counts = {verb: int(number) for verb, number in COUNT.findall(words)}
            assert counts.get("raise", 0) == sum(g > 0 for g in own)
            assert counts.get("lower", 0) == sum(g < 0 for g in own)
            assert counts.get("hardly change", 0) == sum(g == 0 for g in own)
            most = int(re.search(r"more than example (\d+)", words)[1])  # type: ignore[index]
            assert abs(own[most - 1]) == max(map(abs, own))
            assert f"would {'raise' if sum(own) > 0 else 'lower'} the loss of all together" in words


@given(several())
def test_the_example_named_has_the_largest_loss(batch: Experiment) -> None:
    losses = [backward(batch.network, forward(batch.network, x), y).loss for x, y in zip(batch.x, batch.y, strict=True)]
    last = len(batch.network.layers)
    words = said(batch, "batch_loss", last)
    if any(losses):
        number = int(re.search(r"than example (\d+)", words)[1])  # type: ignore[index]
        assert (
            losses[number - 1] == max(losses)
            and f"The {batch.reduction} of {'both' if len(losses) == 2 else f'all {len(losses)}'}" in words
        )
    else:
        assert words.startswith("The loss of every example is 0")


def test_where_all_is_right_there_is_nothing_to_improve() -> None:
    right = linear([[1.0], [2.0]], [[1.0], [2.0]])
    assert said(right, "batch_loss") == "The loss of every example is 0: there is nothing to improve."
    assert said(right, "batch_weight_gradient") == "No example has a gradient here, so all together have none: 0."


def test_examples_that_cancel_are_said_to() -> None:
    # (1 - 2) · 1 and (1 - 0) · 1
    words = said(linear([[1.0], [1.0]], [[2.0], [0.0]]), "batch_weight_gradient")
    assert words == "The examples pull in opposite directions, and together they cancel to 0."


def test_what_is_left_of_tiny_gradients_is_not_said_to_cancel() -> None:
    tiny = 5e-324
    words = said(linear([[tiny], [0.0], [0.0]], [[-1.0], [0.0], [0.0]], w=0.0), "batch_weight_gradient")
    assert "too small" in words and "opposite" not in words


def test_a_sum_is_called_one() -> None:
    batch = linear([[1.0], [2.0]], [[0.0], [0.0]], reduction="sum")
    assert "The sum of both is 2.5" in said(batch, "batch_loss")
    assert "Their sum is +5" in said(batch, "batch_weight_gradient")
    assert "counts in full" in said(batch, "batch_loss_gradient", level="batch")


@given(several())
def test_every_step_in_matrices_has_a_reason_with_its_own_shapes(batch: Experiment) -> None:
    looked_at = batch.in_batch(1)
    for step in trace(batch, "batch"):
        words = why(step, Computed(looked_at))
        assert words.endswith(".")
        if step.op == "weight_gradient":
            delta, a = step.operands
            assert (
                f"Δᵀ is {delta.shape[1]} × {delta.shape[0]}, {'XA'[step.layer > 1]} is {a.shape[0]} × {a.shape[1]}"
                in words
            )
