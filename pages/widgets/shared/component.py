"""What a browser needs of a component, put together from the files beside its Python module.

Streamlit sends a component's script with each of its messages, which made two thirds of what an edit sends. So a
message has a few lines only, which call the script (call.js). The scripts themselves are a file, which the browser
keeps (document/served.py).
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from pages.widgets.document.modules import Module, called, script, text_of, version
from pages.widgets.document.served import scripts

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Component:
    """The parts of a component, as Streamlit takes them; its entry is the file of its script, below pages/widgets.

    The script exports a function that is called with the data.
    """

    html: str
    js: str
    css: str
    entry: str = ""

    @staticmethod
    def of(folder: Path, name: str) -> "Component":
        """Return the component that a folder has as name.html, name.js and name.css."""
        return Component(
            html=text_of(folder / f"{name}.html"),
            js=script(folder / f"{name}.js"),
            css=text_of(folder / f"{name}.css"),
            entry=called(folder / f"{name}.js"),
        )

    @staticmethod
    def player(folder: Path) -> "Component":
        """Return the player of a folder: with the controls, and in the style, that all players share."""
        own = Component.of(folder, "player")
        return Component(
            html=own.html.replace("<!-- controls -->", text_of(HERE / "transport.html").strip()),
            js=own.js,
            css=text_of(HERE / "player.css") + own.css,
            entry=own.entry,
        )

    def registered(self, name: str, *, isolate_styles: bool = False) -> ComponentRenderer:
        """Register the component with Streamlit, and return what draws it."""
        return st.components.v2.component(
            name,
            html=self.html,
            js=f'{_caller()}export default $.call("{version()}", "{self.entry}");\n',
            css=self.css,
            isolate_styles=isolate_styles,
        )


def bring_scripts() -> None:
    """Bring the scripts of all components in a message, where no document does; this draws nothing."""
    _scripts(key="scripts")


@lru_cache
def _caller() -> str:
    path = HERE / "call.js"
    return Module.read(path).scoped({path: "$"})


_scripts = st.components.v2.component(
    "scripts",
    js=f"{scripts()}export default () => {{}};\n",
    isolate_styles=False,
)
