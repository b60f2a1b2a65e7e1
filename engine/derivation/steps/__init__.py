"""Each kind of step in three forms: neuron by neuron, in symbols of whole layers, and in numbers."""

from engine.derivation.steps.in_symbols import DELTA, jacobian
from engine.derivation.steps.weight_factors import first_two, product, remark, rule, third
from engine.derivation.steps.worked import Calculation

__all__ = ["DELTA", "Calculation", "first_two", "jacobian", "product", "remark", "rule", "third"]
