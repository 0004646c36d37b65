"""Turns Markdown quiz files into an Anki deck."""

__version__ = "0.1.0"
