"""What an edge looks like: colour and dashes tell its number's sign, the width its size, an arrow's head a gradient."""

from collections.abc import Sequence

from engine.network.places import Weight
from pages.figures import theme as look
from pages.figures.network.canvas import Trace
from pages.figures.network.geometry import Geometry
from pages.figures.theme import CLEAR, Palette, Theme

# Plotly has one width per line trace: edges are sorted by sign and size into so many traces a sign
WIDTHS = (0.8, 1.8, 3.0, 4.2, 5.6)
# and those that a step lights into so many
LIT = (2.0, 3.4, 5.0)
# a sign is seen without its colour, and so is a number that is 0 and has none
DASHES = {"+": "solid", "-": "9px,5px", "0": "1px,4px"}
# where on an edge the head of the arrow stands that tells a gradient from a weight
HEAD = 0.36


def bin_of(value: float, largest: float, kind: str) -> str:
    """Return the name of the edge trace for a weight (kind "w") or a gradient (kind "g") of this sign and size."""
    # an updated weight may be larger than the largest, with a huge learning rate without bound
    width = min(len(WIDTHS) - 1, int(min(abs(value) / largest, 1.0) * len(WIDTHS)))
    return f"{kind}{'-' if value < 0 else '+'}{width}" if value else f"{kind}0"


def lit_of(value: float, largest: float) -> str:
    """Return the name of the trace for an edge that a step lights, with a number of this sign and size."""
    width = min(len(LIT) - 1, int(min(abs(value) / largest, 1.0) * len(LIT)))
    return f"lit{'-' if value < 0 else '+'}{width}" if value else "lit0"


def line(colour: str, width: float, sign: str = "+") -> Trace:
    """Return an empty trace of lines for numbers of a sign."""
    # a scatter, as every trace that does not say otherwise
    return {"mode": "lines", "x": [], "y": [], "hoverinfo": "skip",
            "line": {"color": colour, "width": width, "dash": DASHES[sign]}}  # fmt: skip


def shown(theme: Theme) -> dict[str, Trace]:
    """Return the traces of edges that rest, empty: weights and gradients by their sign and size."""
    kinds: tuple[tuple[str, Palette], ...] = (("w", theme.value), ("g", theme.gradient))
    found = {
        # a colour that is faded and no trace that is: a browser draws each of those into a picture of its own
        f"{kind}{sign}{number}": line(look.faded(palette.mark(float(f"{sign}1")), 0.42), width, sign)
        for kind, palette in kinds
        for sign in "+-"
        for number, width in enumerate(WIDTHS)
    }
    return found | {f"{kind}0": line(theme.muted, 1.0, "0") for kind, _ in kinds}


def lit(theme: Theme) -> dict[str, Trace]:
    """Return the traces of the edges of the step shown, empty, by the sign and the size of what stands beside them."""
    found = {
        f"lit{sign}{number}": line(theme.value.mark(float(f"{sign}1")), width, sign)
        for sign in "+-"
        for number, width in enumerate(LIT)
    }
    return found | {"lit0": line(theme.muted, 1.6, "0")}


def heads(edges: Sequence[Weight], geometry: Geometry) -> Trace:
    """Return the heads of arrows that point the way back, one an edge; those of edges with a gradient have a colour."""
    points = [geometry.on(edge, HEAD) for edge in edges]
    return {
        "type": "scatter", "mode": "markers", "hoverinfo": "skip", "cliponaxis": False,
        "x": [round(x, 3) for x, _ in points], "y": [round(y) for _, y in points],
        "marker": {"symbol": "triangle-left", "size": 11, "opacity": 1, "color": [CLEAR] * len(points)},
    }  # fmt: skip


def head(value: float, theme: Theme) -> str:
    """Return the colour of the arrow's head on an edge with a gradient: none for 0."""
    return theme.gradient.mark(value) if value else CLEAR
