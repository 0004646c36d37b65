"""The real command while somebody else saves or deletes a file: before which of its calls.

    python tests/meanwhile.py EVERY FILE [ARGUMENT ...]

runs `build-deck` in copies of this folder as `faults.py` does; but the call that a copy is named by
does not fail: before it, FILE becomes what FILE.next holds, or goes where there is no such file.
Then the command runs again, and once more without a cache in a copy of what the first run left,
which is named as the other, with ".anew". Printed is a line for each run, the number of the call
and the exit status. EVERY is 1 for all calls, 3 for every third.
"""

import subprocess
import sys
from pathlib import Path

from faults import Calls, copies, run


def main(every: str, file: str, *arguments: str) -> None:
    def save(_kind: str, _path: object) -> None:
        following = Path(f"{file}.next")
        if following.exists():
            Path(file).write_bytes(following.read_bytes())
        else:
            Path(file).unlink(missing_ok=True)

    calls = Calls(save)

    def again(folder: str) -> None:
        twin = f"{folder}.anew"
        subprocess.run(["cp", "-rp", folder, twin], check=True)
        anew = run(calls, twin, 0, (*arguments, "--no-cache"))
        assert run(calls, folder, 0, arguments) == anew

    copies(calls, arguments, again, int(every))


if __name__ == "__main__":
    main(*sys.argv[1:])
