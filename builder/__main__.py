"""`python -m builder` is `build-deck`."""

import sys


def main() -> None:
    """The command; Ctrl-C ends it with words even while it is still being loaded."""
    try:
        from builder.cli import main as run  # noqa: PLC0415 - it takes a moment

        run()
    except KeyboardInterrupt:
        sys.stderr.write("\nerror: stopped; nothing was written\n")
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
