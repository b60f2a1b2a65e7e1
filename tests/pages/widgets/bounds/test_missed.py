"""A page that comes back in the middle of a run is sent nothing of that run."""

import asyncio

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.hosting.protocol import Session, finished
from tests.hosting.rig import Replica

OPEN = BackMsg()
OPEN.rerun_script.query_string = "preset=mazur"


async def received(session: Session, seconds: float) -> list[str]:
    """The kinds of what arrives within some seconds."""
    kinds = []
    try:
        async with asyncio.timeout(seconds):
            while True:
                kinds.append(str(ForwardMsg.FromString(bytes(await session.socket.recv())).WhichOneof("type")))
    except TimeoutError:
        return kinds


async def came_back_in_a_run(url: str, after: float) -> tuple[list[str], list[str]]:
    """What a page is sent that is cut off so long after it asked for a run, and asks for one again later."""
    async with Session.at(url) as session:
        await session.run()
        await session.send(OPEN)
        await asyncio.sleep(after)
        session.socket.transport.abort()
    await asyncio.sleep(0.5)
    async with Session.at(url, existing=session.id) as again:
        unasked = await received(again, 0.5)
        return unasked, [str(message.WhichOneof("type")) for message in await again.run()]


def test_nothing_of_a_run_is_sent_on_to_a_page_that_comes_back_and_all_of_the_next_is(replica: Replica) -> None:
    for after in (0.0, 0.01, 0.02, 0.04):
        unasked, asked = finished(came_back_in_a_run(replica.url, after))
        assert unasked == []
        assert asked.count("new_session") == 1 and asked.count("delta") > 20
