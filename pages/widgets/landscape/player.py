"""The player of a walk over the loss: figures that are stepped through together."""

from pathlib import Path

from pages.figures.landscape import Stepped
from pages.widgets import fields
from pages.widgets.shared.component import Component

KEY = "landscape_player"

_component = Component.player(Path(__file__).parent).registered("landscape_player")


def player(walk: Stepped) -> None:
    """Draw the figures with the controls that step through them."""
    _component(key=KEY, data={"walk": walk.packed()}, on_step_change=lambda: None)


def step_of(walk: Stepped) -> int:
    """Return the step that the player rests on; the first one before it has told."""
    return max(0, min(fields.told.number(KEY, "step") or 0, len(walk.titles) - 1))
