"""Lists of options: blocks that stand together and look alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from builder.anatomy.faces import Face, face
from builder.anatomy.ways import Way, anything
from builder.model import Verdict
from builder.scan import Block, Line, Shape, cut
from builder.signals.announcements import Part, announced
from builder.signals.labels import places, plain
from builder.signals.marks import explained, pole
from builder.values import CachingRecord, Draft, cached_property, replace


class Run(CachingRecord):
    """A list of options in a stream of blocks: from `start` up to `stop`.

    `heads` are the places of the blocks that begin an option; what stands between two of them
    belongs to the first. `faces` are what they show.
    """

    start: int
    stop: int
    heads: tuple[int, ...]
    faces: tuple[Face, ...]
    way: Way

    @property
    def verdicts(self) -> Sequence[Verdict]:
        return self.way.verdicts(self.faces)

    @cached_property
    def settled(self) -> bool:
        """Whether the list itself says which option is right."""
        return any(verdict is not _UNKNOWN for verdict in self.verdicts)

    def moved(self, by: int) -> Run:
        """The same list in a stream that begins elsewhere."""
        heads = self.heads
        moved = (heads[0] + by,) if len(heads) == 1 else tuple([head + by for head in heads])
        return Run(self.start + by, self.stop + by, moved, self.faces, self.way)

    def with_more(self, other: Run) -> Run:
        """The list together with one further down that continues it."""
        heads, faces = self.heads + other.heads, self.faces + other.faces
        return replace(self, stop=other.stop, heads=heads, faces=faces)


_UNKNOWN = Verdict.UNKNOWN
_ATTACHED = frozenset((Shape.FENCE, Shape.CODE, Shape.TABLE, Shape.QUOTE))
_IMAGE = re.compile(r"\s*(?:!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|<img\b[^>]*>)\s*$", re.IGNORECASE)


_PICTURED = frozenset((Shape.PARAGRAPH, Shape.HTML))


def is_image(block: Block) -> bool:
    """Whether a block is nothing but a picture."""
    return block.shape in _PICTURED and all(_IMAGE.match(line.text) for line in block.lines)


def attached(block: Block) -> bool:
    """Whether a block between two options surely belongs to the one above it."""
    return block.shape in _ATTACHED or is_image(block)


def find_runs(stream: Sequence[Block], ways: Sequence[Way]) -> list[Run]:
    """All lists in a stream that some way claims, in order."""
    quiet = [way for way in ways if not way.loud]
    groups = map(_with_poles_as_signs, _groups(stream))
    found = [_claimed(group, quiet if group.silent else ways) for group in groups]
    return [run for run in found if run]


class _Group(Draft):
    """Neighbouring blocks that may be options.

    `silent` is whether none of them shows anything but its text, `label` how far their labels have
    counted, `begun` whether from the first on.
    """

    heads: list[int]
    faces: list[Face]
    item: bool
    marker: str
    silent: bool
    label: int = 0
    begun: bool = False

    def add(self, at: int, shown: Face) -> None:
        self.heads.append(at)
        self.faces.append(shown)
        self.silent = self.silent and shown.silent
        if shown.label:
            self.count(shown.label)

    def count(self, label: str) -> None:
        for _, place in places(plain(label)):
            self.label = place
            self.begun = self.begun or place == 0


def _groups(stream: Sequence[Block]) -> Iterator[_Group]:
    """Neighbouring blocks that may be options, with only attached ones between them."""
    group: _Group | None = None
    for at, block in enumerate(stream):
        shown = _candidate(block) if block.shape in _CANDIDATES else None
        if group and shown and len(group.heads) > 1 and _answers(block, shown):
            shown = None
        if shown is None:
            if group and not attached(block):
                yield group
                group = None
        elif group and _joins(group, block, shown):
            group.add(at, shown)
        else:
            if group:
                yield group
            item, marker = block.shape is Shape.ITEM, block.marker[-1:]
            group = _Group([at], [shown], item, marker, shown.silent)
            if shown.label:
                group.count(shown.label)
    if group:
        yield group


_CANDIDATES = frozenset((Shape.ITEM, Shape.PARAGRAPH))


def _candidate(block: Block) -> Face | None:
    shown = face(block.text)
    if not shown.sign and shown.box is None and (shown.label or block.shape is Shape.ITEM):
        shown = _explained(block.text) or shown
    if block.shape is Shape.ITEM:
        return replace(shown, bullet=block.marker) if block.marker == "+" else shown
    return shown if shown.box is not None or shown.sign or shown.label else None


def _explained(line: Line) -> Face | None:
    """What an option shows of itself before its reason: "ReLU ✅ — it keeps what is positive"."""
    if (found := explained(line.text)) is None:
        return None
    end, begin = found
    return replace(face(cut(line, 0, end)), reason=cut(line, begin))


def _answers(block: Block, shown: Face) -> bool:
    """Whether an item below options is none: "- **Answer:** B", "- Explanation: since …"."""
    if block.shape is not Shape.ITEM or shown.label or shown.box is not None:
        return False
    said = announced(block.text.text)
    if said is None or said.part is Part.REMARK or (shown.sign and said.part is not Part.ANSWER):
        return False
    return len(block.lines) > 1 or bool(block.text.text[said.end :].strip("*_ "))


def _joins(group: _Group, block: Block, shown: Face) -> bool:
    last, item = group.faces[-1], block.shape is Shape.ITEM
    if shown.box is not None:
        if last.box is not None or group.faces[-2:][0].box is not None:
            return True
        if not item:
            return False
    if item and group.item and block.marker[-1:] == group.marker:
        return not (shown.label and _restarts(group, shown.label))
    if item and group.item and {block.marker, group.marker} in ({"+", "-"}, {"+", "*"}):
        return True  # "+ right", "- wrong"
    if shown.label:
        return _follows(last, shown)
    return bool(shown.sign and last.sign) and item == group.item


def _follows(last: Face, shown: Face) -> bool:
    now = places(plain(shown.label))
    before = places(plain(last.label)) if last.label else ()
    return any((alphabet, place + 1) in now for alphabet, place in before)


def _restarts(group: _Group, label: str) -> bool:
    """Whether labels begin anew, and with them another list."""
    first = any(place == 0 for _, place in places(plain(label)))
    return first and group.label > 0 and group.begun


def _with_poles_as_signs(group: _Group) -> _Group:
    """A group of which all end with a plus or a minus, as one of options with signs."""
    if len(group.faces) < 2 or not pole(group.faces[0].text.text):
        return group
    faces = [_with_pole_as_sign(shown) for shown in group.faces]
    if len({shown.sign for shown in faces}) > 1 and all(shown.sign for shown in faces):
        group.faces, group.silent = faces, False
    return group


def _with_pole_as_sign(shown: Face) -> Face:
    found = pole(shown.text.text)
    if found is None or shown.sign:
        return replace(shown, sign="")
    end = found[0] - len(shown.text.text)
    text, labelled = cut(shown.text, 0, end), cut(shown.labelled, 0, end)
    return replace(shown, text=text, labelled=labelled, sign=found[1])


def _claimed(group: _Group, ways: Sequence[Way]) -> Run | None:
    for way in ways:
        heads, faces = group.heads, group.faces
        if way.member is not anything:
            members = [n for n, shown in enumerate(faces) if way.member(shown)]
            if not members:
                continue
            if not way.whole(faces):
                own = slice(members[0], members[-1] + 1)
                heads, faces = heads[own], faces[own]
        if (way.evident or group.item) and way.claims(faces):
            return Run(heads[0], heads[-1] + 1, tuple(heads), tuple(faces), way)
    return None
