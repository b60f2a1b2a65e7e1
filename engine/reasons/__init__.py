"""Why each step comes out as it does, in a sentence with this network's own numbers."""

from engine.reasons.why import lone_softmaxes, why, why_one

__all__ = ["lone_softmaxes", "why", "why_one"]
