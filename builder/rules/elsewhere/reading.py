"""Findings of reading: what a file holds, line by line."""

from builder.rules import ERROR, INFO, WARNING, told


@told(ERROR)
def undecodable() -> None:
    """A file whose encoding cannot be told, or that is no text.

    Guessing would have made up its text, so nothing of it was read.

    Instead: save it as UTF-8, or name its encoding in `deck.toml`: `encoding = "cp1251"`.
    """


@told(WARNING)
def repaired_text() -> None:
    """Text that had been damaged by a wrong encoding and was restored.

    Such as UTF-8 that some program read as MacRoman. The cards hold the restored text; the file
    still holds the damage.

    Instead: `build-deck check --fix` saves the restored text, in UTF-8.
    """


@told(ERROR)
def damaged_text() -> None:
    """Damaged text of which some characters are lost.

    They are shown as "\N{REPLACEMENT CHARACTER}" on the cards.

    Instead: type the words anew.
    """


@told(WARNING)
def unread_text() -> None:
    """Text that is on no card.

    It belongs to no question, and it is neither a title nor a table of contents. A build with
    such text ends with exit status 1.

    Example: a paragraph between two questions.

    Instead: make it part of a question, or put it in a comment `<!-- … -->`.
    """


@told(INFO)
def two_dialects() -> None:
    """A file that could be read in two ways.

    Both dialects see as much of their own in it; the first by name was taken.

    Instead: name it in `deck.toml`: `dialect = "marked"`.
    """


@told(ERROR)
def no_stem() -> None:
    """Options that answer no question.

    They are on no card.

    Instead: write the question between the heading and the options.
    """


@told(WARNING)
def contradicting_answer() -> None:
    """An answer given in words that is not the one marked in the list of options.

    Or a letter that names one option beside the text of another. The list, or the letter, was
    believed; one of the two teaches a wrong answer.

    Example: `✅ ReLU`, `❌ Dropout`, and below them `Правильный ответ: Dropout`.

    Instead: the list and the answer name the same options.
    """
