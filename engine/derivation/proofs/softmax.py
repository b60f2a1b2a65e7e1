r"""How the derivative of the softmax comes about, in its two cases, and what a derivation of a derivative consists of.

A softmax has no f'(z) but a matrix of derivatives, each of one activation with respect to one z.
"""

from dataclasses import dataclass

from engine.derivation.blocks import Line


@dataclass(frozen=True, kw_only=True)
class Case:
    """One derivative, `left`, and the expressions for it; a function of the whole layer has one for each case."""

    left: str
    lines: tuple[Line, ...]
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Slope:
    """The derivation for the activation called `name`; `remark` is what to notice about the result."""

    name: str
    cases: tuple[Case, ...]
    remark: str


_SUM = r"\sum_k e^{\z_k}"

SOFTMAX_SLOPE = Slope(
    name="softmax",
    cases=(
        Case(
            left=r"\frac{\partial a_i}{\partial \z_i}",
            lines=(
                Line(
                    rf"\frac{{\partial}}{{\partial \z_i}}\left(\frac{{e^{{\z_i}}}}{{{_SUM}}}\right)",
                    "the definition",
                ),
                Line(
                    rf"\frac{{e^{{\z_i}}\,{_SUM} - e^{{\z_i}}\,e^{{\z_i}}}}{{\left({_SUM}\right)^2}}",
                    "quotient rule: in the numerator, $e^{z_i}$ is its own derivative; in the sum, only the term "
                    "$k = i$ depends on $z_i$",
                ),
                Line(
                    rf"\frac{{e^{{\z_i}}}}{{{_SUM}}}\cdot\frac{{{_SUM} - e^{{\z_i}}}}{{{_SUM}}}",
                    "factor out $e^{z_i}$ and split the square",
                ),
                Line(r"a_i\,(1 - a_i)", "the first factor is $a_i$, the second is $1 - a_i$"),
            ),
            name="The same neuron, $i = j$",
        ),
        Case(
            left=r"\frac{\partial a_i}{\partial \z_j}",
            lines=(
                Line(
                    rf"\frac{{\partial}}{{\partial \z_j}}\left(\frac{{e^{{\z_i}}}}{{{_SUM}}}\right)",
                    "the definition",
                ),
                Line(
                    rf"\frac{{0\cdot{_SUM} - e^{{\z_i}}\,e^{{\z_j}}}}{{\left({_SUM}\right)^2}}",
                    "quotient rule: the numerator does not depend on $z_j$; in the sum, the term $k = j$ does",
                ),
                Line(
                    rf"-\frac{{e^{{\z_i}}}}{{{_SUM}}}\cdot\frac{{e^{{\z_j}}}}{{{_SUM}}}",
                    "split the square",
                ),
                Line(r"-a_i\,a_j", "both factors are activations"),
            ),
            name="Another neuron, $i \\ne j$",
        ),
    ),
    remark=(
        "Where there is more than one neuron, raising one $z$ raises its own activation and lowers all the others by "
        "as much in total, since they must still sum to 1."
    ),
)
