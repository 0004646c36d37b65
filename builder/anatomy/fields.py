"""A question that stands in YAML front matter, as blocks like any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.front_matter import Value, parse
from builder.scan import OPENED, Block, Shape
from builder.values import replace

QUESTION = ("question", "stem", "prompt", "q", "вопрос", "задание", "текст")
_OPTIONS = (
    "options",
    "choices",
    "answers",
    "варианты",
    "варианты ответа",
    "варианты ответов",
    "ответы",
)
_CORRECT = ("answer", "correct", "correct_answer", "correct_answers", "correct answer", "solution",
            "key", "correct_option", "ответ", "правильный ответ", "правильные ответы",
            "правильный", "верный ответ")  # fmt: skip
_EXPLANATION = ("explanation", "rationale", "feedback", "why", "объяснение", "пояснение", "разбор")
_TEXT = ("text", "option", "answer", "value", "content", "label", "текст", "вариант")
_RIGHT = ("correct", "is_correct", "iscorrect", "right", "true", "верно", "правильно")
_WHY = ("why", "explanation", "feedback", "reason", "rationale", "почему", "пояснение")


def holds_question(block: Block) -> bool:
    """Whether front matter asks something itself."""
    return block.shape is Shape.FRONT_MATTER and any(
        line.text.partition(":")[0].strip().casefold() in QUESTION for line in block.lines
    )


def question_blocks(block: Block) -> tuple[list[Block], list[Block]]:
    """The blocks that front matter stands for: those above the text of the file, those below."""
    fields = parse(block).fields
    asked = _first(fields, QUESTION)
    if asked is None or not asked.lines:
        return [block], []
    head = Block(Shape.HEADING, asked.lines, asked.lines[0], "---", OPENED)
    above = [head, replace(block, marker="<front matter>", shape=Shape.HTML)]
    above += _options(_first(fields, _OPTIONS))
    below = [*_said(_first(fields, _CORRECT), "Answer: "), *_said(_first(fields, _EXPLANATION), "")]
    return above, below


def _first(fields: dict[str, Value], names: Sequence[str]) -> Value | None:
    return next((fields[name] for name in names if name in fields), None)


def _options(value: Value | None) -> Iterator[Block]:
    """Options as items: texts of a list, named texts, or texts that say if they are right."""
    if value is None:
        return
    named = [(f"{name}) ", item) for name, item in value.fields.items()]
    for label, item in named or [("", item) for item in value.items]:
        text = _first(item.fields, _TEXT) if item.fields else item
        if text is None or not text.lines:
            continue
        right = _first(item.fields, _RIGHT)
        sign = "" if right is None else "✅ " if right.true else "❌ "
        first = text.lines[0]
        shown = first.showing(f"{sign}{label}{first.text}")
        yield Block(Shape.ITEM, (shown, *text.lines[1:]), shown, "-", 0)
        if why := _first(item.fields, _WHY):
            yield Block(Shape.QUOTE, why.lines, why.lines[0], "|")


def _said(value: Value | None, words: str) -> Iterator[Block]:
    """An answer or an explanation as a paragraph."""
    if value is None:
        return
    texts = value.items or (value,)
    if words and len(texts) > 1:
        first = texts[0].place
        joined = ", ".join(item.text for item in texts)
        line = first.showing(f"{words}{joined}")
        yield Block(Shape.PARAGRAPH, (line,), line)
    elif lines := texts[0].lines:
        first = lines[0].showing(f"{words}{lines[0].text}")
        yield Block(Shape.PARAGRAPH, (first, *lines[1:]), first)
