"""What the pages say in words and tables has its numbers in one way."""

import re

import numpy as np
import pytest

from engine import PRESETS
from tests.nasty import NASTY
from tests.pages.page import Page
from tests.writing import amiss

VIEWS = (
    ("pages/gradients.py", "gradients_view", ("Your network", "Laboratory", "Check", "Paths")),
    ("pages/activations.py", "activations_view", ("Your network", "Gallery", "Compare", "Softmax")),
)
NETWORKS = {"mazur": PRESETS["mazur"].experiment, "vanishing": PRESETS["vanishing"].experiment} | {
    name: NASTY[name] for name in ("ReLU at 0", "Gaussian at its top", "loss too small", "batch, mean")
}
# formulas of several lines, which have a scan of their own, and Streamlit's own marks
FORMULA = re.compile(
    r"\$\$.*?\$\$|\\begin.*?\\end\{\w+\}|^[A-Z]\S* = \\.*?$|:material/\w+:|&nbsp;", re.DOTALL | re.MULTILINE
)


def said(page: Page) -> str:
    tables = (str(cell) for frame in page.at.dataframe for row in frame.value.values.tolist() for cell in row
              if isinstance(cell, str))  # fmt: skip
    return "\n".join([FORMULA.sub(" ", page.text), *tables])


@pytest.mark.parametrize("name", NETWORKS)
def test_the_views_write_numbers_one_way(name: str) -> None:
    for path, key, views in VIEWS:
        page = Page(path, NETWORKS[name])
        for view in views:
            page.set(key, view)
            assert not list(amiss(said(page))), (path, view)
            numbers = (frame.value.select_dtypes("float") for frame in page.at.dataframe)
            assert not any(((some == 0) & np.signbit(some)).any(axis=None) for some in numbers), (path, view)
