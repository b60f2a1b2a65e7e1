"""The layout and the import rules of the project, held by the syntax tree of every file.

Each rule is a function from a file to what is wrong with it, and each is shown a file that breaks it.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
MIRRORED = {"tests/engine": "engine", "tests/figures": "pages/figures", "tests/pages": "pages"}
PAGE = PurePosixPath("tests/pages/page.py")
STANDARD = set(sys.stdlib_module_names)
# what a session and the address hold, and the module that touches each
OWNERS = {
    "session_state": PurePosixPath("pages/widgets/session/slots.py"),
    "query_params": PurePosixPath("pages/widgets/session/location.py"),
}
THEME = PurePosixPath("pages/figures/theme.py")
CHART = PurePosixPath("pages/widgets/shared/chart.py")
FIELDS, UPLOAD = PurePosixPath("pages/widgets/fields"), PurePosixPath("pages/widgets/shared/upload.py")
# Streamlit's widgets whose value a browser sends; of a button it sends only that it was pressed
WIDGETS = {"checkbox", "data_editor", "feedback", "file_uploader", "multiselect", "number_input", "pills", "radio",
           "segmented_control", "select_slider", "selectbox", "slider", "text_area", "text_input",
           "toggle"}  # fmt: skip
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}
UNSAFE_MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
COLOUR = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|hsl)a?\(\s*\d", re.IGNORECASE)

Rule = Callable[[PurePosixPath, ast.Module], Iterator[str]]


def imports(tree: ast.Module) -> Iterator[str]:
    """Every imported module by its full name; `from pages import figures` is `pages.figures`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            whole = node.module == "pages"
            yield from (f"pages.{alias.name}" for alias in node.names) if whole else (node.module,)


def inside(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def within(path: PurePosixPath, *folders: str) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def standard(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in STANDARD


def docstrings(tree: ast.Module) -> set[ast.expr]:
    """The string expressions that stand alone as statements: docstrings and remarks."""
    alone = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {node.value for node in alone if isinstance(node.value, ast.Constant)}


def code_stays_in_its_folders(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if path.as_posix() != "app.py" and not within(path, "engine", "pages", "tests"):
        yield "Python belongs in engine/, pages/ or tests/; only app.py stands at the top"


def files_are_named_after_a_concept(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if path.stem in {"utils", "util", "misc"}:
        yield f"{path.name} names no concept"


def engine_knows_only_numpy(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if within(path, "engine"):
        bad = (name for name in imports(tree) if not (standard(name) or inside(name, "numpy", "engine")))
        yield from (f"engine imports {name}" for name in bad)


def numbers_know_no_notation(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if within(path, "engine/network", "engine/backprop"):
        ground = ("arrays", "errors", "limits", "memory", "registry", "validation", "network", "backprop")
        allowed = [f"engine.{name}" for name in ground]
        bad = (name for name in imports(tree) if inside(name, "engine") and not inside(name, *allowed))
        yield from (f"what is computed imports {name}" for name in bad)


def no_circle_is_hidden(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    nodes = list(ast.walk(tree))
    taken = any(isinstance(node, ast.alias) and node.name == "TYPE_CHECKING" for node in nodes)
    if taken or any(isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING" for node in nodes):
        yield "TYPE_CHECKING hides a circle of imports"


def figures_know_no_streamlit(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if within(path, "pages/figures"):
        allowed = ("numpy", "plotly", "engine", "pages.figures")
        bad = (name for name in imports(tree) if not (standard(name) or inside(name, *allowed)))
        yield from (f"pages/figures imports {name}" for name in bad)


def pages_and_widgets_import_no_page(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if path.as_posix() == "app.py" or within(path, "pages"):
        shared = ("pages.figures", "pages.widgets")
        bad = (name for name in imports(tree) if inside(name, "app", "pages") and not inside(name, *shared))
        yield from (f"imports the page {name}" for name in bad)


def app_imports_no_tests(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if not within(path, "tests"):
        yield from (f"imports {name}" for name in imports(tree) if inside(name, "tests"))


def modules_of_tests_are_not_imported(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    """What several of them need is in a module beside them: cases.py and others."""
    for node in ast.walk(tree):
        taken = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        taken += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (f"imports {name}" for name in taken if name.rpartition(".")[2].startswith("test_"))


def each_test_stands_where_its_subject_does(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    for tests, subjects in MIRRORED.items():
        if within(path, tests) and not (ROOT / subjects / path.relative_to(tests).parent).is_dir():
            yield f"there is no folder {subjects}/{path.relative_to(tests).parent}"


def pages_are_opened_by_one_class(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if path != PAGE:
        yield from (f"imports {name}; only {PAGE} does" for name in imports(tree) if inside(name, "streamlit.testing"))


def imports_are_absolute_and_named(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            if node.level:
                yield "a relative import"
            if any(alias.name == "*" for alias in node.names):
                yield "import *"


def nothing_is_evaluated(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if within(path, "tests"):
        return
    yield from (f"imports {name}" for name in imports(tree) if inside(name, *UNSAFE_MODULES))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in UNSAFE_CALLS:
            yield f"calls {node.func.id}"
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
            yield "uses allow_pickle"


def session_and_address_have_one_owner(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if within(path, "tests"):
        return
    for node in ast.walk(tree):
        used = [node.attr] if isinstance(node, ast.Attribute) else []
        if isinstance(node, ast.ImportFrom):
            used = [alias.name for alias in node.names]
        for name in used:
            if OWNERS.get(name, path) != path:
                yield f"line {node.lineno} uses {name}; only {OWNERS[name]} does"


def session_stands_below_all_widgets(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if within(path, "pages/widgets/session"):
        allowed = ("pages.widgets.session", "pages.widgets.shared.component", "pages.figures.size")
        bad = (name for name in imports(tree) if inside(name, "pages") and not inside(name, *allowed))
        yield from (f"the session imports {name}" for name in bad)


def values_are_read_in_one_place(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if path == UPLOAD or within(path, FIELDS.as_posix(), "tests"):
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        called, owner = node.func.attr, node.func.value
        if called in WIDGETS or any(keyword.arg == "on_select" for keyword in node.keywords):
            yield f"line {node.lineno} draws {called} itself; {FIELDS} does"
        if called.endswith("widget") and isinstance(owner, ast.Name) and owner.id == "slots":
            yield f"line {node.lineno} reads or sets a widget itself; {FIELDS} does"


def charts_are_drawn_in_one_place(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if path == CHART or within(path, "tests"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "plotly_chart":
            yield f"line {node.lineno} uses plotly_chart; only {CHART} does"


def colours_live_in_the_theme(path: PurePosixPath, tree: ast.Module) -> Iterator[str]:
    if path == THEME or not (path.as_posix() == "app.py" or within(path, "pages")):
        return
    prose = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in prose:
            yield from (f"line {node.lineno}: {found}" for found in COLOUR.findall(node.value))


RULES: tuple[Rule, ...] = (
    code_stays_in_its_folders,
    files_are_named_after_a_concept,
    engine_knows_only_numpy,
    numbers_know_no_notation,
    no_circle_is_hidden,
    figures_know_no_streamlit,
    pages_and_widgets_import_no_page,
    app_imports_no_tests,
    modules_of_tests_are_not_imported,
    each_test_stands_where_its_subject_does,
    pages_are_opened_by_one_class,
    imports_are_absolute_and_named,
    nothing_is_evaluated,
    session_and_address_have_one_owner,
    session_stands_below_all_widgets,
    values_are_read_in_one_place,
    charts_are_drawn_in_one_place,
    colours_live_in_the_theme,
)

BREAKS: tuple[tuple[Rule, str, str], ...] = (
    (code_stays_in_its_folders, "main.py", ""),
    (code_stays_in_its_folders, "scripts/build.py", ""),
    (files_are_named_after_a_concept, "engine/utils.py", ""),
    (engine_knows_only_numpy, "engine/network/model.py", "import streamlit as st"),
    (engine_knows_only_numpy, "engine/network/model.py", "import plotly.graph_objects as go"),
    (engine_knows_only_numpy, "engine/network/model.py", "from pages.figures import theme"),
    (engine_knows_only_numpy, "engine/network/model.py", "def f():\n    from pages import figures"),
    (engine_knows_only_numpy, "engine/network/model.py", "import scipy.special"),
    (numbers_know_no_notation, "engine/backprop/ops.py", "from engine.formulas.steps import WRITERS"),
    (numbers_know_no_notation, "engine/network/model.py", "from engine import forward"),
    (no_circle_is_hidden, "engine/backprop/ops.py", "from typing import TYPE_CHECKING, Any"),
    (no_circle_is_hidden, "pages/figures/size.py", "import typing\nif typing.TYPE_CHECKING:\n    import engine"),
    (figures_know_no_streamlit, "pages/figures/network/picture.py", "import streamlit"),
    (figures_know_no_streamlit, "pages/figures/network/picture.py", "from pages.widgets import session"),
    (figures_know_no_streamlit, "pages/figures/network/picture.py", "from pages import derivation"),
    (pages_and_widgets_import_no_page, "pages/widgets/network/player.py", "from pages.derivation import chapter"),
    (pages_and_widgets_import_no_page, "pages/widgets/network/player.py", "import app"),
    (pages_and_widgets_import_no_page, "pages/training.py", "from pages import share"),
    (app_imports_no_tests, "engine/network/model.py", "from tests.strategies import networks"),
    (
        modules_of_tests_are_not_imported,
        "tests/pages/test_share.py",
        "from tests.pages.test_training import csv",
    ),
    (modules_of_tests_are_not_imported, "tests/pages/scenes.py", "from tests.pages import test_training"),
    (modules_of_tests_are_not_imported, "tests/pages/scenes.py", "import tests.pages.test_training"),
    (each_test_stands_where_its_subject_does, "tests/engine/numbers/test_model.py", ""),
    (each_test_stands_where_its_subject_does, "tests/pages/session/test_timeline.py", ""),
    (pages_are_opened_by_one_class, "tests/pages/test_share.py", "from streamlit.testing.v1 import AppTest"),
    (imports_are_absolute_and_named, "engine/network/model.py", "from .registry import Registry"),
    (imports_are_absolute_and_named, "tests/engine/network/test_model.py", "from engine import *"),
    (nothing_is_evaluated, "engine/files/experiment_json.py", "eval('1')"),
    (nothing_is_evaluated, "pages/share.py", "exec('pass')"),
    (nothing_is_evaluated, "engine/files/experiment_json.py", "import pickle"),
    (nothing_is_evaluated, "engine/data/generators.py", "np.load(file, allow_pickle=True)"),
    (session_and_address_have_one_owner, "app.py", "st.session_state['x'] = 1"),
    (session_and_address_have_one_owner, "app.py", "from streamlit import session_state"),
    (session_and_address_have_one_owner, "pages/widgets/network/editor.py", "st.session_state.setdefault('x', [])"),
    (session_and_address_have_one_owner, "pages/widgets/session/location.py", "st.session_state['net'] = 1"),
    (session_and_address_have_one_owner, "pages/share.py", "given = st.query_params.to_dict()"),
    (session_stands_below_all_widgets, "pages/widgets/session/shown.py", "from pages.widgets.fields import number"),
    (session_stands_below_all_widgets, "pages/widgets/session/shown.py", "from pages.figures.theme import LIGHT"),
    (values_are_read_in_one_place, "pages/share.py", "chosen = st.segmented_control('View', VIEWS)"),
    (values_are_read_in_one_place, "pages/widgets/network/editor.py", "left.number_input('Seed', 0, 9)"),
    (values_are_read_in_one_place, "pages/widgets/network/editor.py", "name = slots.widget('preset')"),
    (values_are_read_in_one_place, "pages/widgets/training/views.py", "slots.set_widget('training_view', 'Run')"),
    (values_are_read_in_one_place, "pages/widgets/network/editor.py", "st.dataframe(data, on_select='rerun')"),
    (charts_are_drawn_in_one_place, "pages/training.py", "st.plotly_chart(figure, theme=None)"),
    (charts_are_drawn_in_one_place, "pages/widgets/activations/layer.py", "column.plotly_chart(figure)"),
    (colours_live_in_the_theme, "pages/figures/network/picture.py", "fill = '#2166ac'"),
    (colours_live_in_the_theme, "pages/widgets/network/editor.py", "html = f'<b style=\"color:#fff\">{name}</b>'"),
    (colours_live_in_the_theme, "app.py", "shade = 'rgba(0, 0, 0, 0.5)'"),
)

KEEPS: tuple[tuple[str, str], ...] = (
    ("app.py", "import streamlit as st\nfrom pages.widgets import session\nfrom engine import forward"),
    ("engine/files/experiment_json.py", "import re, json\nimport numpy as np\nfrom engine import ops\nre.compile('x')"),
    ("engine/backprop/ops.py", '"""See tensorflow/playground #198."""'),
    ("pages/figures/theme.py", "BLUE = '#2166ac'"),
    ("pages/figures/network/picture.py", '"""After #198."""\nfrom pages.figures import theme\nimport numpy as np'),
    ("pages/share.py", "fields.choice(st.segmented_control, 'View', VIEWS)\nst.button('Go')\nst.dataframe(data)"),
    ("pages/widgets/fields/tables.py", "st.data_editor(data, key=key)\nslots.widget(key)"),
    ("pages/widgets/shared/chart.py", "st.plotly_chart(figure, theme=None)"),
    ("pages/widgets/session/slots.py", "import streamlit as st\nst.session_state['x'] = 1"),
    (
        "pages/widgets/session/location.py",
        "from pages.widgets.session.slots import Slot\nst.query_params['step'] = '1'",
    ),
    ("tests/pages/test_training.py", "from tests.pages.cases import EXAMPLE"),
    ("tests/pages/page.py", "from streamlit.testing.v1 import AppTest\nat.session_state['x'] = 1"),
)


@cache
def sources() -> tuple[tuple[PurePosixPath, ast.Module], ...]:
    """Every Python file of the project, read once; hidden folders and virtual environments are not part of it."""
    environments = {config.parent for config in ROOT.glob("*/pyvenv.cfg")}
    files = {path.relative_to(ROOT): path for path in ROOT.rglob("*.py") if not environments.intersection(path.parents)}
    own = sorted(place for place in files if not any(part.startswith(".") for part in place.parts))
    return tuple((PurePosixPath(place.as_posix()), ast.parse(files[place].read_text("utf-8"))) for place in own)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_file_keeps_the_rule(rule: Rule) -> None:
    found = [f"{path}: {wrong}" for path, tree in sources() for wrong in rule(path, tree)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("rule", "path", "source"), BREAKS, ids=lambda value: getattr(value, "__name__", None))
def test_a_file_that_breaks_the_rule_is_found(rule: Rule, path: str, source: str) -> None:
    assert list(rule(PurePosixPath(path), ast.parse(source)))


@pytest.mark.parametrize(("path", "source"), KEEPS)
def test_a_file_that_keeps_the_rules_is_left_alone(path: str, source: str) -> None:
    assert [wrong for rule in RULES for wrong in rule(PurePosixPath(path), ast.parse(source))] == []


def test_every_rule_is_shown_a_file_that_breaks_it() -> None:
    assert {rule for rule, _, _ in BREAKS} == set(RULES)
