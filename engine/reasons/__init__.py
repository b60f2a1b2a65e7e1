"""Why each step comes out as it does, in a sentence with this network's own numbers."""

from engine.reasons.forward import LONE_SOFTMAX
from engine.reasons.update import no_smaller_step
from engine.reasons.why import lone_softmaxes, why

__all__ = ["LONE_SOFTMAX", "lone_softmaxes", "no_smaller_step", "why"]
