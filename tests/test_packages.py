"""The packages: each has a face of few names, nobody reaches past it, and no import goes round in a circle.

What a face lists is public: a value, or a module whose names may then be imported too.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST_NAMES = 9
# `from engine import …` is the whole engine's interface; figures and widgets are taken from the package of their page
WHOLE = {"engine", "pages.figures", "pages.widgets"}

Graph = Mapping[str, set[str]]


@dataclass(frozen=True)
class Import:
    """What a module takes from another: a name of it, or with `name` None the module itself."""

    by: str
    module: str
    name: str | None


@dataclass(frozen=True)
class Code:
    """The modules of a tree by their dotted names, with the syntax tree of each."""

    trees: Mapping[str, ast.Module]
    packages: frozenset[str]

    @staticmethod
    def of(files: Mapping[str, str]) -> "Code":
        """Read the files, given by their paths."""
        names = {path: path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in files}
        packages = frozenset(names[path] for path in files if path.endswith("__init__.py"))
        return Code({names[path]: ast.parse(source) for path, source in files.items()}, packages)

    def imports(self, module: str) -> Iterator[Import]:
        """Return what a module imports from others of the tree."""
        for node in ast.walk(self.trees[module]):
            if isinstance(node, ast.Import):
                yield from (Import(module, alias.name, None) for alias in node.names if alias.name in self.trees)
            elif isinstance(node, ast.ImportFrom) and node.module in self.trees:
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    known = whole in self.trees
                    yield Import(module, whole, None) if known else Import(module, node.module, alias.name)
                    if whole in self.packages:
                        yield from (Import(module, whole, name) for name in self._attributes(module, alias.name))

    def _attributes(self, module: str, package: str) -> set[str]:
        """Return what a module takes from a package that it has imported as a whole: x of package.x."""
        nodes = (node for node in ast.walk(self.trees[module]) if isinstance(node, ast.Attribute))
        return {node.attr for node in nodes if isinstance(node.value, ast.Name) and node.value.id == package}

    def face(self, package: str) -> set[str]:
        """Return the names in a package's __all__."""
        for node in self.trees[package].body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                return set(ast.literal_eval(node.value))
        return set()

    def within(self, module: str, package: str) -> bool:
        """Return whether a module is a package or in it."""
        return f"{module}.".startswith(f"{package}.")

    def crossings(self) -> Iterator[tuple[Import, str, str]]:
        """Return every import from outside of a package: the package, and the name of its face that it takes."""
        for module in self.trees:
            for one in self.imports(module):
                parts = one.module.split(".")
                for depth in range(len(parts), 0, -1):
                    package = ".".join(parts[:depth])
                    if package not in self.packages or package in WHOLE or self.within(module, package):
                        continue
                    inner = parts[depth:]
                    name = inner[0] if inner else one.name
                    if name is not None:
                        yield one, package, name


@cache
def project() -> Code:
    """The project's own code."""
    files = [ROOT / "app.py", *ROOT.glob("engine/**/*.py"), *ROOT.glob("pages/**/*.py")]
    return Code.of({path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files})


def reaching_past(code: Code) -> list[str]:
    """Return the imports that take what a face does not list."""
    return sorted(
        f"{one.by} takes {name} of {package}, which its face does not list"
        for one, package, name in code.crossings()
        if name not in code.face(package)
    )


def unused_names(code: Code) -> list[str]:
    """Return the names that a face lists and nobody outside takes."""
    used = {(package, name) for _, package, name in code.crossings()}
    listed = {(package, name) for package in code.packages - WHOLE for name in code.face(package)}
    return sorted(f"nobody takes {name} of {package}" for package, name in listed - used)


def long_faces(code: Code) -> list[str]:
    """Return the packages whose face lists too many names."""
    return sorted(package for package in code.packages - WHOLE if len(code.face(package)) > MOST_NAMES)


def module_graph(code: Code) -> Graph:
    """Return what each module needs to be imported first; the faces above itself are there already."""
    graph: dict[str, set[str]] = {}
    for module in code.trees:
        needed = set()
        for one in code.imports(module):
            parts = one.module.split(".")
            needed |= {".".join(parts[:depth]) for depth in range(1, len(parts) + 1)} & set(code.trees)
        graph[module] = {other for other in needed if not code.within(module, other) or other not in code.packages}
    return graph


def package_graph(code: Code) -> Graph:
    """Return which package needs which; a module that stands between packages counts as one of its own."""
    rooms = {module: room(module) for module in code.trees}
    graph: dict[str, set[str]] = {}
    for module in code.trees:
        needed = {rooms[one.module] for one in code.imports(module)}
        graph.setdefault(rooms[module], set()).update(needed - {rooms[module]})
    return {name: needed - WHOLE for name, needed in graph.items() if name not in WHOLE}


def room(module: str) -> str:
    """Return the package of a module, as far as packages stand beside each other: engine.x, pages.figures.x."""
    return ".".join(module.split(".")[: 2 if module.startswith("engine") else 3])


def circle(graph: Graph) -> list[str]:
    """Return a way that leads back to where it began, or nothing."""
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        found = next((found for other in sorted(graph.get(name, ())) if (found := walk(other, (*way, name)))), [])
        done.add(name)
        return found

    return next((found for name in sorted(graph) if (found := walk(name, ()))), [])


RULES = {
    "nobody reaches past a face": reaching_past,
    "a face lists only what is used": unused_names,
    "a face is short": long_faces,
    "no circle of modules": lambda code: circle(module_graph(code)),
    "no circle of packages": lambda code: circle(package_graph(code)),
}

FACE = {"engine/__init__.py": "", "engine/a/__init__.py": 'from engine.a.x import f\n__all__ = ["f"]'}
BREAKS = [
    ("nobody reaches past a face", FACE | {"engine/a/x.py": "f = g = 1", "app.py": "from engine.a.x import g"}),
    ("nobody reaches past a face", FACE | {"engine/a/x.py": "f = 1", "app.py": "import engine.a.x"}),
    ("nobody reaches past a face", FACE | {"engine/a/x.py": "f = 1", "app.py": "from engine import a\na.x"}),
    ("a face lists only what is used", FACE | {"engine/a/x.py": "f = 1"}),
    ("a face is short", {"engine/a/__init__.py": f"__all__ = {[f'f{number}' for number in range(10)]}"}),
    ("no circle of modules", {"engine/x.py": "import engine.y", "engine/y.py": "def f():\n    from engine.x import z"}),
    ("no circle of modules", FACE | {"engine/a/x.py": "from engine import b", "engine/b.py": "from engine.a import f"}),
    ("no circle of packages", {
        "engine/a/__init__.py": "", "engine/a/x.py": "from engine.b.y import f", "engine/a/z.py": "g = 1",
        "engine/b/__init__.py": "", "engine/b/y.py": "from engine.a.z import g"}),
]  # fmt: skip
KEEPS = FACE | {
    "engine/a/x.py": "from engine.a.y import f",
    "engine/a/y.py": "f = 1",
    "engine/b/__init__.py": 'from engine.b import x\n__all__ = ["x"]',
    "engine/b/x.py": "from engine.a import f\nfrom engine import errors",
    "engine/errors.py": "",
    "app.py": "from engine.b.x import f\nfrom engine import a\na.f()",
}


@pytest.mark.parametrize("rule", RULES)
def test_the_project_keeps_the_rule(rule: str) -> None:
    found = RULES[rule](project())
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("rule", "files"), BREAKS)
def test_code_that_breaks_the_rule_is_found(rule: str, files: dict[str, str]) -> None:
    assert RULES[rule](Code.of(files))


def test_code_that_keeps_the_rules_is_left_alone() -> None:
    assert [found for rule in RULES.values() for found in rule(Code.of(KEEPS))] == []


def test_every_rule_is_shown_code_that_breaks_it() -> None:
    assert {rule for rule, _ in BREAKS} == set(RULES)
