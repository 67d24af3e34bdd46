"""The layers of the code: which rooms there are, and that each of them has its layer."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
OUTSIDE = {
    "annotations.apps",
    "annotations.migrations",
    "annotations.bounded_preload",
    "factcheck.settings",
    "factcheck.postgres",
}
"""What Django, or a process of its own, finds by its name, and what imports nothing of the project."""


def layers() -> set[str]:
    """The rooms that the contract of the layers names."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [contract] = [one for one in contracts if one["type"] == "layers"]
    return {room.strip() for layer in contract["layers"] for room in layer.split("|")}


def rooms() -> set[str]:
    """The modules and packages below the two packages of the project."""
    found = set()
    for package in ("annotations", "factcheck"):
        for path in (ROOT / package).iterdir():
            if path.stem != "__init__" and (path.suffix == ".py" or (path / "__init__.py").exists()):
                found.add(f"{package}.{path.stem}")
    return found


def test_every_room_has_a_layer() -> None:
    assert rooms() - OUTSIDE == layers()


def test_a_folder_has_at_most_16_modules() -> None:
    folders = [path.parent for path in (ROOT / "annotations").rglob("__init__.py") if path.parent.name != "migrations"]
    crowded = {
        str(folder.relative_to(ROOT)): number for folder in folders if (number := len(list(folder.glob("*.py")))) > 17
    }
    assert not crowded
