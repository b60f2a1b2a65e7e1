"""Where everything in the network's picture stands: layers are columns, neurons rows; sizes follow the largest layer.

x counts columns (0 is the input), y counts pixels from the bottom, so that rows never overlap at any width.
"""

from dataclasses import dataclass
from functools import cached_property

from engine import Network

Point = tuple[float, float]


@dataclass(frozen=True)
class Scale:
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


SCALES = (
    Scale(rows=3, spacing=128, neuron=56, number=14, caption=13, bias=12, weights=True),
    Scale(rows=4, spacing=112, neuron=50, number=13, caption=12, bias=11, weights=True),
    Scale(rows=6, spacing=92, neuron=42, number=11, caption=11, bias=10, weights=False),
    Scale(rows=8, spacing=76, neuron=36, number=10, caption=11, bias=0, weights=False, digits=2),
    Scale(rows=10, spacing=58, neuron=36, number=10, caption=11, bias=0, weights=False, caption_lines=1, digits=2),
)
HEADER = 52
FOOTER = 46


@dataclass(frozen=True)
class Geometry:
    """Positions of neurons, targets and loss for the layer sizes of a network, the input first."""

    sizes: tuple[int, ...]

    @cached_property
    def scale(self) -> Scale:
        """The sizes to draw in."""
        return next((scale for scale in SCALES if max(self.sizes) <= scale.rows), SCALES[-1])

    @property
    def height(self) -> int:
        """Height of the figure in pixels."""
        return HEADER + FOOTER + self.scale.spacing * max(self.sizes)

    @property
    def last(self) -> int:
        """Column of the output layer."""
        return len(self.sizes) - 1

    def neuron(self, layer: int, index: int) -> Point:
        """Return the place of a neuron, in whole numbers; both count from 0, layer 0 is the input."""
        return layer, round(self._middle + self.scale.spacing * ((self.sizes[layer] - 1) / 2 - index))

    def target(self, index: int) -> Point:
        """Return the place of an output's target."""
        return self.last + 0.7, self.neuron(self.last, index)[1]

    @property
    def loss(self) -> Point:
        """The place of the loss."""
        return self.last + 1.5, self._middle

    @property
    def neurons(self) -> tuple[tuple[int, int], ...]:
        """All (layer, index), the input's first, in the order in which figures list them."""
        return tuple((layer, index) for layer, size in enumerate(self.sizes) for index in range(size))

    def along(self, edge: "Edge") -> Point:
        """Return the point of an edge that stands for it: close enough to its target to lie apart from all others."""
        start, end = self.neuron(edge.layer - 1, edge.source), self.neuron(edge.layer, edge.to)
        # nearer than this, the edges into one neuron spread over less than the space between two neurons
        share = max(0.7, 1 - 0.9 / max(self.sizes[edge.layer - 1], 1))
        return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])

    def halfway(self, edge: "Edge") -> Point:
        """Return the middle of an edge, where its number is as far from both neurons as can be."""
        start, end = self.neuron(edge.layer - 1, edge.source), self.neuron(edge.layer, edge.to)
        return (start[0] + end[0]) / 2, (start[1] + end[1]) / 2

    @cached_property
    def _middle(self) -> float:
        return FOOTER + self.scale.spacing * max(self.sizes) // 2


@dataclass(frozen=True)
class Edge:
    """A weight's line: into neuron `to` of `layer` (from 1) from neuron `source` of the layer before; both from 0."""

    layer: int
    to: int
    source: int


def edges(network: Network) -> tuple[Edge, ...]:
    """Return all edges of a network, layer by layer, in the order of the rows of W."""
    return tuple(
        Edge(number, to, source)
        for number, layer in enumerate(network.layers, start=1)
        for to in range(layer.n_out)
        for source in range(layer.n_in)
    )


def segments(pairs: list[tuple[Point, Point]]) -> tuple[list[float | None], list[float | None]]:
    """Return line segments as the x and y of one Plotly trace, with gaps between them."""
    x: list[float | None] = []
    y: list[float | None] = []
    for (x0, y0), (x1, y1) in pairs:
        x += [x0, x1, None]
        y += [y0, y1, None]
    return x, y
