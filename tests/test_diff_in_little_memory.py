"""`build-deck diff` of packages that are huge, or hostile, or both, where memory is short.

The child process has less memory than some of them take: it ends with the notes on what is new, or
with a sentence, and never by the system's hand.
"""

import resource
import subprocess
import sys
import zipfile

import pytest
from bench.opening_growth import PACKAGES, write
from command import ROOT
from test_opening import OURS, zipped

from builder.cli.terminal import OK, UNUSABLE

MEMORY = 200 << 20
SECONDS = 60


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def diff(folder, *packages):
    """The exit status and what is said; a process that the system ended has a negative status."""
    done = subprocess.run(
        [sys.executable, "-m", "builder", "diff", *packages],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONIOENCODING": "utf-8"},
        preexec_fn=limit,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stderr.decode()


def assert_it_ends_well(folder):
    for packages in (("ours.apkg", "other.apkg"), ("other.apkg", "ours.apkg")):
        status, said = diff(folder, *packages)
        assert status in (OK, UNUSABLE), said
        assert (status == OK) == (said == "")
        assert "Traceback" not in said
        assert said.lower().startswith("error: ") or status == OK
        assert len(said) < 500


@pytest.mark.parametrize("name", PACKAGES)
def test_what_is_new_in_a_package_that_is_hard_to_read_is_told_or_why_not(tmp_path, name):
    (tmp_path / "ours.apkg").write_bytes(OURS)
    write(tmp_path / "other.apkg", name, 2)
    assert_it_ends_well(tmp_path)


@pytest.mark.parametrize("name", ["meta", "collection.anki2", "collection.anki21", "media"])
def test_a_bomb_in_any_file_of_a_package_is_survived(tmp_path, name):
    (tmp_path / "ours.apkg").write_bytes(OURS)
    with (
        zipfile.ZipFile(tmp_path / "other.apkg", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as bomb,
    ):
        for _ in range(500):
            bomb.write(bytes(1 << 20))
    assert_it_ends_well(tmp_path)


def test_a_package_of_a_hundred_thousand_files_is_survived(tmp_path):
    (tmp_path / "ours.apkg").write_bytes(OURS)
    entries = {str(number): b"" for number in range(100_000)}
    (tmp_path / "other.apkg").write_bytes(zipped(entries))
    assert_it_ends_well(tmp_path)
