"""The disk, met nowhere else: what a build reads, writes, and puts aside for its own time."""

from builder.files.disk import DiskError
from builder.files.outputs import (
    Fill,
    content,
    file_name,
    remove,
    write,
    write_bytes,
    write_together,
)
from builder.files.source import (
    FILE_NAME,
    LARGEST,
    LOCK_NAME,
    MOST_LINES,
    SUFFIXES,
    Folder,
    MediaBelow,
    Quiz,
    digest,
    find,
    lock_path,
    media_below,
    quizzes,
    read,
    read_if_there,
    saved,
    settings_path,
    templates,
)
from builder.files.working import Spool, scratch, spool, turn

__all__ = [
    "FILE_NAME", "LARGEST", "LOCK_NAME", "MOST_LINES", "SUFFIXES", "DiskError", "Fill", "Folder",
    "MediaBelow", "Quiz", "Spool", "content", "digest", "file_name", "find", "lock_path",
    "media_below", "quizzes", "read", "read_if_there", "remove", "saved", "scratch",
    "settings_path", "spool", "templates", "turn", "write", "write_bytes", "write_together",
]  # fmt: skip
