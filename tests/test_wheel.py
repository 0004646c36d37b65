"""An installed wheel builds a deck anywhere."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import lacking

ROOT = Path(__file__).parent.parent

QUIZ = """# Матрицы

## Вопрос 1

Какая матрица обратима?

* ✅ Единичная
* ❌ Нулевая
"""


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The command of a wheel that was built and installed into a fresh virtual environment."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "env", cwd=folder)
    pip = next((folder / "env").glob("*/pip*"))
    got = run(pip, "install", "-q", "--disable-pip-version-check", wheel, cwd=folder)
    if got.returncode:
        lacking(f"the wheel's dependencies cannot be installed here: {got.stderr[-300:]}")
    return next((folder / "env").glob("*/build-deck*"))


def test_an_installed_wheel_builds_a_folder_that_holds_one_file(installed, tmp_path):
    (tmp_path / "матрицы.md").write_text(QUIZ, encoding="utf-8")
    done = run(installed, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (package,) = (tmp_path / "dist").glob("*.apkg")
    assert package.name == "Матрицы.apkg"
    assert zipfile.ZipFile(package).testzip() is None
