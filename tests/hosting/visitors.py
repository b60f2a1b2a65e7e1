"""Visitors of the load test: each opens the page and edits a weight every few seconds, and keeps count."""

import asyncio
import json
import random
import time
from dataclasses import dataclass, field

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.edits import Typist
from tests.hosting.protocol import Session

# in seconds: between two asks of a drag
ASKS = 0.4
# the presets' first layers have at least these
WEIGHTS = ("w.1.1.1", "w.1.1.2", "w.1.2.1", "w.1.2.2")


@dataclass
class Tally:
    """What all visitors measured, in seconds, and what went wrong."""

    loads: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def shown_exceptions(messages: list[ForwardMsg]) -> list[str]:
    """The exception boxes that a run drew."""
    elements = [said.delta.new_element for said in messages if said.HasField("delta")]
    return [element.exception.type for element in elements if element.HasField("exception")]


async def visit(
    url: str, tally: Tally, arrival: float, until: float, every: float, seed: int, drags: bool = False
) -> None:
    """One visitor: arrives, loads the page, edits a weight every so often, leaves at `until` (of time.monotonic).

    One who drags asks for the pictures around it all the while.
    """
    random_ = random.Random(seed)
    await asyncio.sleep(arrival)
    try:
        async with Session.at(url) as session:
            await timed(session, tally, tally.loads)
            typist = Typist()
            due = time.monotonic() + random_.uniform(0, every)
            while due < until:
                if drags:
                    await drag(session, random_, due)
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                typed = {random_.choice(WEIGHTS): f"{random_.uniform(-2, 2):.9f}"}
                before = session.query
                session.set("weights", json_value=typist.message(typed))
                await timed(session, tally, tally.edits)
                if session.query == before:
                    tally.errors.append("an edit changed nothing")
                due += every
    except Exception as error:  # whatever it is, it is counted
        tally.errors.append(f"{type(error).__name__}: {error}"[:200])


async def drag(session: Session, random_: random.Random, until: float) -> None:
    """Ask for a range of numbers of a weight, and for more as it moves on, as a browser does."""
    place, number = random_.choice(WEIGHTS), 0
    while time.monotonic() < until:
        number += 1
        texts = [f"{random_.uniform(-2, 2):.3f}" for _ in range(41)]
        ask = {"id": number, "place": place, "step": None, "texts": texts}
        session.set("glimpses", json_value=json.dumps({"ask": ask}))
        await session.run(fragment=session.fragments["glimpses"])
        await asyncio.sleep(ASKS)


async def timed(session: Session, tally: Tally, times: list[float]) -> None:
    since, bytes_before = time.perf_counter(), session.bytes_received
    messages = await session.run()
    times.append(time.perf_counter() - since)
    tally.received.append(session.bytes_received - bytes_before)
    tally.errors.extend(shown_exceptions(messages))
