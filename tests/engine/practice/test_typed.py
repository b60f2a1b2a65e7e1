"""Tables as they are typed and copied: decimal commas beside negative numbers, tuples, what libraries print."""

import numpy as np
import pytest

from engine.errors import InvalidExperiment
from engine.practice.typed import read_number, read_shape, read_table


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1 -0,5", [1.0, -0.5]),
        ("[1  −0,5]", [1.0, -0.5]),
        ("1 - 0.5, 2", [0.5, 2.0]),
        ("(0.1, -0.2)", [0.1, -0.2]),
        ("(1+1)/4, (1+2)", [0.5, 3.0]),
        ("[np.float64(0.1), np.float64(-0.2)]", [0.1, -0.2]),
        ("tensor([0.1, -0.2], dtype=torch.float64)", [0.1, -0.2]),
        ("z ≈ 0.1, -0.2", [0.1, -0.2]),
        ("$[0.1, -0.2]$", [0.1, -0.2]),
        ("z1: 0.1\nz2: -0.2", [0.1, -0.2]),
        ("a = tensor([0.1, -0.2], device='cuda:0', grad_fn=<AddBackward0>)", [0.1, -0.2]),
    ],
)
def test_a_vector_is_read_as_it_is_meant(text: str, numbers: list[float]) -> None:
    np.testing.assert_allclose(read_table(text, (2,)), numbers)


@pytest.mark.parametrize("text", ["np.float64(0.5)", "tensor(0.5, grad_fn=<X>)", "\ufeff0.5\u200b"])
def test_a_copied_number_is_read_without_what_is_around_it(text: str) -> None:
    assert read_number(text) == 0.5


@pytest.mark.parametrize(
    "text",
    [
        "≈ 0.92", "= 0.92", "$0.92$", r"\(0.92\)", r"\[0.92\]", "$$0.92$$", "z = 0.92", "$z_1 = 0.92$", "z = $0.92$",
        "~0.92", r"z^{(1)}_2 \approx 0.92", "z: 0.92", "0.5 + 0.42 = 0.92", "2 * 0.46 = 0.920 ≈ 0.92",
    ],
)  # fmt: skip
def test_a_number_is_read_behind_its_name_its_sign_of_equality_and_within_a_formulas_delimiters(text: str) -> None:
    assert read_number(text) == 0.92


@pytest.mark.parametrize("text", ["1:2", "$", "=", "0.92 = z", "≈", "$$$$", "z:"])
def test_what_leaves_no_number_or_no_one_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidExperiment):
        read_number(text)


def test_a_shape_may_stand_in_a_formula() -> None:
    np.testing.assert_array_equal(read_shape(r"$3 \times 2$"), [3, 2])
