"""The animation as one HTML file that runs without this app: the very player of the Network page, with its data inside.

With the drawing library in the file too it opens offline; without, the file is small and loads it from a network.
"""

import base64
import gzip
import hashlib
import html
import json
from pathlib import Path
from string import Template
from typing import Any

from plotly.offline import get_plotlyjs, get_plotlyjs_version

from engine import Experiment
from engine.backprop.trace import Level
from engine.formulas.notations import OURS, Notation
from engine.programs import sections as codegen
from pages.figures.network.message import written
from pages.figures.theme import FONT, Theme
from pages.widgets.network.player import PLAYER
from pages.widgets.shared.component import Component

HERE = Path(__file__).parent
TITLE = "Backprop, step by step"


def standalone(
    experiment: Experiment, theme: Theme, detail: Level, offline: bool = True, notation: Notation = OURS
) -> str:
    """Return the HTML of the animation, with plotly.js inside (some 5 MB) or from a content delivery network."""
    summary = codegen.title(experiment)
    packed = base64.b64encode(gzip.compress(written(experiment, theme, detail, notation), mtime=0)).decode()
    data = {"version": 1, "step": 1, "alt": summary, "packed": packed}
    return page(PLAYER, theme, summary, data, _plotly(offline))


def page(player: Component, theme: Theme, summary: str, data: dict[str, Any], library: str = "") -> str:
    """Return the HTML of a player with its data, and with the drawing library if it needs that."""
    return Template((HERE / "standalone.html").read_text()).substitute(
        scheme=theme.name,
        title=TITLE,
        summary=html.escape(summary),
        variables=_variables(theme),
        css=player.css,
        library=library,
        player=player.html,
        script=player.js,
        # nothing in the data can end the script early
        data=json.dumps(data).replace("<", "\\u003c"),
    )


def _variables(theme: Theme) -> str:
    """Return the theme under the names by which Streamlit gives it to components."""
    values = {
        "font": FONT,
        "text-color": theme.text,
        "background-color": theme.background,
        "secondary-background-color": theme.surface,
        "border-color": theme.line,
        "primary-color": theme.accent,
    }
    return ";".join(f"--st-{name}:{value}" for name, value in values.items())


def _plotly(offline: bool) -> str:
    source = get_plotlyjs()
    if offline:
        return f"<script>{source}</script>"
    # the browser refuses anything but the file that belongs to the installed version
    digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
    address = f"https://cdn.plot.ly/plotly-{get_plotlyjs_version()}.min.js"
    return f'<script src="{address}" integrity="sha256-{digest}" crossorigin="anonymous"></script>'
