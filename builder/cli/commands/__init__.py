"""The commands of `build-deck`, one per module."""
