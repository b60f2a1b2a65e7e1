"""What another activation would do: a bar and a mark for each."""

from engine import ACTIVATIONS
from engine.analysis.what_if import alternatives
from engine.formulas.notations import NOTATIONS, Translation
from pages.figures.activations import what_if
from pages.figures.theme import LIGHT
from tests.figures.sent import plain
from tests.samples import EXAMPLE


def test_every_activation_has_a_bar_and_a_zero_gradient_a_cross_left_of_all_others() -> None:
    everything = alternatives(EXAMPLE, 0)
    present = everything[3]
    bars = plain(what_if.losses(LIGHT, everything, present, everything[0]))["data"][0]
    assert len(bars["x"]) == len(ACTIVATIONS) and bars["y"][3] == "<b>ReLU</b>"
    first = plain(what_if.gradients(LIGHT, everything, present))["data"][0]
    crosses = [k for k, symbol in enumerate(first["marker"]["symbol"]) if symbol == "x"]
    assert [everything[k].activation for k in crosses] == ["hard_tanh"]
    assert first["x"][crosses[0]] < min(x for k, x in enumerate(first["x"]) if k not in crosses)


def test_the_gradient_of_each_layer_is_named_as_the_notation_counts_layers() -> None:
    everything = alternatives(EXAMPLE, 0)
    for name, first in {"ours": "∂L/∂W⁽¹⁾", "nielsen": "∂C/∂w²", "keras": "∂L/∂W[0]"}.items():
        say = Translation(NOTATIONS[name], EXAMPLE.network.sizes).words
        assert plain(what_if.gradients(LIGHT, everything, everything[3], say))["data"][0]["name"] == first


def test_an_output_that_brings_another_loss_is_starred() -> None:
    everything = alternatives(EXAMPLE, 2)
    present = next(a for a in everything if a.activation == "softmax")
    names = plain(what_if.losses(LIGHT, everything, present, everything[0]))["data"][0]["y"]
    assert [name for name in names if "*" not in name] == ["sigmoid", "<b>softmax</b>"]
