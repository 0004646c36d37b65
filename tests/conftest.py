"""What several test files share."""

import os
from typing import NoReturn

import pytest
from hypothesis import settings

settings.register_profile("build-deck", deadline=None)  # a law says what is true, not how fast
settings.load_profile("build-deck")


def lacking(reason: str) -> NoReturn:
    """Skips a test whose tool this machine lacks; fails it where all tools were promised."""
    if os.environ.get("BUILD_DECK_TEST_ALL"):
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)
