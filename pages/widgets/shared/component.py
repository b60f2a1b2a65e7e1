"""What a browser needs of a component, put together from the files beside its Python module.

A script is made of ES modules that import each other; Streamlit takes one text, and so does a file that is saved.

Streamlit sends a component's script with each of its messages, which made two thirds of what an edit sends. So a
message has a few lines only, which call the script (call.js). The scripts themselves come with the frame of each page,
in a message that is always the same; of such, Streamlit sends a browser only the name from the second time on.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

HERE = Path(__file__).parent
ROOT = HERE.parent
IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]*)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
DEFAULT = re.compile(r"^export default ", re.MULTILINE)
# what is left of these words after the forms above are taken out
UNKNOWN = re.compile(r"^(?:import|export)\b.*|\bimport\s*[(.].*", re.MULTILINE)
# under which name a text has what its entry exports by default
MAIN = "component"


class ModuleError(ValueError):
    """A script cannot be put together from its modules."""


@dataclass(frozen=True)
class Component:
    """The parts of a component, as Streamlit takes them; its entry is the file of its script, below pages/widgets.

    The script exports a function that is called with the data.
    """

    html: str
    js: str
    css: str
    entry: str = ""

    @staticmethod
    def of(folder: Path, name: str) -> "Component":
        """Return the component that a folder has as name.html, name.js and name.css."""
        return Component(
            html=_text(folder / f"{name}.html"),
            js=script(folder / f"{name}.js"),
            css=_text(folder / f"{name}.css"),
            entry=_called(folder / f"{name}.js"),
        )

    @staticmethod
    def player(folder: Path) -> "Component":
        """Return the player of a folder: with the controls, and in the style, that all players share."""
        own = Component.of(folder, "player")
        return Component(
            html=own.html.replace("<!-- controls -->", _text(HERE / "transport.html").strip()),
            js=own.js,
            css=_text(HERE / "player.css") + own.css,
            entry=own.entry,
        )

    def registered(self, name: str, *, isolate_styles: bool = False) -> ComponentRenderer:
        """Register the component with Streamlit, and return what draws it on a page that has `scripts`."""
        return st.components.v2.component(
            name,
            html=self.html,
            js=_exported(f'call("{_version()}", "{self.entry}")'),
            css=self.css,
            isolate_styles=isolate_styles,
        )


def scripts() -> None:
    """Bring the scripts of all components; this draws nothing."""
    _scripts(key="scripts")


@dataclass(frozen=True)
class Module:
    """An ES module: the names that it takes from others and gives, and its text without saying so."""

    path: Path
    takes: tuple[tuple[Path, tuple[str, ...]], ...]
    gives: tuple[str, ...]
    text: str

    @staticmethod
    def read(path: Path) -> "Module":
        """Read a module. Raises ModuleError if it is missing or imports or exports in a way that is not understood."""
        if not path.is_file():
            raise ModuleError(f"{_called(path)} does not exist.")
        text = _text(path)
        takes = tuple(((path.parent / place).resolve(), _names(names)) for names, place in IMPORT.findall(text))
        gives = (*EXPORT.findall(text), *(MAIN for _ in DEFAULT.findall(text)))
        text = DEFAULT.sub(f"const {MAIN} = ", EXPORT.sub("", IMPORT.sub("", text))).strip()
        if unknown := UNKNOWN.search(text):
            raise ModuleError(
                f"{_called(path)} has {unknown[0]!r}; only named imports of ./files and exports are known."
            )
        return Module(path=path, takes=takes, gives=gives, text=text)

    def scoped(self, scopes: Mapping[Path, str]) -> str:
        """Return the module as a function that runs once, which keeps its names apart from those of all others."""
        taken = "".join(f"const {{ {', '.join(names)} }} = {scopes[path]};\n" for path, names in self.takes)
        return (
            f"// {_called(self.path)}\nconst {scopes[self.path]} = (() => {{\n"
            f"{taken}{self.text}\nreturn {{ {', '.join(self.gives)} }};\n}})();\n"
        )


def script(entry: Path) -> str:
    """Return a module and all that it imports as the text of one, in which `component` is its default export.

    Raises ModuleError if a file is missing, a name is not exported by the file it is imported from, or imports go in a
    circle.
    """
    parts, scopes = _scoped(_modules(entry.resolve()))
    return f"{parts}const {{ {MAIN} }} = {scopes[entry.resolve()]};\nexport default {MAIN};\n"


def library(found: Iterable[Path]) -> str:
    """Return modules and all that they import as one text, in which `scripts` has their default exports by their names.

    Raises ModuleError as `script` does.
    """
    modules: dict[Path, Module] = {}
    paths = [path.resolve() for path in found]
    for path in paths:
        modules |= _modules(path)
    parts, scopes = _scoped(modules)
    named = "".join(f'  "{_called(path)}": {scopes[path]}.{MAIN},\n' for path in paths)
    return f"{parts}const scripts = {{\n{named}}};\n"


def entries(folder: Path) -> tuple[Path, ...]:
    """Return the scripts of all components in a folder and below, in alphabetical order."""
    beside = (page.with_suffix(".js") for page in sorted(folder.rglob("*.html")))
    return tuple(path for path in beside if path.is_file() and DEFAULT.search(_text(path)))


def _modules(entry: Path) -> dict[Path, Module]:
    modules = _after_what_it_takes(entry)
    for module in modules.values():
        _check_names(module, modules)
    if [module.path for module in modules.values() if MAIN in module.gives] != [entry]:
        raise ModuleError(f"{_called(entry)} has to export a default, and no other module may.")
    return modules


def _scoped(modules: Mapping[Path, Module]) -> tuple[str, dict[Path, str]]:
    """Return modules as one text, and the name under which each stands in it."""
    scopes = {path: f"${number}" for number, path in enumerate(modules, start=1)}
    return "".join(module.scoped(scopes) for module in modules.values()), scopes


def _after_what_it_takes(path: Path, importers: tuple[Path, ...] = ()) -> dict[Path, Module]:
    """Return a module after those that it imports, each once."""
    if path in importers:
        raise ModuleError("Imports in a circle: " + " → ".join(_called(one) for one in (*importers, path)) + ".")
    module = Module.read(path)
    before: dict[Path, Module] = {}
    for taken, _ in module.takes:
        before |= _after_what_it_takes(taken, (*importers, path))
    return before | {path: module}


def _check_names(module: Module, modules: Mapping[Path, Module]) -> None:
    for path, names in module.takes:
        for name in names:
            if name == MAIN or name not in modules[path].gives:
                raise ModuleError(f"{_called(module.path)} imports {name}, which {_called(path)} does not export.")


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(",") if name.strip())


def _called(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _exported(call: str) -> str:
    return f"{_callers()}export default $.{call};\n"


@lru_cache
def _callers() -> str:
    path = HERE / "call.js"
    return Module.read(path).scoped({path: "$"})


@lru_cache
def _all_scripts() -> str:
    return library(entries(ROOT))


@lru_cache
def _version() -> str:
    return f"{zlib.crc32(_all_scripts().encode()):08x}"


_scripts = st.components.v2.component(
    "scripts",
    js=_all_scripts() + _exported(f'bring("{_version()}", scripts)'),
    css=".st-key-scripts {display: none}",
    isolate_styles=False,
)
