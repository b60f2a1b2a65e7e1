"""The derivatives of activations and losses, derived line by line."""

from engine.derivation.proofs.activations import SLOPES
from engine.derivation.proofs.losses import JOINT_SLOPES, LOSS_SLOPES, joint_name
from engine.derivation.proofs.softmax import Case

__all__ = ["JOINT_SLOPES", "LOSS_SLOPES", "SLOPES", "Case", "joint_name"]
