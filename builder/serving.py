"""A web server for one reader: it answers this machine alone, and tells pages of a new build."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from threading import Condition, Thread
from urllib.parse import unquote, urlsplit

from builder.values import Record

LOOPBACK = "127.0.0.1"
PING = 15.0
"""Seconds after which a silent page is written to, so that one that was closed is noticed."""

PLAIN = "text/plain; charset=utf-8"

Content = bytes | Callable[[], bytes]
"""A file, or how to make one that is seldom asked for."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".apkg": "application/octet-stream",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}


class PortTakenError(Exception):
    """Another program listens there."""


class State(Record):
    """What there is to show: the files of the last good build, and what is wrong since.

    `build` is a name that no other build has had, not even one of an earlier server.
    """

    build: str = ""
    files: Mapping[str, Content] | None = None
    failure: str = ""
    closed: bool = False


class Stage:
    """The state, changed by who builds and waited for by who serves."""

    def __init__(self) -> None:
        self._state = State()
        self._changed = Condition()

    @property
    def state(self) -> State:
        with self._changed:
            return self._state

    def show(self, build: str, files: Mapping[str, Content]) -> None:
        """Shows a new build."""
        self._set(State(build, files))

    def fail(self, failure: str) -> None:
        """Says what is wrong; the last good build stays."""
        last = self.state
        self._set(State(last.build, last.files, failure))

    def close(self) -> None:
        last = self.state
        self._set(State(last.build, last.files, last.failure, closed=True))

    def _set(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def first(self) -> State:
        """The state, as soon as a first build is there or has failed."""
        with self._changed:
            self._changed.wait_for(lambda: self._state != State())
            return self._state

    def after(self, known: State, seconds: float) -> State:
        """The state as soon as it is another than the one that is known, or after some time."""
        with self._changed:
            self._changed.wait_for(lambda: self._state is not known, seconds)
            return self._state


@contextmanager
def serving(stage: Stage, port: int) -> Iterator[str]:
    """Serves a stage on the loopback interface for as long as the block lasts; gives the address.

    Port 0 takes any that is free. Raises `PortTakenError`.
    """
    try:
        server = _Server((LOOPBACK, port), _handler(stage))
    except OSError as error:
        raise PortTakenError from error
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_address[1]}/"
    finally:
        stage.close()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # On Windows the option would let two programs listen at one port
    allow_reuse_address = os.name == "posix"

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who went away in the middle is no news."""


def _handler(stage: Stage) -> type[BaseHTTPRequestHandler]:
    class Handler(_Reader):
        def __init__(self, *arguments: object) -> None:
            self.stage = stage
            super().__init__(*arguments)  # type: ignore[arg-type]

    return Handler


class _Reader(BaseHTTPRequestHandler):
    """Answers requests of one connection."""

    protocol_version = "HTTP/1.1"
    server_version = "build-deck"
    sys_version = ""
    timeout = 60
    stage: Stage

    def do_GET(self) -> None:
        if refusal := self._refusal():
            self._send(HTTPStatus.FORBIDDEN, refusal.encode(), PLAIN)
        elif urlsplit(self.path).path == "/live":
            with suppress(OSError):
                self._tell()
            self.close_connection = True
        elif urlsplit(self.path).path == "/build":
            self._send(HTTPStatus.OK, self.stage.state.build.encode(), PLAIN)
        else:
            self._answer()

    do_HEAD = do_GET  # noqa: N815 - the library's name for it

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        """The terminal is for what was built."""

    def _refusal(self) -> str:
        """Why a request is not answered.

        A page from elsewhere may let its name lead to this machine (DNS rebinding), but then it
        asks by that name. It may also point at our address, but then its browser says so.
        """
        port = self.server.server_address[1]  # type: ignore[index]
        if self.headers.get("Host", "") not in (f"{LOOPBACK}:{port}", f"localhost:{port}"):
            return "This server answers 127.0.0.1 and localhost only.\n"
        elsewhere = self.headers.get("Sec-Fetch-Site", "") in ("cross-site", "same-site")
        if elsewhere and self.headers.get("Sec-Fetch-Mode", "") != "navigate":
            return "This server does not answer pages from elsewhere.\n"
        return ""

    def _answer(self) -> None:
        path = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
        state = self.stage.first()
        found = (state.files or {}).get(path)
        if found is None:
            text = state.failure or "There is no such page.\n"
            again = {} if state.files else {"Refresh": "1"}
            self._send(HTTPStatus.NOT_FOUND, text.encode(), PLAIN, again)
            return
        kind = _TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
        try:
            content = found() if callable(found) else found
        except Exception as error:
            text = f"This is a bug of build-deck: {type(error).__name__}: {error}\n"
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, text.encode(), PLAIN)
        else:
            self._send(HTTPStatus.OK, content, kind)

    def _send(
        self, status: HTTPStatus, content: bytes, kind: str, more: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            with suppress(OSError):
                self.wfile.write(content)

    def _tell(self) -> None:
        """Events for templates/site/js/live.js, until the page or the server is closed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        state = self.stage.state
        while not state.closed:
            failure = json.dumps(state.failure, ensure_ascii=False) if state.failure else ""
            events = f"event: build\ndata: {state.build}\n\nevent: failed\ndata: {failure}\n\n"
            self.wfile.write(events.encode())
            self.wfile.flush()
            state = self.stage.after(state, PING)
