"""Options with check boxes: `- [x]` is right, `- [ ]` is wrong.

    #### Q1. Which layer has no weights?

    - [ ] Convolution
    - [x] MaxPooling

Boxes may lack their bullet or their space, hold ×, ✓ or a Cyrillic х, be round as in `( )` and
`(X)`, or stand at the end of the line.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.anatomy.faces import Face
from builder.anatomy.ways import Way
from builder.model import Verdict
from builder.signals.marks import ticks


def _boxed(face: Face) -> bool:
    return face.box is not None


def _claims(faces: Sequence[Face]) -> bool:
    boxes = [face for face in faces if face.box is not None]
    if any(face.round for face in boxes):
        return len(boxes) > 1 and len(boxes) == len(faces)
    marked = any(face.sign for face in faces)
    return 2 * len(boxes) >= len(faces) and not (marked and len({face.box for face in boxes}) == 1)


def _verdicts(faces: Sequence[Face]) -> list[Verdict]:
    said = [Verdict.UNKNOWN if face.box is None else ticks(face.box) for face in faces]
    ticked = any(verdict is not Verdict.WRONG for verdict in said)
    return said if ticked else [Verdict.UNKNOWN] * len(faces)


WAY = Way("checkbox", _claims, _verdicts, _boxed, parted=True)
