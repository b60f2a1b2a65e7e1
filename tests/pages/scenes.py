"""Every page in each of its views, opened as a visitor opens it, for tests that hold everywhere."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from engine import PRESETS, encode
from engine.network.editing import resized
from pages.widgets.shared.frame import PAGES
from tests.weight_files import npz_of

APP = Path(__file__).parents[2] / "app.py"
EXAMPLE = PRESETS["worked-example"].experiment
CSV = "a,b,c\n" + "".join(f"{i % 7 - 3},{i % 5 - 2},{'uvw'[i % 3]}\n" for i in range(30))

Scene = Callable[[], AppTest]


def arrived(page: str = "app.py", **address: str) -> AppTest:
    """A page that is about to be drawn for the first time."""
    at = AppTest.from_file(APP, default_timeout=60)
    for name, value in address.items():
        at.query_params[name] = value
    return at if page == "app.py" else at.switch_page(page)


def opened(page: str = "app.py", **address: str) -> AppTest:
    return arrived(page, **address).run()


def viewed(page: str, key: str, view: str) -> AppTest:
    """A page with one of its views chosen."""
    at = opened(page)
    return at.segmented_control(key=key).set_value(view).run()


def large() -> AppTest:
    return opened(net=encode(resized(EXAMPLE, [12, 40, 9])))


def quotient() -> AppTest:
    at = viewed("pages/gradients.py", "gradients_view", "Check")
    return at.selectbox(key="check_scheme").set_value("central").run()


def data(name: str) -> AppTest:
    return opened("pages/training.py").selectbox(key="training_data").set_value(name).run()


def own_table() -> AppTest:
    return data("csv").file_uploader(key="training_upload").set_value(("t.csv", CSV.encode(), "text/csv")).run()


def trained() -> AppTest:
    """The Training page after a run that was kept."""
    at = data("xor")
    at.button(key="training_suited").click().run()
    at.number_input(key="training_epochs").set_value(3)
    at.button(key="train").click().run()
    return at.button(key="training_keep").click().run()


def compared() -> AppTest:
    at = trained()
    at.button(key="train").click().run()
    return at.segmented_control(key="training_view").set_value("Compare").run()


def after_training(page: str, key: str, view: str) -> AppTest:
    at = trained().switch_page(page).run()
    return at.segmented_control(key=key).set_value(view).run()


def of_the_run(section: str, key: str) -> AppTest:
    at = after_training("pages/share.py", "share_as", section)
    return at.segmented_control(key=key).set_value("Training run").run()


def weights() -> AppTest:
    """The Share page with a file of weights that fit both ways round."""
    at = viewed("pages/share.py", "share_as", "Open a file")
    content = npz_of({f"{n}.{kind}": np.ones((3, 3) if kind == "W" else 3) for n in (1, 2) for kind in "Wb"})
    return at.file_uploader(key="upload").set_value(("w.npz", content, "application/octet-stream")).run()


VIEWS = {
    "pages/activations.py": ("activations_view", ("Gallery", "Compare", "Softmax")),
    "pages/gradients.py": ("gradients_view", ("Laboratory", "Check", "Paths")),
    "pages/landscape.py": ("landscape_view", ("Two parameters", "Random directions", "Directions of the last run")),
    "pages/share.py": ("share_as", ("Animation", "Picture", "Programs", "JSON", "Open a file")),
    "pages/derivation.py": ("reading_sidebar", ("Edit the network",)),
}

SCENES: dict[str, Scene] = {
    **{page.file: partial(opened, page.file) for page in PAGES},
    **{f"{page}, {view}": partial(viewed, page, key, view) for page, (key, views) in VIEWS.items() for view in views},
    "app.py, a large network": large,
    "pages/gradients.py, one quotient": quotient,
    "pages/training.py, own table": own_table,
    "pages/training.py, the example": partial(data, "example"),
    "pages/training.py, regression": partial(data, "sine"),
    "pages/training.py, after a run": trained,
    "pages/training.py, compared": compared,
    "pages/landscape.py, the last run": partial(
        after_training, "pages/landscape.py", "landscape_view", "Directions of the last run"
    ),
    "pages/share.py, animation of the run": partial(of_the_run, "Animation", "animation_of"),
    "pages/share.py, picture of the run": partial(of_the_run, "Picture", "picture_of"),
    "pages/share.py, weights": weights,
}
