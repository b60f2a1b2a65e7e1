"""The generated PyTorch program is run: autograd and PyTorch's own functions are the oracle for the whole engine."""

import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import assume, given

from engine import PRESETS, Experiment, Layer, Network, torch_program
from tests.programs import assert_prints, clear_of_kinks, run
from tests.strategies import OUTPUTS, experiments, least_width

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make test-torch")
pytestmark = pytest.mark.torch


@pytest.fixture(autouse=True, scope="module")
def default_precision() -> Iterator[None]:
    """The programs change it for the process."""
    yield
    torch.set_default_dtype(torch.float32)


def test_the_worked_example_as_a_program_of_its_own_prints_the_engine_numbers(tmp_path) -> None:
    path, experiment = tmp_path / "program.py", PRESETS["worked-example"].experiment
    path.write_text(torch_program(experiment), encoding="utf-8")
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=True)
    assert_prints(done.stdout, experiment)
    assert done.stderr == ""


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_prints_the_engine_numbers(name: str) -> None:
    assert_prints(run(torch_program(PRESETS[name].experiment)), PRESETS[name].experiment)


@pytest.mark.parametrize("update_biases", [True, False])
@pytest.mark.parametrize(("loss", "activation"), OUTPUTS)
def test_every_loss_with_every_activation_prints_the_engine_numbers(loss, activation, update_biases) -> None:
    n = max(2, least_width(loss, activation))
    hidden = Layer([[0.5, -0.4], [0.3, 0.9], [-1.2, 0.1]], [0.1, 0.0, -0.2], activation)
    output = Layer(np.linspace(-0.7, 0.8, 3 * n).reshape(n, 3), np.linspace(0.3, -0.3, n), activation)
    network = Network([hidden, output], loss)
    experiment = Experiment(network, [0.6, -1.1], np.linspace(1, 0.25, n), 0.3, update_biases)
    assert_prints(run(torch_program(experiment)), experiment)


@pytest.mark.parametrize("z", [-800.0, -40.0, -1.0, 0.0, 1.0, 40.0, 800.0])
@pytest.mark.parametrize(("loss", "activation"), OUTPUTS)
def test_at_kinks_and_far_out_the_program_prints_the_engine_numbers(loss: str, activation: str, z: float) -> None:
    n = max(2, least_width(loss, activation))
    layer = Layer(np.eye(n), np.zeros(n), activation)
    experiment = Experiment(Network([layer], loss), [z, *[0.5] * (n - 1)], np.linspace(0.75, 0.25, n), 0.1)
    assert_prints(run(torch_program(experiment)), experiment)


@given(experiments())
def test_random_networks_print_the_engine_numbers(experiment: Experiment) -> None:
    assume(clear_of_kinks(experiment))
    assert_prints(run(torch_program(experiment)), experiment)
