"""Imports point one way: a module may import modules of lower ranks only."""

import ast
from pathlib import Path

import pytest

BUILDER = Path(__file__).parent.parent / "builder"

RANKS = {
    "builder": 0,
    "source": 0,
    "decoding": 1,
    "phrases": 0,
    "patterns": -1,
    "values": -1,
    "remembering": -1,
    "keeping": 0,
    "chance": 0,
    "diagnostics": 1,
    "allowing": 2,
    "formats": 2,
    "code": 2,
    "model": 2,
    "ids": 3,
    "settings": 2,
    "words": 2,
    "versions": 3,
    "escaping": 0,
    "similarity": 2,
    "scan": 3,
    "front_matter": 3.2,
    "signals": 3,
    "letters": 2,
    "prose": 3,
    "html": 3,
    "ankiweb": 0,
    "media": 3,
    "language": 3,
    "collection": 2,
    "card_html": 3,
    "templating": 3,
    "pinning": 3,
    "anatomy": 3.5,
    "plain_text": 3.5,
    "gift": 3.6,
    "canvas": 3.7,
    "dialects": 4,
    "wordings": 3.6,
    "items": 3.7,
    "kinds": 4,
    "rules": 4,
    "accounting": 4.5,
    "reading": 5,
    "rendering": 6,
    "identity": 6,
    "ledger": 5,
    "notes": 6,
    "apkg": 6,
    "opening": 5,
    "site": 6.9,
    "changes": 6,
    "release_notes": 6.5,
    "update_text": 6,
    "sharing": 6.8,
    "preparing": 6.9,
    "gathering": 6.95,
    "note_types": 6.5,
    "bundling": 6.95,
    "pipeline": 7,
    "packing": 6.95,
    "workers": 7.5,
    "parsed": 8,
    "coverage": 8,
    "checking": 8,
    "fixes": 7,
    "stats": 8.5,
    "files": 8,
    "cache": 8,
    "serving": 8,
    "cli": 9,
    "__main__": 10,
}

MODULES = sorted(BUILDER.rglob("*.py"))


def part_of(name: str) -> str:
    """The name of a module below `builder` that carries its rank."""
    return name.split(".")[1] if "." in name else name


def imported(tree: ast.Module) -> set[str]:
    names = {n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module == "builder":
                names |= {f"builder.{n.name}" for n in node.names if n.name in RANKS}
    return {name for name in names if name.split(".")[0] == "builder"}


def module_name(path: Path) -> str:
    parts = path.relative_to(BUILDER.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_a_module_imports_lower_ranks_only(path):
    own = part_of(module_name(path))
    names = imported(ast.parse(path.read_text(encoding="utf-8")))
    wrong = {n for n in names if part_of(n) != own and RANKS[part_of(n)] >= RANKS[own]}
    assert not wrong, f"{module_name(path)} (rank {RANKS[own]}) must not import {sorted(wrong)}"


def test_every_module_has_a_rank():
    assert {part_of(module_name(path)) for path in MODULES} <= RANKS.keys()
