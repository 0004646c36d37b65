"""Options with a plus or a minus: `+ right`, `- wrong`.

    Which layers have no weights?

    + MaxPooling
    - Convolution

Advantages and drawbacks below an explanation are no options.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.anatomy.faces import Face
from builder.anatomy.ways import Way
from builder.model import Verdict


def _claims(faces: Sequence[Face]) -> bool:
    plus = [face.bullet == "+" for face in faces]
    return any(plus) and not all(plus) and not any(face.sign for face in faces)


def _verdicts(faces: Sequence[Face]) -> list[Verdict]:
    return [Verdict.CORRECT if face.bullet == "+" else Verdict.WRONG for face in faces]


WAY = Way("plusminus", _claims, _verdicts, loud=True)
