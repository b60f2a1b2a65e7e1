"""Initial weights: each initializer is one record that draws a matrix W (n_out, n_in) from a generator it is given."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.registry import Registry

Draw = Callable[[np.random.Generator, int, int, float], Array]


@dataclass(frozen=True, kw_only=True)
class Initializer:
    """`draw(rng, n_out, n_in, scale)` returns W (n_out, n_in); `scaled` says whether it heeds the scale."""

    name: str
    title: str
    latex: str
    remark: str
    draw: Draw
    scaled: bool = False
    source: str = ""


def _normal(rng: np.random.Generator, n_out: int, n_in: int, deviation: float) -> Array:
    return rng.standard_normal((n_out, n_in)) * deviation


def _orthogonal(rng: np.random.Generator, n_out: int, n_in: int, _: float) -> Array:
    # QR of a normal matrix; the signs of R's diagonal make Q uniform over the orthogonal matrices (Mezzadri 2007)
    q, r = np.linalg.qr(rng.standard_normal((max(n_out, n_in), min(n_out, n_in))))
    q = q * np.sign(np.diagonal(r))
    return q if n_out >= n_in else q.T


INITIALIZERS: Registry[Initializer] = Registry(
    "initializer",
    [
        Initializer(
            name="he",
            title="He",
            latex=r"w \sim \mathcal{N}\left(0, \frac{2}{n_{in}}\right)",
            remark="Keeps the size of activations through layers of ReLU, which sets about half of them to 0.",
            draw=lambda rng, n_out, n_in, _: _normal(rng, n_out, n_in, math.sqrt(2.0 / n_in)),
            source="He et al. 2015, Delving deep into rectifiers",
        ),
        Initializer(
            name="xavier",
            title="Xavier/Glorot",
            latex=(
                r"w \sim \mathcal{U}\left(-\sqrt{\frac{6}{n_{in} + n_{out}}}, \sqrt{\frac{6}{n_{in} + n_{out}}}\right)"
            ),
            remark=(
                "Keeps the variance of activations forward and of gradients backward about equal, for tanh-like "
                "functions."
            ),
            draw=lambda rng, n_out, n_in, _: rng.uniform(-1, 1, (n_out, n_in)) * math.sqrt(6.0 / (n_in + n_out)),
            source="Glorot and Bengio 2010",
        ),
        Initializer(
            name="lecun",
            title="LeCun",
            latex=r"w \sim \mathcal{N}\left(0, \frac{1}{n_{in}}\right)",
            remark="Keeps the variance of the weighted sums; meant for SELU.",
            draw=lambda rng, n_out, n_in, _: _normal(rng, n_out, n_in, math.sqrt(1.0 / n_in)),
            source="LeCun et al. 1998, Efficient BackProp",
        ),
        Initializer(
            name="uniform",
            title="uniform",
            latex=r"w \sim \mathcal{U}(-s, s)",
            remark="The same range for every layer, whatever its size.",
            draw=lambda rng, n_out, n_in, scale: rng.uniform(-scale, scale, (n_out, n_in)),
            scaled=True,
        ),
        Initializer(
            name="normal",
            title="normal",
            latex=r"w \sim \mathcal{N}(0, s^2)",
            remark=(
                "The same spread s for every layer, whatever its size. If s does not fit the size, gradients vanish or "
                "explode with depth."
            ),
            draw=_normal,
            scaled=True,
        ),
        Initializer(
            name="orthogonal",
            title="orthogonal",
            latex=r"W W^\top = I \;\text{ if } n_{out} \le n_{in}, \quad W^\top W = I \;\text{ if } n_{out} \ge n_{in}",
            remark=(
                "Rotates or reflects without stretching. Where layers do not get narrower, linear layers keep the "
                "length of a signal."
            ),
            draw=_orthogonal,
            source="Saxe, McClelland and Ganguli 2013",
        ),
        Initializer(
            name="zeros",
            title="zeros",
            latex=r"w = 0",
            remark=(
                "The neurons of a hidden layer start equal, get equal gradients and stay equal, so they never learn "
                "different things."
            ),
            draw=lambda rng, n_out, n_in, _: np.zeros((n_out, n_in)),
        ),
    ],
)
