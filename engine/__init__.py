"""The engine: a small neural network computed and differentiated step by step, with NumPy only."""

from engine.activations import ACTIVATIONS
from engine.codec import decode, encode, from_json, to_json
from engine.codegen_numpy import numpy_program
from engine.codegen_torch import torch_program
from engine.datasets import DATASETS
from engine.errors import InvalidExperiment
from engine.gradcheck import GradientReport, check_gradients
from engine.history import History
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.network import Experiment, Layer, Network
from engine.ops import OPS
from engine.optimizers import OPTIMIZERS
from engine.passes import BackwardPass, ForwardPass, backward, forward, sgd_step
from engine.presets import PRESETS
from engine.trace import Step, trace
from engine.training import train

__all__ = [
    "ACTIVATIONS",
    "DATASETS",
    "INITIALIZERS",
    "LOSSES",
    "OPS",
    "OPTIMIZERS",
    "PRESETS",
    "BackwardPass",
    "Experiment",
    "ForwardPass",
    "GradientReport",
    "History",
    "InvalidExperiment",
    "Layer",
    "Network",
    "Step",
    "backward",
    "check_gradients",
    "decode",
    "encode",
    "forward",
    "from_json",
    "numpy_program",
    "sgd_step",
    "to_json",
    "torch_program",
    "trace",
    "train",
]
