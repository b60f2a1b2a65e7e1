"""Where everything in the network's picture stands: layers are columns, neurons rows; sizes follow the largest layer.

x counts columns (0 is the input), y counts pixels from the bottom, so that rows never overlap at any width.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from engine.network.places import Neuron, Weight
from pages.figures.size import MOST_NEURONS

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Dimensions:
    """Sizes in pixels for networks whose largest layer has up to `rows` neurons; a font size of 0: no such text."""

    rows: int
    spacing: int
    neuron: int
    number: int
    caption: int
    bias: int
    weights: bool
    caption_lines: int = 2
    digits: int = 3


DIMENSIONS = (
    Dimensions(rows=3, spacing=128, neuron=56, number=14, caption=13, bias=12, weights=True),
    Dimensions(rows=4, spacing=112, neuron=50, number=13, caption=12, bias=11, weights=True),
    Dimensions(rows=6, spacing=92, neuron=42, number=11, caption=11, bias=10, weights=False),
    Dimensions(rows=8, spacing=76, neuron=36, number=10, caption=11, bias=0, weights=False, digits=2),
    Dimensions(
        rows=MOST_NEURONS,
        spacing=58,
        neuron=36,
        number=10,
        caption=11,
        bias=0,
        weights=False,
        caption_lines=1,
        digits=2,
    ),
)
# where on edges that cross numbers may stand, as shares of their length
APART = (0.5, *(round(0.4 + 0.01 * step, 2) for step in range(33)))
HEADER = 52
FOOTER = 46


@dataclass(frozen=True)
class Geometry:
    """Positions of neurons, targets and loss for the layer sizes of a network, the input first."""

    sizes: tuple[int, ...]

    @cached_property
    def dimensions(self) -> Dimensions:
        """The sizes to draw in."""
        return next((one for one in DIMENSIONS if max(self.sizes) <= one.rows), DIMENSIONS[-1])

    @property
    def height(self) -> int:
        """Height of the figure in pixels."""
        return HEADER + FOOTER + self.dimensions.spacing * max(self.sizes)

    @property
    def last(self) -> int:
        """Column of the output layer."""
        return len(self.sizes) - 1

    def neuron(self, place: Neuron) -> Point:
        """Return where a neuron stands, in whole numbers."""
        middle = (self.sizes[place.layer] + 1) / 2
        return place.layer, round(self._middle + self.dimensions.spacing * (middle - place.number))

    def target(self, number: int) -> Point:
        """Return where an output's target stands."""
        return self.last + 0.7, self.neuron(Neuron(self.last, number))[1]

    @property
    def loss(self) -> Point:
        """The place of the loss."""
        return self.last + 1.5, self._middle

    @property
    def neurons(self) -> tuple[Neuron, ...]:
        """All neurons, the input's first, in the order in which figures list them."""
        return tuple(neuron for layer in range(len(self.sizes)) for neuron in self.layer(layer))

    def layer(self, number: int) -> tuple[Neuron, ...]:
        """Return the neurons of a layer."""
        return tuple(Neuron(number, neuron) for neuron in range(1, self.sizes[number] + 1))

    def ends(self, edge: Weight) -> tuple[Point, Point]:
        """Return where a weight's line begins and where it ends."""
        if edge not in self._ends:
            source, to = edge.ends
            self._ends[edge] = self.neuron(source), self.neuron(to)
        return self._ends[edge]

    def halfway(self, edge: Weight) -> Point:
        """Return the middle of an edge, where its number is as far from both neurons as can be."""
        return self.on(edge, 0.5)

    def apart(self, layer: int) -> tuple[float, float]:
        """Return at which share of their length the edges into a layer are farthest apart, and how far, in pixels."""
        sources, targets = ([self.neuron(one)[1] for one in self.layer(number)] for number in (layer - 1, layer))
        gap, share = max((_least_gap(sources, targets, share), share) for share in APART)
        return share, gap

    def on(self, edge: Weight, share: float) -> Point:
        """Return the point of an edge at a share of its length."""
        start, end = self.ends(edge)
        # on a level edge the middle is as high, and farthest from both neurons
        share = 0.5 if start[1] == end[1] else share
        return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])

    # an animation asks for each some ten times
    @cached_property
    def _ends(self) -> dict[Weight, tuple[Point, Point]]:
        return {}

    @cached_property
    def _middle(self) -> float:
        return FOOTER + self.dimensions.spacing * max(self.sizes) // 2


def _least_gap(sources: list[float], targets: list[float], share: float) -> float:
    heights = sorted((1 - share) * source + share * target for source in sources for target in targets)
    return min((above - below for below, above in pairwise(heights)), default=heights[0])


def segments(pairs: list[tuple[Point, Point]]) -> tuple[list[float | None], list[float | None]]:
    """Return line segments as the x and y of one Plotly trace, with gaps between them."""
    x: list[float | None] = []
    y: list[float | None] = []
    for (x0, y0), (x1, y1) in pairs:
        x += [x0, x1, None]
        y += [y0, y1, None]
    return x, y
