"""How wide a formula is drawn, and where its line is broken."""

import pytest

from engine.formulas.lines import NARROW, packed, width


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        ("z", "z"),
        (r"w_{12}^{(1)}\,x_{2}", "w12(1)x2"),
        (r"\V{0.1} \cdot \G{-0.2}", "0.1 · -0.2"),
        (r"\sigma(z) + \hat{y}", "σ(z) + y"),
        (r"\frac{\partial L}{\partial \hat{y}_{1}}", "∂y1"),
        (r"\tfrac{1}{2}\left(x\right)", "1(x)"),
        (r"\begin{pmatrix}\V{1} & \V{2}\\ \V{33} & \V{44}\end{pmatrix}", "(12)"),
    ],
)
def test_a_formula_is_as_wide_as_what_is_seen_of_it(latex: str, shown: str) -> None:
    assert width(latex) == len(shown)


def test_parts_share_a_line_as_long_as_it_fits() -> None:
    half = "x" * (NARROW // 3)
    assert packed("z", half, half).count("&=") == 1
    assert packed("z", half, half, half).count("&=") == 2
    assert packed("z" * NARROW, half, half).count("&=") == 2
