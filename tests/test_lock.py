"""The lock of the containers: complete, hashed, within what requirements.txt allows, and used; images by digest."""

import re
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRY = re.compile(
    r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>\S+) \\\n(?P<hashes>(?:    --hash=\S+(?: \\)?\n)+)", re.M
)
PINS = {entry["name"]: entry["version"] for entry in ENTRY.finditer(LOCK)}

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
STAGES = set(re.findall(r"^FROM \S+ AS (\S+)$", DOCKERFILE, re.M))
IMAGE = re.compile(r"[a-z0-9./-]+:[\w.-]+@sha256:[0-9a-f]{64}")


def direct() -> list[Requirement]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line.split("#")[0]) for line in lines if line.split("#")[0].strip()]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def closure() -> dict[str, list[Requirement]]:
    """Everything that the app's packages require on Linux, by name."""
    found: dict[str, list[Requirement]] = {}
    waiting = direct()
    while waiting:
        wanted = waiting.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": "", "platform_system": "Linux"}):
            continue
        name = canonical(wanted.name)
        if name not in found:
            waiting.extend(Requirement(text) for text in requires(name) or ())
        found.setdefault(name, []).append(wanted)
    return found


def test_everything_that_is_needed_is_pinned_to_a_version_that_fits() -> None:
    needed = closure()
    assert {"streamlit", "numpy", "plotly", "starlette", "protobuf"} <= needed.keys()
    unfit = {
        str(wanted): PINS.get(name)
        for name, all_wanted in needed.items()
        for wanted in all_wanted
        if not wanted.specifier.contains(PINS.get(name, "0"), prereleases=True)
    }
    assert not unfit


def test_every_line_of_the_lock_is_a_pin_with_hashes() -> None:
    rest = ENTRY.sub("", LOCK)
    assert [line for line in rest.splitlines() if line.strip() and not line.strip().startswith("#")] == []
    assert re.findall(r"--hash=(?!sha256:[0-9a-f]{64}\b)\S*", LOCK) == []


def test_no_other_place_than_the_usual_index_is_named() -> None:
    assert not re.search(r"https?://|file:|--find-links|--index-url|--trusted-host", LOCK)


@pytest.mark.parametrize("needed", ["--require-hashes", "--only-binary :all:", "USER app", "/_stcore/health"])
def test_the_container_uses_it(needed: str) -> None:
    assert needed in DOCKERFILE


def images() -> list[str]:
    """What the stages start from, with the arguments put in; not the stages themselves."""
    defaults = dict(re.findall(r"^ARG (\w+)=(\S+)$", DOCKERFILE, re.M))
    written = re.findall(r"^(?:FROM |# *syntax=|COPY --from=)(\S+)", DOCKERFILE, re.M)
    return [re.sub(r"\$\{(\w+)\}", lambda name: defaults[name[1]], image) for image in written if image not in STAGES]


def test_every_image_has_a_tag_for_people_and_a_digest_for_docker() -> None:
    assert len(images()) == 3 and [image for image in images() if not IMAGE.fullmatch(image)] == []
