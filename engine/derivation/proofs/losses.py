r"""How the gradient of each loss comes about, and what is left of it behind an activation that cancels with it.

In the LaTeX, `\a_j` and `\y_j` are output and target and `\n` the number of outputs, as in engine/network/losses.py.
The tests evaluate every line and compare it with difference quotients of the loss.
"""

from dataclasses import dataclass

from engine.derivation.blocks import Line
from engine.network.losses import LOSSES
from engine.registry import Registry, for_every


@dataclass(frozen=True, kw_only=True)
class LossSlope:
    r"""The lines for the loss called `name`, each an expression for \partial L / \partial \a_j."""

    name: str
    lines: tuple[Line, ...]
    remark: str


@dataclass(frozen=True, kw_only=True)
class JointSlope:
    r"""The lines for the delta of a loss and an output activation, each an expression for \partial L / \partial z_j.

    The first line has both derivatives put in; `normalised` is a last one, true where the targets sum to 1.
    """

    loss: str
    activation: str
    lines: tuple[Line, ...]
    remark: str
    normalised: Line | None = None

    @property
    def name(self) -> str:
        """The key of the record."""
        return joint_name(self.loss, self.activation)


def joint_name(loss: str, activation: str) -> str:
    """Return the key under which the derivation for a loss and an output activation is kept."""
    return f"{loss}/{activation}"


_BOTH = r"\y_%s \ln \a_%s + (1 - \y_%s)\ln(1 - \a_%s)"
_BINARY = r"-\frac{\y_%s}{\a_%s} + \frac{1 - \y_%s}{1 - \a_%s}"
_ERROR = r"\a_j - \y_j"
_STRAIGHT = rf"\left(|{_ERROR}| - \tfrac{{1}}{{2}}\right)"


def _indexed(template: str, index: str) -> str:
    return template.replace("%s", index)


LOSS_SLOPES: Registry[LossSlope] = Registry(
    "derivation",
    [
        LossSlope(
            name="cross_entropy",
            lines=(
                Line(r"\frac{\partial}{\partial \a_j}\left(-\sum_k \y_k \ln \a_k\right)", "the definition"),
                Line(
                    r"-\frac{\partial}{\partial \a_j}\left(\y_j \ln \a_j\right)", "only the term $k = j$ depends on it"
                ),
                Line(r"-\y_j\cdot\frac{1}{\a_j}", "the derivative of ln is one over its argument"),
                Line(r"-\frac{\y_j}{\a_j}", "in one fraction"),
            ),
            remark="An output whose target is 0 has gradient 0 here.",
        ),
        LossSlope(
            name="binary_cross_entropy",
            lines=(
                Line(
                    rf"\frac{{\partial}}{{\partial \a_j}}\left(-\sum_k \left({_indexed(_BOTH, 'k')}\right)\right)",
                    "the definition",
                ),
                Line(
                    rf"-\frac{{\partial}}{{\partial \a_j}}\left({_indexed(_BOTH, 'j')}\right)",
                    "only the term $k = j$ depends on it",
                ),
                Line(
                    r"-\left(\frac{\y_j}{\a_j} - \frac{1 - \y_j}{1 - \a_j}\right)",
                    "the derivative of ln is one over its argument; in the second term the inner factor is −1",
                ),
                Line(_indexed(_BINARY, "j"), "remove the bracket"),
            ),
            remark="Both kinds of mistake count: too little where the target is 1, too much where it is 0.",
        ),
        LossSlope(
            name="half_squared_error",
            lines=(
                Line(
                    r"\frac{\partial}{\partial \a_j}\left(\tfrac{1}{2}\sum_k (\a_k - \y_k)^2\right)", "the definition"
                ),
                Line(
                    rf"\frac{{\partial}}{{\partial \a_j}}\left(\tfrac{{1}}{{2}}({_ERROR})^2\right)",
                    "only the term $k = j$ depends on it",
                ),
                Line(rf"\tfrac{{1}}{{2}}\cdot 2\,({_ERROR})", "the power comes down; the inner derivative is 1"),
                Line(_ERROR, "which is what the ½ is for"),
            ),
            remark="The gradient is the difference: how much the output is too large.",
        ),
        LossSlope(
            name="squared_error",
            lines=(
                Line(r"\frac{\partial}{\partial \a_j}\left(\sum_k (\a_k - \y_k)^2\right)", "the definition"),
                Line(
                    rf"\frac{{\partial}}{{\partial \a_j}}\left(({_ERROR})^2\right)",
                    "only the term $k = j$ depends on it",
                ),
                Line(rf"2\,({_ERROR})", "the power comes down; the inner derivative is 1"),
            ),
            remark="The 2 stays: every gradient is twice that of the half squared error.",
        ),
        LossSlope(
            name="mean_squared_error",
            lines=(
                Line(
                    r"\frac{\partial}{\partial \a_j}\left(\frac{1}{\n}\sum_k (\a_k - \y_k)^2\right)", "the definition"
                ),
                Line(
                    rf"\frac{{1}}{{\n}}\cdot\frac{{\partial}}{{\partial \a_j}}\left(({_ERROR})^2\right)",
                    "only the term $k = j$ depends on it",
                ),
                Line(rf"\frac{{2}}{{\n}}\,({_ERROR})", "the power comes down; the inner derivative is 1"),
            ),
            remark="The more outputs there are, the less each of them counts.",
        ),
        LossSlope(
            name="huber",
            lines=(
                Line(
                    rf"\begin{{cases}}\frac{{\partial}}{{\partial \a_j}}\left(\tfrac{{1}}{{2}}({_ERROR})^2\right) "
                    rf"& |{_ERROR}| \le 1\\ \frac{{\partial}}{{\partial \a_j}}{_STRAIGHT} "
                    rf"& |{_ERROR}| > 1\end{{cases}}",
                    "the definition; only the term of this output depends on it",
                ),
                Line(
                    rf"\begin{{cases}}{_ERROR} & |{_ERROR}| \le 1\\ \operatorname{{sign}}({_ERROR}) "
                    rf"& |{_ERROR}| > 1\end{{cases}}",
                    "a parabola's slope is the difference itself, that of a straight line always the same; where "
                    "both meet, they agree",
                ),
                Line(rf"\max(-1, \min(1, {_ERROR}))", "the difference, cut off at −1 and 1"),
            ),
            remark="However wrong an output is, its gradient always stays between −1 and 1.",
        ),
    ],
)

_JACOBIAN = r"\a_i\,([i = j] - \a_j)"
for_every(LOSSES, LOSS_SLOPES, __name__)

JOINT_SLOPES: Registry[JointSlope] = Registry(
    "derivation",
    [
        JointSlope(
            loss="cross_entropy",
            activation="softmax",
            lines=(
                Line(rf"\sum_i \left(-\frac{{\y_i}}{{\a_i}}\right)\cdot {_JACOBIAN}", "the two derivatives, put in"),
                Line(r"-\sum_i \y_i\,([i = j] - \a_j)", r"$\hat{y}_i$ cancels in every term"),
                Line(
                    r"\a_j \sum_i \y_i - \y_j",
                    r"$[i = j]$ leaves one term of the first sum, and $\hat{y}_j$ comes out of the second",
                ),
            ),
            remark=("All fractions are gone. Programs compute it in this form, since an output can round to 0."),
            normalised=Line(r"\a_j - \y_j", "the targets sum to 1"),
        ),
        JointSlope(
            loss="cross_entropy",
            activation="sigmoid",
            lines=(
                Line(r"-\frac{\y_j}{\a_j}\cdot\a_j\,(1 - \a_j)", "the two derivatives, put in"),
                Line(r"-\y_j\,(1 - \a_j)", r"$\hat{y}_j$ cancels"),
            ),
            remark=(
                "Where the target is 0 there is no gradient at all: with sigmoid outputs the binary cross-entropy is "
                "the better choice."
            ),
        ),
        JointSlope(
            loss="binary_cross_entropy",
            activation="sigmoid",
            lines=(
                Line(rf"\left({_indexed(_BINARY, 'j')}\right)\cdot\a_j\,(1 - \a_j)", "the two derivatives, put in"),
                Line(
                    r"-\y_j\,(1 - \a_j) + (1 - \y_j)\,\a_j",
                    "in each term the denominator cancels",
                ),
                Line(r"-\y_j + \y_j\,\a_j + \a_j - \y_j\,\a_j", "multiply out"),
                Line(r"\a_j - \y_j", "the products cancel"),
            ),
            remark=("All fractions are gone. Programs compute it in this form, since an output can round to 0 or 1."),
        ),
        JointSlope(
            loss="binary_cross_entropy",
            activation="softmax",
            lines=(
                Line(rf"\sum_i \left({_indexed(_BINARY, 'i')}\right)\cdot {_JACOBIAN}", "the two derivatives, put in"),
                Line(
                    r"\sum_i \left(-\y_i + (1 - \y_i)\cdot\frac{\a_i}{1 - \a_i}\right)\cdot([i = j] - \a_j)",
                    r"multiply the bracket by $\hat{y}_i$",
                ),
                Line(
                    r"\a_j \sum_i \y_i - \y_j + \sum_i (1 - \y_i)\cdot\frac{\a_i}{1 - \a_i}\cdot([i = j] - \a_j)",
                    "two sums; in the first, $[i = j]$ leaves $-y_j$, and $\\hat{y}_j$ comes out of the rest",
                ),
                Line(
                    r"\a_j \sum_i \y_i - \y_j + (1 - \y_j)\,\a_j"
                    r" - \a_j \sum_{i \ne j} (1 - \y_i)\cdot\frac{\a_i}{1 - \a_i}",
                    "in the second sum, $1 - \\hat{y}_j$ cancels in the term $i = j$; in all others, $[i = j]$ is 0",
                ),
            ),
            remark=(
                "This is *not* the difference of output and target. That comes out for the cross-entropy with softmax "
                "if the targets sum to 1, for the binary cross-entropy with sigmoid, and for the half squared error "
                "with identity."
            ),
        ),
    ],
)
for_every((joint_name(loss.name, output) for loss in LOSSES.values() for output in loss.joint), JOINT_SLOPES, __name__)
