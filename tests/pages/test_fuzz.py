"""Damaged links and files through the pages: a message, never an exception. `make fuzz` opens ten thousand."""

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from pages.widgets.shared.frame import PAGES
from tests.hosting.mutations import Mutations

APP = Path(__file__).parents[2] / "app.py"
LINKS, FILES = 8, 15


def opened(page: str, query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    for name, values in parse_qs(query, keep_blank_values=True).items():
        at.query_params[name] = values
    if page != "app.py":
        at.switch_page(page)
    return at.run()


@pytest.mark.parametrize("page", [page.file for page in PAGES])
def test_a_damaged_link_opens_a_page_without_an_exception(page: str) -> None:
    mutations = Mutations(seed=sum(map(ord, page)))
    for _ in range(LINKS):
        query = mutations.query()
        assert not opened(page, query).exception, query


def test_a_damaged_file_of_a_network_is_answered_in_words() -> None:
    mutations = Mutations(seed=1)
    at = opened("pages/share.py", "")
    at.segmented_control(key="share_as").set_value("Open a file").run()
    for _ in range(FILES):
        name, content = mutations.file()
        at.file_uploader(key="upload").set_value((name, content, "application/octet-stream")).run()
        assert not at.exception, (name, content)
        assert at.error or at.markdown


def test_a_damaged_table_is_answered_in_words() -> None:
    mutations = Mutations(seed=2)
    at = opened("pages/training.py", "")
    at.selectbox(key="training_data").set_value("csv").run()
    for _ in range(FILES):
        name, content = mutations.table()
        at.file_uploader(key="training_upload").set_value((name, content, "text/csv")).run()
        assert not at.exception, content
