"""The architecture, with its picture and its symbols."""

from engine.derivation.blocks import Picture, Table
from tests.engine.derivation.cases import CASES, EXAMPLE
from tests.engine.derivation.reading import chapter


def test_the_architecture_has_its_picture_and_its_table_of_symbols() -> None:
    some = chapter(EXAMPLE, "architecture")
    assert sum(isinstance(block, Picture) for block in some) == 1
    (table,) = [block for block in some if isinstance(block, Table)]
    shapes = {row[0]: row[2] for row in table.rows}
    assert shapes["$W^{(l)}$"] == "3 × 3" and shapes["$x$"] == "3"
    other = {row[0]: row[2] for b in chapter(CASES["wide"], "architecture") if isinstance(b, Table) for row in b.rows}
    assert other["$W^{(l)}$"] == "9 × 8; 11 × 9"
