"""The address of the Network page: it holds network, step and detail, and a broken one is refused in words."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine import (
    PRESETS,
    Experiment,
    Layer,
    Network,
    encode,
    trace,
)
from engine.network.editing import MAX_LAYERS, randomised, resized, with_depth
from pages.widgets.session.address import MAX_TOKEN
from pages.widgets.session.address import OWN as OWN_NAMES
from tests.pages.page import Page
from tests.samples import EXAMPLE

ROOT = Path(__file__).resolve().parents[4]
STEPS = len(trace(EXAMPLE))
OWN = Experiment(Network([Layer([[0.5, -1.0]], [0.25], "tanh")], "huber"), [1, 2], [0.5], 0.1, update_biases=False)


@pytest.mark.parametrize("detail", ["neuron", "layer"])
@pytest.mark.parametrize("experiment", [EXAMPLE, OWN, PRESETS["vanishing"].experiment])
def test_the_address_opens_the_same_network_at_the_same_step(experiment: Experiment, detail: str) -> None:
    page = Page(net=encode(experiment), step="3", detail=detail)
    again = Page(**page.address)
    assert again.experiment == page.experiment == experiment
    assert again.drawn == page.drawn and again.address == page.address
    assert again.drawn["step"] == 3 and not again.said("warning")
    assert len(again.drawn["figure"]["frames"]) == len(trace(experiment, detail))
    assert ("preset" in page.address) == (experiment != OWN)


BOMB = encode(OWN)[:2] + "eJzt" + "A" * 5000
BROKEN = {
    "damaged": {"net": encode(OWN)[:-9]},
    "another version": {"net": "9" + encode(OWN)[1:]},
    "nonsense": {"net": "<script>alert(1)</script>"},
    "empty": {"net": ""},
    "bomb": {"net": BOMB},
    "no such example": {"preset": "<b>x</b>"},
    "both, one broken": {"net": "x", "preset": "mazur"},
}


@pytest.mark.parametrize("address", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_link_opens_the_default_network_and_says_what_is_wrong(address: dict[str, str]) -> None:
    page = Page(**address)
    assert page.experiment == page.addressed == EXAMPLE
    (warning,) = page.said("warning")
    assert "could not be opened" in warning and "default network" in warning


def test_a_message_about_a_link_goes_with_the_next_change() -> None:
    page = Page(net="x")
    assert page.said("warning") and not page.set("learning_rate", "0.5").said("warning")


@pytest.mark.parametrize("step", ["0", "-3", "1.5", "9" * 400, "٣", ""])
def test_a_wrong_step_keeps_the_links_network_and_says_so(step: str) -> None:
    page = Page(preset="mazur", step=step)
    assert page.experiment == PRESETS["mazur"].experiment
    assert "step must be a number from 1" in page.said("warning")[0]
    assert page.address["step"] == "1"


def test_the_browser_knows_each_parameter_that_the_server_writes() -> None:
    # or a wrong one stays in the address, and another example is another entry of the history
    (written,) = re.findall(r"WRITTEN = \[(.*)\]", (ROOT / "pages/widgets/shared/address.js").read_text())
    assert set(re.findall(r"\w+", written)) == set(OWN_NAMES)


def test_a_wrong_detail_keeps_the_links_network_and_says_so() -> None:
    page = Page(preset="mazur", detail="<b>", step="2")
    assert page.experiment == PRESETS["mazur"].experiment and "detail" not in page.address
    assert "must be neuron or layer" in page.said("warning")[0]


def test_a_step_beyond_the_last_is_the_last() -> None:
    page = Page(step="999999")
    assert page.address["step"] == str(STEPS) and not page.said("warning")


def test_of_a_step_given_twice_the_address_keeps_the_last() -> None:
    page = Page(preset="mazur", step=["3", "4"])
    assert page.address["step"] == "4"


def test_a_network_too_large_for_a_link_leaves_the_address_and_says_so() -> None:
    drawn = randomised(resized(with_depth(EXAMPLE, MAX_LAYERS), [10] * (MAX_LAYERS + 1)), "he", 1)
    large = replace(drawn, network=Network([replace(l, W=l.W / 3) for l in drawn.network.layers], "cross_entropy"))
    assert len(encode(large)) > MAX_TOKEN
    page = Page(net=encode(large))
    assert page.experiment == large and not page.said("warning")
    assert set(page.address) == {"step"} and "too many digits" in page.said("info")[0]
    page.set("depth", 2)
    assert page.addressed == page.experiment and not page.said("info")


def test_a_links_network_beyond_the_editors_sizes_is_shown_with_its_own() -> None:
    deep = Experiment(Network([Layer([[0.5]], [0.1], "tanh")] * 12, "huber"), [1.0], [1.0], 0.1)
    page = Page(net=encode(deep))
    assert page.value("depth") == 12
    page.set("depth", 11)
    assert len(page.network.layers) == 11
    wide = Experiment(Network([Layer([[0.5]] * 10, [0.1] * 10, "tanh")], "huber"), [1.0], [1.0] * 10, 0.1)
    assert Page(net=encode(wide)).value("neurons_1") == 10
