"""What is found of a text is found once, until so much was read that it is let go."""

from test_preparing import PLAN, found

from builder.pipeline import File
from builder.preparing import prepare
from builder.remembering import ENOUGH, forget, has_read, remembered

asked = []


@remembered(4)
def length(text):
    asked.append(text)
    return len(text)


def lengths(*texts):
    """The lengths, and which of the texts were looked at for it."""
    asked.clear()
    return [length(text) for text in texts], list(asked)


def test_what_was_found_is_found_again_without_looking():
    forget()
    assert lengths("а", "бб", "а") == ([1, 2, 1], ["а", "бб"])
    assert lengths("бб") == ([2], [])


def test_it_is_forgotten_after_much_was_read_and_not_before():
    forget()
    lengths("а")
    has_read(ENOUGH - 1)
    assert lengths("а") == ([1], [])
    has_read(1)
    assert lengths("а") == ([1], ["а"])
    has_read(ENOUGH - 1)
    assert lengths("а") == ([1], [])


def test_files_that_are_prepared_are_what_was_read():
    quiz = "## 1\n\nЧто?\n\n* ✅ а\n* ❌ б\n\n" + "Слово.\n" * (ENOUGH // 14)
    file = File("0.md", "0.md", quiz.encode())
    forget()
    lengths("а")
    prepare(file, PLAN, found)
    assert lengths("а") == ([1], [])
    prepare(file, PLAN, found)
    assert lengths("а") == ([1], ["а"])
