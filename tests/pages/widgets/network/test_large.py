"""A large network on the Network page: drawn layer by layer, edited neuron by neuron."""

from engine.backprop.trace import trace
from tests.pages.cases import large
from tests.pages.page import Page


def test_it_is_played_layer_by_layer_whatever_the_detail_was() -> None:
    page = Page(experiment=large())
    assert not page.has("detail_switch")
    page.hold(detail="neuron")
    assert page.address["step"] == "1"
    assert len(page.drawn["figure"]["frames"]) == len(trace(large(), "layer"))
    assert "net" not in page.address


def test_weights_are_edited_one_neuron_at_a_time() -> None:
    page = Page(experiment=large()).set("Neuron", 7)
    before = page.network.layers[0]
    page.type("w.1.7.3", "9.5").type("b.1.7", "-1")
    after = page.network.layers[0]
    assert after.W[6, 2] == 9.5 and after.b[6] == -1.0
    assert (after.W != before.W).sum() == 1 and (after.b != before.b).sum() == 1
