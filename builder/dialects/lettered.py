"""Options with letters, and the right ones named elsewhere.

    1. Which layer has no weights?

    A) Convolution
    B) MaxPooling

    Answer: B

The answer may stand below the options or above them, in a `<details>`, in a sentence, or on a
sheet at the end of the file.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.anatomy.faces import Face
from builder.anatomy.ways import Way
from builder.model import Verdict
from builder.signals.labels import counts_up


def _claims(faces: Sequence[Face]) -> bool:
    labels = [face.label for face in faces]
    return counts_up(labels) and not any(face.sign or face.label.isdecimal() for face in faces)


def _verdicts(faces: Sequence[Face]) -> list[Verdict]:
    return [Verdict.UNKNOWN] * len(faces)


WAY = Way("lettered", _claims, _verdicts, loud=True)
