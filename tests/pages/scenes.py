"""Every page in each of its views, opened as a visitor opens it, for tests that hold everywhere."""

from collections.abc import Callable
from functools import partial

import numpy as np

from engine import encode
from engine.network.editing import resized
from pages.widgets.document import PAGES
from tests.pages.page import Page
from tests.samples import EXAMPLE
from tests.weight_files import npz_of

CSV = "a,b,c\n" + "".join(f"{i % 7 - 3},{i % 5 - 2},{'uvw'[i % 3]}\n" for i in range(30))

Scene = Callable[[], Page]


def viewed(page: str, key: str, view: str) -> Page:
    """A page with one of its views chosen."""
    return Page(page).set(key, view)


def large() -> Page:
    return Page(net=encode(resized(EXAMPLE, [12, 40, 9])))


def quotient() -> Page:
    return viewed("pages/gradients.py", "gradients_view", "Check").set("check_scheme", "central")


def data(name: str) -> Page:
    return Page("pages/training.py").set("training_data", name)


def own_table() -> Page:
    return data("csv").upload("training_upload", "t.csv", CSV.encode(), "text/csv")


def trained() -> Page:
    """The Training page after a run that was kept."""
    page = data("xor").press("training_suited").set("training_epochs", 3)
    return page.press("train").press("training_keep")


def compared() -> Page:
    return trained().press("train").set("training_view", "Compare")


def after_training(page: str, key: str, view: str) -> Page:
    return trained().go(page).set(key, view)


def of_the_run(section: str, key: str) -> Page:
    return after_training("pages/share.py", "share_as", section).set(key, "Training run")


def weights() -> Page:
    """The Share page with a file of weights that fit both ways round."""
    content = npz_of({f"{n}.{kind}": np.ones((3, 3) if kind == "W" else 3) for n in (1, 2) for kind in "Wb"})
    return viewed("pages/share.py", "share_as", "Open a file").upload("upload", "w.npz", content)


VIEWS = {
    "pages/activations.py": ("activations_view", ("Gallery", "Compare", "Softmax")),
    "pages/gradients.py": ("gradients_view", ("Laboratory", "Check", "Paths")),
    "pages/landscape.py": ("landscape_view", ("Two parameters", "Random directions", "Directions of the last run")),
    "pages/practice.py": (
        "practice_view",
        ("A whole pass", "Find the error", "Predict", "Check my numbers", "Worksheet"),
    ),
    "pages/share.py": ("share_as", ("Animation", "Picture", "Programs", "JSON", "Open a file")),
    "pages/derivation.py": ("reading_sidebar", ("Edit the network",)),
}

SCENES: dict[str, Scene] = {
    **{page.file: partial(Page, page.file) for page in PAGES},
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
