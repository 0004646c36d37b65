"""Tables of options: a row each, with a sign or a letter in one of its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from builder.scan import Block, Line, Shape, cut
from builder.signals.labels import places, plain
from builder.signals.marks import BOX, SIGN
from builder.signals.phrases import bare

_OPTION = re.compile(
    r"\W*(?:вариант\w*|ответ\w*|утверждени\w*|опци\w*|варіант\w*|options?|answers?|choices?|statements?"
    r"|alternatives?|antwort\w*|option\w*|respuestas?|opciones|选项|選択肢)\b.*", re.IGNORECASE
)  # fmt: skip
_VERDICT = re.compile(
    r"\W*(?:верн\w*|правильн\w*|вердикт|подходит|оценка|correct\??|right\??|true\??|verdict|key"
    r"|is\scorrect\??|richtig|correct[ao]|✅|正确|正解)\W*(?:\?|/.*)?$", re.IGNORECASE
)  # fmt: skip
_WHY = re.compile(
    r"\W*(?:почему|пояснени\w*|объяснени\w*|комментари\w*|причина|обосновани\w*|why|explanation"
    r"|reason\w*|comment\w*|feedback|rationale|begründung|说明|解説)\b.*", re.IGNORECASE
)  # fmt: skip
_BAR = re.compile(r"(?<!\\)\|")
_YES = frozenset(("+", "1", "x", "х", "v", "да", "верно", "правильно", "истина", "подходит", "так",
                  "yes", "y", "true", "correct", "right", "ja", "sí"))  # fmt: skip
_NO = frozenset(("-", "–", "—", "0", "нет", "неверно", "неправильно", "ложь", "ні",
                 "no", "n", "false", "wrong", "incorrect", "nein"))  # fmt: skip


def option_rows(table: Block) -> Sequence[Block]:
    """The rows of a table of options as items, each with its reason below; else the table.

    An item's text begins with the sign and the letter of its row.
    """
    rows = [_cells(line) for line in (table.lines[0], *table.lines[2:])]
    head, body = rows[0], rows[1:]
    columns = _columns([cell.text for cell in head], [[c.text for c in row] for row in body])
    if columns is None:
        return (table,)
    verdict, label, option, why = columns
    found = [Block(Shape.HTML, table.lines[:2], table.text, "<thead>")]
    for line, row in zip(table.lines[2:], body, strict=True):
        text = _cell(row, option)
        shown = (
            f"{_sign(_cell(row, verdict))}{_label(_cell(row, label))}{text.text if text else ''}"
        )
        where = text or row[0]
        found.append(Block(Shape.ITEM, (line,), Line(line.number, where.offset, shown), "-", 0))
        if reason := _cell(row, why):
            found.append(Block(Shape.QUOTE, (reason,), reason, "|"))
    return found


def _cells(row: Line) -> list[Line]:
    edges = [-1, *(bar.start() for bar in _BAR.finditer(row.text)), len(row.text)]
    cells = [cut(row, at + 1, end) for at, end in pairwise(edges)]
    if cells[0].blank:
        cells.pop(0)
    if cells and cells[-1].blank:
        cells.pop()
    return cells


def _cell(row: Sequence[Line], column: int | None) -> Line | None:
    return row[column] if column is not None and column < len(row) else None


def _columns(
    head: Sequence[str], body: Sequence[Sequence[str]]
) -> tuple[int | None, int | None, int, int | None] | None:
    """Which columns hold verdict, label, option and reason; None if it is another table."""
    if len(body) < 2 or len(head) < 2:
        return None
    width = len(head)
    columns = [[row[n] if n < len(row) else "" for row in body] for n in range(width)]
    label = next((n for n in range(width) if _are_labels(columns[n])), None)
    verdict = next(
        (n for n in range(width) if n != label and _are_verdicts(columns[n], head[n])), None
    )
    if label is None and verdict is None:
        return None
    rest = [n for n in range(width) if n not in (label, verdict)]
    option = next((n for n in rest if _OPTION.match(bare(head[n]))), rest[0] if rest else None)
    if option is None:
        return None
    if verdict is None and not _OPTION.match(bare(head[option])):
        return None
    why = next((n for n in rest if n != option and _WHY.match(bare(head[n]))), None)
    return verdict, label, option, why


def _are_labels(cells: Sequence[str]) -> bool:
    found = [places(plain(bare(cell).rstrip(".)"))) for cell in cells]
    return any(
        all((alphabet, n) in at for n, at in enumerate(found))
        for alphabet, _ in (found[0] if found else ())
        if alphabet >= 0
    )


def _are_verdicts(cells: Sequence[str], head: str) -> bool:
    signed = [bool(SIGN.match(cell)) or bool(BOX.match(cell)) for cell in cells]
    if all(signed):
        return True
    words = [bare(cell).casefold().strip(" .") for cell in cells]
    said = [not word or word in _YES or word in _NO or sign
            for word, sign in zip(words, signed, strict=True)]  # fmt: skip
    return all(said) and any(words) and bool(_VERDICT.match(bare(head)))


def _sign(cell: Line | None) -> str:
    if cell is None:
        return ""
    if SIGN.match(cell.text) or BOX.match(cell.text):
        return f"{cell.text} "
    return "✅ " if bare(cell.text).casefold().strip(" .") in _YES else "❌ "


def _label(cell: Line | None) -> str:
    return f"{bare(cell.text).rstrip('.)')}) " if cell and not cell.blank else ""
