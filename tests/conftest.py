"""What several test files share."""

import os
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import pytest
from hypothesis import settings

EFFORT = int(os.environ.get("BUILD_DECK_EFFORT", "1"))
"""How many times the usual number of examples a law is tried on."""

UNATTENDED = "CI" in os.environ
"""Whether laws are tried on the same examples each time: no find may stop another's change."""

CACHE = TemporaryDirectory(prefix="build-deck-cache-", ignore_cleanup_errors=True)
os.environ["BUILD_DECK_CACHE_DIR"] = CACHE.name  # no test writes among the user's own results

settings.register_profile(
    "build-deck",
    deadline=None,  # a law says what is true, not how fast
    max_examples=100 * EFFORT,
    derandomize=UNATTENDED,
    print_blob=True,
)
settings.load_profile("build-deck")


def examples(number: int) -> settings:
    """How many examples a law is tried on, where a hundred are too few or too many."""
    return settings(max_examples=number * EFFORT)


def lacking(reason: str) -> NoReturn:
    """Skips a test whose tool this machine lacks; fails it where all tools were promised."""
    if os.environ.get("BUILD_DECK_TEST_ALL"):
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, which finds what keeps people from using a page."""
    found = find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        lacking("needs the package axe-playwright-python")
    return Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8")
