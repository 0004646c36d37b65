"""A member with two devices and Anki's own sync server, on loopback."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from anki.sync_pb2 import SyncCollectionResponse
from real_anki import new_collection, review
from study_group import Maintainer, Member

USER, PASSWORD = "group", "secret"
ONE_WAY = (
    SyncCollectionResponse.FULL_SYNC,
    SyncCollectionResponse.FULL_UPLOAD,
    SyncCollectionResponse.FULL_DOWNLOAD,
)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def server(tmp_path):
    """The address of a sync server with one empty account."""
    port = free_port()
    environment = {
        **os.environ,
        "SYNC_USER1": f"{USER}:{PASSWORD}",
        "SYNC_HOST": "127.0.0.1",
        "SYNC_PORT": str(port),
        "SYNC_BASE": str(tmp_path / "server"),
        "RUST_LOG": "anki=warn",
    }
    running = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "anki.syncserver"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 20
        while not is_open(port):
            assert running.poll() is None, "the sync server did not start"
            assert time.monotonic() < deadline, "the sync server does not answer"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.terminate()
        running.wait(10)


def sync(member, server, upload):
    """Syncs as the button does; says whether all of one side was sent over the other."""
    collection = member.collection
    login = collection.sync_login(USER, PASSWORD, server)
    login.endpoint = server
    answer = collection.sync_collection(login, False)
    if answer.required not in ONE_WAY:
        return False
    collection.close_for_full_sync()
    collection.full_upload_or_download(
        auth=login, server_usn=answer.server_media_usn, upload=upload
    )
    collection.reopen(after_full_sync=True)
    return True


@contextmanager
def two_devices(server):
    """Two devices of a member who has a card of their own already, in step with the server."""
    with new_collection() as one, new_collection() as other:
        desk, phone = Member(one), Member(other)
        own = one.new_note(one.models.by_name("Basic"))
        own["Front"] = "карточка участника"
        one.add_note(own, one.decks.id("Default"))
        sync(desk, server, upload=True)
        sync(phone, server, upload=False)
        yield desk, phone


def test_v1_on_one_device_and_v2_on_the_other_are_one_deck_after_the_sync(server, tmp_path):
    group = Maintainer(tmp_path)
    first = group.release()
    group.edit("слои.md", ("не обновляются", "не учатся"))
    group.texts["слои.md"] += "\n## Задание 4\n\n**Что сжимает пулинг?**\n\n* ✅ Карту\n* ❌ Сеть\n"
    second = group.release()
    with two_devices(server) as (desk, phone):
        desk.imports(first)
        review(desk.collection, 4)
        phone.imports(second)
        review(phone.collection, 4)
        reviews = {
            review
            for member in (desk, phone)
            for review in member.collection.db.list("select id from revlog")
        }
        for member in (desk, phone, desk):
            assert not sync(member, server, upload=False), "one side was thrown away"
        for member in (desk, phone):
            twice = "select guid from notes group by guid having count() > 1"
            assert member.collection.db.list(twice) == []
            assert member.collection.note_count() == 7
            assert set(member.collection.db.list("select id from revlog")) == reviews
            assert "не учатся" in member.fronts("обратном")
