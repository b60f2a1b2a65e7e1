r"""How the derivative of each activation function comes about, line by line: every line is an expression for f'(z).

In lines and words, `\z` is the argument and `\p` the function's parameter, as in its record. The
tests evaluate every line and compare it with difference quotients of the function.
"""

from engine.derivation.blocks import Line
from engine.derivation.proofs.softmax import SOFTMAX_SLOPE, Case, Slope
from engine.network.activations import ACTIVATIONS
from engine.registry import Registry, for_every


def _slope(name: str, remark: str, *lines: tuple[str, str]) -> Slope:
    return Slope(name=name, cases=(Case(left=r"f'(\z)", lines=tuple(Line(*line) for line in lines)),), remark=remark)


_SIGMOID = r"\frac{1}{1 + e^{-\z}}"
_PLUS, _MINUS = r"e^{\z} + e^{-\z}", r"e^{\z} - e^{-\z}"

SLOPES: Registry[Slope] = Registry(
    "derivation",
    [
        _slope(
            "identity",
            "The delta of such a neuron is the gradient of its activation, unchanged.",
            (r"\frac{d}{d\z}\,\z", "the function is its own argument"),
            ("1", "a straight line of slope 1"),
        ),
        _slope(
            "sigmoid",
            "The slope follows from the activation alone, which the forward pass has computed already: $a\\,(1 - a)$. "
            "It is largest at $z = 0$, where it is ¼, and falls towards 0 on both sides.",
            (r"\frac{d}{d\z}\left(1 + e^{-\z}\right)^{-1}", "the sigmoid, written as a power"),
            (
                r"-\left(1 + e^{-\z}\right)^{-2}\cdot\frac{d}{d\z}\left(1 + e^{-\z}\right)",
                "chain rule: the power outside, the bracket inside",
            ),
            (
                r"-\left(1 + e^{-\z}\right)^{-2}\cdot\left(-e^{-\z}\right)",
                "the derivative of 1 is 0, that of $e^{-z}$ is $-e^{-z}$",
            ),
            (
                rf"{_SIGMOID}\cdot\frac{{e^{{-\z}}}}{{1 + e^{{-\z}}}}",
                "the two minus signs cancel; the square is split in two",
            ),
            (rf"{_SIGMOID}\cdot\left(1 - {_SIGMOID}\right)", "in the numerator, $e^{-z} = (1 + e^{-z}) - 1$"),
            (r"\sigma(\z)\,(1 - \sigma(\z))", "both factors are sigmoids again"),
        ),
        _slope(
            "tanh",
            "It follows from the activation alone: $1 - a^2$. At $z = 0$ the slope is 1, four times the sigmoid's.",
            (rf"\frac{{d}}{{d\z}}\left(\frac{{{_MINUS}}}{{{_PLUS}}}\right)", "the definition"),
            (
                rf"\frac{{({_PLUS})({_PLUS}) - ({_MINUS})({_MINUS})}}{{({_PLUS})^2}}",
                "quotient rule; numerator and denominator are each other's derivative",
            ),
            (
                rf"1 - \left(\frac{{{_MINUS}}}{{{_PLUS}}}\right)^2",
                "divide each product by the square in the denominator",
            ),
            (r"1 - \tanh^2(\z)", "the fraction is the function itself"),
        ),
        _slope(
            "relu",
            "The gradient passes unchanged where the neuron is active, and not at all where it is inactive.",
            (
                r"\begin{cases}\frac{d}{d\z}\,\z & \z > 0\\ \frac{d}{d\z}\,0 & \z < 0\end{cases}",
                "the larger of 0 and $z$ is one of two straight lines",
            ),
            (r"\begin{cases}1 & \z > 0\\ 0 & \z < 0\end{cases}", "their slopes"),
            (
                r"\begin{cases}1 & \z > 0\\ 0 & \z \le 0\end{cases}",
                "at $z = 0$ there is a kink: the slope is 0 on the left and 1 on the right; by convention it is 0",
            ),
        ),
        _slope(
            "leaky_relu",
            "For negative $z$ the gradient is multiplied by $\\p$: where that is not 0, some of it still passes.",
            (
                r"\begin{cases}\frac{d}{d\z}\,\z & \z > 0\\ \frac{d}{d\z}\left(\p\,\z\right) & \z < 0\end{cases}",
                "two straight lines",
            ),
            (r"\begin{cases}1 & \z > 0\\ \p & \z < 0\end{cases}", "their slopes"),
            (
                r"\begin{cases}1 & \z > 0\\ \p & \z \le 0\end{cases}",
                "at $z = 0$ the two sides differ, unless $\\p = 1$; by convention the left slope is taken",
            ),
        ),
        _slope(
            "elu",
            "On the left the slope is the activation plus $\\p$, so nothing new has to be computed.",
            (
                r"\begin{cases}\frac{d}{d\z}\,\z & \z > 0\\ "
                r"\frac{d}{d\z}\left(\p\,(e^{\z} - 1)\right) & \z < 0\end{cases}",
                "a straight line on the right, an exponential on the left",
            ),
            (r"\begin{cases}1 & \z > 0\\ \p\,e^{\z} & \z < 0\end{cases}", "the exponential is its own derivative"),
            (
                r"\begin{cases}1 & \z > 0\\ \p\,e^{\z} & \z \le 0\end{cases}",
                "at $z = 0$ the slope is $\\p$ on the left and 1 on the right: they agree only for $\\p = 1$; by "
                "convention the left one is taken",
            ),
        ),
        _slope(
            "selu",
            "It is the slope of ELU with $\\alpha \\approx 1.6733$, times $\\lambda \\approx 1.0507$.",
            (
                r"\lambda\begin{cases}\frac{d}{d\z}\,\z & \z > 0\\ "
                r"\frac{d}{d\z}\left(\alpha\,(e^{\z} - 1)\right) & \z < 0\end{cases}",
                "the constant factor stays in front",
            ),
            (
                r"\lambda\begin{cases}1 & \z > 0\\ \alpha\,e^{\z} & \z < 0\end{cases}",
                "the exponential is its own derivative",
            ),
            (
                r"\lambda\begin{cases}1 & \z > 0\\ \alpha\,e^{\z} & \z \le 0\end{cases}",
                r"at $z = 0$ there is a kink: the slope is $\lambda\alpha \approx 1.758$ on the left and "
                r"$\lambda \approx 1.051$ on the right; by convention the left one is taken",
            ),
        ),
        _slope(
            "gelu",
            "Far to the right the slope tends to 1 and far to the left to 0, as for ReLU. In between it rises to 1.129 "
            "and falls to −0.129.",
            (
                r"\frac{d}{d\z}\left(\z\,\Phi(\z)\right)",
                r"$\Phi(z) = \tfrac{1}{2}\left(1 + \operatorname{erf}\tfrac{z}{\sqrt{2}}\right)$ is the distribution "
                "function of the standard normal distribution",
            ),
            (r"\Phi(\z) + \z\cdot\frac{d}{d\z}\Phi(\z)", "product rule"),
            (
                r"\Phi(\z) + \z\,\varphi(\z)",
                r"the derivative is the density, $\varphi(z) = e^{-z^2/2} / \sqrt{2\pi}$",
            ),
        ),
        _slope(
            "silu",
            "A mix of the sigmoid and its slope: negative for $z$ below about −1.28, so the function has a dip.",
            (r"\frac{d}{d\z}\left(\z\,\sigma(\z)\right)", "the argument, gated by its own sigmoid"),
            (r"\sigma(\z) + \z\cdot\frac{d}{d\z}\sigma(\z)", "product rule"),
            (r"\sigma(\z) + \z\,\sigma(\z)\,(1 - \sigma(\z))", "the derivative of the sigmoid"),
            (r"\sigma(\z)\,(1 + \z\,(1 - \sigma(\z)))", "factor out the sigmoid"),
        ),
        _slope(
            "mish",
            "Long, but the forward pass knows the parts: with $s = \\ln(1 + e^z)$, the sigmoid is $1 - e^{-s}$.",
            (r"\frac{d}{d\z}\left(\z\,\tanh(\ln(1 + e^{\z}))\right)", "the definition"),
            (r"\tanh(s) + \z\cdot\frac{d}{d\z}\tanh(s)", r"product rule, with $s = \ln(1 + e^z)$ for short"),
            (
                r"\tanh(s) + \z\,(1 - \tanh^2(s))\cdot\frac{d}{d\z}\ln(1 + e^{\z})",
                "chain rule, and the derivative of tanh",
            ),
            (r"\tanh(s) + \z\,\sigma(\z)\,(1 - \tanh^2(s))", "the derivative of softplus is the sigmoid"),
        ),
        _slope(
            "softplus",
            "So the sigmoid is the slope of a smoothed ReLU.",
            (r"\frac{d}{d\z}\ln(1 + e^{\z})", "the definition"),
            (
                r"\frac{1}{1 + e^{\z}}\cdot\frac{d}{d\z}\left(1 + e^{\z}\right)",
                "chain rule: the derivative of ln is one over its argument",
            ),
            (r"\frac{e^{\z}}{1 + e^{\z}}", "the exponential is its own derivative"),
            (_SIGMOID, "divide above and below by $e^z$"),
            (r"\sigma(\z)", "the sigmoid"),
        ),
        _slope(
            "softsign",
            "Far from 0 it falls like $1/z^2$, much more slowly than the slope of tanh.",
            (r"\frac{d}{d\z}\left(\frac{\z}{1 + |\z|}\right)", "the definition"),
            (r"\frac{(1 + |\z|) - \z\cdot\frac{d}{d\z}|\z|}{(1 + |\z|)^2}", "quotient rule"),
            (
                r"\frac{1 + |\z| - |\z|}{(1 + |\z|)^2}",
                "for $z \\ne 0$ the slope of $|z|$ is the sign of $z$, and $z$ times its sign is $|z|$",
            ),
            (r"\frac{1}{(1 + |\z|)^2}", "what is left; at $z = 0$ both sides agree on 1, so it holds there too"),
        ),
        _slope(
            "hard_tanh",
            "No gradient passes outside of −1 to 1.",
            (
                r"\begin{cases}\frac{d}{d\z}\left(-1\right) & \z < -1\\ \frac{d}{d\z}\,\z & |\z| < 1\\ "
                r"\frac{d}{d\z}\,1 & \z > 1\end{cases}",
                "three straight lines",
            ),
            (r"\begin{cases}1 & |\z| < 1\\ 0 & |\z| > 1\end{cases}", "their slopes"),
            (
                r"\begin{cases}1 & |\z| < 1\\ 0 & |\z| \ge 1\end{cases}",
                "at the two kinks, −1 and 1, the sides differ; by convention the slope is 0",
            ),
        ),
        _slope(
            "gaussian",
            "The slope is zero at the top, positive on the left and negative on the right.",
            (r"\frac{d}{d\z}e^{-\z^2}", "the definition"),
            (r"e^{-\z^2}\cdot\frac{d}{d\z}\left(-\z^2\right)", "chain rule: the exponential is its own derivative"),
            (r"-2\,\z\,e^{-\z^2}", "the inner derivative, put in front"),
        ),
        SOFTMAX_SLOPE,
    ],
)
for_every(ACTIVATIONS, SLOPES, __name__)
