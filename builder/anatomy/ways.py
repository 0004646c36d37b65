"""How the options of a question say which of them are right: the heart of a dialect."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from builder.anatomy.faces import Face
from builder.model import Verdict
from builder.scan import Line
from builder.values import Record

Faces = Sequence[Face]


def anything(_: Face) -> bool:
    return True


def all_of_it(face: Face) -> Line:
    return face.text


def nothing(_: Faces) -> bool:
    return False


class Way(Record, eq=False):
    """A way of writing options.

    `claims` says whether a list is written this way, `verdicts` what it says of each option.
    `member` tells options from other items of the same list, unless the `whole` list is options,
    `text` is what of an option is
    shown, without the signs that only this way knows. `accepts` says of a plain list
    whether it may be options too, in a file written this way. A way that is not `evident` looks
    like any list: it counts only where a question asks for options and no other way was found.
    The options of a `parted` way may have text between them. A `common` way looks like what notes
    do too: it counts only where most questions are written so. A `loud` way claims no list of
    which all faces are silent, and is not asked about one.
    """

    name: str
    claims: Callable[[Faces], bool]
    verdicts: Callable[[Faces], Sequence[Verdict]]
    member: Callable[[Face], bool] = anything
    whole: Callable[[Faces], bool] = nothing
    text: Callable[[Face], Line] = all_of_it
    accepts: Callable[[Faces], bool] = nothing
    evident: bool = True
    parted: bool = False
    common: bool = False
    loud: bool = False
