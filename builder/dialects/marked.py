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
    boxes = not _EMPTY.isdisjoint(signs)
    said = [_in_boxes(sign) if boxes and sign else SIGNS.get(sign, _UNKNOWN) for sign in signs]
    if Verdict.CORRECT in said and Verdict.WRONG not in said:
        return [Verdict.WRONG if verdict is _UNKNOWN else verdict for verdict in said]
    if not boxes or any(verdict not in (Verdict.WRONG, _UNKNOWN) for verdict in said):
        return said
    return [_UNKNOWN] * len(said)


_UNKNOWN = Verdict.UNKNOWN
_EMPTY = frozenset(EMPTY)


def _in_boxes(sign: str) -> Verdict:
    """What a sign says in a list some of whose signs are empty boxes."""
    return Verdict.WRONG if sign in EMPTY else Verdict.CORRECT


WAY = Way("marked", _claims, _verdicts, loud=True)
