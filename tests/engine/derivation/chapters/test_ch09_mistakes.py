"""The classical mistakes, each with what it gives in this network."""

from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment, Layer, Network, backward, check_gradients, forward
from engine.derivation.blocks import Formula, Prose, Table
from engine.derivation.chapters.ch09_mistakes import mistake_details, mistake_section, possible
from engine.formulas import numbers as notation
from engine.formulas.symbols import UNFOLDED
from engine.gradcheck.mistakes import MISTAKES
from tests.engine.derivation.cases import CASES, EXAMPLE, every_case, wide
from tests.engine.derivation.reading import formulas
from tests.latex import evaluate

ASKED_FOR = {"softmax_without_exponential", "softmax_diagonal", "updated_weights", "no_slope", "no_bias_gradient"}


def prose(blocks: tuple[object, ...]) -> str:
    return " ".join(block.text for block in blocks if isinstance(block, Prose))


def test_the_mistakes_that_tutorials_make_are_there() -> None:
    assert {mistake.name for mistake in possible(EXAMPLE)} >= ASKED_FOR


def test_every_mistake_has_its_row_with_the_error_that_the_check_finds() -> None:
    (table,) = [block for block in mistake_section(EXAMPLE).blocks if isinstance(block, Table)]
    right, *rows = table.rows
    assert "passes" in right[1]
    for row, mistake in zip(rows, possible(EXAMPLE), strict=True):
        report = check_gradients(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y, mistake.backward(EXAMPLE))
        assert row[0] == mistake.title
        assert row[1] == f"${notation.latex(report.largest_relative_error, 2)}$, **fails**"


def test_without_the_transpose_a_neuron_gets_the_weights_that_its_explanation_names() -> None:
    mistake = MISTAKES["not_transposed"]
    wrong = mistake.backward(EXAMPLE)
    entering = EXAMPLE.network.layers[2].W
    for i in range(3):
        assert wrong.da[1][i] == pytest.approx(sum(entering[i, j] * wrong.delta[2][j] for j in range(3)))
    assert "enter neuron $i$ of the next layer" in mistake.explanation


@pytest.mark.parametrize("name", [mistake.name for mistake in possible(EXAMPLE)])
def test_wrong_and_right_stand_beside_each_other(name: str, exact: None) -> None:
    mistake, network = MISTAKES[name], EXAMPLE.network
    wrong, there = mistake.backward(EXAMPLE), forward(network, EXAMPLE.x)
    right = backward(network, there, EXAMPLE.y)
    pairs = [(mistake.forward(EXAMPLE).output, there.output)]
    for kind in ("delta", "dW", "db"):
        pairs += list(zip(getattr(wrong, kind), getattr(right, kind), strict=True))
    shown = [b.latex for b in mistake_details(EXAMPLE, mistake, UNFOLDED) if isinstance(b, Formula)][2:]
    assert shown
    for latex in shown:
        found = [evaluate(side.partition(" && ")[0]) for side in latex.removesuffix(r"\end{aligned}").split("&= ")[1:]]
        assert any(all(map(same, found, pair)) for pair in pairs), latex
    assert not same(*found)


def same(found: object, value: object) -> bool:
    found, value = np.squeeze(found), np.squeeze(value)
    return np.shape(found) == np.shape(value) and bool(np.allclose(found, value, rtol=1e-9, atol=0.0))


def test_a_mistake_that_makes_no_difference_is_said_to_make_none() -> None:
    assert "makes no difference" in prose(mistake_details(CASES["first-look"], MISTAKES["no_slope"]))
    slow = replace(CASES["worked-example"], learning_rate=1e-9)
    assert "makes hardly a difference, about" in prose(mistake_details(slow, MISTAKES["updated_weights"]))
    assert "The gradient check finds it" in prose(mistake_details(EXAMPLE, MISTAKES["no_slope"]))


def test_a_small_mistake_is_written_with_enough_digits_to_be_seen() -> None:
    slow = replace(EXAMPLE, learning_rate=1e-6)
    for block in mistake_details(slow, MISTAKES["updated_weights"])[3:]:
        if isinstance(block, Formula):
            wrong, right = block.latex.split("&= ")[1:]
            assert wrong.partition(" && ")[0] != right.partition(" && ")[0]


def test_a_mistake_that_cannot_be_computed_says_why() -> None:
    layer = Layer(np.array([[1.0], [-1.0]]), np.zeros(2), "softmax")
    balanced = Experiment(Network([layer], "cross_entropy"), [1.0], [0.0, 1.0], 0.1)
    assert "add up to 0" in prose(mistake_details(balanced, MISTAKES["softmax_without_exponential"]))
    assert any(
        "add up to 0" in cell
        for b in mistake_section(balanced).blocks
        if isinstance(b, Table)
        for r in b.rows
        for cell in r
    )


def test_with_very_many_parameters_only_the_mistake_asked_for_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.derivation.chapters.ch09_mistakes.MOST_PARAMETERS", 50)
    assert not any(isinstance(block, Table) for block in mistake_section(wide()).blocks)
    assert "The gradient check finds it" in prose(mistake_details(wide(), MISTAKES["no_slope"]))


@every_case
def test_every_mistake_can_be_shown_for_every_network(experiment: Experiment) -> None:
    for mistake in possible(experiment):
        assert [latex for block in mistake_details(experiment, mistake) for latex in formulas(block)]


def test_a_mistake_whose_wrong_gradients_stand_at_a_kink_is_not_said_to_be_right() -> None:
    """The target 0.5 sends a gradient to the XOR network's second neuron, which stands at z = 0."""
    xor = replace(CASES["xor"], y=np.array([0.5]))
    words = prose(mistake_details(xor, MISTAKES["no_slope"]))
    assert "cannot find it here" in words and "were not judged" not in words and "are right" not in words
    (table,) = [block for block in mistake_section(xor).blocks if isinstance(block, Table)]
    verdicts = {row[0]: row[1] for row in table.rows}
    assert "not judged: at a kink" in verdicts[MISTAKES["no_slope"].title]


def test_where_a_mistake_ends_lower_than_the_right_gradient_the_text_says_that_it_proves_nothing() -> None:
    def losses(experiment: Experiment) -> list[float]:
        (table,) = [block for block in mistake_section(experiment).blocks if isinstance(block, Table)]
        return [evaluate(row[2].strip("$")) for row in table.rows if row[2].startswith("$")]

    said = [(min(own) < own[0], "proves nothing" in prose(mistake_section(e).blocks))
            for e in CASES.values() for own in [losses(e)]]  # fmt: skip
    assert {lower for lower, _ in said} == {True, False}
    assert all(lower == told for lower, told in said)


def test_the_opposite_sign_is_contrasted_with_what_is_right_for_every_loss() -> None:
    record = MISTAKES["swapped_difference"]
    assert "y" not in record.right_latex and record.wrong_latex == record.right_latex.replace("= ", "= -", 1)
