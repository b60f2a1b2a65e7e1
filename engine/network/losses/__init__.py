"""The loss functions, by family; menus, equations, validation, generated code and tests all follow from them."""

from engine.network.losses import differences, entropies
from engine.network.losses.record import JointForm, Logarithm, Loss, adds_up_to_one
from engine.registry import Registry

__all__ = ["LOSSES", "JointForm", "Logarithm", "Loss", "adds_up_to_one"]

FAMILIES = (entropies, differences)
LOSSES: Registry[Loss] = Registry("loss", [record for family in FAMILIES for record in family.RECORDS])
