"""The activation functions: each is one record that holds function, derivative, formulas and remarks.

Menus, curves, equations, generated code and tests all follow from the registry `ACTIVATIONS`.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from keyword import iskeyword

import numpy as np

from engine.arrays import Array, saturating
from engine.network.erf import erfc
from engine.network.source import Code
from engine.registry import Registry

# Klambauer et al. 2017, "Self-Normalizing Neural Networks": the fixed point of mean 0 and variance 1
SELU_SCALE, SELU_ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717

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
    """

    name: str
    title: str
    family: str
    symbol: str
    latex: str
    slope_latex: str
    range: tuple[float, float]
    remark: str
    function: Function
    slope: Function | None
    code: Code
    product: Callable[[Array, Array, float], Array] | None = None
    diagonal: Function | None = None
    parameter: ActivationParameter | None = None
    slope_from_value: Function | None = None
    saturates: str = "nowhere"
    source: str = ""
    # of a function of the whole layer: the written z of all neurons -> the LaTeX with the numbers put in, of more than
    # so many the first ones and the last
    expand: Callable[[Sequence[str], int], str] | None = None
    kinks: tuple[float, ...] = ()

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

    def jacobian(self, z: Array, parameter: float | None = None) -> Array:
        """Return J[..., i, j] = d a_i / d z_j, of shape (..., n, n) for z of shape (..., n)."""
        z = np.asarray(z, dtype=np.float64)
        identity = np.broadcast_to(np.eye(z.shape[-1]), (*z.shape, z.shape[-1]))
        return self.vjp(z[..., np.newaxis, :], identity, parameter)

    def _value(self, parameter: float | None) -> float:
        if parameter is not None:
            return parameter
        return self.parameter.default if self.parameter else math.nan


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + e^-z). Where e^-z overflows, 1 / inf is 0, and so is the sigmoid to within 1e-308."""
    return 1.0 / (1.0 + np.exp(-z))


def _sigmoid_slope(z: Array) -> Array:
    # σ(z) σ(-z), which is even in z: so e is only raised to a negative power, and once
    e = np.exp(-np.abs(z))
    return e / (1.0 + e) ** 2


def softplus(z: Array) -> Array:
    """Return ln(1 + e^z) without overflow."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def softmax(z: Array) -> Array:
    """Return e^z / sum e^z along the last axis; less the largest z, which changes nothing."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _expand_softmax(z: Sequence[str], most: int) -> str:
    powers = [f"e^{{{number}}}" for number in z]
    shown = powers if len(powers) <= most else [*powers[: most - 2], r"\dots", powers[-1]]
    column = r"\\ ".join(shown).replace(r"\dots", r"\vdots")
    return rf"\frac{{1}}{{{' + '.join(shown)}}}\begin{{pmatrix}}{column}\end{{pmatrix}}"


def _softmax_product(z: Array, da: Array, _: float) -> Array:
    # J = diag(a) - a aᵀ, so da · J = a ⊙ (da - ⟨da, a⟩), without building J
    a = softmax(z)
    return a * (da - (da * a).sum(axis=-1, keepdims=True))


def _softmax_diagonal(z: Array, _: float) -> Array:
    a = softmax(z)
    return a * (1.0 - a)


def _normal_cdf(z: Array) -> Array:
    # erfc keeps its precision in the tail, where 1 + erf cancels
    return 0.5 * erfc(-z / math.sqrt(2.0))


def _normal_pdf(z: Array) -> Array:
    return np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)


def _elu(z: Array, alpha: float) -> Array:
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0.0)))


def _elu_slope(z: Array, alpha: float) -> Array:
    return np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0.0)))


def _silu_slope(z: Array, _: float) -> Array:
    return sigmoid(z) * (1.0 + z * sigmoid(-z))


def _mish_slope(z: Array, _: float) -> Array:
    t = np.tanh(softplus(z))
    return t + z * sigmoid(z) * (1.0 - t) * (1.0 + t)


def _tanh_slope(z: Array, _: float) -> Array:
    # 1 - tanh² = 4 σ(2z) σ(-2z), which does not cancel where tanh is close to ±1
    return 4.0 * _sigmoid_slope(2.0 * z)


_INF = math.inf
_ELU, _ELU_SLOPE = (
    "np.where(z > 0, z, %s * np.expm1(np.minimum(z, 0)))",
    "np.where(z > 0, 1.0, %s * np.exp(np.minimum(z, 0)))",
)
_CDF = "np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2)) / 2"
_STEP = r"\begin{cases}1 & \z > 0\\ %s & \z \le 0\end{cases}"

ACTIVATIONS: Registry[Activation] = Registry(
    "activation",
    [
        Activation(
            name="identity",
            title="identity",
            family="linear",
            symbol=r"\operatorname{id}",
            latex=r"\z",
            slope_latex="1",
            range=(-_INF, _INF),
            remark=(
                "For the output of a regression; between hidden layers it adds nothing, since two linear layers are "
                "one."
            ),
            function=lambda z, _: z + 0.0,
            slope=lambda z, _: np.ones_like(z),
            code=Code(numpy="z", numpy_derivative="np.ones_like(z)", torch="z"),
        ),
        Activation(
            name="sigmoid",
            title="sigmoid",
            family="bounded",
            symbol=r"\sigma",
            latex=r"\frac{1}{1 + e^{-\z}}",
            slope_latex=r"\sigma(\z)\,(1 - \sigma(\z))",
            range=(0.0, 1.0),
            remark="For a yes-or-no output, read as a probability; its slope of at most ¼ makes deep gradients vanish.",
            function=lambda z, _: sigmoid(z),
            slope=lambda z, _: _sigmoid_slope(z),
            code=Code(
                numpy="np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))",
                numpy_derivative="sigmoid(z) * sigmoid(-z)",
                torch="torch.sigmoid(z)",
            ),
            slope_from_value=lambda a, _: a * (1.0 - a),
            saturates="on both sides",
            source="Verhulst 1838, the logistic curve",
        ),
        Activation(
            name="tanh",
            title="tanh",
            family="bounded",
            symbol=r"\tanh",
            latex=r"\frac{e^{\z} - e^{-\z}}{e^{\z} + e^{-\z}}",
            slope_latex=r"1 - \tanh^2(\z)",
            range=(-1.0, 1.0),
            remark="A sigmoid centred on zero, with slope 1 at the origin: for small and recurrent networks.",
            function=lambda z, _: np.tanh(z),
            slope=_tanh_slope,
            code=Code(
                numpy="np.tanh(z)", numpy_derivative="4 * sigmoid(2 * z) * sigmoid(-2 * z)", torch="torch.tanh(z)"
            ),
            slope_from_value=lambda a, _: 1.0 - a * a,
            saturates="on both sides",
            source="LeCun et al. 1998, Efficient BackProp",
        ),
        Activation(
            name="relu",
            title="ReLU",
            family="rectifier",
            symbol=r"\operatorname{ReLU}",
            latex=r"\max(0, \z)",
            slope_latex=_STEP % "0",
            range=(0.0, _INF),
            remark=(
                "The usual choice for hidden layers: cheap, never saturated for z > 0; where z stays negative it is "
                "dead."
            ),
            function=lambda z, _: np.maximum(z, 0.0),
            slope=lambda z, _: (z > 0).astype(np.float64),
            code=Code(numpy="np.maximum(z, 0)", numpy_derivative="np.where(z > 0, 1.0, 0.0)", torch="F.relu(z)"),
            slope_from_value=lambda a, _: (a > 0).astype(np.float64),
            saturates="for z < 0",
            source="Nair and Hinton 2010",
            kinks=(0.0,),
        ),
        Activation(
            name="leaky_relu",
            title="leaky ReLU",
            family="rectifier",
            symbol=r"\operatorname{LReLU}",
            latex=r"\begin{cases}\z & \z > 0\\ \p \cdot \z & \z \le 0\end{cases}",
            slope_latex=_STEP % r"\p",
            range=(-_INF, _INF),
            remark="A ReLU that lets a little gradient through for negative z, so that no neuron dies.",
            function=lambda z, p: np.where(z > 0, z, p * z),
            slope=lambda z, p: np.where(z > 0, 1.0, p),
            code=Code(
                numpy="np.where(z > 0, z, alpha * z)",
                numpy_derivative="np.where(z > 0, 1.0, alpha)",
                torch="F.leaky_relu(z, alpha)",
            ),
            parameter=ActivationParameter(symbol=r"\alpha", default=0.01, low=0.0, high=1.0),
            source="Maas, Hannun and Ng 2013",
            kinks=(0.0,),
        ),
        Activation(
            name="elu",
            title="ELU",
            family="rectifier",
            symbol=r"\operatorname{ELU}",
            latex=r"\begin{cases}\z & \z > 0\\ \p\,(e^{\z} - 1) & \z \le 0\end{cases}",
            slope_latex=r"\begin{cases}1 & \z > 0\\ \p\,e^{\z} & \z \le 0\end{cases}",
            range=(-_INF, _INF),
            remark="A smooth rectifier whose negative values bring the mean activation closer to zero.",
            function=_elu,
            slope=_elu_slope,
            code=Code(numpy=_ELU % "alpha", numpy_derivative=_ELU_SLOPE % "alpha", torch="F.elu(z, alpha)"),
            parameter=ActivationParameter(symbol=r"\alpha", default=1.0, low=0.0, high=3.0),
            slope_from_value=lambda a, alpha: np.where(a > 0, 1.0, a + alpha),
            saturates="for z far below 0",
            source="Clevert, Unterthiner and Hochreiter 2015",
            kinks=(0.0,),
        ),
        Activation(
            name="selu",
            title="SELU",
            family="rectifier",
            symbol=r"\operatorname{SELU}",
            latex=r"\lambda\begin{cases}\z & \z > 0\\ \alpha\,(e^{\z} - 1) & \z \le 0\end{cases}",
            slope_latex=r"\lambda\begin{cases}1 & \z > 0\\ \alpha\,e^{\z} & \z \le 0\end{cases}",
            range=(-SELU_SCALE * SELU_ALPHA, _INF),
            remark=(
                "An ELU scaled so that activations keep mean 0 and variance 1 through many layers, with LeCun weights."
            ),
            function=lambda z, _: SELU_SCALE * _elu(z, SELU_ALPHA),
            slope=lambda z, _: SELU_SCALE * _elu_slope(z, SELU_ALPHA),
            code=Code(
                numpy=f"{SELU_SCALE} * {_ELU % SELU_ALPHA}",
                numpy_derivative=f"{SELU_SCALE} * {_ELU_SLOPE % SELU_ALPHA}",
                torch="F.selu(z)",
            ),
            saturates="for z far below 0",
            source="Klambauer et al. 2017",
            kinks=(0.0,),
        ),
        Activation(
            name="gelu",
            title="GELU",
            family="smooth rectifier",
            symbol=r"\operatorname{GELU}",
            latex=r"\tfrac{1}{2}\,\z\left(1 + \operatorname{erf}\frac{\z}{\sqrt{2}}\right)",
            slope_latex=r"\Phi(\z) + \z\,\varphi(\z)",
            range=(-0.16997120747990369, _INF),
            remark=(
                "The rectifier of transformers: z weighted by the probability that a standard normal variable is below "
                "it."
            ),
            function=lambda z, _: z * _normal_cdf(z),
            slope=lambda z, _: _normal_cdf(z) + z * _normal_pdf(z),
            code=Code(
                numpy=f"z * {_CDF}",
                numpy_derivative=f"cdf = {_CDF}\ncdf + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)",
                torch="F.gelu(z)",
            ),
            saturates="for z far below 0",
            source="Hendrycks and Gimpel 2016",
        ),
        Activation(
            name="silu",
            title="SiLU",
            family="smooth rectifier",
            symbol=r"\operatorname{SiLU}",
            latex=r"\frac{\z}{1 + e^{-\z}}",
            slope_latex=r"\sigma(\z)\,(1 + \z\,(1 - \sigma(\z)))",
            range=(-0.27846454276107378, _INF),
            remark=(
                "Also called swish: z gated by its own sigmoid; smooth, often a little better than ReLU in deep "
                "networks."
            ),
            function=lambda z, _: z * sigmoid(z),
            slope=_silu_slope,
            code=Code(numpy="z * sigmoid(z)", numpy_derivative="sigmoid(z) * (1 + z * sigmoid(-z))", torch="F.silu(z)"),
            saturates="for z far below 0",
            source="Elfwing, Uchibe and Doya 2017",
        ),
        Activation(
            name="mish",
            title="Mish",
            family="smooth rectifier",
            symbol=r"\operatorname{Mish}",
            latex=r"\z\,\tanh(\ln(1 + e^{\z}))",
            slope_latex=r"\tanh s + \z\,\sigma(\z)\,(1 - \tanh^2 s),\quad s = \ln(1 + e^{\z})",
            range=(-0.30884341362324773, _INF),
            remark="Close to SiLU, a little smoother; known from object detectors.",
            function=lambda z, _: z * np.tanh(softplus(z)),
            slope=_mish_slope,
            code=Code(
                numpy="z * np.tanh(softplus(z))",
                numpy_derivative="t = np.tanh(softplus(z))\nt + z * sigmoid(z) * (1 - t) * (1 + t)",
                torch="F.mish(z)",
            ),
            saturates="for z far below 0",
            source="Misra 2019",
        ),
        Activation(
            name="softplus",
            title="softplus",
            family="smooth rectifier",
            symbol=r"\operatorname{softplus}",
            latex=r"\ln(1 + e^{\z})",
            slope_latex=r"\sigma(\z)",
            range=(0.0, _INF),
            remark="A smooth ReLU whose derivative is the sigmoid; for outputs that must be positive.",
            function=lambda z, _: softplus(z),
            slope=lambda z, _: sigmoid(z),
            # PyTorch's own threshold of 20 drops e^-20, some 2e-9
            code=Code(
                numpy="np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))",
                numpy_derivative="sigmoid(z)",
                torch="F.softplus(z, threshold=40)",
            ),
            saturates="for z far below 0",
            source="Dugas et al. 2001",
        ),
        Activation(
            name="softsign",
            title="softsign",
            family="bounded",
            symbol=r"\operatorname{softsign}",
            latex=r"\frac{\z}{1 + |\z|}",
            slope_latex=r"\frac{1}{(1 + |\z|)^2}",
            range=(-1.0, 1.0),
            remark="Like tanh, but it approaches its limits so slowly that it saturates less.",
            function=lambda z, _: z / (1.0 + np.abs(z)),
            slope=lambda z, _: (1.0 / (1.0 + np.abs(z))) ** 2,
            code=Code(
                numpy="z / (1 + np.abs(z))", numpy_derivative="(1 / (1 + np.abs(z))) ** 2", torch="F.softsign(z)"
            ),
            saturates="on both sides, slowly",
            source="Bergstra et al. 2009",
        ),
        Activation(
            name="hard_tanh",
            title="hard tanh",
            family="bounded",
            symbol=r"\operatorname{htanh}",
            latex=r"\max(-1, \min(1, \z))",
            slope_latex=r"\begin{cases}1 & |\z| < 1\\ 0 & |\z| \ge 1\end{cases}",
            range=(-1.0, 1.0),
            remark="A tanh made of three straight lines: cheap, for small devices; outside −1 to 1 nothing is learned.",
            function=lambda z, _: np.clip(z, -1.0, 1.0),
            slope=lambda z, _: np.where(np.abs(z) < 1.0, 1.0, 0.0),
            code=Code(
                numpy="np.clip(z, -1, 1)", numpy_derivative="np.where(np.abs(z) < 1, 1.0, 0.0)", torch="F.hardtanh(z)"
            ),
            saturates="for |z| ≥ 1",
            source="Collobert 2004",
            kinks=(-1.0, 1.0),
        ),
        Activation(
            name="gaussian",
            title="Gaussian",
            family="bump",
            symbol=r"\operatorname{gauss}",
            latex=r"e^{-\z^2}",
            slope_latex=r"-2 \cdot \z\,e^{-\z^2}",
            range=(0.0, 1.0),
            remark="A bump: the neuron answers where its z is close to zero, as in radial basis networks.",
            function=lambda z, _: np.exp(-z * z),
            slope=lambda z, _: -2.0 * (z * np.exp(-z * z)),
            code=Code(numpy="np.exp(-z * z)", numpy_derivative="-2 * z * np.exp(-z * z)", torch="torch.exp(-z * z)"),
            saturates="far from 0 on both sides",
            source="Broomhead and Lowe 1988",
        ),
        Activation(
            name="softmax",
            title="softmax",
            family="whole layer",
            symbol=r"\operatorname{softmax}",
            latex=r"\frac{e^{\z_i}}{\sum_k e^{\z_k}}",
            slope_latex=r"a_i\,([i = j] - a_j)",
            range=(0.0, 1.0),
            remark="For choosing one of several classes: outputs that sum to 1; each depends on every z of the layer.",
            function=lambda z, _: softmax(z),
            slope=None,
            code=Code(
                numpy="e = np.exp(z - z.max())\ne / e.sum()",
                numpy_derivative="a = softmax(z)\na * (da - (da * a).sum())",
                torch="torch.softmax(z, dim=-1)",
            ),
            product=_softmax_product,
            diagonal=_softmax_diagonal,
            saturates="where one z is far above the others",
            source="Boltzmann 1868; Bridle 1990",
            expand=_expand_softmax,
        ),
    ],
)
