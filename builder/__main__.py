"""`python -m builder` is `build-deck`."""

from builder.cli import main

main()
