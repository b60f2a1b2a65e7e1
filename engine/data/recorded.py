"""The data sets that were measured: small classic tables, read from files as a reader's own would be."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.registry import Registry

_TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A table with the columns that are inputs at first, and its target.

    hidden: sizes of the hidden layers with which a network of tanh neurons learns it well.
    """

    name: str
    title: str
    remark: str
    inputs: tuple[str, ...]
    target: str
    hidden: tuple[int, ...] = ()

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"

    def content(self) -> bytes:
        """Return its file."""
        return _read(self.file)


@cache
def _read(file: str) -> bytes:
    # some kilobytes, wanted whenever the Training page is drawn
    return (_TABLES / file).read_bytes()


RECORDED: Registry[Recorded] = Registry(
    "table",
    (
        Recorded(
            name="iris",
            title="iris",
            remark=(
                "Sepals and petals of 150 irises of three species, in cm, measured by Anderson, published by Fisher "
                "(1936). One species is easily told; the other two overlap. Choose other inputs below."
            ),
            inputs=("petal length", "petal width"),
            target="species",
            hidden=(4,),
        ),
        Recorded(
            name="cars",
            title="cars",
            remark=(
                "How far 50 cars of the 1920s ran on after braking, in feet, by their speed in miles per hour "
                "(Ezekiel 1930). The faster, the farther, and the more they differ."
            ),
            inputs=("speed",),
            target="distance",
            hidden=(3,),
        ),
    ),
)
