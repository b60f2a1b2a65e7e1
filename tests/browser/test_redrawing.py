"""After an edit in a table only parts of the page are drawn; together they are what a whole page would show.

Spoken over Streamlit's own protocol, as a browser does: the page after the edit is compared with one that is opened at
the address that the edit led to.
"""

import json
from typing import Any

import pytest

from tests.browser.driver import Server
from tests.edits import Typist, table_of
from tests.hosting.protocol import OF_FRAGMENTS, WHOLE, Session, finished, key_of

# what belongs to the session and not to the network
OWN = ("undo_button", "redo_button", "reset_button", "kept_undo", "entry")


async def edited(url: str, page: str, *edits: tuple[str, str]) -> tuple[Session, list[int]]:
    """Type texts, each into the field of a place; return the session and how each of its runs ended."""
    ends, typist = [], Typist()
    async with Session.at(url) as session:
        await session.run(page)
        for place, text in edits:
            session.set(table_of(place), json_value=typist.message({place: text}))
            messages = await session.run(page)
            ends.append(messages[-1].script_finished)
    return session, ends


async def opened(url: str, page: str, query: str) -> Session:
    async with Session.at(url) as session:
        session.query = query
        await session.run(page)
    return session


def shown(session: Session) -> dict[str, Any]:
    """What is on the page, by place and key."""
    for element in session.elements.values():
        if key_of(element) in ("example", "weights"):
            # how far its edits were taken is the session's
            element.json = json.dumps(json.loads(element.json) | {"answered": None})
        if key_of(element) == "player":
            # and so are what the last change made of the loss, and how many experiments were opened
            line, figure = element.bytes.split(b"\n", 1)
            own = {"answered": None, "promise": None, "opening": None}
            element.bytes = json.dumps(json.loads(line) | own).encode() + figure
        if element.DESCRIPTOR.name == "Selectbox" and element.set_value:
            # by this very run; one that begins with the value looks the same
            element.default = list(element.options).index(element.raw_value)
            element.ClearField("set_value")
            element.ClearField("raw_value")
    return {
        f"{path} {element.DESCRIPTOR.name} {key_of(element)}": element
        for path, element in session.elements.items()
        if not key_of(element).startswith(OWN)
    }


EDITS = [("w.1.1.1", "0.75"), ("x.2", "−3"), ("y.1", "1/2")]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit[0])
def test_the_parts_drawn_are_those_that_change(server: Server, edit: tuple[str, str]) -> None:
    session, ends = finished(edited(server.url, "", ("w.1.3.3", "0.375"), edit))
    assert ends == [OF_FRAGMENTS, OF_FRAGMENTS]
    anew = shown(finished(opened(server.url, "", session.query)))
    parts = shown(session)
    assert parts.keys() == anew.keys()
    assert [key for key in parts if parts[key] != anew[key]] == []
    assert not session.named("undo_button").disabled


def test_a_refused_edit_and_the_next_good_one_draw_the_same_parts(server: Server) -> None:
    session, ends = finished(edited(server.url, "", ("w.1.1.1", "no number"), EDITS[0], EDITS[0]))
    assert ends == [OF_FRAGMENTS, OF_FRAGMENTS, OF_FRAGMENTS]
    assert json.loads(session.named("weights").json)["refused"] == {}


def test_a_page_without_parts_is_drawn_whole(server: Server) -> None:
    _, ends = finished(edited(server.url, "training", EDITS[1]))
    assert ends == [WHOLE]
