"""The levels of practice, one record each: which numbers are asked for, and of which fresh networks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.errors import InvalidExperiment
from engine.gradcheck.by_hand import Problem, computed
from engine.network.model import Experiment
from engine.practice import drawing, shapes
from engine.practice.quantity import OF_WEIGHTS, Quantity
from engine.practice.question import Candidate, candidate, clear
from engine.registry import Registry

Draw = Callable[[np.random.Generator], Problem]
Take = Callable[[Experiment, np.random.Generator], Problem]
Ask = Callable[[Problem], Iterator[Quantity]]
# of a large network, so many places of a kind in a layer are considered, the first ones
MOST_PLACES = 12
# a table with more cells is not asked for
MOST_CELLS = 12


@dataclass(frozen=True, kw_only=True)
class Level:
    """A level: `draw` makes a fresh problem, `take` one of the network at hand, and `candidates` the questions.

    kinds: of its questions, in the order in which they are practised.
    """

    name: str
    title: str
    remark: str
    kinds: tuple[str, ...]
    draw: Draw
    take: Take
    asks: Ask | None = None
    # whether it is about several examples together
    of_batch: bool = False

    def candidates(self, problem: Problem, network: int, fresh: bool) -> list[Candidate]:
        """Return what the level may ask about a problem; of a fresh one only that in which slips are told apart."""
        if self.asks is None:
            return shapes.candidates(problem, network)
        worked = computed(problem)
        return [candidate(worked, asked, network) for asked in self.asks(problem) if not fresh or clear(worked, asked)]


def _first(experiment: Experiment, rng: np.random.Generator) -> Problem:
    return Problem.of(Problem.of(experiment).one(0))


def _one(rng: np.random.Generator) -> Problem:
    return drawing.drawn(rng, drawing.any_sizes(rng))


def _several(rng: np.random.Generator) -> Problem:
    return drawing.drawn(rng, drawing.any_sizes(rng), examples=int(rng.integers(2, drawing.MOST_EXAMPLES + 1)))


def _of_different_sizes(rng: np.random.Generator) -> Problem:
    sizes = rng.permutation([2, 3, 4, 5])[:3]
    return drawing.drawn(rng, [int(size) for size in sizes], examples=int(rng.integers(6, 9)))


def _layers(problem: Problem) -> range:
    return range(1, len(problem.network.layers) + 1)


def places(problem: Problem, kind: str, layer: int) -> Iterator[Quantity]:
    """Yield the numbers of a kind in a layer, and their table where it is a small one."""
    own = problem.layer(layer)
    if kind in OF_WEIGHTS:
        cells = [
            Quantity(kind, layer, to, source)
            for to in range(1, own.n_out + 1)[:4]
            for source in range(1, own.n_in + 1)[:4]
        ]
        size = own.W.size
    else:
        cells = [Quantity(kind, layer, to) for to in range(1, own.n_out + 1)]
        size = own.n_out
    yield from cells[:MOST_PLACES]
    if 1 < size <= MOST_CELLS:
        yield Quantity(kind, layer)


def _asks(kinds: tuple[str, ...], layers: Callable[[Problem], range], loss: bool = False) -> Ask:
    def of(problem: Problem) -> Iterator[Quantity]:
        if loss:
            yield Quantity("loss")
        for layer in layers(problem):
            for kind in kinds:
                if kind != "new_b" or problem.update_biases:
                    yield from places(problem, kind, layer)

    return of


def _output(problem: Problem) -> range:
    last = len(problem.network.layers)
    return range(last, last + 1)


def _hidden(problem: Problem) -> range:
    return range(1, len(problem.network.layers))


LEVELS: Registry[Level] = Registry(
    "level",
    [
        Level(
            name="forward",
            title="Forward",
            remark="Weighted sums and activations, layer by layer.",
            kinds=("z", "a"),
            draw=_one,
            take=_first,
            asks=_asks(("z", "a"), _layers),
        ),
        Level(
            name="output",
            title="Loss and output gradients",
            remark="The loss, and where the way back begins.",
            kinds=("loss", "da", "delta", "dw", "db"),
            draw=_one,
            take=_first,
            asks=_asks(("da", "delta", "dw", "db"), _output, loss=True),
        ),
        Level(
            name="hidden",
            title="Hidden gradients",
            remark="Back through the weights and the activations of hidden layers.",
            kinds=("da", "delta", "dw", "db"),
            draw=_one,
            take=_first,
            asks=_asks(("da", "delta", "dw", "db"), _hidden),
        ),
        Level(
            name="update",
            title="A full update",
            remark="From the example to the new weights and biases.",
            kinds=("new_w", "new_b", "dw", "db"),
            draw=_one,
            take=_first,
            asks=_asks(("dw", "db", "new_w", "new_b"), _layers),
        ),
        Level(
            name="batch",
            title="A batch",
            remark="Several examples: losses and gradients as a mean or a sum.",
            kinds=("loss", "dw", "db", "new_w"),
            draw=_several,
            take=drawing.with_examples,
            asks=_asks(("dw", "db", "new_w"), _layers, loss=True),
            of_batch=True,
        ),
        Level(
            name="shapes",
            title="Shapes and transposes",
            remark="Rows × columns of every matrix, over a batch.",
            kinds=("shape.W", "shape.Z", "shape.delta", "shape.dw", "shape.Wt", "shape.deltat", "transpose"),
            draw=_of_different_sizes,
            take=drawing.with_examples,
            of_batch=True,
        ),
    ],
)


def require_some(candidates: list[Candidate], level: Level) -> list[Candidate]:
    """Return candidates; raise InvalidExperiment where there are none."""
    if not candidates:
        raise InvalidExperiment(
            f"This network has nothing to ask at the level “{level.title}”. "
            "Add a hidden layer, or choose another level."
        )
    return candidates
