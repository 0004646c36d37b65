"""How a command prepares files: what it knows from earlier builds, the rest by all processors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from builder.cli.terminal import progress

if TYPE_CHECKING:
    from builder.apkg.batched import Spread
    from builder.cache import Cache
    from builder.files import Spool
    from builder.gathering import Work
    from builder.keeping import Keep
    from builder.packing import Parts, Read
    from builder.preparing import File, Plan, Prepared
    from builder.rendering import FindMedia
    from builder.workers import Crew

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

    spool = click.get_current_context().with_resource(files.spool())
    return _Work(spool, cache(), _crew(), quiet)


def spread() -> Spread:
    """How the command that runs does what is to be done with each of many; see `apkg.write`."""
    return _crew().spread


def _crew() -> Crew:
    from builder.workers import Crew

    context = click.get_current_context()
    known: Crew | None = _kept("crew")
    if known is None:
        known = context.meta[f"{_META}.crew"] = context.with_resource(Crew(_kept("jobs") or 0))
    return known


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
    from builder.cache import fingerprint
    from builder.keeping import anew

    held = cache()
    if held is None:
        return anew
    click.get_current_context().call_on_close(held.trim)
    return partial(_got, held, fingerprint())


def _got(cache: Cache, fingerprint: str, key: str, make: Callable[[], bytes]) -> bytes:
    from builder.cache import key_of

    own = key_of("package", fingerprint, key)
    content = cache.get(own)
    if content is None:
        content = make()
        cache.put(own, content)
    return content


class _Work:
    """Work of a command: each file from the cache, or else anew."""

    def __init__(self, spool: Spool, cache: Cache | None, crew: Crew, quiet: bool) -> None:
        self.spool, self.cache, self.crew, self.quiet = spool, cache, crew, quiet

    def __call__(
        self, files: Collection[File], plan: Plan, find_media: FindMedia
    ) -> Sequence[Prepared]:
        from builder.packing import unpack

        with progress(len(files), self.quiet) as step:
            known = self._known(files, plan, find_media)
            missing = {file.name: file for file in files if file.name not in known}
            for _ in known:
                step()
            for name, digest, parts in self.crew.packed(missing.values(), plan, find_media):
                if self.cache:
                    self._keep(_key(missing[name], digest, self.plan_key), parts)
                put = self.spool.put
                known[name] = unpack(parts.light, *map(put, parts[1:]))
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
        from builder.packing import Parts, unpack

        known: dict[str, Prepared] = {}
        if self.cache is None:
            return known
        self.plan_key = key_of(fingerprint(), repr(plan))
        for file in files:
            key = _key(file, sha256(file.content).digest(), self.plan_key)
            light = self.cache.get(key_of(key, "light"))
            if light is None:
                continue
            again = partial(_made_again, file, plan, find_media, light)
            found = unpack(light, *(self._kept(key, name, again) for name in Parts._fields[1:]))
            if all(digest(find_media(file.shown, m.name)) == m.digest for m in found.media):
                known[file.name] = found
        return known

    def _keep(self, key: str, parts: Parts) -> None:
        from builder.cache import key_of

        assert self.cache
        for name, part in parts._asdict().items():
            self.cache.put(key_of(key, name), part)

    def _kept(self, key: str, name: str, again: Callable[[], Parts]) -> Read:
        """A part of a file from the cache, made again where it was taken away meanwhile."""
        from builder.cache import key_of

        def read() -> bytes:
            assert self.cache
            kept = self.cache.get(key_of(key, name))
            if kept is None:
                parts = again()
                self._keep(key, parts)
                kept = parts._asdict()[name]
            return kept

        return read


def _made_again(file: File, plan: Plan, find_media: FindMedia, light: bytes) -> Parts:
    """The parts of a file of which one is known. Raises `DiskError` if it is not as it was."""
    from builder.files import DiskError
    from builder.packing import pack
    from builder.preparing import prepare

    parts = pack(prepare(file, plan, find_media))
    if parts.light != light:
        raise DiskError(f"what “{file.shown}” shows was changed while it was read; start again")
    return parts


def _key(file: File, digest: bytes, plan: str) -> str:
    from builder.cache import key_of

    return key_of(plan, file.name, file.shown, digest)
