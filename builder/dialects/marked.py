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
    if not _EMPTY.isdisjoint(signs):
        return _in_boxes(signs)
    said = [SIGNS.get(sign, _UNKNOWN) for sign in signs]
    if _CORRECT in said and _WRONG not in said:
        return [_WRONG if verdict is _UNKNOWN else verdict for verdict in said]
    return said


def _in_boxes(signs: Sequence[str]) -> list[Verdict]:
    """What signs say of which some are empty boxes, so that the others are ticks."""
    said = [(_WRONG if sign in EMPTY else _CORRECT) if sign else _UNKNOWN for sign in signs]
    return said if _CORRECT in said else [_UNKNOWN] * len(said)


_CORRECT, _WRONG, _UNKNOWN = Verdict.CORRECT, Verdict.WRONG, Verdict.UNKNOWN
_EMPTY = frozenset(EMPTY)


WAY = Way("marked", _claims, _verdicts, loud=True)
