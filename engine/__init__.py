"""The engine: a small neural network computed and differentiated step by step, with NumPy only."""

from engine.backprop.ops import OPS
from engine.backprop.passes import BackwardPass, ForwardPass, backward, forward, sgd_step
from engine.backprop.step import Step
from engine.backprop.trace import trace
from engine.data import DATASETS
from engine.errors import InvalidExperiment
from engine.examples import PRESETS
from engine.files.experiment_json import decode, encode, from_json, to_json
from engine.gradcheck.check import GradientReport, check_gradients
from engine.network.activations import ACTIVATIONS
from engine.network.initializers import INITIALIZERS
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer, Network
from engine.practice import judge, worksheet
from engine.programs.numpy_program import numpy_program
from engine.programs.torch_program import torch_program
from engine.training.history import History
from engine.training.optimizers import OPTIMIZERS
from engine.training.train import train

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
    "judge",
    "numpy_program",
    "sgd_step",
    "to_json",
    "torch_program",
    "trace",
    "train",
    "worksheet",
]
