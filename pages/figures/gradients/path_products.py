"""The products of a parameter's chain-rule paths as bars, with what the others add up to and the sum of all."""

from math import fsum
from typing import Any

from engine.analysis.paths import Paths
from engine.formulas.numbers import compact
from pages.figures import theme as look
from pages.figures.theme import Theme


def products(theme: Theme, paths: Paths, most: int) -> dict[str, Any]:
    """Return the largest products as bars, then what all others add up to, and the sum of all: the gradient."""
    shown = [path.product for path in paths.shown[:most] if path.product]
    others = paths.count - len(shown)
    rest = paths.rest + fsum(path.product for path in paths.shown[len(shown) :])
    rows = [(f"path {index}", value) for index, value in enumerate(shown, start=1)]
    rows += [(f"{others:,} others", rest)] if others else []
    rows.append(("<b>sum</b>", paths.total))
    axis = {"gridcolor": theme.line, "zeroline": True, "zerolinecolor": theme.muted, "fixedrange": True}
    reach = [min(0.0, *(value for _, value in rows)), max(0.0, *(value for _, value in rows))]
    air = 0.28 * (reach[1] - reach[0] or 1.0)
    trace = {
        "type": "bar", "orientation": "h", "y": [name for name, _ in rows], "x": [value for _, value in rows],
        "marker": {"color": [theme.gradient.mark(value) for _, value in rows]}, "cliponaxis": False,
        "text": [compact(value, signed=True) for _, value in rows], "textposition": "outside",
        "textfont": {"size": 12, "color": theme.text}, "hoverinfo": "skip",
    }  # fmt: skip
    layout = look.layout(
        theme,
        60 + 22 * len(rows),
        margin={"l": 84, "r": 8, "t": 8, "b": 30},
        xaxis=axis
        | {
            "range": [reach[0] - (air if reach[0] else 0), reach[1] + (air if reach[1] else 0)],
            "nticks": 5,
            "exponentformat": "power",
        },
        yaxis={"autorange": "reversed", "showgrid": False, "fixedrange": True, "automargin": True},
        bargap=0.3,
    )
    return {"data": [trace], "layout": layout}
