"""The examples to begin with, and what their authors published."""

from engine.examples import loss_conventions
from engine.examples.preset import GROUPS, Preset
from engine.examples.presets import PRESETS, by_group
from engine.examples.published import Published, Variant

__all__ = ["GROUPS", "PRESETS", "Preset", "Published", "Variant", "by_group", "loss_conventions"]
