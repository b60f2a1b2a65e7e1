"""Every optimizer against PyTorch's own, over many steps on the same gradients and with other than default settings."""

import numpy as np
import pytest

from engine.training.optimizers import OPTIMIZERS
from tests.oracles import assert_close

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make test-torch")
pytestmark = pytest.mark.torch

# ours -> PyTorch's class and the names of the settings there
THEIRS = {
    "sgd": ("SGD", lambda s: {}),
    "momentum": ("SGD", lambda s: {"momentum": s["momentum"]}),
    "nesterov": ("SGD", lambda s: {"momentum": s["momentum"], "nesterov": True}),
    "adagrad": ("Adagrad", lambda s: {"eps": s["epsilon"]}),
    "rmsprop": ("RMSprop", lambda s: {"alpha": s["alpha"], "eps": s["epsilon"]}),
    "adam": ("Adam", lambda s: {"betas": (s["beta1"], s["beta2"]), "eps": s["epsilon"]}),
    "adamw": (
        "AdamW",
        lambda s: {"betas": (s["beta1"], s["beta2"]), "eps": s["epsilon"], "weight_decay": s["weight_decay"]},
    ),
}


@pytest.mark.parametrize("name", THEIRS)
@pytest.mark.parametrize("default", [True, False])
def test_steps_are_pytorchs(name, default):
    record = OPTIMIZERS[name]
    settings = record.settings(
        {} if default else {o.name: min(0.6 * o.default + 0.01, o.high) for o in record.hyperparameters}
    )
    rng = np.random.default_rng(0)
    ours = rng.normal(size=6)
    theirs = torch.tensor(ours, requires_grad=True)
    class_name, translate = THEIRS[name]
    optimizer = getattr(torch.optim, class_name)([theirs], lr=0.05, **translate(settings))
    state = record.start(ours)
    for t in range(1, 51):
        gradient = rng.normal(size=6)
        ours, state = record.update(ours, gradient, state, 0.05, t, settings)
        theirs.grad = torch.tensor(gradient)
        optimizer.step()
        assert_close(ours, theirs.detach().numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", THEIRS)
def test_the_default_rate_is_pytorchs(name):
    record = OPTIMIZERS[name]
    class_name, _ = THEIRS[name]
    optimizer = getattr(torch.optim, class_name)([torch.zeros(1, requires_grad=True)])
    assert record.learning_rate == optimizer.defaults["lr"]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_default_settings_are_pytorchs_except_where_its_default_is_no_momentum(name):
    record = OPTIMIZERS[name]
    class_name, translate = THEIRS[name]
    defaults = getattr(torch.optim, class_name)([torch.zeros(1, requires_grad=True)]).defaults
    for setting, value in translate(record.settings()).items():
        if setting not in ("momentum", "nesterov"):
            assert defaults[setting] == value
