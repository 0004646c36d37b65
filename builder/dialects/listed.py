"""Options that are a plain list, and the right ones told elsewhere, or nothing but right ones.

    1. Which layer has no weights?

        - Convolution
        - MaxPooling

        Answer: MaxPooling

The answer may be a text, a number, or a list. A list without any answer holds the options where
most lists of the file are as long, and right answers only where they are not.
"""

from __future__ import annotations

from collections.abc import Sequence

from builder.anatomy.faces import Face
from builder.anatomy.ways import Way
from builder.model import Verdict


def _claims(faces: Sequence[Face]) -> bool:
    return bool(faces)


def _verdicts(faces: Sequence[Face]) -> list[Verdict]:
    return [Verdict.UNKNOWN] * len(faces)


WAY = Way("listed", _claims, _verdicts, evident=False)
