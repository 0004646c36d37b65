"""Options with check boxes: `- [x]` is right, `- [ ]` is wrong.

    #### Q1. Which layer has no weights?

    - [ ] Convolution
    - [x] MaxPooling

Boxes may lack their bullet or their space, hold ×, ✓ or a Cyrillic х, be round as in `( )` and
`(X)`, stand at the end of the line, or at the right options only.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.anatomy.faces import Face
from builder.anatomy.ways import Way
from builder.model import Verdict
from builder.signals.announcements import announced
from builder.signals.marks import ticks
from builder.signals.navigation import only_links


def _boxed(face: Face) -> bool:
    return face.box is not None


def _claims(faces: Sequence[Face]) -> bool:
    boxes = [face for face in faces if face.box is not None]
    if any(face.round for face in boxes):
        return len(boxes) > 1 and len(boxes) == len(faces)
    if _others(faces):
        return True
    marked = any(face.sign for face in faces)
    return 2 * len(boxes) >= len(faces) and not (marked and len({face.box for face in boxes}) == 1)


def _others(faces: Sequence[Face]) -> bool:
    """Whether a box stands at the right options only, and the others of the list have none.

    Two boxes or more at its end may also be all options, below a list that belongs to the stem.
    """
    boxes = [at for at, face in enumerate(faces) if face.box is not None]
    if not boxes or len(boxes) == len(faces) or any(face.round for face in faces):
        return False
    if any(ticks(faces[at].box or "") is not Verdict.CORRECT for at in boxes):
        return False
    plain = [face for face in faces if face.box is None]
    if any(face.sign or only_links(face.text.text) or announced(face.text.text) for face in plain):
        return False
    return len(boxes) == 1 or faces[boxes[0] + 1 :].count(plain[-1]) > 0


def _verdicts(faces: Sequence[Face]) -> list[Verdict]:
    said = [Verdict.UNKNOWN if face.box is None else ticks(face.box) for face in faces]
    if _others(faces):
        return [Verdict.WRONG if verdict is Verdict.UNKNOWN else verdict for verdict in said]
    return said if said.count(Verdict.WRONG) < len(said) else [Verdict.UNKNOWN] * len(said)


WAY = Way("checkbox", _claims, _verdicts, _boxed, parted=True, whole=_others, loud=True)
