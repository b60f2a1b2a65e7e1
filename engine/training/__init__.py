"""Training: optimizers, schedules, the loop over epochs, and the history it leaves."""

from engine.training import (
    adaptation,
    confusion,
    history,
    hyperparameters,
    next_step,
    optimizers,
    schedules,
    settings,
    train,
)

__all__ = [
    "adaptation",
    "confusion",
    "history",
    "hyperparameters",
    "next_step",
    "optimizers",
    "schedules",
    "settings",
    "train",
]
