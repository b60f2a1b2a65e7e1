"""Values that no browser sends, to every widget and component of every page: no exception, and the page recovers.

HYPOTHESIS_PROFILE=explore sends many more; WIDGET_VALUES_SEED another series.
"""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zlib import crc32

import pytest
from hypothesis import settings
from streamlit.proto.WidgetStates_pb2 import WidgetState

from pages.widgets.document import PAGES
from tests.pages.hostile import Hostile
from tests.pages.page import Page
from tests.pages.scenes import SCENES

# a message carries several values, and a scene is opened anew after so many: its network is another by then
VALUES, MESSAGES, SERIES = 4, 8, settings.default.max_examples // 60
SEED = int(os.environ.get("WIDGET_VALUES_SEED", "0"))
LONGEST_LINE = 300
MOST = sys.float_info.max


def kinds(page: Page) -> dict[str, str | None]:
    """What kind of value each widget of the page reads, components and unkeyed widgets too, by id."""
    record = page.record._new_widget_state
    return {id_: record.widget_metadata[id_].value_type for id_ in record.states if id_ in record.widget_metadata}


def options(proto: Any) -> tuple[str, ...]:
    return tuple(getattr(option, "content", option) for option in getattr(proto, "options", ()))


def drawn(page: Page) -> dict[str, Any]:
    return {node.proto.id: node.proto for node in page.at._tree if getattr(getattr(node, "proto", None), "id", "")}


def not_allowed(page: Page) -> Iterator[str]:
    """The widgets that hold a value that is not among their options or not within their bounds."""
    record = page.record
    for id_, proto in drawn(page).items():
        metadata = record._new_widget_state.widget_metadata.get(id_)
        if metadata is None or id_ not in record:
            continue
        value, name = record[id_], proto.DESCRIPTOR.name
        shown = metadata.serializer(value)
        if name in ("Selectbox", "Radio") and proto.options and shown not in options(proto):
            yield f"{id_} shows {shown!r:.60}"
        if name == "ButtonGroup" and not (set(shown) <= set(options(proto)) and (shown or not proto.required)):
            yield f"{id_} shows {shown!r:.60}"
        if name == "NumberInput" and not ((proto.min if proto.has_min else -MOST) <= value <= (
            proto.max if proto.has_max else MOST)):  # fmt: skip
            yield f"{id_} shows {value!r:.60}"
        if name == "Slider" and proto.type != proto.SELECT_SLIDER and not proto.min <= value <= proto.max:
            yield f"{id_} shows {value!r:.60}"


class Log(logging.Handler):
    """Keeps what Streamlit and the app log."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(logging.Formatter().format(record))

    @property
    def long(self) -> list[str]:
        """What is more than a line."""
        return [said for said in self.said if "Traceback" in said or len(said) > LONGEST_LINE]


@pytest.fixture
def log() -> Iterator[Log]:
    handler = Log()
    # Streamlit's loggers do not hand on what they log
    loggers = [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler
    for logger in loggers:
        logger.removeHandler(handler)


def messages(hostile: Hostile, page: Page) -> list[WidgetState]:
    known, protos = kinds(page), drawn(page)
    some = hostile.random.choices(list(known), k=hostile.random.randint(1, VALUES))
    return [hostile.state(id_, known[id_], options(protos.get(id_))) for id_ in dict.fromkeys(some)]


@contextmanager
def noted(states: list[WidgetState]) -> Iterator[None]:
    """Note with a failure what had been sent."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"after {states!s:.3000}")
        raise


def check_recovered(page: Page) -> None:
    page.send_states(alone=True)
    assert list(not_allowed(page)) == []
    page.run()


@pytest.mark.parametrize("scene", SCENES)
def test_no_value_of_a_widget_breaks_a_page(scene: str, log: Log) -> None:
    for series in range(SERIES):
        hostile = Hostile(crc32(scene.encode()) + 1000 * SEED + series)
        page = SCENES[scene]()
        for _ in range(MESSAGES):
            states = messages(hostile, page)
            with noted(states):
                check_recovered(page.send_states(*states))
    assert log.long == []


@pytest.mark.parametrize("file", [page.file for page in PAGES])
def test_no_value_breaks_a_page_that_the_server_never_drew(file: str, log: Log) -> None:
    """As after the death of a server: the session begins with the values."""
    hostile, drawn_elsewhere = Hostile(crc32(file.encode()) + 1000 * SEED), Page(file)
    for _ in range(MESSAGES * SERIES):
        states = messages(hostile, drawn_elsewhere)
        with noted(states):
            check_recovered(Page(file, drawn=False).send_states(*states, alone=True))
    assert log.long == []
