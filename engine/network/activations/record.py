"""What an activation function is made of: one record holds function, derivative, formulas and remarks."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from keyword import iskeyword

import numpy as np

from engine.arrays import Array, Flags, saturating
from engine.network.source import Code

Function = Callable[[Array, float], Array]


@dataclass(frozen=True, kw_only=True)
class ActivationParameter:
    """A number that shapes a function: its symbol in LaTeX, its default and the limits of the slider for it."""

    symbol: str
    default: float
    low: float
    high: float

    @property
    def name(self) -> str:
        r"""What it is called in source code: alpha for \alpha, and lambda_ where Python keeps the word for itself."""
        name = self.symbol.removeprefix("\\")
        return f"{name}_" if iskeyword(name) else name


@dataclass(frozen=True, kw_only=True)
class Activation:
    r"""A function from pre-activations z to activations a, applied to the last axis of an array.

    In `latex` and `slope_latex` the token `\z` stands for the argument and `\p` for the parameter's value; `symbol`
    is the function's name in a formula. `function` and `slope` take (z, parameter); a function of the whole layer
    (softmax) has no `slope` but a `product`, its vector-Jacobian product from (z, da, parameter), and a `diagonal`, the
    derivative of each activation by its own z, which costs no more than the function. `kinks` are the places where the
    slope may jump. `slope_from_value`, where there is one, is the slope from (a, parameter): cheaper,
    and as exact in absolute terms but not relative to a slope near 0; for the training loop, which has a at hand.
    `product_from_value` is the same of a function of the whole layer: its vector-Jacobian product from (a, da).
    """

    name: str
    title: str
    family: str
    symbol: str
    latex: str
    slope_latex: str
    range: tuple[float, float]
    remark: str
    # the function that it is most often compared with
    neighbour: str
    function: Function
    slope: Function | None
    code: Code
    product: Callable[[Array, Array, float], Array] | None = None
    diagonal: Function | None = None
    parameter: ActivationParameter | None = None
    slope_from_value: Function | None = None
    product_from_value: Callable[[Array, Array], Array] | None = None
    # what it does in a hidden layer, where `remark` speaks of outputs
    hidden: str = ""
    saturates: str = "nowhere"
    source: str = ""
    # of a function of the whole layer: the written z of all neurons -> the LaTeX with the numbers put in, of more than
    # so many the first ones and the last
    expand: Callable[[Sequence[str], int], str] | None = None
    kinks: tuple[float, ...] = ()
    # where the values lie for a parameter, if that depends on it; `range` is that of the default then
    range_of: Callable[[float], tuple[float, float]] | None = None

    def limits(self, parameter: float | None = None) -> tuple[float, float]:
        """Return what all values of the function lie between, for this parameter."""
        return self.range_of(self._value(parameter)) if self.range_of else self.range

    @property
    def elementwise(self) -> bool:
        """Whether each activation depends on its own pre-activation only."""
        return self.slope is not None

    @saturating
    def f(self, z: Array, parameter: float | None = None) -> Array:
        """Return a = f(z), of the shape of z; softmax runs along the last axis."""
        return self.function(np.asarray(z, dtype=np.float64), self._value(parameter))[()]

    @saturating
    def df(self, z: Array, parameter: float | None = None) -> Array:
        """Return the elementwise derivative f'(z), of the shape of z (softmax: the diagonal of its Jacobian)."""
        z = np.asarray(z, dtype=np.float64)
        own = self.slope or self.diagonal
        assert own is not None
        return own(z, self._value(parameter))[()]

    @saturating
    def vjp(self, z: Array, da: Array, parameter: float | None = None) -> Array:
        """Return dL/dz from dL/da, both of the shape of z: the vector-Jacobian product da · J(z)."""
        z = np.asarray(z, dtype=np.float64)
        if self.slope is not None:
            return (da * self.slope(z, self._value(parameter)))[()]
        assert self.product is not None
        return self.product(z, da, self._value(parameter))

    def corners(self, parameter: float | None = None) -> tuple[float, ...]:
        """Return where the slope really jumps with this parameter: an ELU with alpha = 1 has no kink."""
        return tuple(kink for kink in self.kinks if self._jumps(kink, parameter))

    def at_kink(self, z: Array, parameter: float | None = None) -> Flags:
        """Return which of z, of any shape, lie exactly on a kink."""
        return np.isin(z, self.corners(parameter))

    def flat(self, z: Array, parameter: float | None = None) -> Flags:
        """Return at which of z the slope is 0 itself, and not only too small for a float64, as a sigmoid's far out."""
        zero = self.df(z, parameter) == 0
        if not self.kinks:
            return zero & (np.asarray(z) == 0)
        # a piece between kinks is flat from its end on
        kinks = np.array(self.kinks)
        nearest = kinks[np.abs(np.subtract.outer(z, kinks)).argmin(axis=-1)]
        return zero & (self.df(nearest + 1e-12 * np.sign(z - nearest), parameter) == 0)

    def _jumps(self, kink: float, parameter: float | None) -> bool:
        left, right = self.df(np.array([kink - 1e-12, kink + 1e-12]), parameter)
        return bool(abs(right - left) > 1e-9)

    def jacobian(self, z: Array, parameter: float | None = None) -> Array:
        """Return J[..., i, j] = d a_i / d z_j, of shape (..., n, n) for z of shape (..., n)."""
        z = np.asarray(z, dtype=np.float64)
        identity = np.broadcast_to(np.eye(z.shape[-1]), (*z.shape, z.shape[-1]))
        return self.vjp(z[..., np.newaxis, :], identity, parameter)

    def _value(self, parameter: float | None) -> float:
        if parameter is not None:
            return parameter
        return self.parameter.default if self.parameter else math.nan
