"""Attackers: `python -m tests.hosting.attack starve` and `python -m tests.hosting.attack press` (make attack).

`starve`: sessions send the dearest links, page after page, and train at the limits; how long do others' edits take?
`press`: visitors with the largest network apply its update again and again; what does it take, and what is left?
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from pages.widgets.bounds.heap import OFTEN
from tests.hosting.dearest import LONG, SEEDS, VIEWS, Genome, link, opened
from tests.hosting.load import memory, percentile, warmed
from tests.hosting.protocol import Session
from tests.hosting.rig import Replica, running_replicas
from tests.hosting.visitors import Tally, shown_exceptions, visit

LARGEST = Genome((784, 512, 512, 69), "tanh")
EDITS_WITHIN, HELD, LEFT = 1.0, 1_000.0, 50.0
# Streamlit forgets a session so long after it has left (server.disconnectedSessionTTL), and when others come
FORGOTTEN = 125


def links() -> list[str]:
    """The dearest networks that fit into a link, as queries."""
    return [query for query in map(link, SEEDS) if query]


async def attacker(url: str, queries: list[str], until: float, seed: int, tally: Tally) -> None:
    """One session that trains at the limits and meanwhile opens dear links on all pages in turn."""
    dice = random.Random(seed)
    async with Session.at(url) as session:
        await train(session)
        for page in cycle(dice.sample(list(VIEWS), len(VIEWS))):
            if time.monotonic() >= until:
                return
            session.widgets.clear()
            session.query = dice.choice(queries)
            since = time.perf_counter()
            tally.errors.extend(shown_exceptions(await session.run(page=page, seconds=LONG)))
            tally.loads.append(time.perf_counter() - since)


async def train(session: Session) -> None:
    await session.run(page="training")
    session.set("training_suited", trigger_value=True)
    await session.run(page="training")
    session.widgets.clear()
    session.set("training_epochs", double_value=10_000)
    session.set("training_batch", double_value=1)
    session.set("training_size_moons", double_array_value={"data": [2_000]})
    session.set("train", trigger_value=True)
    await session.run(page="training", seconds=LONG)


async def starve(replica: Replica, options: argparse.Namespace) -> tuple[Tally, Tally]:
    """Return what visitors and attackers measured; the visitors are there for as long as the attackers."""
    edits, attacks, queries = Tally(), Tally(), links()
    until = time.monotonic() + options.seconds
    await asyncio.gather(
        *(attacker(replica.url, queries, until, seed, attacks) for seed in range(options.attackers)),
        *(visit(replica.url, edits, 3 + 0.2 * seed, until, 2.0, seed) for seed in range(options.visitors)),
    )
    return edits, attacks


async def presser(url: str, presses: int, tally: Tally) -> None:
    """One visitor who opens the largest network from a file and applies its update again and again."""
    async with Session.at(url) as session:
        await opened(session, LARGEST)
        for _ in range(presses):
            await session.run(seconds=LONG)
            session.set("apply_update", trigger_value=True)
            tally.errors.extend(shown_exceptions(await session.run(seconds=LONG)))
            session.widgets.clear()


async def press(replica: Replica, options: argparse.Namespace) -> tuple[float, Tally]:
    """Return the largest memory while all press on, in MB, and what went wrong."""
    tally, most = Tally(), 0.0
    pressing = asyncio.gather(*(presser(replica.url, options.presses, tally) for _ in range(options.visitors)))
    while not pressing.done():
        await asyncio.sleep(0.2)
        most = max(most, memory((replica,)))
    await pressing
    return most, tally


def starved(replica: Replica, options: argparse.Namespace) -> bool:
    edits, attacks = asyncio.run(starve(replica, options))
    slow = percentile(edits.edits, 95)
    print(f"{len(edits.edits)} edits beside {options.attackers} attackers: median {percentile(edits.edits, 50):.2f} s, "
          f"95th percentile {slow:.2f} s, largest {max(edits.edits):.2f} s")  # fmt: skip
    print(f"the attackers' pages: {len(attacks.loads)}, median {percentile(attacks.loads, 50):.1f} s")
    print(*sorted({*edits.errors, *attacks.errors})[:5], sep="\n")
    return slow > EDITS_WITHIN or bool(edits.errors or attacks.errors)


def pressed(replica: Replica, options: argparse.Namespace) -> bool:
    before = memory((replica,))
    most, tally = asyncio.run(press(replica, options))
    time.sleep(FORGOTTEN)
    asyncio.run(warmed((replica,)))
    time.sleep(OFTEN + 5)
    left = memory((replica,)) - before
    print(f"{options.visitors} visitors with {sum(LARGEST.sizes):,} neurons: {before:.0f} MB before, "
          f"{most:.0f} MB at most, {left:+.0f} MB after they have left")  # fmt: skip
    print(*sorted(set(tally.errors))[:5], sep="\n")
    return most > HELD or left > LEFT or bool(tally.errors)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("starve", "press"))
    parser.add_argument("--attackers", type=int, default=5)
    parser.add_argument("--visitors", type=int, default=0, help="by default 10 who edit, 50 who press")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--presses", type=int, default=8)
    options = parser.parse_args()
    options.visitors = options.visitors or {"starve": 10, "press": 50}[options.what]
    measure = {"starve": starved, "press": pressed}[options.what]
    with tempfile.TemporaryDirectory(prefix="attack-") as folder, running_replicas(Path(folder), 1) as (replica,):
        asyncio.run(warmed((replica,)))
        return int(measure(replica, options))


if __name__ == "__main__":
    sys.exit(main())
