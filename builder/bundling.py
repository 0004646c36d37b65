"""The media of a deck: each file once, as it was when the cards that show it were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder import kinds
from builder.diagnostics import StopError
from builder.media import IN_ALL, digest
from builder.model import Media
from builder.preparing import Prepared
from builder.rendering import FindMedia, Sought


def bundled(
    files: Iterable[Prepared], find_media: FindMedia, templates: Mapping[str, str]
) -> tuple[Media, ...]:
    """All media by name, and the style sheet that a member may fill. Raises `MediaError`."""
    found = {kinds.USER_STYLE: kinds.user_style(templates)}
    left = IN_ALL
    for file in files:
        for sought in file.media:
            if sought.bundled and sought.bundled not in found:
                media = _found(sought, find_media(file.path, sought.name))
                found[sought.bundled] = media
                left -= len(media.content)
                if left < 0:
                    raise MediaError(
                        f"pictures, sound and film come to more than {IN_ALL >> 20} MB"
                    )
    return tuple(found[name] for name in sorted(found))


def _found(sought: Sought, content: bytes | None) -> Media:
    if content is None or digest(content) != sought.digest:
        raise MediaError(f"“{sought.name}” was changed while it was read; build again")
    return Media(sought.bundled, content)


class MediaError(StopError):
    """Pictures, sound or film that no package can be made of."""
