"""The loss over the learning steps that were applied by hand."""

from collections.abc import Sequence
from typing import Any

from engine.formulas.numbers import text
from pages.figures import theme as look
from pages.figures.theme import Theme


def loss_history(theme: Theme, losses: Sequence[float], made: Sequence[str] = ()) -> dict[str, Any]:
    """Return the figure of the losses, the first before any step; `made` says with which examples each step was."""
    trace = {
        "type": "scatter", "mode": "lines+markers", "x": list(range(len(losses))), "y": list(losses),
        "line": {"color": theme.accent, "width": 2}, "marker": {"size": 5},
        "customdata": [f"{text(loss, 6)}{by}" for loss, by in zip(losses, _made_with(len(losses), made), strict=True)],
        "hovertemplate": "after %{x} steps: %{customdata}<extra></extra>",
    }  # fmt: skip
    axes = {"gridcolor": theme.line, "zeroline": False, "automargin": True}
    layout = look.layout(
        theme, 190, template=look.quiet(theme), margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis=axes | {"title": {"text": "learning steps"}, "dtick": max(1, len(losses) // 8)},
        yaxis=axes | {"title": {"text": "loss"}},
    )  # fmt: skip
    return {"data": [trace], "layout": layout}


def _made_with(count: int, made: Sequence[str]) -> list[str]:
    return ["", *(f"<br>made with {what}" for what in made)] if made else [""] * count
