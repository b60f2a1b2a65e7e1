"""The gradient check as pictures: analytic against numeric on the diagonal, and the V of error against step."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from engine.formulas import plain
from engine.formulas.numbers import compact, text
from engine.gradcheck.check import TOLERANCE, GradientReport
from engine.gradcheck.schemes import SCHEMES
from engine.gradcheck.step_size import VCurve
from pages.figures import theme as look
from pages.figures.log_axis import decades
from pages.figures.theme import Theme

HEIGHT = 360
DASHES = ("dot", "dash", "solid", "dashdot")
SMALLEST = 1e-17


def agreement(theme: Theme, report: GradientReport, say: Callable[[str], str] = str) -> dict[str, Any]:
    """Return one mark a parameter at (numeric, analytic): right gradients lie on the diagonal.

    `say` puts the name of a parameter into another notation.
    """
    reach = 1.08 * float(np.abs(np.concatenate([report.analytic, report.numeric])).max() or 1.0)
    diagonal = {
        "type": "scatter", "mode": "lines", "x": [-reach, reach], "y": [-reach, reach], "hoverinfo": "skip",
        "showlegend": False, "line": {"color": theme.muted, "width": 1.5, "dash": "dot"},
    }  # fmt: skip
    wrong = report.judged & (report.error > TOLERANCE)
    groups = (
        ("agree", report.judged & ~wrong, theme.gradient.positive, "circle"),
        ("disagree", wrong, theme.value.negative, "x"),
        ("at a kink", ~report.judged, theme.muted, "circle-open"),
    )
    marks = [_marks(report, say, *group) for group in groups if group[1].any()]
    layout = _layout(theme)
    for axis, title in (("xaxis", "numeric"), ("yaxis", "analytic")):
        layout[axis] |= {"range": [-reach, reach], "zeroline": True, "zerolinecolor": theme.line,
                         "title": {"text": title, "standoff": 4}}  # fmt: skip
    return {"data": [diagonal, *marks], "layout": layout}


def _marks(
    report: GradientReport, say: Callable[[str], str], name: str, which: Any, colour: str, symbol: str
) -> dict[str, Any]:
    chosen = [check for check, here in zip(report, which.tolist(), strict=True) if here]
    return {
        "type": "scatter", "mode": "markers", "name": f"{len(chosen)} {name}",
        "x": [check.numeric for check in chosen], "y": [check.analytic for check in chosen],
        "text": [f"{say(plain.parameter(check.parameter))}: analytic {compact(check.analytic)}, "
                 f"numeric {compact(check.numeric)}, error {compact(check.error)}" for check in chosen],
        "hoverinfo": "text", "marker": {"size": 9, "color": colour, "symbol": symbol, "opacity": 0.85},
    }  # fmt: skip


def v_curves(theme: Theme, curves: Sequence[VCurve], h: float | None) -> dict[str, Any]:
    """Return the error of each scheme against its step, with a mark at each best step, and at the step in use."""
    traces = [trace for index, curve in enumerate(curves) for trace in _v(theme, curve, index)]
    layout = _layout(theme)
    layout["xaxis"] |= {"title": {"text": "step h", "standoff": 4}} | decades(curves[0].steps)
    layout["yaxis"] |= {"title": {"text": "relative error", "standoff": 4}}
    layout["yaxis"] |= decades(value for trace in traces for value in trace["y"] if value)
    if h is not None:
        layout["shapes"] = [{"type": "line", "x0": h, "x1": h, "yref": "paper", "y0": 0, "y1": 1,
                             "line": {"color": theme.text, "width": 1.5, "dash": "dot"}}]  # fmt: skip
    return {"data": traces, "layout": layout}


def _v(theme: Theme, curve: VCurve, index: int) -> tuple[dict[str, Any], dict[str, Any]]:
    colour, title = theme.series[index % len(theme.series)], SCHEMES[curve.scheme].title
    errors = [max(error, SMALLEST) if np.isfinite(error) else None for error in curve.errors.tolist()]
    line = {
        "type": "scatter", "mode": "lines", "name": title, "x": list(curve.steps), "y": errors,
        "line": {"color": colour, "width": 2.2, "dash": DASHES[index % len(DASHES)]},
        "text": [f"h = {text(h, 2)}: error {text(e, 2)}" for h, e in zip(curve.steps, curve.errors, strict=True)],
        "hovertemplate": "%{text}<extra>" + title + "</extra>",
    }  # fmt: skip
    step, best = curve.best
    lowest = {
        "type": "scatter", "mode": "markers", "x": [step], "y": [max(best, SMALLEST)], "showlegend": False,
        "hoverinfo": "skip",
        "marker": {"size": 10, "color": colour, "line": {"width": 1.5, "color": theme.outline}},
    }  # fmt: skip
    return line, lowest


def _layout(theme: Theme) -> dict[str, Any]:
    axis = {"gridcolor": theme.line, "zeroline": False, "fixedrange": True, "automargin": True}
    return look.layout(
        theme,
        HEIGHT,
        margin={"l": 52, "r": 12, "t": 44, "b": 44},
        xaxis=dict(axis),
        yaxis=dict(axis),
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.01, "x": 0, "font": {"size": 13}},
        hovermode="closest",
    )
