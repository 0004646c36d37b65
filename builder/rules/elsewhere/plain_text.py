"""Findings of the dialects that are plain text: GIFT, Aiken, text2qti, trivia."""

from builder.rules import ERROR, INFO, WARNING, told


@told(ERROR)
def unknown_answer() -> None:
    """An answer that names none of the options.

    Which option is right cannot be known, so all stay unmarked; in trivia the answer is shown as
    the explanation.

    Example: `ANSWER: E` below four options.

    Instead: the letter of the right option, or in trivia its text.
    """


@told(WARNING)
def misspelt_answer() -> None:
    """An answer that is not the text of an option, but much like one.

    The most similar option was taken as the right one, if it is similar enough and its numbers are
    the same.

    Example: `^ Issac`, where an option is `A Isaac`.

    Instead: repeat the text of the option.
    """


@told(INFO)
def differing_answer() -> None:
    """An answer that differs from the text of its option in case or punctuation only.

    Example: `^ the Mirror`, where an option is `A The mirror`.

    Instead: repeat the text of the option.
    """


@told(INFO)
def foreign_letter() -> None:
    """A key whose letter is of another alphabet than those of the options.

    The option was taken whose letter looks the same, or else has the same place in its alphabet.

    Example: `ANSWER: В`, with a Cyrillic letter, where the options are A to D.

    Instead: the letter that stands before the option.
    """


@told(INFO)
def option_letter() -> None:
    """An option whose letter is not the one that was to come.

    It was taken as the next option nevertheless.

    Example: `A)`, `C)`, `C)`.

    Instead: letters without a gap.
    """


@told(ERROR)
def no_options() -> None:
    """A key with no options above it.

    The question is on no card.

    Example: `ANSWER: B` right below a stem.

    Instead: options with letters, `A) …` and `B) …`, between the two.
    """


@told(INFO)
def partial_credit() -> None:
    """An option worth a part of the points where another is worth all of them.

    A card cannot say "half right", so the option counts as disputed: neither for a learner nor
    against.

    Example: `~%50%Galilee` beside `=Nazareth`.

    Instead: nothing, if that is meant; else `=Galilee` or `~Galilee`.
    """


@told(WARNING)
def unescaped_sign() -> None:
    """A "=" in the text of an answer that Moodle would take for the beginning of another.

    It was read as text, since the answers have a line each or since it compares.

    Example: `~x = 1`.

    Instead: `~x \\= 1`.
    """


@told(ERROR)
def unclosed_brace() -> None:
    """A brace that opens the answers of a question and is never closed.

    The question is on no card.

    Instead: `}` below the last answer, or `\\{` if the brace belongs to the text.
    """


@told(ERROR)
def many_braces() -> None:
    """Several pairs of braces, of which none looks like answers.

    The question is on no card.

    Instead: `\\{` and `\\}` for braces of the text, `=` and `~` before answers.
    """


@told(WARNING)
def description() -> None:
    """Text without answers among the questions of a GIFT file.

    Moodle shows it between two questions. A deck has no place for it.

    Instead: make it part of a question, or a comment with `//`.
    """


@told(INFO)
def blank_line() -> None:
    """A blank line between the name of a question and its answers.

    Moodle would end the question there. It was read as one.

    Instead: `\\n` for the end of a line.
    """


@told(ERROR)
def no_pair() -> None:
    """A question of pairs in which an answer has no second half.

    The question is on no card.

    Example: `{=Canada -> Ottawa =Italy}`.

    Instead: `=Italy -> Rome`.
    """
