"""Tables of options, with a sign or a letter in each row, and tables of questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from builder.patterns import late
from builder.scan import OPENED, Block, Line, Shape, cut
from builder.signals.labels import LABEL, counts_up, places, plain
from builder.signals.marks import BOX, SIGN
from builder.signals.phrases import bare

_OPTION = re.compile(
    r"\W*(?:вариант\w*|ответ\w*|утверждени\w*|опци\w*|варіант\w*|options?|answers?|choices?|statements?"
    r"|alternatives?|antwort\w*|option\w*|respuestas?|opciones|选项|選択肢)\b.*", re.IGNORECASE
)  # fmt: skip
_VERDICT = late(
    r"\W*(?:верн\w*|правильн\w*|вердикт|подходит|оценка|correct\??|right\??|true\??|verdict|key"
    r"|is\scorrect\??|richtig|correct[ao]|✅|正确|正解)\W*(?:\?|/.*)?$", re.IGNORECASE
)  # fmt: skip
WHY = late(
    r"\W*(?:почему|пояснени\w*|объяснени\w*|комментари\w*|причина|обосновани\w*|why|explanation"
    r"|reason\w*|comment\w*|feedback|rationale|begründung|说明|解説)\b.*", re.IGNORECASE
)  # fmt: skip
_COUNTS = re.compile(r"(?:№|#|n[o°º]?\.?|номер|number|nr\.?)$", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")
_QUESTION = re.compile(
    r"\W*(?:вопрос\w*|задани\w*|формулировка|questions?|stem|prompt|term|запитання|питання|frage|pregunta"
    r"|pergunta|domanda|pytanie|kérdés|front"
    r"|问题|問題|質問)\W*$", re.IGNORECASE
)  # fmt: skip
_ANSWER = re.compile(
    r"\W*(?:(?:верн\w+|правильн\w+|correct|right|expected)\s)?(?:ответ\w*|вариант\w*|answers?|key|ключ"
    r"|option|definition|відповідь|antwort|respuesta"
    r"|réponse|resposta|risposta|odpowiedź|válasz|back|答案|正解)\W*$|\W*correct\W*$", re.IGNORECASE
)  # fmt: skip
_CHOICE = re.compile(
    r"\W*(?:(?:вариант|option|choice|ответ|answer)\s)?(?P<label>[^\W\d_]|\d)\W*$", re.IGNORECASE
)
_YES = frozenset(("+", "1", "x", "х", "v", "да", "верно", "правильно", "истина", "подходит", "так",
                  "yes", "y", "true", "correct", "right", "ja", "sí"))  # fmt: skip
_NO = frozenset(("-", "–", "—", "0", "нет", "неверно", "неправильно", "ложь", "ні",
                 "no", "n", "false", "wrong", "incorrect", "nein"))  # fmt: skip


TABLE_HEAD, TABLE_CELL = "<thead>", "|"
"""Markers of the blocks that the head of a table and the reasons in its rows become."""


def table_rows(table: Block) -> Sequence[Block]:
    """The rows of a table of options, or of questions, as blocks; any other table as it is."""
    rows = [cells_of(line) for line in (table.lines[0], *table.lines[2:])]
    return _questions(table, rows) or _options(table, rows) or (table,)


def _questions(table: Block, rows: Sequence[Sequence[Line]]) -> list[Block]:
    """A question per row: what is asked, options under letters if there are, the answer, why."""
    names = [bare(cell.text) for cell in rows[0]]
    asked = _column(_QUESTION, names)
    if asked is not None and _all_count(rows[1:], asked):  # "Question #" beside "Question"
        asked = _column(_QUESTION, names, {asked})
    if asked is None:
        return []
    choices = {n: match["label"] for n, name in enumerate(names)
               if n != asked and (match := _CHOICE.match(name))}  # fmt: skip
    answer = _column(_ANSWER, names, {asked, *choices})
    if answer is None:
        return []
    numbers = (n for n, name in enumerate(names) if _QUESTION.match(name))
    counts = {n for n in numbers if _all_count(rows[1:], n)}
    counts |= {n for n in range(len(names)) if _is_count(names, n)}
    why = _column(WHY, names, {asked, answer, *choices})
    words = {n: f"{name}: " for n, name in enumerate(names) if name and not _COUNTS.match(name)}
    words |= {answer: "Answer: "} | ({} if why is None else {why: "Explanation: "})
    found = [Block(Shape.HTML, table.lines[:2], table.text, TABLE_HEAD)]
    for row in rows[1:]:
        stem = _cell(row, asked)
        if stem is None or stem.blank:
            continue
        found.append(Block(Shape.HEADING, (stem,), stem, "-", OPENED))
        found += [_prefixed(Shape.ITEM, f"{label}) ", row[n])
                  for n, label in choices.items() if _filled(row, n)]  # fmt: skip
        for n in range(len(row)):
            if n in choices or n == asked or n in counts or not _filled(row, n):
                continue
            found += _listed(row[n]) or [_prefixed(Shape.PARAGRAPH, words.get(n, ""), row[n])]
    return found


_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def _listed(cell: Line) -> list[Block]:
    """The options of a cell that holds one per line: "A. this<br>B. that"."""
    breaks = list(_BREAK.finditer(cell.text))
    bounds = [0, *(at for match in breaks for at in match.span()), len(cell.text)]
    parts = [cut(cell, start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    labels = [match["label"] if (match := LABEL.match(part.text)) else "" for part in parts]
    if len(parts) < 2 or not all(labels) or not counts_up(labels):
        return []
    return [Block(Shape.ITEM, (part,), part, "-") for part in parts]


def _prefixed(shape: Shape.OneOf, words: str, cell: Line) -> Block:
    shown = cell.showing(f"{words}{cell.text}")
    return Block(shape, (shown,), shown, "-" if shape is Shape.ITEM else "")


def _filled(row: Sequence[Line], column: int) -> bool:
    return column < len(row) and not row[column].blank


def _is_count(names: Sequence[str], column: int) -> bool:
    return column < len(names) and bool(_COUNTS.match(names[column]))


def _all_count(rows: Sequence[Sequence[Line]], column: int) -> bool:
    """Whether a column only numbers the questions, as that of a sheet of answers does."""
    cells = [bare(row[column].text) for row in rows if _filled(row, column)]
    return all(COUNTED.fullmatch(cell) for cell in cells)


COUNTED = re.compile(r"(?:q|№|#|question|вопрос|задание)?\s?(\d{1,4})[.):]?", re.IGNORECASE)
"""What a cell holds that only says which question its row is about."""


def _column(
    pattern: re.Pattern[str], names: Sequence[str], taken: Collection[int | None] = ()
) -> int | None:
    return next((n for n, name in enumerate(names) if n not in taken and pattern.match(name)), None)


def _options(table: Block, rows: Sequence[Sequence[Line]]) -> list[Block]:
    """An option per row, its text behind its sign and its letter; what else it says is its reason.

    Columns that only count the rows are left out.
    """
    names = [bare(cell.text) for cell in rows[0]]
    columns = _columns(names, [[cell.text for cell in row] for row in rows[1:]])
    if columns is None:
        return []
    verdict, label, option = columns
    found = [Block(Shape.HTML, table.lines[:2], table.text, TABLE_HEAD)]
    for line, row in zip(table.lines[2:], rows[1:], strict=True):
        sign, more = _sign(_cell(row, verdict))
        text = _cell(row, option)
        shown = f"{sign}{_label(_cell(row, label))}{text.text if text else ''}"
        where = text or row[0]
        found.append(Block(Shape.ITEM, (line,), where.showing(shown), "-"))
        reasons = [row[n] for n in range(len(row))
                   if n not in columns and _filled(row, n) and not _is_count(names, n)]  # fmt: skip
        found += [Block(Shape.QUOTE, (why,), why, TABLE_CELL) for why in (*more, *reasons)]
    return found


def cells_of(row: Line) -> list[Line]:
    """The cells of a row of a table."""
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
) -> tuple[int | None, int | None, int] | None:
    """Which columns hold verdict, label and option; None if it is another table."""
    if len(body) < 2 or len(head) < 2:
        return None
    columns = [[row[n] if n < len(row) else "" for row in body] for n in range(len(head))]
    signed = [_all_signed(cells) for cells in columns]
    label = next((n for n, cells in enumerate(columns) if _are_labels(cells)), None)
    verdict = next((n for n, cells in enumerate(columns)
                    if n != label and (signed[n] or _are_verdicts(cells, head[n])
                                       or (label is not None and _pick(cells)))), None)  # fmt: skip
    if verdict is None and label is None:
        return None
    rest = [n for n in range(len(head)) if n not in (label, verdict) and not _COUNTS.match(head[n])]
    if any(signed[n] for n in rest):
        return None  # it compares: each row has several verdicts
    named = [n for n in rest if _OPTION.match(head[n])]
    if not rest or (verdict is None and not named):
        return None
    return verdict, label, (named or rest)[0]


def _are_labels(cells: Sequence[str]) -> bool:
    return any(
        all((alphabet, n) in _places(cell) for n, cell in enumerate(cells))
        for alphabet, at in _places(cells[0])
        if alphabet >= 0 and at == 0
    )


def _places(cell: str) -> list[tuple[int, int]]:
    return places(plain(bare(cell).rstrip(".)")))


def _all_signed(cells: Sequence[str]) -> bool:
    return all(SIGN.match(cell) or BOX.match(cell) for cell in cells)


def _are_verdicts(cells: Sequence[str], head: str) -> bool:
    """Whether the cells of a column say yes or no, below a word for that, or nothing."""
    if not _VERDICT.match(head):
        return False
    signed = [bool(SIGN.match(cell)) or bool(BOX.match(cell)) for cell in cells]
    words = [bare(cell).casefold().strip(" .") for cell in cells]
    said = [not word or word in _YES or word in _NO or sign
            for word, sign in zip(words, signed, strict=True)]  # fmt: skip
    return all(said) and any(words)


_PICKS = frozenset(("*", "\\*", "x", "X", "х", "Х", "+", "v", "V"))


def _pick(cells: Sequence[str]) -> bool:
    """Whether the cells of a column pick some rows, as by a star beside their letters."""
    picked = [cell.strip() in _PICKS or bool(SIGN.fullmatch(cell.strip())) for cell in cells]
    others = [cell for cell, picks in zip(cells, picked, strict=True) if not picks]
    return any(picked) and bool(others) and not any(map(str.strip, others))


def _sign(cell: Line | None) -> tuple[str, list[Line]]:
    """The sign that a cell begins with or means, and what else it says."""
    if cell is None:
        return "", []
    if match := SIGN.match(cell.text) or BOX.match(cell.text):
        more = cut(cell, match.end())
        return f"{match[0]} ", [] if more.blank else [more]
    picked = cell.text.strip() in _PICKS or bare(cell.text).casefold().strip(" .") in _YES
    return "✅ " if picked else "❌ ", []


def _label(cell: Line | None) -> str:
    return f"{bare(cell.text).rstrip('.)')}) " if cell and not cell.blank else ""
