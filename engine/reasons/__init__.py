"""Why each step comes out as it does, in a sentence with this network's own numbers."""

from engine.reasons.backward import stands_in
from engine.reasons.forward import LONE_SOFTMAX
from engine.reasons.update import no_smaller_step
from engine.reasons.why import lone_softmaxes, why, why_one
from engine.reasons.words import every

__all__ = ["LONE_SOFTMAX", "every", "lone_softmaxes", "no_smaller_step", "stands_in", "why", "why_one"]
