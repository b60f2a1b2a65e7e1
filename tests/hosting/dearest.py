"""The dearest network: `python -m tests.hosting.dearest --count 60 --seed 0` (make dearest).

A search that grows what was dear: networks of the sizes allowed are opened in a running app and shown on every page and
view; the dearest ones are changed a little and opened again. Prints what the dearest of each view cost, and fails if
one costs more than the target.
"""

import argparse
import asyncio
import random
import re
import sys
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from engine import ACTIVATIONS, LOSSES, Experiment, InvalidExperiment, Layer, Network, encode, to_json
from engine.files.strict_json import MAX_CHARACTERS
from tests import weight_files
from tests.hosting.load import memory, pid, processor_time
from tests.hosting.protocol import Session, key_of, upload
from tests.hosting.rig import Replica, running_replicas
from tests.hosting.visitors import shown_exceptions

# in seconds: what a crowd may wait
LONG = 600
# per page: the widget that chooses the view, and its choices
VIEWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "": ("detail_switch", ("neuron", "layer")),
    "derivation": ("form", ("neuron", "layer", "numbers")),
    "activations": ("activations_view", ("Your network", "Gallery", "Compare", "Softmax")),
    "training": ("training_view", ()),
    "gradients": ("gradients_view", ("Your network", "Laboratory", "Check", "Paths")),
    "landscape": ("landscape_view", ("One parameter", "Two parameters", "Random directions")),
    "share": ("share_as", ("Link", "Animation", "Picture", "Programs", "JSON", "Open a file")),
}


@dataclass(frozen=True)
class Genome:
    """A network in a few words: what a mutation changes."""

    sizes: tuple[int, ...]
    hidden: str = "sigmoid"
    output: str = "softmax"
    loss: str = "half_squared_error"
    scale: float = 1.0

    def experiment(self) -> Experiment:
        """Return the experiment; raise InvalidExperiment for one that the app refuses."""
        rng = np.random.default_rng(0)
        names = [*[self.hidden] * (len(self.sizes) - 2), self.output]
        layers = [
            Layer((self.scale * rng.integers(-2, 3, (n, m)) / 4).astype(np.float32), np.zeros(n), name)
            for (m, n), name in zip(pairwise(self.sizes), names, strict=True)
        ]
        y = np.zeros(self.sizes[-1])
        return Experiment(Network(layers, self.loss), rng.integers(-9, 10, self.sizes[0]) / 10, y, 0.1)

    def mutated(self, dice: random.Random) -> "Genome":
        """Return a genome that differs in one thing."""
        what = dice.choice(("grow", "grow", "wider", "deeper", "shallower", "hidden", "output", "loss", "scale"))
        sizes, at = list(self.sizes), dice.randrange(len(self.sizes))
        if what == "grow":
            return replace(self, sizes=tuple(round(size * 1.3) + 1 for size in sizes))
        if what == "wider":
            sizes[at] = round(sizes[at] * dice.choice((0.3, 1.5, 3.0))) + 1
        if what == "deeper":
            sizes.insert(at, sizes[at])
        if what == "shallower" and len(sizes) > 2:
            del sizes[at]
        names = {"hidden": list(ACTIVATIONS), "output": list(ACTIVATIONS), "loss": list(LOSSES), "scale": [0.01, 1, 30]}
        changes = {what: dice.choice(names[what])} if what in names else {"sizes": tuple(sizes)}
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, order=True)
class Cost:
    """What a view cost more than nothing: processor seconds, MB at the peak, and what it was."""

    cpu: float
    peak: float
    view: str
    genome: Genome

    def __str__(self) -> str:
        words = f"{self.genome.sizes} {self.genome.hidden} {self.genome.output} {self.genome.loss}"
        return f"{self.cpu:6.2f} s {self.peak:6.0f} MB  {self.view:<28} {words:.120}"


@cache
def link(genome: Genome) -> str:
    """The query of a link to the network; nothing if it is too large for one."""
    experiment = genome.experiment()
    return urlencode({"net": encode(experiment)}) if len(to_json(experiment)) <= MAX_CHARACTERS else ""


@cache
def file(genome: Genome) -> bytes:
    """The network's weights as a file, in as few bytes as it takes."""
    return weight_files.npz_of(weight_files.state_dict(genome.experiment().network), True)


async def opened(session: Session, genome: Genome) -> None:
    """Make the network the one at hand: by a link, or by a file if it is too large for one."""
    session.query = link(genome)
    if session.query:
        return
    await session.run(page="share", seconds=LONG)
    session.set("share_as", string_array_value={"data": ["Open a file"]})
    await session.run(page="share", seconds=LONG)
    status = await upload(session, "upload", "mine.npz", file(genome))
    assert status == 204, (status, len(file(genome)))
    await session.run(page="share", seconds=LONG)
    assert not [one.body for one in session.of_kind("Alert")], [one.body for one in session.of_kind("Alert")]
    session.set("take", trigger_value=True)
    await session.run(page="share", seconds=LONG)
    session.widgets.clear()


async def costs(replica: Replica, genome: Genome) -> list[Cost]:
    """Open the network and go through all pages and views."""
    found = []
    async with Session.at(replica.url) as session:
        await opened(session, genome)
        for page, (key, choices) in VIEWS.items():
            session.widgets.clear()
            found.append(await cost(replica, session, page, page or "network", genome))
            for choice in choices[1:]:
                if not any(key_of(one) == key for one in session.elements.values()):
                    continue
                session.set(key, string_array_value={"data": [choice]})
                found.append(await cost(replica, session, page, f"{page or 'network'}: {choice}", genome))
    return found


async def cost(replica: Replica, session: Session, page: str, view: str, genome: Genome) -> Cost:
    process = Path(f"/proc/{pid(replica)}")
    (process / "clear_refs").write_text("5")
    cpu, before = processor_time((replica,)), memory((replica,))
    shown = shown_exceptions(await session.run(page=page, seconds=LONG))
    if shown:
        view += f" {shown}"
    if any(one.body.startswith("This link") for one in session.of_kind("Alert")):
        view += " REFUSED"
    peak = int(re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text())[1]) / 1024  # type: ignore[index]
    await asyncio.sleep(0.1)
    return Cost(processor_time((replica,)) - cpu, peak - before, view, genome)


DEFAULT = Genome((3, 3, 3, 3), "tanh")
SEEDS = (
    Genome((784, 512, 512, 10), "relu"),
    Genome((784, 560, 450), "softmax", "sigmoid"),
    Genome((*(1, 784) * 12, 1), "mish", "sigmoid"),
    Genome((1, 784), "mish"),
    Genome((104,) * 65, "mish", "softmax"),
    Genome((10,) * 10, "tanh"),
    Genome((31,) * 33, "softmax", "softmax", "huber"),
)
CPU, PEAK = 3.0, 250.0


async def search(replica: Replica, count: int, seed: int) -> list[Cost]:
    """Open `count` networks, each a change of one of the dearest so far; return what each view cost."""
    dice, found = random.Random(seed), list[Cost]()
    todo = list(SEEDS)
    for number in range(count):
        genome = todo.pop() if todo else parent(dice, found).mutated(dice)
        try:
            genome.experiment()
        except InvalidExperiment:
            continue
        found += await costs(replica, genome)
        worst = max(found)
        print(f"{number + 1:>4} opened; dearest so far {worst}", flush=True)
    return found


def parent(dice: random.Random, found: list[Cost]) -> Genome:
    """One of the dearest of a view, by processor time or by memory."""
    view = dice.choice(sorted({cost.view for cost in found}))
    by = dice.choice((lambda cost: cost.cpu, lambda cost: cost.peak))
    dearest = sorted((cost for cost in found if cost.view == view), key=by, reverse=True)
    return dice.choice(dearest[:3]).genome


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dearest-") as folder, running_replicas(Path(folder), 1) as (replica,):
        # imports are made, and what the default network costs is known
        asyncio.run(costs(replica, DEFAULT))
        usual = {cost.view: cost for cost in asyncio.run(costs(replica, DEFAULT))}
        found = asyncio.run(search(replica, options.count, options.seed))
    dearest = [max(group, key=lambda cost: cost.cpu) for group in by_view(found)]
    largest = [max(group, key=lambda cost: cost.peak) for group in by_view(found)]
    print("dearest in processor time, by view", *sorted(dearest, reverse=True), sep="\n")
    print("dearest in memory, by view", *sorted(largest, key=lambda cost: -cost.peak), sep="\n")
    over = [cost for cost in dearest if cost.cpu > usual[cost.view].cpu + CPU]
    over += [cost for cost in largest if cost.peak > usual[cost.view].peak + PEAK]
    print("over the target", *over, sep="\n") if over else print(f"none over {CPU:g} s or {PEAK:g} MB")
    return 1 if over else 0


def by_view(found: list[Cost]) -> list[list[Cost]]:
    return [[cost for cost in found if cost.view == view] for view in sorted({cost.view for cost in found})]


if __name__ == "__main__":
    sys.exit(main())
