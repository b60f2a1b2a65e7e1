"""Where everything stands in the picture of a large network: a strip for each layer, a heat map for each matrix.

Left of a layer's strip stand its biases, right of it its deltas, before it the map of its weights.
"""

from functools import cached_property

from pages.figures.network.geometry import FOOTER, Geometry, Point
from pages.figures.network.picture import Numbers

# of the headings, the tallest strip, and the cell of a small layer, in pixels
HEADER, AREA, CELL = 80, 320, 30
# columns from layer to layer; widths in columns, and how far a strip's companions stand from its middle
PITCH, STRIP, NARROW, APART, MAP = 2.0, 0.42, 0.12, 0.34, 1.1


class SummaryGeometry(Geometry):
    """Places of strips and maps; all layers of more than ten neurons are of one height."""

    @property
    def height(self) -> int:
        """Height of the figure in pixels."""
        return HEADER + FOOTER + AREA

    @property
    def loss(self) -> Point:
        """The place of the loss."""
        return self.target_column + 0.8, self._middle

    @property
    def target_column(self) -> float:
        """The column of the targets."""
        return self.x(self.last) + 0.9

    @cached_property
    def _middle(self) -> float:
        return FOOTER + AREA / 2

    def x(self, layer: float) -> float:
        """Return the column of a layer, or halfway between two."""
        return PITCH * layer

    def top(self, layer: int) -> float:
        """Return the upper end of a layer's strip."""
        return self._middle + self.tall(layer) / 2

    def tall(self, layer: int) -> int:
        """Return the height of a layer's strip."""
        return min(AREA, CELL * self.sizes[layer])

    def along_strip(self, layer: int, count: int) -> list[Point]:
        """Return `count` points spread over the height of a layer's strip."""
        step = self.tall(layer) / count
        return [(self.x(layer), round(self.top(layer) - step * (index + 0.5), 1)) for index in range(count)]

    def cells(self, x: float, width: float, layer: int, shape: tuple[int, int]) -> dict[str, float]:
        """Return where the cells of a heat map stand that is as tall as a layer's strip."""
        rows, columns = shape
        dx, dy = width / columns, self.tall(layer) / rows
        return {"x0": x - width / 2 + dx / 2, "dx": dx, "y0": self.top(layer) - dy / 2, "dy": -dy}


class Summary(Numbers):
    """Everything that the summarised picture shows."""

    @cached_property
    def geometry(self) -> SummaryGeometry:
        """Where everything stands."""
        return SummaryGeometry(self.experiment.network.sizes)
