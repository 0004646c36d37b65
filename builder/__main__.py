"""`python -m builder` is `build-deck`."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

_SELDOM = 200_000, 20
"""Next to nothing of ours is garbage in circles, and Python looks for it after every 700 objects:
a tenth of a build's time. So it looks less often, when that may free some 40 MB."""


def main() -> NoReturn:
    """The command; Ctrl-C ends it with words even while it is still being loaded."""
    gc.set_threshold(*_SELDOM)
    try:
        from builder.cli import main as run  # noqa: PLC0415 - it takes a moment

        status = run()
    except KeyboardInterrupt:
        sys.stderr.write("\nerror: stopped; nothing was written\n")
        status = 130
    _leave(status)


def _leave(status: int) -> NoReturn:
    """Ends the process at once. What has an end is ended by now, and to take all the rest apart,
    object by object, takes Python a sixth of the time of `--help`."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it has gone
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
