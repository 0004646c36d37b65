"""`python -m builder` is `build-deck`."""

import gc
import sys

_SELDOM = 200_000, 20
"""Next to nothing of ours is garbage in circles, and Python looks for it after every 700 objects:
a tenth of a build's time. So it looks less often, when that may free some 40 MB."""


def main() -> None:
    """The command; Ctrl-C ends it with words even while it is still being loaded."""
    gc.set_threshold(*_SELDOM)
    try:
        from builder.cli import main as run  # noqa: PLC0415 - it takes a moment

        run()
    except KeyboardInterrupt:
        sys.stderr.write("\nerror: stopped; nothing was written\n")
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
