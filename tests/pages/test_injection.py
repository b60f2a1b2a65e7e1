"""Text that is not ours, from links, files and their names, is shown letter by letter wherever it goes.

Each channel is given one text that would do something in Markdown, in HTML, in a formula, in a figure or in a program.
"""

import io
import json
import re

import numpy as np
import pytest
from safetensors.numpy import save

from engine import PRESETS, InvalidExperiment, from_json, to_json
from pages.figures.theme import LIGHT
from pages.widgets.document import PAGES
from pages.widgets.share.training_run import run_page
from tests.pages.packed import unpacked
from tests.pages.page import Page
from tests.pages.spoken import Said, spoken

MARK = "zq7"
HOSTILE = (
    MARK + "<img src=x onerror=alert(1)>![p](https://evil.example/p)[l](javascript:alert(1))**b**$x$:red[r]`c`"
    "</script>\\href{x}%{y}"
)
# without what ends a cell or a path, and short enough for the name of a column
IN_CSV = (
    HOSTILE.replace(",", "").replace("[l](javascript:alert(1))", "").replace("![p](https://evil.example/p)", "![p](q)")
)
IN_NAME = HOSTILE.replace("/", "∕")
# what begins something in Markdown, unless a backslash stands before it; and in HTML
ACTIVE = {"markdown": re.compile(r"(?<!\\)[<\[*$`]|(?<!\\):(?=red)"), "html": re.compile(r"<|javascript:(?!alert)")}


def harmful(said: Said) -> bool:
    _, marked, after = said.text.partition(MARK)
    return bool(marked) and said.reading != "text" and bool(ACTIVE[said.reading].search(after.split("\n")[0]))


def assert_harmless(page: Page, shown: bool = True) -> None:
    """Nothing that was injected is active; with `shown`, the text did reach the page."""
    found = [said for said in spoken(page) if MARK in said.text]
    assert [said for said in found if harmful(said)] == []
    assert found or not shown


def test_the_check_finds_what_is_active_and_nothing_else() -> None:
    for text in ("x zq7<b>", "zq7 a [l](x)", "zq7**b**", "zq7 $x$", "zq7:red[r]", r"zq7 \\<b>"[:-1] + "<i>"):
        assert harmful(Said("markdown.body", text, "markdown")), text
    assert not harmful(Said("markdown.body", r"**ours** zq7\<b\> \[l\]\(x\) \*\*b\*\* \$x\$ \:red\[r\]", "markdown"))
    assert harmful(Said("plotly_chart", "zq7<b>", "html"))
    assert not harmful(Said("plotly_chart", "<b>ours</b> zq7&lt;b&gt;", "html"))


@pytest.mark.parametrize("name", ["net", "preset", "step", "detail", "chapter", HOSTILE])
def test_a_link(name: str) -> None:
    assert_harmless(Page(**{name: HOSTILE}), shown=name in ("preset", "step"))


@pytest.mark.parametrize("page", [page.file for page in PAGES])
def test_a_link_to_a_page(page: str) -> None:
    assert_harmless(Page(page, preset=HOSTILE, chapter=HOSTILE))


def upload(name: str, content: bytes) -> Page:
    return Page("pages/share.py").set("share_as", "Open a file").upload("upload", name, content)


def experiment_with(place: str) -> bytes:
    document = json.loads(to_json(PRESETS["worked-example"].experiment))
    if place == "activation":
        document["layers"][0]["activation"] = HOSTILE
    else:
        document[place] = HOSTILE
    return json.dumps(document).encode()


def arrays(name: str) -> dict[str, np.ndarray]:
    return {f"{name}.weight": np.ones((3, 2)), f"{name}.bias": np.ones(3), f"{name} {HOSTILE}": np.ones((4, 3))}


def npz(name: str) -> bytes:
    file = io.BytesIO()
    np.savez(file, **{key.replace("/", "∕"): value for key, value in arrays(name).items()})  # type: ignore[arg-type]
    return file.getvalue()


def test_the_name_of_an_uploaded_file() -> None:
    for ending in (".json", ".npz", ".safetensors", ".exe", ""):
        assert_harmless(upload(IN_NAME + ending, b"nothing"), shown=False)


@pytest.mark.parametrize("place", ["activation", "loss", "learning_rate", "format", "x", HOSTILE])
def test_an_experiment_file(place: str) -> None:
    assert_harmless(upload("mine.json", experiment_with(place)), shown=place in ("activation", "loss"))


@pytest.mark.parametrize("name", ["layer", HOSTILE])
def test_a_file_of_weights(name: str) -> None:
    assert_harmless(upload("mine.npz", npz(name)), shown=False)
    assert_harmless(upload("mine.safetensors", save(arrays(name))), shown=False)
    as_lists = {key: value.tolist() for key, value in arrays(name).items()}
    assert_harmless(upload("mine.json", json.dumps(as_lists).encode()), shown=False)


def csv(kind: str) -> bytes:
    target = {"classes": lambda i: f"{IN_CSV}{i % 3}", "numbers": lambda i: str(i % 9 - 4), "mixed": lambda i: IN_CSV}
    rows = "".join(f"{i % 7 - 3},{i % 5 - 2},{target[kind](i)}\n" for i in range(30))
    return f"a{IN_CSV},b{IN_CSV},c{IN_CSV}\n{rows}".encode()


def with_data(content: bytes, name: str = IN_NAME) -> Page:
    page = Page("pages/training.py").set("training_data", "csv")
    return page.upload("training_upload", f"{name}.csv", content, "text/csv")


@pytest.mark.parametrize("kind", ["classes", "numbers"])
def test_the_names_in_a_table_and_what_is_made_of_them(kind: str) -> None:
    page = with_data(csv(kind))
    assert_harmless(page)
    page.press("training_suited").set("training_epochs", 2).press("train")
    assert_harmless(page)
    done = page.held("training_run")
    assert done is not None
    assert_harmless_file(run_page(LIGHT, done))
    for file in ("pages/landscape.py", "pages/share.py"):
        assert_harmless(page.go(file), shown=False)
    shown = [section_of_the_run(page, section) for section in page.options("share_as")]
    assert any(MARK in said.text for section in shown for said in section)


def section_of_the_run(page: Page, section: str) -> list[Said]:
    """Go to a section of the Share page and, if there is a choice, to what it has of the training run."""
    page.set("share_as", section)
    for choice in page.at.segmented_control:
        if choice.key != "share_as" and "run" in str(choice.options).lower():
            choice.set_value(choice.options[-1]).run()
    assert_harmless(page, shown=False)
    return spoken(page)


def assert_harmless_file(page: str) -> None:
    """All that came from the table is packed; the script that unpacks it is the page's."""
    packed = re.search('"(H4sI[^"]+)"', page)
    # among so many letters of base64 the mark's three may stand by chance
    assert packed and MARK in str(unpacked(packed[1])) and MARK not in page.replace(packed[1], "")


@pytest.mark.parametrize(
    "content", [csv("mixed"), f"a,{IN_CSV},c\n1,{IN_CSV},3\n1,2,3\n".encode(), b"\xff", b"a,b\n1\n2"]
)
def test_a_table_that_is_refused(content: bytes) -> None:
    page = with_data(content)
    assert_harmless(page)
    for target in page.at.selectbox:
        if target.label == "Target":
            target.set_value(target.options[0]).run()
    assert_harmless(page)


@pytest.mark.parametrize("place", ["activation", "loss", "title", "name", "source"])
def test_no_text_of_a_file_becomes_part_of_an_experiment_and_so_of_a_program(place: str) -> None:
    with pytest.raises(InvalidExperiment):
        from_json(experiment_with(place).decode())
