"""Which requests the app answers itself."""

import pytest
import streamlit as st
from starlette.routing import Match

from pages.widgets.document import routes
from pages.widgets.document.modules import version

OURS = ("/", "/derivation", "/nothing", f"/scripts-{version()}.js")
STREAMLITS = ("/_stcore/health", "/_stcore/stream", "/static/js/index.js", "/favicon.png", "/app.py", "/scripts-0.js")


def answers(path: str) -> bool:
    scope = {"type": "http", "method": "GET", "path": path}
    return any(route.matches(scope)[0] == Match.FULL for route in routes())


@pytest.mark.parametrize("base", ["", "/sub", "/sub/sub"])
def test_documents_and_scripts_are_answered_and_what_is_a_file_of_streamlits_is_not(
    monkeypatch: pytest.MonkeyPatch, base: str
) -> None:
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": base.strip("/")}.get)
    assert all(answers(base + path) for path in OURS)
    assert not any(answers(base + path) for path in STREAMLITS)
    assert answers("/") == (base == "")
