"""Pasted numbers: printed by programs, in the notations of books, with a slip, and in texts that hold none."""

import json
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import PRESETS, Experiment, InvalidExperiment, backward, forward, numpy_program
from engine.arrays import Array
from engine.gradcheck.mistakes import MISTAKES
from engine.practice import worksheet
from engine.practice.pasted import Report, check_numbers
from engine.practice.pasted.scanning import MAX_CHARACTERS
from engine.programs.all_numbers import as_numpy, as_tsv, tables

MAZUR = PRESETS["mazur"].experiment
SIGMA: Callable[[Array], Array] = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731


def kinds(report: Report) -> dict[str, str]:
    """The verdict on each name as it was written."""
    return {finding.name: finding.kind for finding in report.findings}


@pytest.mark.parametrize("preset", ["mazur", "worked-example", "dead-relu"])
def test_what_our_own_programs_and_tables_print_is_right_as_a_whole(preset: str) -> None:
    experiment = PRESETS[preset].experiment
    program = subprocess.run(
        [sys.executable, "-c", numpy_program(experiment)], capture_output=True, text=True, check=True
    ).stdout
    for text in (program, as_numpy(experiment), as_tsv(tables(experiment))):
        report = check_numbers(experiment, text)
        assert set(kinds(report).values()) <= {"right", "given"}
        assert report.unknown == ()
        assert report.first_wrong is None
        assert len(report.findings) > 10
    assert check_numbers(experiment, program).missing == ()


def own_program(experiment: Experiment, mistake: str = "") -> str:
    """What a learner's NumPy program prints, with one of the classical mistakes on the way back."""
    W1, W2 = (layer.W for layer in experiment.network.layers)
    b1, b2 = (layer.b for layer in experiment.network.layers)
    z1 = W1 @ experiment.x + b1
    a1 = SIGMA(z1)
    z2 = W2 @ a1 + (0 if mistake == "bias" else b2)
    a2 = SIGMA(z2)
    delta2 = (a2 - experiment.y) * (1 if mistake == "slope" else a2 * (1 - a2))
    back = W2 if mistake == "transpose" else W2.T
    delta1 = back @ delta2 * a1 * (1 - a1) * (-1 if mistake == "sign" else 1)
    lines = {
        "z1": z1, "a1": a1, "z2": z2, "a2": a2, "Loss": 0.5 * ((a2 - experiment.y) ** 2).sum(), "delta2": delta2,
        "dW2": np.outer(delta2, a1), "delta1": delta1, "dW1": np.outer(delta1, experiment.x), "db1": delta1,
    }  # fmt: skip
    return "Forward and backward pass\n" + "\n".join(f"{name}: {value}" for name, value in lines.items())


@pytest.mark.parametrize(
    ("mistake", "first", "slip"),
    [
        ("bias", "z⁽²⁾", "bias_dropped"),
        ("slope", "δ⁽²⁾", "no_slope"),
        ("transpose", "δ⁽¹⁾", "not_transposed"),
        ("sign", "δ⁽¹⁾", "sign"),
    ],
)
def test_the_first_wrong_one_is_named_and_the_rest_is_right_from_there_on(mistake: str, first: str, slip: str) -> None:
    report = check_numbers(MAZUR, own_program(MAZUR, mistake))
    wrong = report.first_wrong
    assert wrong is not None
    assert (wrong.written, wrong.slip) == (first, slip)
    assert report.summary.startswith(f"Your {first} is the first that differs")
    assert [finding.kind for finding in report.findings if finding.is_off] == ["slip"]
    assert any(finding.kind == "consistent" for finding in report.findings)


def test_a_right_program_of_ones_own_is_right() -> None:
    report = check_numbers(MAZUR, own_program(MAZUR))
    assert set(kinds(report).values()) == {"right"}
    assert report.missing == ("∂L/∂b⁽²⁾",)


@pytest.mark.parametrize("name", ["no_slope", "updated_weights", "not_transposed", "own_activation"])
def test_the_pass_of_a_whole_mistake_is_recognised_by_its_first_wrong_number(name: str) -> None:
    made = MISTAKES[name].backward(MAZUR)
    text = "\n".join(
        f"{kind}{layer} = {np.array2string(values, precision=8)}"
        for layer in (2, 1)
        for kind, values in (
            ("delta", made.delta[layer - 1]),
            ("dW", made.dW[layer - 1]),
        )
    )
    first = check_numbers(MAZUR, text).first_wrong
    assert first is not None
    assert first.slip is not None
    assert name in first.slip


# all are Mazur's numbers, as books, lectures and libraries write and print them
RIGHT = {
    "mazur": "net_h1 = 0.15*0.05 + 0.2*0.1 + 0.35 = 0.3775\nout_h1 = 0.593269992\nnet_{o1} = 1.105905967\n"
    "out_o1 = 0.75136507\nE_total = 0.298371109\ndE_total/dw5 = 0.082167041\nw5_new = 0.35891648\nw1+ = 0.149780716",
    "nielsen": "nabla_w[0] = [[0.00043857, 0.00087714], [0.00049771, 0.00099543]]\n"
    "nabla_b[1] = [0.1384986, -0.0380982]",
    "ng": "Z[1] = [[0.3775], [0.3925]]\nA[2] = [[0.75137], [0.77293]]\n"
    "dZ[2] = [[0.1384986], [-0.0380982]]\nJ = 0.29837",
    "numpy": "delta2 = array([ 0.13849856, -0.03809824])\n"
    "dW2:\n[[ 0.08216704  0.08266763]\n [-0.02260254 -0.02274024]]",
    "numpy 2": "a1 = [np.float64(0.5932699921), np.float64(0.5968843783)]",
    "pytorch": "loss tensor(0.2984, grad_fn=<MulBackward0>)\nfc2.weight.grad tensor([[ 0.0822,  0.0827],\n"
    "        [-0.0226, -0.0227]])\nlayers.0.bias.grad: tensor([0.0088, 0.0100], dtype=torch.float64)",
    "latex": "z^{(1)}_2 = 0.3925, a_1^{(2)} = 0,75137\nw_{11}^{(2)} = 0.4",
    "unicode": "δ⁽²⁾ = (0.1385, −0.0381)\n∂L/∂w⁽²⁾₁₂ = 0.08267\n∂C/∂b⁽²⁾: 0.1385 -0.0381" ,
    "words": "Epoch 1, Loss: 0.298371\nprediction: [0.75137 0.77293]\n"
    "hidden.weight.grad [[0.00043857 0.00087714] [0.00049771 0.00099543]]",
    "tabs": "z1\t0.3775\t0.3925\ndW2\t0.0821670\t0.0826676\n\t-0.0226025\t-0.0227402",
    "csv": "z1,0.3775,0.3925\nloss,0.298371\n∂L/∂b⁽²⁾,0.1384986,-0.0380982",
    "csv with decimal commas": "z1;0,3775;0,3925\nloss;0,298371",
    "keras": "kernel1 = [[0.15, 0.25], [0.2, 0.3]]\ndW2 = [[0.0821670, -0.0226025], [0.0826676, -0.0227402]]",
}  # fmt: skip


@pytest.mark.parametrize("notation", list(RIGHT))
def test_the_names_and_the_printing_of_many_notations_are_understood(notation: str) -> None:
    report = check_numbers(MAZUR, RIGHT[notation])
    assert report.findings
    assert set(kinds(report).values()) <= {"right", "rounded", "given"}, kinds(report)
    assert report.unknown == ()


def test_json_is_read_flat_or_in_layers() -> None:
    flat = {
        "z1": [0.3775, 0.3925],
        "loss": 0.298371,
        "grads": {"dW2": [[0.082167, 0.0826676], [-0.0226025, -0.0227402]]},
    }
    layers = {"layers": [{"z": [0.3775, 0.3925]}, {"a": [0.75137, 0.77293]}]}
    for document, count in ((flat, 3), (layers, 2)):
        report = check_numbers(MAZUR, json.dumps(document))
        assert list(kinds(report).values()) == ["right"] * count


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_a_batch_is_checked_whether_its_deltas_hold_the_mean_or_not(reduction: str) -> None:
    x, y = [[0.05, 0.1], [0.3, 0.7], [1.0, -0.5]], [[0.01, 0.99], [0.5, 0.2], [0.9, 0.1]]
    batch = Experiment(MAZUR.network, x, y, 0.5, True, reduction)
    passed = forward(batch.network, batch.x)
    made = backward(batch.network, passed, batch.y, reduction)
    times = 3 if reduction == "mean" else 1
    for delta in (made.delta[1], made.delta[1] * times):
        text = f"Z1 = {passed.z[0]}\nA2 = {passed.a[2].T}\ndelta2 = {delta}\ndW2 = {made.dW[1]}\nloss = {made.loss}"
        assert set(kinds(check_numbers(batch, text)).values()) == {"right"}
    other = check_numbers(batch, f"dW2 = {made.dW[1] * (times if times > 1 else 1 / 3)}").first_wrong
    assert other is not None
    assert other.slip == ("sum_for_mean" if reduction == "mean" else "mean_for_sum")


def test_digits_factors_and_shapes_are_said() -> None:
    report = check_numbers(
        MAZUR, "z1 = [0.38, 0.39]\ndW2 = [[0.164334, 0.165335], [-0.045205, -0.04548]]\na1 = [1, 2, 3]\nfoo = 3"
    )
    by_name = {finding.name: finding for finding in report.findings}
    assert "2 digits" in by_name["z1"].message
    assert by_name["dW2"].slip == "factor_two"
    assert by_name["a1"].kind == "misfit"
    assert "3" in by_name["a1"].message
    assert report.unknown == ("foo",)
    assert "δ⁽²⁾" in report.missing


def test_a_square_matrix_of_gradients_alone_that_stands_turned_is_a_slip() -> None:
    report = check_numbers(MAZUR, "dW2 = [[0.0821670, -0.0226025], [0.0826676, -0.0227402]]")
    assert report.first_wrong is not None
    assert report.first_wrong.slip == "transposed"


def test_a_text_without_numbers_is_said_to_have_none() -> None:
    report = check_numbers(MAZUR, "Traceback (most recent call last)")
    assert report.findings == ()
    assert "No numbers" in report.summary


def refused(text: str) -> str:
    """What is said of a text that cannot be read; nothing of one that can."""
    try:
        check_numbers(MAZUR, text)
    except InvalidExperiment as error:
        return str(error)
    return ""


@settings(max_examples=80)
@given(st.text(alphabet="z1a2dWδ=[]:.,0-9e+ \n\t{}()…\"'^_⁽²⁾₁nanftensorarray", max_size=200) | st.text(max_size=200))
def test_nothing_that_is_pasted_raises_anything_but_words(text: str) -> None:
    assert refused(text) or check_numbers(MAZUR, text).summary


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "z1 = [" + "1," * 90_000,
        "a" * 199_999,
        "z1=0.1\n" * 25_000,
        "{" * 5_000,
        "^(1" * 60_000,
        "9" * 150_000,
    ],
)
def test_hostile_texts_are_bounded(text: str) -> None:
    assert refused(text) or len(check_numbers(MAZUR, text).findings) < 400


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(InvalidExperiment, match="characters"):
        check_numbers(MAZUR, "1" * (MAX_CHARACTERS + 1))
    with pytest.raises(InvalidExperiment, match="text"):
        check_numbers(MAZUR, None)  # type: ignore[arg-type]


@pytest.mark.parametrize("level", ["output", "hidden", "update"])
def test_a_number_with_few_digits_makes_the_others_of_its_table_no_vaguer(level: str) -> None:
    """Each slip of fresh questions, pasted with all its digits: 0.0 and 0.4 among them hide none of the others."""
    letters = {"dw": "dW", "db": "db", "new_w": "new_W", "new_b": "new_b", "delta": "delta", "z": "z", "a": "a"}
    seen = 0
    for seed in range(1, 13):
        for question in worksheet(seed, level, 4):
            kind, _, layer = question.place.partition(".")
            if question.value.ndim == 0 or kind not in letters:
                continue
            for name, value in question.slips.items():
                report = check_numbers(
                    question.problem.one(0), f"{letters[kind]}{layer} = {np.asarray(value).tolist()}"
                )
                assert [(finding.kind, finding.slip) for finding in report.findings] == [("slip", name)]
                seen += 1
    assert seen > 10


def test_who_rounds_to_three_digits_is_right_as_far_as_that_goes() -> None:
    layers = forward(MAZUR.network, MAZUR.x)
    written = ", ".join(f"{number:.3g}" for number in layers.z[0])
    assert kinds(check_numbers(MAZUR, f"z1 = [{written}]")) == {"z1": "rounded"}
