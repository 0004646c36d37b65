"""Options with signs: ✅ is right, ❌ is wrong, ⚠️ is disputed.

    ## Задание 1

    **Which layers have no weights?**

    * ✅ MaxPooling
    * ❌ Convolution

Signs may stand before or behind the text, and on the right options only. The words "(correct)",
"[INCORRECT]", "← верно" are signs too.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.anatomy.faces import Face
from builder.anatomy.ways import Way
from builder.model import Verdict
from builder.signals.marks import EMPTY, FILLED, SIGNS


def _claims(faces: Sequence[Face]) -> bool:
    signs = [face.sign for face in faces if face.sign]
    drawn = all(sign in FILLED and sign not in SIGNS for sign in signs)
    return len(faces) > 1 and bool(signs) and not drawn


def _verdicts(faces: Sequence[Face]) -> list[Verdict]:
    signs = [face.sign for face in faces]
    boxes = any(sign and sign in EMPTY for sign in signs)
    said = [_verdict(sign, boxes) for sign in signs]
    if Verdict.CORRECT in said and Verdict.WRONG not in said:
        return [Verdict.WRONG if verdict is Verdict.UNKNOWN else verdict for verdict in said]
    right = any(verdict not in (Verdict.WRONG, Verdict.UNKNOWN) for verdict in said)
    return said if right or not boxes else [Verdict.UNKNOWN] * len(said)


def _verdict(sign: str, boxes: bool) -> Verdict:
    if boxes and sign:
        return Verdict.WRONG if sign in EMPTY else Verdict.CORRECT
    return SIGNS.get(sign, Verdict.UNKNOWN)


WAY = Way("marked", _claims, _verdicts, loud=True)
