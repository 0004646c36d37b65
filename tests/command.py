"""Running `build-deck` as a person does: another process, arguments, what it prints."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEED = ROOT / "source" / "dl-nlp-cv.md"
EPOCH = "1700000000"


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


def build_deck(*arguments, cwd, **environment):
    """Runs the command in a folder; output is decoded as UTF-8, whatever could not be is shown."""
    return python("-m", "builder", *arguments, cwd=cwd, **environment)


def python(*arguments, cwd, **environment):
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "SOURCE_DATE_EPOCH": EPOCH,
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    out, err = (text.decode("utf-8", "backslashreplace") for text in (done.stdout, done.stderr))
    assert "Traceback" not in out + err, err
    return Done(done.returncode, out, err)
