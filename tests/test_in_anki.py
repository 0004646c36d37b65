"""What the command builds, in real Anki."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from command import ROOT, SEED, build_deck
from conftest import lacking
from real_anki import answer, import_package, new_collection, sides, verify

QUIZ = """# Всё сразу

## Вопрос 1

Что здесь **верно**? `a < b && c` и $x^2$, цена $5 и $6.

![схема](схема.png)

| a | b |
|---|---|
| 1 | 2 |

* ✅ {{c1::не пропуск}}
* ❌ [sound:нет.mp3]
* ⚠️ `</div>` и vector<int>
* Без пометки

### Объяснение

```python
print("<script>")
```

## Что такое градиент?

Вектор частных производных.
"""

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def built(folder, *arguments):
    done = build_deck(*arguments, "-o", "deck.apkg", cwd=folder)
    assert (folder / "deck.apkg").is_file(), done.err
    return folder / "deck.apkg"


@pytest.fixture
def seed(tmp_path):
    shutil.copytree(ROOT / "source", tmp_path / "source")
    return built(tmp_path, "source")


@pytest.fixture
def everything(tmp_path):
    (tmp_path / "all.md").write_text(QUIZ, encoding="utf-8")
    (tmp_path / "схема.png").write_bytes(PICTURE)
    return built(tmp_path, "all.md")


def test_the_seed_is_one_note_with_seven_cards(seed):
    with new_collection() as collection:
        assert import_package(collection, seed)["new"] == 1
        assert collection.card_count() == 7


def test_nothing_is_wrong_with_the_seed(seed):
    assert verify(seed) == []


def test_nothing_is_wrong_with_a_deck_of_everything(everything):
    assert verify(everything) == []


def test_what_an_author_typed_stays_text_and_pictures_arrive(everything):
    with new_collection() as collection:
        import_package(collection, everything)
        (question,) = collection.find_cards("card:Question note:*choice*")
        front, _ = sides(collection, question)
        (picture,) = (Path(collection.media.dir())).glob("bd-*.png")
        assert picture.name in front
        assert picture.read_bytes() == PICTURE
        assert "vector&lt;int&gt;" in front
        assert collection.get_card(question).question_av_tags() == []


def test_an_option_without_a_mark_has_no_card_of_its_own(everything):
    with new_collection() as collection:
        import_package(collection, everything)
        assert len(collection.find_cards("card:Option*")) == 3


@pytest.mark.parametrize(
    ("cards", "templates"),
    [
        ("both", {"Question", "Option 1", "Option 2", "Option 3"}),
        ("questions", {"Question"}),
        ("options", {"Option 1", "Option 2", "Option 3"}),
    ],
)
def test_settings_choose_which_cards_are_made(tmp_path, cards, templates):
    (tmp_path / "q.md").write_text(QUIZ.partition("## Что")[0], encoding="utf-8")
    (tmp_path / "схема.png").write_bytes(PICTURE)
    (tmp_path / "deck.toml").write_text(f'cards = "{cards}"\n', encoding="utf-8")
    package = built(tmp_path, "q.md")
    assert verify(package) == []
    with new_collection() as collection:
        import_package(collection, package)
        made = {collection.get_card(c).template()["name"] for c in collection.find_cards("")}
    assert made == templates


def test_damaged_text_makes_the_same_notes_and_is_told(tmp_path, seed):
    damaged = SEED.read_bytes().decode("mac_roman").encode()
    (tmp_path / "source" / SEED.name).write_bytes(damaged)
    done = build_deck("source", "-o", "again.apkg", cwd=tmp_path)
    assert "[repaired-text]" in done.err
    with new_collection() as one, new_collection() as other:
        import_package(one, seed)
        import_package(other, tmp_path / "again.apkg")
        rows = "select guid, flds, tags from notes"
        assert one.db.all(rows) == other.db.all(rows)


def test_an_anki_of_2023_takes_it_too(everything):
    python = os.environ.get("BUILD_DECK_OLD_ANKI")
    if not python:
        lacking("BUILD_DECK_OLD_ANKI names no Python with an older Anki")
    script = Path(__file__).with_name("real_anki.py")
    done = subprocess.run([python, script, everything], capture_output=True, text=True, check=True)
    assert answer(done.stdout) == []
