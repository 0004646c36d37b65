"""Options that their author marked in another way, as items with check boxes."""

from __future__ import annotations

from collections.abc import Sequence

from builder.scan import Block, Line, Shape


def boxed(
    said: Line, right: bool, below: Sequence[Line] = (), reason: Sequence[Line] = ()
) -> Block:
    """An item that says this in its first line, then what stands `below`, then its reason."""
    text = said.showing(f"[{'x' if right else ' '}] {said.text}")
    gap = [Line(reason[0].number, reason[0].offset, "")] if reason else []
    return Block(Shape.ITEM, (said, *below, *gap, *reason), text, "-")
