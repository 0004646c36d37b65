"""Findings of rendering: what of a question can stand on a card."""

from builder.rules import ERROR, WARNING, told


@told(ERROR)
def missing_media() -> None:
    """A picture, sound or film that is not there.

    Its description stands in its place. A path starts from the folder of the file that names it
    and never leads out of the source; capital letters count.

    Example: `![схема](img/net.png)` without a file `img/net.png`.

    Instead: put the file there, or mend the path.
    """


@told(ERROR)
def unknown_media() -> None:
    """A file that is no picture, sound or film, whatever its name says.

    Instead: PNG, JPEG, GIF, WebP, AVIF, SVG, MP3, OGG, MP4 or WebM.
    """


@told(ERROR)
def large_media() -> None:
    """A file that is too large to be synced, and was left out.

    AnkiWeb takes no file above 100 MB, so members would not have it on their other devices. Its
    description stands in its place.

    Instead: a smaller picture, a shorter film.
    """


@told(WARNING)
def removed_html() -> None:
    """HTML that a card may not hold, and that was left out.

    Scripts, forms, frames, styles of one's own, pictures from other sites: what runs, embeds or
    loads something. Links that lead nowhere outside of the file become plain text.

    Example: `<script>`, `<img src="https://…">`, `[текст](другой.md)`.

    Instead: show it in backticks, bring the picture along, give the whole address of a link.
    """
