"""Options of which the right ones are emphasised.

    ### Question 1

    Which layer has no weights?

    * Convolution
    * **MaxPooling**

Bold counts, or else what stands out in another way: italics, underlined, coloured or marked text,
or the label alone, if it is bold at fewer than half of the options.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.anatomy.faces import Face
from builder.anatomy.ways import Way
from builder.model import Verdict
from builder.signals.marks import SIGNS
from builder.signals.phrases import QUESTION_MARKS


def _emphasised(faces: Sequence[Face]) -> list[bool]:
    """Which options stand out: bold ones, else those with any emphasis, else a few bold labels."""
    strong = [face.emphasis in ("**", "__", "***", "<b>", "<strong>") for face in faces]
    for chosen in (strong, [bool(face.emphasis) for face in faces]):
        if any(chosen):
            return chosen
    bold = [face.bold for face in faces]
    return bold if 2 * sum(bold) < len(bold) else [False] * len(bold)


def _claims(faces: Sequence[Face]) -> bool:
    if not all(SIGNS.get(face.sign) is _WRONG for face in faces if face.sign):
        return False
    chosen = _emphasised(faces)
    return any(chosen) and not all(chosen) and not _ask(faces)


def _ask(faces: Sequence[Face]) -> bool:
    """Whether most items of a list are questions themselves."""
    return 2 * sum(face.text.text.endswith(QUESTION_MARKS) for face in faces) > len(faces)


def _verdicts(faces: Sequence[Face]) -> list[Verdict]:
    chosen = _emphasised(faces)
    refuted = [SIGNS.get(face.sign) is _WRONG for face in faces]
    if any(refuted):  # what was chosen proved wrong, so what is right is not known
        return [_WRONG if wrong else Verdict.UNKNOWN for wrong in refuted]
    if not any(chosen):
        return [Verdict.UNKNOWN] * len(faces)
    return [Verdict.CORRECT if right else _WRONG for right in chosen]


_WRONG = Verdict.WRONG


def _accepts(faces: Sequence[Face]) -> bool:
    return len(faces) > 1


WAY = Way("emphasis", _claims, _verdicts, accepts=_accepts, common=True, loud=True)
