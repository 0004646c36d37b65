"""Builds that are killed at random moments, and what each leaves.

    python tests/bench/kills.py [NUMBER]

Prints how many builds were killed before they ended, in how many of them the lock or the deck was
neither the earlier nor the new one, and whether the build after all of them was right.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent.parent)]

from test_faults import Group, killed


def main(number: int) -> None:
    with TemporaryDirectory() as folder:
        group = Group(Path(folder), questions=400)
        done = torn = new = 0
        for was_killed in killed(group, number):
            done += was_killed
            try:
                group.assert_whole()
            except AssertionError:
                torn += 1
            new += group.files()[0] == group.new[0]
        print(
            f"{number} builds, {done} killed before they ended; {new} left the new lock; {torn} torn"
        )
        group.assert_next_run_is_right()
        print("the next build was right")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["100"])[0]))
