"""How a command prepares files: what it knows from earlier builds, the rest by all processors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from builder.cli.terminal import progress

if TYPE_CHECKING:
    from builder.apkg.keeping import Keep
    from builder.cache import Cache
    from builder.files import Spool
    from builder.gathering import Work
    from builder.preparing import File, Plan, Prepared
    from builder.rendering import FindMedia

_Command = TypeVar("_Command", bound=Callable[..., Any])

CACHE_VARIABLE = "BUILD_DECK_CACHE_DIR"
_META = __name__


def prepares(command: _Command) -> _Command:
    """Gives a command the options of how files are prepared, which `work` heeds."""
    for option in (
        click.option(
            "--jobs",
            type=click.IntRange(1),
            metavar="N",
            expose_value=False,
            callback=_keep,
            help="Processes that read and render (as many as pay off).",
        ),
        click.option(
            "--no-cache",
            is_flag=True,
            expose_value=False,
            callback=_keep,
            help="Neither use nor keep results of earlier builds.",
        ),
        click.option(
            "--cache-dir",
            type=click.Path(path_type=Path, file_okay=False),
            envvar=CACHE_VARIABLE,
            expose_value=False,
            callback=_keep,
            help="Where results of builds are kept (the user's folder for such).",
        ),
    ):
        command = option(command)
    return command


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    context.meta[f"{_META}.{parameter.name}"] = value


def _kept(name: str) -> Any:  # noqa: ANN401 - what click made of an option
    return click.get_current_context().meta.get(f"{_META}.{name}")


def work(quiet: bool) -> Work:
    """How the command that runs prepares files; the results can be used until it ends."""
    from builder import files

    context = click.get_current_context()
    spool = context.with_resource(files.spool())
    return _Work(spool, cache(), _kept("jobs") or 0, quiet)


def cache() -> Cache | None:
    """Where the command that runs keeps results, if it does."""
    from builder.cache import Cache

    if _kept("no_cache"):
        return None
    if folder := _kept("cache_dir"):
        return Cache(folder)
    from platformdirs import user_cache_path

    return Cache(user_cache_path("build-deck", appauthor=False))


def kept() -> Keep:
    """How the command that runs keeps what is made of what was prepared; see `apkg.write`."""
    from builder.apkg.keeping import anew
    from builder.cache import fingerprint, key_of

    held = cache()
    if held is None:
        return anew
    ours = fingerprint()
    click.get_current_context().call_on_close(held.trim)

    def keep(key: str, make: Callable[[], bytes]) -> bytes:
        own = key_of("package", ours, key)
        content = held.get(own)
        if content is None:
            content = make()
            held.put(own, content)
        return content

    return keep


class _Work:
    """Work of a command: each file from the cache, or else anew."""

    def __init__(self, spool: Spool, cache: Cache | None, jobs: int, quiet: bool) -> None:
        self.spool, self.cache, self.jobs, self.quiet = spool, cache, jobs, quiet

    def __call__(
        self, files: Collection[File], plan: Plan, find_media: FindMedia
    ) -> Sequence[Prepared]:
        from builder import workers

        with progress(len(files), self.quiet) as step:
            known = self._known(files, plan, find_media)
            missing = [file for file in files if file.name not in known]
            for _ in known:
                step()
            made = workers.packed(missing, plan, find_media, self.jobs)
            for file, (digest, packed) in zip(missing, made, strict=True):
                if self.cache:
                    self.cache.put(_key(file, digest, self.plan_key), packed)
                known[file.name] = self._unpacked(packed)
                step()
        if self.cache:
            self.cache.trim()
        return [known[file.name] for file in files]

    def _known(
        self, files: Collection[File], plan: Plan, find_media: FindMedia
    ) -> dict[str, Prepared]:
        from hashlib import sha256

        from builder.cache import fingerprint, key_of
        from builder.media import digest

        known: dict[str, Prepared] = {}
        if self.cache is None:
            return known
        self.plan_key = key_of(fingerprint(), repr(plan))
        for file in files:
            packed = self.cache.get(_key(file, sha256(file.content).digest(), self.plan_key))
            if packed is None:
                continue
            found = self._unpacked(packed)
            if all(digest(find_media(file.shown, m.name)) == m.digest for m in found.media):
                known[file.name] = found
        return known

    def _unpacked(self, packed: bytes) -> Prepared:
        from builder import packing

        return packing.unpack(packed, self.spool.put)


def _key(file: File, digest: bytes, plan: str) -> str:
    from builder.cache import key_of

    return key_of(plan, file.name, file.shown, digest)
