"""What makes tests without a browser quick: Streamlit looks for components in all installed packages only once."""

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
