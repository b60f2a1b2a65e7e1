"""The document that a browser opens: Streamlit's own, with the app's style and scripts in it from the first.

What comes in messages is there only after Streamlit's scripts, a connection and a run. Other parts are drawn by then,
and were seen to move; and the picture had to wait.
"""

from pathlib import Path
from threading import Event

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from pages.widgets.document.modules import all_scripts, text_of, version
from pages.widgets.document.pages import PAGES

HERE = Path(__file__).parent
STREAMLIT = Path(st.__file__).parent / "static"
# Streamlit's file with Plotly; None where it cannot be told, and then it comes when Streamlit asks for it
FILES = list((STREAMLIT / "static" / "js").glob("PlotlyChart.*.js"))
LIBRARY = FILES[0].name if len(FILES) == 1 else None
# wide enough for a weight matrix of four columns, in pixels
SIDEBAR = 360
# a file whose name tells its version, and a document that has to be of this one
KEPT, ASKED_FOR = {"Cache-Control": "public, immutable, max-age=31536000"}, {"Cache-Control": "no-cache"}
_serves = Event()


class Document(Route):
    """The path of a page, or of none, which Streamlit answers in the same way; not that of a file."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return how well a request fits, and what is to be known of it."""
        return (Match.NONE, {}) if "." in scope["path"] else super().matches(scope)


def routes() -> list[BaseRoute]:
    """Return what the app serves itself, in place of what Streamlit serves."""
    drawn, written, text = document(LIBRARY), document(None), scripts()
    base = f"/{st.get_option('server.baseUrlPath') or ''}".rstrip("/")
    without = {base + page.path for page in PAGES if not page.drawn}
    _serves.set()

    def page(request: Request) -> Response:
        return HTMLResponse(written if request.url.path in without else drawn, headers=ASKED_FOR)

    def file(request: Request) -> Response:
        return Response(text, media_type="text/javascript", headers=KEPT)

    return [
        Route(f"{base}/scripts-{version()}.js", file),
        Document(f"{base}/", page),
        Document(f"{base}/{{page}}", page),
    ]


def is_served() -> bool:
    """Return whether documents and scripts of this version are given out.

    They are not where something else than `streamlit run` runs the script, nor after Streamlit has read a file anew.
    """
    return _serves.is_set()


def is_opened_again() -> bool:
    """Return whether the browser of this session has opened the app before, and so has the files (arrive.js)."""
    return st.context.cookies.get("opened") == "again"


def scripts() -> str:
    """Return the file of all scripts, which leaves them where components look for them (call.js)."""
    return f'(() => {{\n{all_scripts()}$.arrive("{version()}", scripts);\n}})();\n'


def style() -> str:
    """Return the style of every page."""
    return f"<style>:root {{--sidebar: {SIDEBAR}px}}\n{text_of(HERE / 'frame.css')}</style>"


def document(library: str | None) -> str:
    """Return the document of a page on which the drawing library is needed, if there is one.

    The library is fetched at once, and run when it is asked for (plotly.js). The scripts run before Streamlit's. The
    style stands below Streamlit's, which it changes, and above what a run adds to it.
    """
    fetched = f'<link rel="modulepreload" crossorigin href="./static/js/{library}">' if library else ""
    own = f'<script defer src="./scripts-{version()}.js"></script>'
    room = f"<script>{text_of(HERE / 'reserve.js')}</script>"
    return (
        text_of(STREAMLIT / "index.html")
        .replace('<script type="module"', f'{own}<script type="module"', 1)
        .replace("</head>", f"{fetched}</head>", 1)
        .replace('<div id="root">', f'{style()}{room}<div id="root">', 1)
    )
