"""ES modules put together as one text: in order, each once, and with every mistake found when the app starts.

tests/browser/test_modules.py runs such a text beside its modules.
"""

import re
from pathlib import Path

import pytest

from pages.widgets.document.modules import ModuleError, entries, library, script

ENTRY = 'import { one } from "./one.js";\nexport default one;\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "entry.js").write_text(ENTRY)
    return tmp_path


def test_a_module_stands_once_and_after_what_it_imports(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "three.js").write_text('import { two } from "../two.js";\nexport const three = two + "three";\n')
    (folder / "one.js").write_text(
        'import { three } from "./deep/three.js";\nimport {\n  two,\n} from "./two.js";\nexport const one = two;\n'
    )
    (folder / "two.js").write_text('export const two = "two";\n')
    text = script(folder / "entry.js")
    starts = [text.index(f"const {name} = ") for name in ("two", "three", "one", "component")]
    assert starts == sorted(starts)
    assert all(len(re.findall(rf"\bconst {name} =", text)) == 1 for name in ("two", "three", "one", "component"))
    assert not re.search(r"^import", text, re.MULTILINE)
    assert re.findall(r"^export.*", text, re.MULTILINE) == ["export default component;"]


@pytest.mark.parametrize(
    ("one", "complaint"),
    [
        ("const one = 1;", "entry.js imports one, which one.js does not export."),
        ("// export const one = 1;", "entry.js imports one, which one.js does not export."),
        ('import { two } from "./two.js";\nexport const one = two;', "two.js does not exist."),
        (
            'import { component } from "./entry.js";\nexport const one = component;',
            "Imports in a circle: entry.js → one.js → entry.js.",
        ),
        ('import { one } from "./one.js";\nexport { one };', "one.js has 'export { one };'"),
        ("export let one = 1;", "one.js has 'export let one = 1;'"),
        ('import * as two from "./two.js";\nexport const one = two.two;', "one.js has 'import * as two from"),
        ('import two from "./two.js";\nexport const one = two;', "one.js has 'import two from"),
        ('import "./two.js";\nexport const one = 1;', "one.js has 'import \"./two.js\";'"),
        ('import { two } from "two";\nexport const one = two;', "one.js has 'import { two } from \"two\";'"),
        ('import { two } from "https://two.org/two.js";\nexport const one = two;', "one.js has 'import { two } from"),
        ('export const one = async () => import("./two.js");', "one.js has 'import(\"./two.js\");'"),
        ("export const one = () => import.meta.url;", "one.js has 'import.meta.url;'"),
        ("export const one = 1;\nexport default one;", "entry.js has to export a default, and no other module may."),
    ],
)
def test_what_cannot_be_put_together_is_named(folder: Path, one: str, complaint: str) -> None:
    (folder / "one.js").write_text(f"{one}\n")
    with pytest.raises(ModuleError, match=re.escape(complaint)):
        script(folder / "entry.js")


def test_a_name_that_is_imported_under_another_is_refused(folder: Path) -> None:
    (folder / "one.js").write_text("export const one = 1;\n")
    (folder / "entry.js").write_text('import { one as two } from "./one.js";\nexport default two;\n')
    with pytest.raises(ModuleError, match=r"imports one as two, which one.js does not export"):
        script(folder / "entry.js")


def test_an_entry_exports_a_default(folder: Path) -> None:
    (folder / "one.js").write_text("export const one = 1;\n")
    with pytest.raises(ModuleError, match=r"one.js has to export a default"):
        script(folder / "one.js")
    (folder / "entry.js").write_text('import { component } from "./one.js";\nexport default component;\n')
    with pytest.raises(ModuleError, match=r"entry.js imports component, which one.js does not export"):
        script(folder / "entry.js")


def test_a_library_has_each_module_once_and_the_scripts_of_all_components_by_their_files(folder: Path) -> None:
    (folder / "one.js").write_text("export const one = 1;\n")
    (folder / "other.js").write_text('import { one } from "./one.js";\nexport default one + 1;\n')
    text = library([folder / "entry.js", folder / "other.js"])
    assert text.count("const one = 1;") == 1
    assert re.findall(r'"(\w+\.js)": (\$\d)\.component', text) == [("entry.js", "$2"), ("other.js", "$3")]
    assert entries(folder) == ()
    for name in ("one", "other", "page"):
        (folder / f"{name}.html").write_text("<div></div>")
    assert entries(folder) == (folder / "other.js",)
