"""Damaged links and files through the pages: a message, never an exception. `make fuzz` opens ten thousand."""

import re
from urllib.parse import parse_qs

import pytest

from pages.widgets.document import PAGES
from tests.hosting.mutations import Mutations
from tests.pages.page import Page

LINKS, FILES = 8, 15


def opened(page: str, query: str) -> Page:
    return Page(page, **parse_qs(query, keep_blank_values=True))


@pytest.mark.parametrize("page", [page.file for page in PAGES])
def test_a_damaged_link_opens_a_page_without_an_exception(page: str) -> None:
    mutations = Mutations(seed=sum(map(ord, page)))
    for _ in range(LINKS):
        query = mutations.query()
        opened(page, query)


def test_a_damaged_file_of_a_network_is_answered_in_words() -> None:
    mutations = Mutations(seed=1)
    page = Page("pages/share.py").set("share_as", "Open a file")
    for _ in range(FILES):
        name, content = mutations.file()
        page.upload("upload", name, content)
        assert page.said("error") or page.has("take"), (name, content)


def test_a_damaged_table_is_answered_in_words() -> None:
    mutations = Mutations(seed=2)
    page = Page("pages/training.py").set("training_data", "csv")
    for _ in range(FILES):
        name, content = mutations.table()
        page.upload("training_upload", name, content, "text/csv")
        assert "could not be used" in page.plain or re.search(r"\d+ rows, \d+ columns", page.plain), content
