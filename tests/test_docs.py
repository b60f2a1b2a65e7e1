"""What the documents say about the files: every file that they name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("deploy/**/*.md")]
NAMED = re.compile(r"`((?:engine|pages|tests|docs|deploy)/[\w./*-]+|app\.py|compose\.yaml|Dockerfile|Makefile)`")

# whoever hosts the app puts them there
OF_HOSTS = {"deploy/certificates"}


def missing(words: str) -> list[str]:
    """The files and folders that a text names and the project has not."""
    return [name for name in NAMED.findall(words) if name not in OF_HOSTS and not list(ROOT.glob(name.rstrip("/")))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    assert missing(document.read_text(encoding="utf-8")) == []


def test_a_file_that_is_not_there_is_found() -> None:
    assert missing("`engine/nowhere.py`, `engine/memory.py`, `pages/*.py`, `tests/none/`") == [
        "engine/nowhere.py",
        "tests/none/",
    ]


def test_the_map_of_the_house_names_many() -> None:
    assert len(NAMED.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))) > 25
