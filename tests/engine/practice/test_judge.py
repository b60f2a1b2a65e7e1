"""The judge: right however it is typed, rounded too early, wrong but consistent with an earlier answer, no number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import PRESETS, Experiment, Layer, Network
from engine.practice import LEVELS, Question, judge, worksheet
from tests.engine.practice.typing_in import Write, typed

MAZUR = PRESETS["mazur"].experiment
seeds = st.integers(0, 5_000)
NUMBERS = [name for name in LEVELS if name != "shapes"]

WAYS: tuple[Write, ...] = (
    lambda x: f"{x:.4g}",
    lambda x: f"{x:.6g}".replace(".", ","),
    lambda x: f"{x:.3e}",
    lambda x: f"{x:.17g}".replace("-", "−"),
    lambda x: f"({x:.12f})*1",
    lambda x: f"{2 * x:.12g}/2",
    # cut off instead of rounded
    lambda x: (
        f"{np.trunc(x * 10 ** (3 - np.floor(np.log10(abs(x) or 1)))) / 10 ** (3 - np.floor(np.log10(abs(x) or 1))):.6g}"
    ),
)


@settings(max_examples=30)
@given(seeds, st.sampled_from(NUMBERS), st.sampled_from(WAYS))
def test_no_right_answer_is_called_wrong_however_it_is_typed(seed: int, level: str, write: Write) -> None:
    for question in worksheet(seed, level, 3):
        assert judge(question, typed(question, question.answer, write)).kind == "right"


@settings(max_examples=20)
@given(seeds, st.sampled_from(NUMBERS), st.integers(-1, 1))
def test_the_last_of_four_digits_is_forgiven_and_no_more(seed: int, level: str, off: int) -> None:
    for question in worksheet(seed, level, 2):
        if question.value.ndim or not question.answer:
            continue
        assert isinstance(question.answer, float)
        mantissa, exponent = f"{question.answer:.3e}".split("e")
        last = float(f"1e{int(exponent) - 3}")
        assert judge(question, f"{float(f'{mantissa}e{exponent}') + off * last:.6g}").kind == "right"
        assert judge(question, f"{float(f'{mantissa}e{exponent}') + 7 * last:.6g}").kind != "right"


@pytest.mark.parametrize(
    "text",
    [
        "{0}; {1}",
        "[{0}, {1}]",
        "{0}\n{1}",
        "{0} {1}",
        "{0}\t{1}",
        "array([{0}, {1}])",
        "tensor([[{0}], [{1}]])",
        "z = [{0} {1}]",
    ],
)
def test_a_vector_may_be_typed_as_a_row_or_a_column(text: str) -> None:
    question = find(MAZUR, "forward", "z.1")
    assert judge(question, text.format("0.3775", "0.3925")).kind == "right"
    assert judge(question, text.format("0,3775", "0,3925")).kind in ("right", "invalid")
    assert judge(question, text.format("0.3775", "0.5")).kind == "wrong"


def test_a_table_may_be_typed_with_its_rows_on_lines_or_in_brackets() -> None:
    question = find(MAZUR, "output", "dw.2")
    for text in (
        "0.08217 0.08267\n-0.0226 -0.02274",
        "0.08217, 0.08267; -0.02260, -0.02274",
        "[[0.08217, 0.08267], [-0.0226, -0.02274]]",
        "0,08217 0,08267\n−0,0226 −0,02274",
        "[[ 0.08217  0.08267]\n [-0.0226 -0.02274]]",
    ):
        assert judge(question, text).kind == "right", text
    turned = judge(question, "[[0.08217, -0.0226], [0.08267, -0.02274]]")
    assert (turned.kind, turned.slip) == ("slip", "transposed")
    assert judge(question, "[[0.08217, 0.08267]]").kind == "invalid"


def test_formulas_may_be_typed() -> None:
    assert judge(find(MAZUR, "forward", "a.1.1"), "sigmoid(0.15*0.05 + 0.2*0.1 + 0.35)").kind == "right"
    assert judge(find(MAZUR, "forward", "a.1.1"), "1/(1 + exp(-0.3775))").kind == "right"
    worked = PRESETS["worked-example"].experiment
    z = find(worked, "forward", "z.3").value
    last = find(worked, "forward", "a.3.1")
    assert judge(last, f"softmax({z[0]:.6f}; {z[1]:.6f}; {z[2]:.6f})").kind == "right"
    assert judge(last, f"softmax({z[0]:.6f}, {z[1]:.6f}, {z[2]:.6f})").kind == "right"
    assert judge(find(worked, "forward", "a.3"), f"softmax({z[0]:.6f}, {z[1]:.6f}, {z[2]:.6f})").kind == "right"


@settings(max_examples=20)
@given(
    seeds,
    st.sampled_from(NUMBERS),
    st.text(max_size=30) | st.sampled_from(["", "nan", "inf", "1/0", "[[1", "__import__('os')"]),
)
def test_what_is_no_number_is_invalid_and_nothing_raises(seed: int, level: str, text: str) -> None:
    question = worksheet(seed % 50, level, 2)[seed % 2]
    verdict = judge(question, text)
    assert verdict.message
    if not any(sign.isdigit() for sign in text) and not set(text) & set("eπ"):
        assert verdict.kind == "invalid"


def test_no_text_at_all_is_invalid() -> None:
    question = find(MAZUR, "forward", "z.1.1")
    for nothing in (None, 3.5, b"1"):
        assert judge(question, nothing).kind == "invalid"  # type: ignore[arg-type]
    assert judge(question, "1" * 100_000).kind == "invalid"
    assert judge(find(MAZUR, "forward", "z.1"), "1 " * 100_000).kind == "invalid"


def test_a_weight_that_was_not_updated_is_not_praised_as_right_to_some_digits() -> None:
    # 0.4 becomes 0.3589, which is 0.4 to one decimal; 0.5 becomes 0.5113 and 0.55 becomes 0.5614
    table = find(MAZUR, "update", "new_w.2")
    for question, unchanged in (
        (find(MAZUR, "update", "new_w.2.1.1"), "0.4"),
        (find(MAZUR, "update", "new_w.2.2.1"), "0.5"),
        (table, "0.4 0.45; 0.5 0.55"),
    ):
        verdict = judge(question, unchanged)
        assert verdict.kind in ("rounded", "wrong")
        assert verdict.message.startswith("That is what it was before the learning step.")
    assert judge(find(MAZUR, "update", "new_w.2.1.1"), "0.36").message.startswith("Right to")


def test_what_is_0_by_hand_has_no_sign_to_get_wrong() -> None:
    # 0.3 - 0.4 + 0.1 is -2.8e-17 in floating point
    network = Network((Layer(np.array([[0.3, -0.2]]), np.array([0.1]), "sigmoid"),), "half_squared_error")
    question = find(Experiment(network, np.array([1.0, 2.0]), np.array([0.5]), 0.5), "forward", "z.1.1")
    assert question.answer != 0
    assert judge(question, "0").kind == "right"
    assert "sign" not in judge(question, "0.7").message


def test_rounding_too_early_is_a_verdict_of_its_own() -> None:
    # with out_h1 = 0.59, out_h2 = 0.60, out_o1 = 0.75: 0.74 · 0.75 · 0.25 · 0.59
    question = find(MAZUR, "output", "dw.2.1.1")
    early = judge(question, f"{0.74 * 0.75 * 0.25 * 0.59:.5f}")
    assert early.kind == "rounded"
    assert "rounded too early" in early.message
    assert judge(question, "0.0822").kind == "rounded"
    assert judge(question, "0.08217").kind == "right"
    assert judge(question, "0.05").kind == "wrong"


@settings(max_examples=30)
@given(seeds, st.sampled_from(["forward", "output", "hidden"]))
def test_who_rounds_everything_on_the_way_to_three_digits_is_told_so(seed: int, level: str) -> None:
    for question in worksheet(seed, level, 3):
        problem = question.problem
        layer = problem.network.layers[0]
        if question.place != "a.1.1":
            continue
        z = float(f"{float(layer.W[0] @ problem.x[0] + layer.b[0]):.2g}")
        answer = (
            np.tanh(z)
            if layer.activation == "tanh"
            else 1 / (1 + np.exp(-z))
            if layer.activation == "sigmoid"
            else None
        )
        if answer is not None:
            assert judge(question, f"{answer:.4g}").kind in ("right", "rounded", "slip")


def test_an_answer_that_follows_from_an_earlier_one_that_is_off_is_right_from_there_on() -> None:
    later = find(MAZUR, "output", "dw.2.1.1")
    wrong_delta = 0.2
    follows = f"{wrong_delta * 0.59327:.5f}"
    assert judge(later, follows).kind == "wrong"
    verdict = judge(later, follows, {"delta.2.1": wrong_delta})
    assert verdict.kind == "right"
    assert "δ⁽²⁾₁" in verdict.message
    assert "off" in verdict.message
    assert judge(later, follows, {"delta.2.1": "1/5"}).kind == "right"
    assert judge(later, follows, {"delta.2": "0.2; -0.0381"}).kind == "right"
    assert judge(later, "0.08217", {"delta.2.1": wrong_delta}).message == "Right."
    # an answer to something else changes nothing, nor does what is none
    assert judge(later, follows, {"delta.2.2": 0.2, "z.9.9": 1.0, "delta.2.1": "no number"}).kind == "wrong"


def test_the_answer_that_is_named_is_the_mistake_that_matters_and_not_what_follows_from_it() -> None:
    def sigmoid(z: float) -> float:
        return float(1 / (1 + np.exp(-z)))

    later = find(MAZUR, "forward", "a.2.1")
    given = {"z.1.1": 0.5, "z.1.2": 0.3925, "a.1.1": round(sigmoid(0.5), 4), "a.1.2": 0.5969}
    follows = round(0.4 * given["a.1.1"] + 0.45 * given["a.1.2"] + 0.6, 4)
    said = judge(later, f"{sigmoid(follows):.4f}", {**given, "z.2.1": follows}).message
    assert said.startswith("Consistent with your z⁽¹⁾₁, which is off")
    # a second mistake, from which alone it goes on
    said = judge(later, f"{sigmoid(0.9):.4f}", {**given, "z.2.1": 0.9}).message
    assert said.startswith("Consistent with your z⁽²⁾₁, which is off")


def test_a_slip_is_found_in_what_follows_from_an_earlier_answer() -> None:
    later = find(MAZUR, "update", "new_w.2.1.1")
    verdict = judge(later, f"{0.4 + 0.5 * 0.3:.4f}", {"dw.2.1.1": 0.3})
    assert (verdict.kind, verdict.slip) == ("slip", "added")
    assert "∂L/∂w⁽²⁾₁₁" in verdict.message


def test_shapes_are_typed_in_the_usual_ways() -> None:
    question = next(q for seed in range(9) for q in worksheet(seed, "shapes", 4) if q.value.ndim == 1)
    rows, columns = (int(number) for number in question.value)
    for text in (
        f"{rows} x {columns}",
        f"({rows}, {columns})",
        f"{rows}×{columns}",
        f"[{rows} {columns}]",
        f"{rows} by {columns}",
    ):
        assert judge(question, text).kind == "right"
    assert judge(question, f"{columns} x {rows}").slip == "transposed"
    assert judge(question, "wide").kind == "invalid"


def find(experiment: Experiment, level: str, place: str) -> Question:
    """The question about a place of the network at hand."""
    return next(q for seed in range(20) for q in worksheet(seed, level, 12, experiment) if q.place == place)


def test_what_cancels_is_0_by_hand_though_the_engine_leaves_a_rest() -> None:
    layer = Layer([[0.1, 0.2, -0.3]], [0.0], "identity")
    rest = Experiment(Network([layer], "half_squared_error"), [1.0, 1.0, 1.0], [1.0], 0.1)
    asked = next(one for one in worksheet(0, "forward", 2, rest) if one.place == "z.1.1")
    assert 0 < abs(float(np.asarray(asked.answer))) < 1e-15
    assert judge(asked, "0").kind == "right"
