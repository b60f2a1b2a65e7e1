"""The network with one chain-rule path lit in it; along it stands each factor, in the colour of its sign."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import copysign
from typing import Any

from engine import Experiment
from engine.analysis.paths import Factor, Path
from engine.formulas.numbers import compact
from engine.formulas.symbols import layer_name, place_name
from engine.network.model import Network
from engine.network.parameters import weights
from engine.network.places import Neuron
from pages.figures import theme as look
from pages.figures.network.geometry import FOOTER, HEADER, Point, segments
from pages.figures.network.picture import Numbers
from pages.figures.theme import Theme

# Larger layers are drawn at this height, however many neurons they have
TALLEST = 480
# a picture to select in, beside which there is more to see
COMPACT = 240
SPACING = 112
# neurons at least this large hold their number
LEGIBLE = 30
# how far the way between two outputs of a softmax swings out
ARC = 0.3
# up to so many weights all are drawn
MOST_EDGES = 2000


class Places:
    """Where neurons stand: x counts layers, y counts pixels upwards."""

    def __init__(self, sizes: Sequence[int], tallest: int = TALLEST) -> None:
        self.sizes = sizes
        self.inner = min(tallest, SPACING * max(sizes))
        self.spacing = self.inner / max(sizes)
        self.height = self.inner + HEADER + FOOTER
        # on a phone too there is room beside each other, with a number on the line between
        self.crowded = len(sizes) > 5
        self.size = round(max(5, min(42, 0.55 * self.spacing, 210 / (len(sizes) + 1))))

    def neuron(self, place: Neuron) -> Point:
        """Return where a neuron stands."""
        middle = (self.sizes[place.layer] + 1) / 2
        return float(place.layer), FOOTER + self.inner / 2 + self.spacing * (middle - place.number)

    @property
    def loss(self) -> Point:
        """The place of the loss."""
        return len(self.sizes) - 0.05, FOOTER + self.inner / 2


def path_picture(
    theme: Theme,
    experiment: Experiment,
    path: Path | None = None,
    tallest: int = TALLEST,
    say: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Return the network in grey with the path, if given, lit from its parameter to the loss, factor by factor.

    `say` puts the letter of the loss into another notation.
    """
    network = experiment.network
    places = Places(network.sizes, tallest)
    factors = path.factors if path else ()
    lit = [(_ends(places, factor), factor) for factor in factors]
    traces = [
        _web(theme, experiment, places),
        *(_link(theme, ends, factor) for ends, factor in lit if ends[0] != ends[1]),
        _neurons(theme, Numbers(experiment), places, factors, say("L")),
        _labels(theme, places, lit),
    ]
    layout = look.layout(
        theme,
        places.height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        showlegend=False,
        hovermode="closest",
        xaxis={"visible": False, "fixedrange": True, "range": [-0.45, places.loss[0] + 0.45]},
        yaxis={"visible": False, "fixedrange": True, "range": [0, places.height]},
        annotations=[
            {"x": layer, "y": places.height - 10, "yanchor": "top", "showarrow": False, "font": {"size": 13},
             "text": f"<b>{_heading(network, layer, places.crowded)}</b>"}
            for layer in range(len(network.sizes))
        ],
    )  # fmt: skip
    return {"data": traces, "layout": layout}


def _heading(network: Network, layer: int, crowded: bool) -> str:
    if not crowded:
        return layer_name(network, layer)
    return {0: "In", len(network.layers): "Out"}.get(layer, str(layer))


def _ends(places: Places, factor: Factor) -> tuple[Point, Point]:
    to = places.neuron(factor.to)
    if factor.kind in ("loss", "joint"):
        return to, places.loss
    if factor.source is None:
        # the bias comes from nowhere: a short line from the left
        return (to[0] - 0.3, to[1] + 22), to
    return places.neuron(factor.source), to


def _web(theme: Theme, experiment: Experiment, places: Places) -> dict[str, Any]:
    count = sum(before * size for before, size in pairwise(places.sizes))
    some = weights(experiment.network) if count <= MOST_EDGES else ()
    pairs = [(places.neuron(source), places.neuron(to)) for source, to in (weight.ends for weight in some)]
    last = len(places.sizes) - 1
    pairs += [(places.neuron(Neuron(last, number + 1)), places.loss) for number in range(places.sizes[-1])]
    x, y = segments(pairs)
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
            "line": {"color": theme.line, "width": 1}}  # fmt: skip


def _link(theme: Theme, ends: tuple[Point, Point], factor: Factor) -> dict[str, Any]:
    (x0, y0), (x1, y1) = ends
    bent = factor.kind == "activation"
    palette = theme.gradient if factor.kind in ("loss", "joint") else theme.value
    # within a layer, from one output of a softmax to another, the way is an arc to the right
    x, y = ([x0, x0 + ARC, x1], [y0, (y0 + y1) / 2, y1]) if bent else ([x0, x1], [y0, y1])
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
        "line": {"color": palette.mark(factor.value), "width": 4, "shape": "spline" if bent else "linear"},
    }  # fmt: skip


def _neurons(theme: Theme, numbers: Numbers, places: Places, factors: Sequence[Factor], loss: str) -> dict[str, Any]:
    every = [Neuron(layer, number) for layer, size in enumerate(places.sizes) for number in range(1, size + 1)]
    passed = {neuron for factor in factors for neuron in (factor.source, factor.to)}
    on = [place in passed for place in every]
    spots = [places.neuron(place) for place in every] + [places.loss]
    values = [value for a in numbers.forward.a for value in a.tolist()]
    shares = [value / numbers.largest_activation for value in values]
    written = [compact(value) if places.size >= LEGIBLE else " " for value in values]
    return {
        "type": "scatter", "mode": "markers+text", "cliponaxis": False, "hoverinfo": "text",
        "x": [x for x, _ in spots], "y": [y for _, y in spots],
        "hovertext": [f"{place_name(numbers.experiment.network, place)}: {compact(value)}"
                      for place, value in zip(every, values, strict=True)] + ["the loss"],
        "text": [*written, f"<b>{loss}</b>"],
        "textfont": {"size": 11 if places.size > 36 else 10,
                     "color": [*(look.ink_on(theme, share) for share in shares), theme.text]},
        "marker": {"size": [places.size] * len(every) + [28 if places.crowded else 40], "color": [*shares, 0.0],
                   "opacity": 1, "cmin": -1, "cmax": 1, "colorscale": theme.value_colorscale,
                   "symbol": ["circle"] * len(every) + ["diamond"],
                   "line": {"width": [3 if here else 1.2 for here in on] + [3],
                            "color": [theme.outline if here else theme.muted for here in on] + [theme.outline]}},
    }  # fmt: skip


def _labels(theme: Theme, places: Places, lit: Sequence[tuple[tuple[Point, Point], Factor]]) -> dict[str, Any]:
    """The factors, each on a patch of background so that it can be read over lines."""
    spots = [_label_spot(places, ends, factor) for ends, factor in lit]
    return {
        "type": "scatter", "mode": "markers+text", "hoverinfo": "skip", "cliponaxis": False,
        "x": [x for x, _ in spots], "y": [y for _, y in spots],
        "text": [f"<b>{_words(factor)}</b>" for _, factor in lit],
        "marker": {"symbol": "square", "size": 16 if places.crowded else 22,
                   "color": theme.background, "opacity": 0.85, "line": {"width": 0}},
        "textfont": {"size": 10 if places.crowded else 12, "color": [_ink(theme, factor) for _, factor in lit]},
    }  # fmt: skip


def _words(factor: Factor) -> str:
    written = compact(factor.value)
    if factor.kind != "activation":
        return written
    # what stands at a neuron is its slope, not its activation
    return f"×({written})" if factor.value < 0 else f"×{written}"


def _ink(theme: Theme, factor: Factor) -> str:
    return (theme.gradient if factor.kind in ("loss", "joint") else theme.value).ink(factor.value)


def _label_spot(places: Places, ends: tuple[Point, Point], factor: Factor) -> Point:
    (x0, y0), (x1, y1) = ends
    if (x0, y0) == (x1, y1):
        return x1, y1 - places.size / 2 - 12
    if factor.kind == "activation":
        # on the arc, half-way between the neuron it starts from and the next
        return x0 + 0.8 * ARC, y0 + copysign(places.spacing / 2, y1 - y0)
    if factor.kind in ("loss", "joint"):
        # a short line, and a long number: above it
        return (x0 + x1) / 2, (y0 + y1) / 2 + 18
    # not in the middle, where many lines cross
    return x0 + 0.42 * (x1 - x0), y0 + 0.42 * (y1 - y0)
