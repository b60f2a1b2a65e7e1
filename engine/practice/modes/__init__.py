"""Other ways to practise: a whole pass as a form, a pass with an error to be found, a change to be predicted."""

from engine.practice.modes.flawed import Flawed, flawed
from engine.practice.modes.prediction import Prediction, prediction
from engine.practice.modes.whole_pass import whole_pass
from engine.practice.quantity import Quantity

__all__ = ["Flawed", "Prediction", "Quantity", "flawed", "prediction", "whole_pass"]
