"""The examples to begin with, and what their authors published."""

from engine.examples import loss_conventions
from engine.examples.presets import PRESETS, Preset
from engine.examples.published import Published, Variant

__all__ = ["PRESETS", "Preset", "Published", "Variant", "loss_conventions"]
