"""What tests without a browser need: Streamlit looks for components only once, and a page is always drawn whole."""

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(autouse=True, scope="session")
def installed_packages_are_read_once() -> Iterator[None]:
    """Every AppTest would read the metadata of each package anew, which takes longer than most pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def a_page_is_drawn_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest keeps nothing of a page but what the last run drew; tests/browser/test_redrawing.py sees parts drawn."""
    monkeypatch.setattr("pages.widgets.network.editor.page_has", lambda *fragments: None)
