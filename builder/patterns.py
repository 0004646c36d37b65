"""Regular expressions that are compiled when something is first looked for with them.

There are hundreds, and most quizzes need few. What every quiz needs is compiled at once, with
`re.compile`: looking for something with such a pattern is quicker by a trifle.
"""

import re
from typing import cast

_METHODS = "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives; a mistake in the pattern comes to light on its first use."""
    return cast("re.Pattern[str]", _Late(pattern, flags))


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> object:
        """Once compiled it has the methods of the pattern for its own."""
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[object, ...]:
        """Goes to another process as what it is made of."""
        return late, (self.pattern, self._flags)
