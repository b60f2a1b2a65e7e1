"""A page without a browser, used as a browser uses it: opened at an address, its widgets set, its words read."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Widget

from engine import PRESETS, Experiment, Network, decode
from tests.edits import Typist, table_of
from tests.pages.packed import read
from tests.samples import EXAMPLE

APP = Path(__file__).parents[2] / "app.py"
NETWORK = "app.py"
WORDS = ("title", "header", "markdown", "caption", "text", "info", "success", "warning", "error")


class Page:
    """An open page; every action runs it, and it must never show an exception.

    What there is no method for is asked of `at`, Streamlit's AppTest.
    """

    def __init__(
        self,
        file: str = NETWORK,
        experiment: Experiment | None = None,
        session: Mapping[str, object] | None = None,
        embedded: bool = False,
        drawn: bool = True,
        **address: str | list[str],
    ) -> None:
        """Open a page at an address, in a session that holds an experiment and more; not `drawn`, it is yet to run."""
        self.at = AppTest.from_file(APP, default_timeout=60)
        self.at.context["is_embedded"] = embedded
        for key, value in ({"experiment": experiment} | dict(session or {})).items():
            self.at.session_state[key] = value
        for name, text in address.items():
            self.at.query_params[name] = text
        if file != NETWORK:
            self.at.switch_page(file)
        self.typist = Typist()
        if drawn:
            self.run()

    def run(self) -> "Page":
        self.at.run()
        return self._checked()

    def go(self, file: str) -> "Page":
        """Go to another page in the same session."""
        self.at.switch_page(file)
        return self.run()

    def widget(self, name: str) -> Any:
        """The widget of this key or else of this label."""
        widgets = [node for node in self.at._tree if isinstance(node, Widget)]
        found = [one for one in widgets if one.key == name] or [one for one in widgets if one.proto.label == name]
        assert found, f"{name} is none of {[one.key or one.proto.label for one in widgets]}"
        return found[0]

    def has(self, name: str) -> bool:
        """Whether there is a widget of this key."""
        return any(isinstance(node, Widget) and node.key == name for node in self.at._tree)

    def set(self, name: str, value: Any) -> "Page":
        """Choose or type a value."""
        self.widget(name).set_value(value)
        return self.run()

    def press(self, name: str) -> "Page":
        self.widget(name).click()
        return self.run()

    def upload(self, name: str, file: str, content: bytes, kind: str = "application/octet-stream") -> "Page":
        return self.set(name, (file, content, kind))

    def type(self, place: str, text: str) -> "Page":
        """Type into the field of a place in the editor's tables, such as x.1 or w.1.2.3."""
        return self.send(self._component(table_of(place)), json_value=self.typist.message({place: text}))

    def paste(self, place: str, block: str) -> "Page":
        """Paste a block into the editor's tables, from the field of a place on."""
        return self.send(self._component(table_of(place)), json_value=self.typist.message(at=place, block=block))

    def shown(self, place: str) -> str:
        """What the field of a place shows."""
        told = self.told(table_of(place))
        texts = {
            place: text
            for grid in told["grids"]
            for row in zip(grid["places"], grid["values"], strict=True)
            for place, text in zip(*row, strict=True)
        }
        return told["refused"].get(place, [texts[place]])[0]

    def refused(self, place: str) -> str:
        """Why what was typed into the field of a place was refused; nothing if it was not."""
        return self.told(table_of(place))["refused"].get(place, ["", ""])[1]

    def report(self, **state: Any) -> "Page":
        """Report a step or a selection as the player does."""
        return self.tell("player", **state)

    def tell(self, key: str, **state: Any) -> "Page":
        """Tell values as the component of a key does."""
        return self.send(self._component(key), json_value=json.dumps(state))

    def send(self, element: Any, **value: Any) -> "Page":
        """Send a value for a widget or a component, of any kind, beside those of all others."""
        return self.send_states(WidgetState(id=element.proto.id, **value))

    def send_states(self, *states: WidgetState, alone: bool = False) -> "Page":
        """Send values as they are on the wire; `alone`, the browser sends none for the other widgets."""
        sent = {state.id for state in states}
        others = [] if alone else [one for one in self.at._tree.get_widget_states().widgets if one.id not in sent]
        self.at._run(WidgetStates(widgets=[*others, *states]))
        return self._checked()

    def value(self, name: str) -> Any:
        return self.widget(name).value

    def options(self, name: str) -> list[str]:
        return list(self.widget(name).options)

    def disabled(self, name: str) -> bool:
        return bool(self.widget(name).proto.disabled)

    def column(self, name: str) -> list[Any]:
        """What stands in the first table's column of this name."""
        values: list[Any] = next(one.value[name].tolist() for one in self.at.dataframe if name in one.value.columns)
        return values

    def said(self, kind: str) -> list[str]:
        """What elements of a kind say, from top to bottom: error, warning, toast, latex, header and others."""
        return [element.value for element in self.at.get(kind)]

    @property
    def charts(self) -> list[Any]:
        """Plotly's charts as they are sent."""
        return [chart.proto for chart in self.at.get("plotly_chart")]

    def places(self, kind: str) -> list[tuple[int, ...]]:
        """Where in the page the elements of a kind stand: the number in every block, from the outermost."""
        return list(_places(self.at._tree, kind))

    @property
    def links(self) -> list[str]:
        """The links to pages, by their words."""
        return [link.proto.label for link in self.at.get("page_link")]

    @property
    def text(self) -> str:
        """All that the page says outside of its widgets, figures and formulas."""
        return "\n".join(words for kind in WORDS for words in self.said(kind))

    @property
    def plain(self) -> str:
        """Its text without the backslashes that keep what comes from a file from being read as Markdown."""
        return self.text.replace("\\", "")

    def told(self, key: str) -> dict[str, Any]:
        """What the component of this key was handed."""
        proto = self._component(key).proto
        return read(proto.bytes) if proto.bytes else json.loads(proto.json or "{}")

    @property
    def drawn(self) -> dict[str, Any]:
        """What the player was handed."""
        return self.told("player")

    @property
    def experiment(self) -> Experiment:
        """The experiment at hand."""
        return self.held("experiment") or EXAMPLE

    @property
    def network(self) -> Network:
        return self.experiment.network

    def held(self, key: str) -> Any:
        """What the session holds under a key; None if nothing."""
        return self.at.session_state.get(key)

    def hold(self, **values: object) -> "Page":
        """Let the session hold other values, and run the page."""
        for key, value in values.items():
            self.at.session_state[key] = value
        return self.run()

    @property
    def address(self) -> dict[str, str]:
        return {name: "".join(value) for name, value in self.at.query_params.items()}

    @property
    def addressed(self) -> Experiment:
        """The experiment that the address holds."""
        address = self.address
        return decode(address["net"]) if "net" in address else PRESETS[address["preset"]].experiment

    @property
    def record(self) -> SessionState:
        """Streamlit's own record of the session, with the widgets that the last run drew."""
        state: Any = self.at.session_state
        while not isinstance(state, SessionState):
            state = object.__getattribute__(state, "_state")
        return state

    def _component(self, key: str) -> Any:
        return next(one for one in self.at.get("bidi_component") if one.key.startswith(key))

    def _checked(self) -> "Page":
        found = [f"{shown.message}\n{''.join(shown.stack_trace)[-1500:]}" for shown in self.at.exception]
        assert not found, found[0]
        return self


def _places(block: Block, kind: str) -> Iterator[tuple[int, ...]]:
    for number, node in block.children.items():
        if node.type == kind:
            yield (number,)
        if isinstance(node, Block):
            yield from ((number, *place) for place in _places(node, kind))
