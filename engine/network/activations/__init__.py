"""The activation functions, by family; menus, curves, equations, generated code and tests all follow from them."""

from engine.network.activations import bump, linear, rectifiers, sigmoids, smooth_rectifiers, tanh_like, whole_layer
from engine.network.activations.record import Activation
from engine.network.activations.sigmoids import sigmoid
from engine.network.activations.smooth_rectifiers import softplus
from engine.network.activations.whole_layer import softmax
from engine.registry import Registry

__all__ = ["ACTIVATIONS", "Activation", "sigmoid", "softmax", "softplus"]

FAMILIES = (linear, sigmoids, rectifiers, smooth_rectifiers, tanh_like, bump, whole_layer)
ACTIVATIONS: Registry[Activation] = Registry("activation", [record for family in FAMILIES for record in family.RECORDS])
