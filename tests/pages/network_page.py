"""The Network page without a browser, used as a browser uses it: cells typed into tables, reports of the player."""

import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment, decode
from engine.network.places import Place

APP = Path(__file__).parents[2] / "app.py"
DEFAULT = PRESETS["worked-example"].experiment


def read(told: bytes) -> dict[str, Any]:
    """What the player reads in what it is sent: a line, and after it the figure."""
    line, figure = told.split(b"\n", 1)
    return json.loads(line) | {"figure": json.loads(figure)}


def component(at: AppTest, name: str) -> Any:
    """The component of that name on the page."""
    return next(one for one in at.get("bidi_component") if one.proto.component_name.endswith(name))


class NetworkPage:
    """An open page; every action runs it, and it must never show an exception."""

    def __init__(self, embedded: bool = False, **address: str) -> None:
        self.at = AppTest.from_file(APP, default_timeout=30)
        self.at.context["is_embedded"] = embedded
        for name, value in address.items():
            self.at.query_params[name] = value
        self._edits: dict[str, dict[str, dict[str, Any]]] = {}
        self.run()

    @property
    def experiment(self) -> Experiment:
        """The experiment at hand."""
        return self.at.session_state.get("experiment") or DEFAULT

    @property
    def address(self) -> dict[str, str]:
        return {name: "".join(value) for name, value in self.at.query_params.items()}

    @property
    def addressed(self) -> Experiment:
        """The experiment that the address holds."""
        address = self.address
        return decode(address["net"]) if "net" in address else PRESETS[address["preset"]].experiment

    @property
    def selected(self) -> Place | None:
        return self.at.session_state.get("selected")

    @property
    def drawn(self) -> dict[str, Any]:
        """What the player was handed."""
        return read(self._player.proto.bytes)

    @property
    def text(self) -> str:
        """All plain text of the main part of the page."""
        return "\n".join(part.value for part in (*self.at.markdown, *self.at.caption))

    def run(self) -> "NetworkPage":
        return self._checked(self.at.run())

    def set(self, key: str, value: Any) -> "NetworkPage":
        """Choose or type a value in the widget of this key."""
        return self._checked(self._widget(key).set_value(value).run())

    def press(self, key: str) -> "NetworkPage":
        return self._checked(self.at.button(key=key).click().run())

    def disabled(self, key: str) -> bool:
        return bool(self.at.button(key=key).disabled)

    def type(self, table: str, row: int, column: str, value: Any) -> "NetworkPage":
        """Type into a cell of the table "x", "y" or a layer's number from 0; the browser sends all edits so far."""
        key, id_ = next((t.key, t.proto.id) for t in self.at.dataframe if t.key.startswith(f"table_{table}_"))
        self._edits.setdefault(key, {}).setdefault(str(row), {})[column] = value
        return self._send(id_, string_value=json.dumps({"edited_rows": self._edits[key]}))

    def report(self, **state: Any) -> "NetworkPage":
        """Report a step or a selection as the player does."""
        return self._send(self._player.proto.id, json_value=json.dumps(state))

    @property
    def _player(self) -> Any:
        return component(self.at, "network_player")

    def _widget(self, key: str) -> Any:
        kinds = (self.at.selectbox, self.at.number_input, self.at.toggle, self.at.segmented_control)
        return next(widget for kind in kinds for widget in kind if widget.key == key)

    def _send(self, id_: str, **value: str) -> "NetworkPage":
        states = self.at._tree.get_widget_states()
        states.widgets.add(id=id_, **value)
        return self._checked(self.at._run(states))

    def _checked(self, at: AppTest) -> "NetworkPage":
        assert not at.exception, at.exception
        return self
