"""What the figures write has its numbers in one way, and no axis shortens 0.0000004 to 400n."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from engine import PRESETS, Experiment, check_gradients
from engine.analysis.flow import layer_flows
from engine.analysis.paths import chain_rule_paths
from engine.analysis.what_if import alternatives
from engine.gradcheck.step_size import v_curve
from engine.landscape import Descent
from engine.network.parameters import parameters
from pages.figures.activations.comparison import comparison
from pages.figures.activations.curves import Curve
from pages.figures.activations.neurons import neurons_on_curve, standing
from pages.figures.activations.softmax import bars, jacobian
from pages.figures.activations.thumbnail import small_curve
from pages.figures.activations.what_if import gradients, losses
from pages.figures.gradients.check import agreement, v_curves
from pages.figures.gradients.layer_norms import Sizes, layer_norms
from pages.figures.gradients.path_picture import path_picture
from pages.figures.gradients.path_products import products
from pages.figures.landscape import Profile, Terrain, landscape_figures, slice_figure
from pages.figures.network.animation import animation
from pages.figures.network.cards import cards
from pages.figures.network.loss_history import loss_history
from pages.figures.theme import LIGHT
from tests.nasty import NASTY
from tests.samples import EXAMPLE, passes
from tests.writing import amiss

SMALL = 1.2345e-7
# what is drawn of the network at hand is the same for all that are of one kind
DRAWN = ("mazur", "xor", "batch, mean", "sigmoid at 50", "large", "leaky ReLU below 0", "loss too small")
EXPERIMENTS = {name: preset.experiment for name, preset in PRESETS.items()} | NASTY
# colours, paths, styles and what Plotly puts in itself
NO_WORDS = re.compile(r"^(?:#|rgba?\(|M[\d ]|[a-z ]+$)|\dpx |%\{|<extra>")


def words(made: Any) -> Iterator[str]:
    """Every text in a figure, however deep."""
    if isinstance(made, str):
        yield from () if NO_WORDS.search(made) else (re.sub(r"<[^>]+>|&\w+;", " ", made),)
    elif isinstance(made, Mapping):
        for value in made.values():
            yield from words(value)
    elif is_dataclass(made) and not isinstance(made, type):
        for field in fields(made):
            yield from words(getattr(made, field.name))
    elif isinstance(made, list | tuple):
        for value in made:
            yield from words(value)


def axes(made: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(made, Mapping):
        # what a template says holds only where a figure says nothing
        for name, part in ((key, own) for key, own in made.items() if key != "template"):
            if re.match(r"[xyz]axis\d*$", str(name)):
                yield part
            yield from axes(part)


def small() -> dict[str, Any]:
    """Figures of small numbers, one of each kind that has an axis."""
    rng = np.random.default_rng(0)
    points = SMALL * rng.normal(size=(4, 2))
    descent = Descent(points, np.full(4, SMALL), diverged=False)
    line = SMALL * np.linspace(-1, 1, 9)
    terrain = Terrain(first=line, second=line, loss=SMALL * np.add.outer(line**2, line**2), titles=("w₁", "w₂"))
    profile = Profile(line, SMALL * (2 + line**2), "w₁", "∂L/∂w₁")
    surface, narrow = landscape_figures(LIGHT, terrain, descent, points), Descent(points[:, :1], descent.loss, False)
    cut = slice_figure(LIGHT, profile, narrow, points[:, :1])
    experiment = PRESETS["vanishing"].experiment
    flows = layer_flows(experiment)
    sizes = [Sizes(name="deltas", values=tuple(flow.delta for flow in flows), gradient=True)]
    everything, z = alternatives(experiment, 0), passes(experiment)[0].z[0]
    stands = standing(experiment.network, z, 0, [f"z{k}" for k in range(len(z))])
    report = check_gradients(experiment.network, experiment.x, experiment.y)
    curve = v_curve(experiment.network, experiment.x, experiment.y, "central")
    first = parameters(experiment.network)[0]
    found = chain_rule_paths(experiment, first)
    return {
        "surface": surface,
        "slice": cut,
        "norms": layer_norms(LIGHT, sizes, "norm"),
        "what if: losses": losses(LIGHT, everything, everything[0], everything[1]),
        "what if: gradients": gradients(LIGHT, everything, everything[0]),
        "curves": comparison(LIGHT, [Curve("sigmoid"), Curve("leaky_relu", 0.01)], True, -6.0, 6.0),
        "on the curve": neurons_on_curve(LIGHT, stands, stands, False, 6.0),
        "bars": bars(LIGHT, SMALL * np.array([1.0, -2.0]), ["z1", "z2"], (-1.0, 1.0)),
        "Jacobian": jacobian(LIGHT, SMALL * np.array([[1.0, -1.0], [-1.0, 1.0]]), ["p1", "p2"], ["z1", "z2"]),
        "thumbnail": small_curve(LIGHT, "tanh"),
        "agreement": agreement(LIGHT, report),
        "steps": v_curves(LIGHT, [curve], 1e-5),
        "products": products(LIGHT, found, 10),
        "path": path_picture(LIGHT, experiment, found.shown[0]),
        "path with a negative slope": path_picture(LIGHT, EXAMPLE, chain_rule_paths(EXAMPLE, first).shown[0]),
        "history": loss_history(LIGHT, [SMALL, SMALL / 3]),
    }


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    with np.errstate(under="ignore"):
        return small()


def test_numbers_in_charts_are_written_one_way(figures: dict[str, Any]) -> None:
    assert not [
        f"{name}: {wrong}"
        for name, made in figures.items()
        for text in words(made)
        for wrong in amiss(text, tight=True)
    ]


def test_no_axis_has_the_prefixes_of_units(figures: dict[str, Any]) -> None:
    every = [(name, axis) for name, made in figures.items() for one in parts(made) for axis in axes(one)]
    assert len(every) > 20
    assert not [name for name, axis in every if "ticktext" not in axis and axis.get("exponentformat") != "power"]


def parts(made: Any) -> list[Any]:
    return made.figures if hasattr(made, "figures") else [made]


@pytest.mark.parametrize("name", DRAWN)
def test_so_it_is_in_the_picture_of_the_network_and_on_its_cards(name: str) -> None:
    experiment: Experiment = EXPERIMENTS[name]
    with np.errstate(under="ignore", over="ignore"):
        made = (animation(experiment, LIGHT, "neuron"), cards(experiment, LIGHT, "neuron"))
    assert not {wrong for text in words(made) for wrong in amiss(text, formula="\\" in text, tight=True)}
