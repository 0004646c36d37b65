"""Findings in the files beside the quizzes: `deck.toml` and `deck.lock`."""

from builder.rules import ERROR, INFO, told


@told(ERROR)
def bad_settings() -> None:
    """A `deck.toml` that is not TOML.

    Nothing is built with settings that cannot be read.

    Example: `name = Слои` without quotes.

    Instead: `name = "Слои"`; see https://toml.io.
    """


@told(ERROR)
def unknown_setting() -> None:
    """A setting, or a rule to be weighed, that there is not.

    Example: `nmae = "Слои"`.

    Instead: `name = "Слои"`; `build-deck init` writes all settings with their meaning.
    """


@told(ERROR)
def bad_setting() -> None:
    """A setting with a value that it cannot have.

    Example: `cards = "all"`.

    Instead: `cards = "both"`, `"questions"` or `"options"`.
    """


@told(ERROR)
def lock_damaged() -> None:
    """A `deck.lock` that cannot be read.

    It knows who each question is, and members' reviews hang on that, so nothing is built without
    it.

    Instead: take it from the last commit; of both sides of a merge conflict keep every line.
    """


@told(INFO)
def lock_merged() -> None:
    """A merge conflict in `deck.lock` that was resolved.

    Both sides were kept; of two lines about one question the later one counts.

    Instead: nothing; commit the file as the build writes it.
    """
