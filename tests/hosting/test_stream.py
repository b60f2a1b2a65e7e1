"""The WebSocket through nginx: who may open one, what may be sent over it, and that it stays."""

import asyncio

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.edits import Typist
from tests.hosting.http import ask
from tests.hosting.protocol import STREAM, Session, finished
from tests.hosting.rig import Site


async def edited(url: str) -> tuple[str, str]:
    async with Session.at(url) as session:
        await session.run()
        before = session.query
        session.set("weights", json_value=Typist().message({"w.1.1.1": "0.125"}))
        await session.run()
        return before, session.query


def test_a_weight_is_edited_through_the_proxy(site: Site) -> None:
    before, after = finished(edited(site.url))
    # the address that was opened is completed by the browser
    assert before == "" and after.startswith("net=1.")


async def came_back(url: str, cookie: str) -> tuple[str, str]:
    headers = {"Cookie": cookie}
    async with Session.at(url, headers) as session:
        await session.run()
    async with Session.at(url, headers, existing=session.id) as again:
        await again.run()
    return session.id, again.id


@pytest.mark.parametrize("number", "123")
def test_a_session_is_found_again_with_the_cookie(site: Site, number: str) -> None:
    first, second = finished(came_back(site.url, f"replica={number}"))
    assert first == second


async def refused(url: str, **headers: str) -> int:
    try:
        async with connect(f"ws://{url.removeprefix('http://')}{STREAM}", additional_headers=headers):
            return 101
    except InvalidStatus as answer:
        return answer.response.status_code


def test_a_page_of_another_site_gets_no_connection(site: Site) -> None:
    assert finished(refused(site.url, Origin=site.url)) == 101
    assert finished(refused(site.url, Origin="http://elsewhere.example")) == 403
    assert finished(refused(site.url, Origin="null")) == 403


def test_a_name_that_is_not_ours_gets_no_connection(site: Site) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    answer = ask(
        site.url,
        STREAM,
        headers={**upgrade, "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Host": "rebound.example"},
    )
    assert answer.status == 403


async def closed_after(url: str, message: bytes) -> int | None:
    async with connect(f"ws://{url.removeprefix('http://')}{STREAM}") as socket:
        try:
            await socket.send(message)
            await asyncio.wait_for(socket.recv(), 10)
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else None
    return None


def test_a_message_of_more_than_a_megabyte_ends_the_connection(site: Site) -> None:
    large = BackMsg()
    large.rerun_script.query_string = "x" * 1_100_000
    assert finished(closed_after(site.url, large.SerializeToString())) == 1009


def test_a_message_that_is_none_ends_only_its_own_connection(site: Site) -> None:
    assert finished(closed_after(site.url, b"\xff" * 100)) == 1002
    assert finished(edited(site.url))[1].startswith("net=1.")


async def agreed(url: str) -> str:
    async with connect(f"ws://{url.removeprefix('http://')}{STREAM}", additional_headers={"Origin": url}) as socket:
        assert socket.response
        return socket.response.headers.get("Sec-WebSocket-Extensions", "")


def test_what_is_sent_over_it_is_compressed(site: Site) -> None:
    assert finished(agreed(site.url)).startswith("permessage-deflate")
