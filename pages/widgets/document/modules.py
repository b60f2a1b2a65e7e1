"""ES modules that import each other, put together as one text, for what takes one: a component, a saved file."""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

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
            raise ModuleError(f"{called(path)} does not exist.")
        text = text_of(path)
        takes = tuple(((path.parent / place).resolve(), _names(names)) for names, place in IMPORT.findall(text))
        gives = (*EXPORT.findall(text), *(MAIN for _ in DEFAULT.findall(text)))
        text = DEFAULT.sub(f"const {MAIN} = ", EXPORT.sub("", IMPORT.sub("", text))).strip()
        if unknown := UNKNOWN.search(text):
            raise ModuleError(
                f"{called(path)} has {unknown[0]!r}; only named imports of ./files and exports are known."
            )
        return Module(path=path, takes=takes, gives=gives, text=text)

    def scoped(self, scopes: Mapping[Path, str]) -> str:
        """Return the module as a function that runs once, which keeps its names apart from those of all others."""
        taken = "".join(f"const {{ {', '.join(names)} }} = {scopes[path]};\n" for path, names in self.takes)
        return (
            f"// {called(self.path)}\nconst {scopes[self.path]} = (() => {{\n"
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
    named = "".join(f'  "{called(path)}": {scopes[path]}.{MAIN},\n' for path in paths)
    return f"{parts}const scripts = {{\n{named}}};\n"


def entries(folder: Path) -> tuple[Path, ...]:
    """Return the scripts of all components in a folder and below, in alphabetical order."""
    beside = (page.with_suffix(".js") for page in sorted(folder.rglob("*.html")))
    return tuple(path for path in beside if path.is_file() and DEFAULT.search(text_of(path)))


def _modules(entry: Path) -> dict[Path, Module]:
    modules = _after_what_it_takes(entry)
    for module in modules.values():
        _check_names(module, modules)
    if [module.path for module in modules.values() if MAIN in module.gives] != [entry]:
        raise ModuleError(f"{called(entry)} has to export a default, and no other module may.")
    return modules


def _scoped(modules: Mapping[Path, Module]) -> tuple[str, dict[Path, str]]:
    """Return modules as one text, and the name under which each stands in it."""
    scopes = {path: f"${number}" for number, path in enumerate(modules, start=1)}
    return "".join(module.scoped(scopes) for module in modules.values()), scopes


def _after_what_it_takes(path: Path, importers: tuple[Path, ...] = ()) -> dict[Path, Module]:
    """Return a module after those that it imports, each once."""
    if path in importers:
        raise ModuleError("Imports in a circle: " + " → ".join(called(one) for one in (*importers, path)) + ".")
    module = Module.read(path)
    before: dict[Path, Module] = {}
    for taken, _ in module.takes:
        before |= _after_what_it_takes(taken, (*importers, path))
    return before | {path: module}


def _check_names(module: Module, modules: Mapping[Path, Module]) -> None:
    for path, names in module.takes:
        for name in names:
            if name == MAIN or name not in modules[path].gives:
                raise ModuleError(f"{called(module.path)} imports {name}, which {called(path)} does not export.")


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(",") if name.strip())


def called(path: Path) -> str:
    """Return the name of a file below pages/widgets, by which a component calls its script."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def text_of(path: Path) -> str:
    """Return what a file says."""
    return path.read_text(encoding="utf-8")


@lru_cache
def all_scripts() -> str:
    """Return the scripts of all components as one text, which has them in `scripts`, and in `$` what they arrive by."""
    arrive = HERE / "arrive.js"
    return library(entries(ROOT)) + Module.read(arrive).scoped({arrive: "$"})


@lru_cache
def version() -> str:
    """Return what tells the scripts of this version of the app from those of any other."""
    return f"{zlib.crc32(all_scripts().encode()):08x}"
