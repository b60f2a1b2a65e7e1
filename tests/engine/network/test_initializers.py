"""Each initializer draws from the distribution that its formula states, and from the generator it is given only."""

import re

import numpy as np
import pytest

from engine import INITIALIZERS
from tests.latex import evaluate

N_OUT, N_IN, SCALE = 400, 300, 0.7

# the standard deviations that the papers ask for; a uniform distribution on (-r, r) has r / √3
DEVIATIONS = {
    "he": np.sqrt(2 / N_IN),
    "xavier": np.sqrt(2 / (N_IN + N_OUT)),
    "lecun": np.sqrt(1 / N_IN),
    "uniform": SCALE / np.sqrt(3),
    "normal": SCALE,
    "orthogonal": np.sqrt(1 / N_OUT),
    "zeros": 0.0,
}


def draw(name: str, seed: int = 0, n_out: int = N_OUT, n_in: int = N_IN, scale: float = SCALE) -> np.ndarray:
    return INITIALIZERS[name].draw(np.random.default_rng(seed), n_out, n_in, scale)


@pytest.mark.parametrize("name", DEVIATIONS)
def test_mean_and_spread_are_those_of_the_papers(name: str) -> None:
    W = draw(name)
    # 120,000 numbers: the mean errs by 0.3 % of the deviation, the deviation by 0.2 %
    assert W.mean() == pytest.approx(0.0, abs=0.015 * DEVIATIONS[name] + 1e-300)
    assert W.std() == pytest.approx(DEVIATIONS[name], rel=0.01)


# N(mean, variance) or U(low, high), as far as a formula ends with that
DISTRIBUTION = re.compile(r"w \\sim \\mathcal\{([NU])\}(?:\\left)?\((.+), (.+?)(?:\\right)?\)")
DISTRIBUTED = [name for name, record in INITIALIZERS.items() if DISTRIBUTION.fullmatch(record.latex)]


@pytest.mark.parametrize("name", DISTRIBUTED)
def test_mean_and_spread_are_those_of_the_formula(name: str) -> None:
    kind, *numbers = DISTRIBUTION.fullmatch(INITIALIZERS[name].latex).groups()
    known = {r"\Qi": float(N_IN), r"\Qo": float(N_OUT), "s": SCALE}
    first, second = (evaluate(text.replace("n_{in}", r"\Qi").replace("n_{out}", r"\Qo"), **known) for text in numbers)
    mean, deviation = (
        (first, np.sqrt(second)) if kind == "N" else ((first + second) / 2, (second - first) / np.sqrt(12))
    )
    W = draw(name)
    assert W.mean() == pytest.approx(mean, abs=0.015 * deviation)
    assert W.std() == pytest.approx(deviation, rel=0.01)


@pytest.mark.parametrize("name", INITIALIZERS)
@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (5, 1), (3, 4)])
def test_every_shape_gives_a_finite_matrix_of_that_shape(name: str, shape: tuple[int, int]) -> None:
    W = draw(name, 1, *shape)
    assert W.shape == shape and W.dtype == np.float64 and np.isfinite(W).all()


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_seed_decides_and_nothing_else(name: str) -> None:
    np.random.seed(1)  # noqa: NPY002 (the global generator must not matter)
    first = draw(name, 5)
    np.random.seed(2)  # noqa: NPY002
    np.testing.assert_array_equal(first, draw(name, 5))
    assert name == "zeros" or not np.array_equal(first, draw(name, 6))


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_scale_counts_exactly_where_the_record_says_so(name: str) -> None:
    doubled = draw(name, scale=2 * SCALE)
    expected = 2 * draw(name) if INITIALIZERS[name].scaled else draw(name)
    np.testing.assert_allclose(doubled, expected, rtol=1e-15)


def test_uniform_weights_keep_within_their_limits_and_use_them() -> None:
    limit = np.sqrt(6 / (N_IN + N_OUT))
    assert 0.99 * limit < np.abs(draw("xavier")).max() <= limit
    assert 0.99 * SCALE < np.abs(draw("uniform")).max() <= SCALE


@pytest.mark.parametrize("shape", [(4, 4), (6, 3), (3, 6)])
def test_orthogonal_weights_keep_the_length_of_a_signal(shape: tuple[int, int]) -> None:
    W = draw("orthogonal", 2, *shape)
    gram = W.T @ W if shape[0] >= shape[1] else W @ W.T
    np.testing.assert_allclose(gram, np.eye(min(shape)), atol=1e-14)


def test_orthogonal_weights_favour_no_direction() -> None:
    """Without the correction of the signs, QR would make the first entry negative every time (or never)."""
    signs = [np.sign(draw("orthogonal", seed, 2, 2)[0, 0]) for seed in range(60)]
    assert 15 < signs.count(1.0) < 45


def test_he_weights_keep_the_size_of_a_signal_through_relu_layers_and_small_ones_lose_it() -> None:
    def after_ten_layers(name: str, scale: float) -> float:
        rng = np.random.default_rng(3)
        a = rng.standard_normal(200)
        for _ in range(10):
            a = np.maximum(INITIALIZERS[name].draw(rng, 200, 200, scale) @ a, 0)
        return float((a**2).mean())

    assert 0.2 < after_ten_layers("he", 1.0) < 5.0
    assert after_ten_layers("normal", 0.01) < 1e-10
