"""Names of the files of a site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


def page_names(files: Iterable[str]) -> Mapping[str, str]:
    """A name for the page of each quiz file, without an ending: "networks-cnn", and no two equal.

    Letters of any script stay; names differ by more than case, for disks that ignore it.
    """
    taken: set[str] = set()
    names: dict[str, str] = {}
    for file in files:
        stem = re.sub(r"\.\w+$", "", file)
        wanted = re.sub(r"[^\w]+", "-", stem.casefold()).strip("-")[:60] or "topic"
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}-{number}", number + 1
        taken.add(name)
        names[file] = name
    return names
