"""What every activation would give in a layer, all at once: the loss, and the size of each layer's gradient."""

from collections.abc import Callable, Sequence
from typing import Any

from engine.analysis.what_if import Alternative
from engine.formulas.numbers import compact, text
from engine.formulas.plain import superscript
from engine.network.activations import ACTIVATIONS
from pages.figures import theme as look
from pages.figures.log_axis import decades
from pages.figures.theme import Theme

ROW, FRAME = 25, 92
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "star", "cross", "hexagon")
# below this a gradient is 0 but for rounding
SMALLEST = 1e-16


def losses(
    theme: Theme, alternatives: Sequence[Alternative], present: Alternative, tried: Alternative
) -> dict[str, Any]:
    """Return one row an activation, with a bar for its loss; the present and the tried one are marked.

    A name with a star has another loss, which cannot be compared.
    """
    colours = {present.activation: theme.text, tried.activation: theme.accent}
    bars = {
        "type": "bar", "orientation": "h", "y": _names(alternatives, present), "x": [a.loss for a in alternatives],
        "marker": {"color": [colours.get(a.activation, theme.line) for a in alternatives]},
        "text": [compact(a.loss) for a in alternatives], "textposition": "outside", "cliponaxis": False,
        "textfont": {"size": 12, "color": theme.text}, "hovertemplate": "%{y}: loss %{customdata}<extra></extra>",
        "customdata": [text(a.loss) for a in alternatives],
    }  # fmt: skip
    most = max(a.loss for a in alternatives)
    layout = _layout(theme, "loss", len(alternatives))
    layout["xaxis"] |= {"range": [0, 1.22 * (most or 1.0)]}
    return {"data": [bars], "layout": layout}


def gradients(
    theme: Theme, alternatives: Sequence[Alternative], present: Alternative, say: Callable[[str], str] = str
) -> dict[str, Any]:
    """Return one row an activation, with a mark for the norm of each layer's weight gradient, on a logarithmic axis.

    `say` puts what the axis and the marks are called into another notation.
    """
    names = _names(alternatives, present)
    # a gradient of 0 has no place on a logarithmic axis: it stands left of all others, as a cross
    zero = 0.1 * min((f.dW for a in alternatives for f in a.flows if f.dW > SMALLEST), default=1.0)
    traces: list[dict[str, Any]] = []
    for index in range(len(alternatives[0].flows)):
        norms, name = [a.flows[index].dW for a in alternatives], say(f"∂L/∂W⁽{superscript(index + 1)}⁾")
        traces.append({
            "type": "scatter", "mode": "markers", "name": name, "y": names,
            "x": [norm if norm > SMALLEST else zero for norm in norms],
            "text": [f"{name}: {compact(norm if norm > SMALLEST else 0.0)}" for norm in norms],
            "hovertemplate": "%{y}, %{text}<extra></extra>",
            "marker": {"size": 10, "color": theme.series[index % len(theme.series)],
                       "symbol": [SYMBOLS[index % len(SYMBOLS)] if norm > SMALLEST else "x" for norm in norms]},
        })  # fmt: skip
    layout = _layout(theme, say("‖∂L/∂W‖ of each layer"), len(alternatives))
    layout["xaxis"] |= decades([x for trace in traces for x in trace["x"]])
    layout["yaxis"] |= {"showgrid": True}
    return {"data": traces, "layout": layout}


def _names(alternatives: Sequence[Alternative], present: Alternative) -> list[str]:
    return [_name(alternative, present) for alternative in alternatives]


def _name(alternative: Alternative, present: Alternative) -> str:
    title = ACTIVATIONS[alternative.activation].title
    if alternative.activation == present.activation:
        return f"<b>{title}</b>"
    return title if alternative.loss_name == present.loss_name else f"{title} *"


def _layout(theme: Theme, title: str, rows: int) -> dict[str, Any]:
    axis = {"gridcolor": theme.line, "zeroline": False, "automargin": True, "fixedrange": True}
    return look.layout(
        theme,
        FRAME + ROW * rows,
        margin={"l": 90, "r": 12, "t": 40, "b": 44},
        xaxis=axis | {"title": {"text": title}},
        yaxis=axis | {"autorange": "reversed", "tickfont": {"size": 13}, "showgrid": False},
        bargap=0.35,
    )
