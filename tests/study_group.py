"""A study group: a maintainer who releases a deck again and again, and a member who imports it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from real_anki import SCHEDULE, import_package, sides, study

from builder import apkg, files, ledger, pipeline
from builder.model import Deck
from builder.settings import Settings
from builder.source import Source

DAY = 86_400
FIRST = 1_700_000_000
"""The time of the first release; the others come a day later each."""

LAYERS = """# Слои

## Задание 1

**Какие слои не обновляются при обратном распространении ошибки?**

* ✅ MaxPooling
* ❌ Полносвязный слой
* ✅ Dropout
* ⚠️ Batch Normalization

### Объяснение

Обновляются слои с обучаемыми параметрами.

#### ❌ **Полносвязный слой** — **обновляется**

У него есть веса и смещения.

## Задание 2

**Что делает функция активации ReLU с отрицательными числами?**

* ✅ Заменяет нулём
* ❌ Меняет знак
* ❌ Оставляет как есть

## Задание 3

**Сколько обучаемых параметров у слоя Flatten?**

* ❌ Столько же, сколько входов
* ✅ Ни одного
"""

TRAINING = """# Обучение

## Задание 1

**Зачем нужен шаг обучения в градиентном спуске?**

* ✅ Он задаёт длину шага против градиента
* ❌ Он выбирает порядок примеров
* ❌ Он считает ошибку на валидации

## Что такое переобучение?

Модель запоминает обучающую выборку и ошибается на новой.
"""


@dataclass
class Maintainer:
    """The source of a deck, and what was released of it."""

    folder: Path
    texts: dict[str, str] = field(
        default_factory=lambda: {"слои.md": LAYERS, "обучение.md": TRAINING}
    )
    templates: Mapping[str, str] = field(default_factory=files.templates)
    settings: Settings = field(default_factory=lambda: Settings(name="Сети", uid="nets"))
    lock: str | None = None
    releases: int = 0
    packages: int = 0
    changes: tuple[str, ...] = ()

    def edit(self, file: str, *replacements: tuple[str, str]) -> None:
        for before, after in replacements:
            assert before in self.texts[file], f"{before!r} is not in {file}"
            self.texts[file] = self.texts[file].replace(before, after)

    def release(self, now: int | None = None, **options: object) -> Path:
        """Builds the next version; gives the package."""
        return self.write(self.deck(now, **options))

    def write(self, deck: Deck) -> Path:
        self.packages += 1
        package = self.folder / f"package-{self.packages}.apkg"
        package.write_bytes(apkg.package(deck))
        return package

    def deck(self, now: int | None = None, **options: object) -> Deck:
        """The next version as a value."""
        now = FIRST + self.releases * DAY if now is None else now
        last = ledger.read_lock(Source("deck.lock", self.lock))[0] if self.lock else None
        built = pipeline.build(
            "source",
            [pipeline.File(name, name, text.encode()) for name, text in sorted(self.texts.items())],
            self.settings,
            self.templates,
            lambda _file, _name: None,
            pipeline.Release(now, last, **options),
        )
        self.lock = ledger.lock_text(built.settled.lock)
        self.changes = tuple(str(change) for change in built.settled.changes)
        self.releases += 1
        return built.deck


@dataclass
class Member:
    """Somebody's Anki."""

    collection: object

    def imports(self, package: Path, **options: object) -> dict[str, int]:
        return import_package(self.collection, package, **options)

    def studies(self, cards: int = 8) -> int:
        return study(self.collection, cards)

    def note(self, stem: str):
        """The note whose stem contains a text."""
        (found,) = self.collection.find_notes(f'Stem:"*{stem}*"')
        return self.collection.get_note(found)

    def writes(self, stem: str, name: str, text: str, tag: str = "") -> None:
        """Edits a field of a note, and tags it, as in Anki's editor."""
        note = self.note(stem)
        note[name] = text
        if tag:
            note.add_tag(tag)
        self.collection.update_note(note)

    def fronts(self, stem: str) -> str:
        """The fronts and backs of all cards of a note, one after another."""
        return "\n".join(
            side for card in self.note(stem).card_ids() for side in sides(self.collection, card)
        )

    def holds(self) -> dict[str, object]:
        """What no update may touch: the schedule of every card, all reviews, the note types."""
        rows = self.collection.db.all(f"select {SCHEDULE} from cards")
        return {
            "cards": {row[0]: row for row in rows},
            "reviews": self.collection.db.all("select * from revlog order by id"),
            "schema": self.collection.db.scalar("select scm from col"),
            "note types": sorted(
                (each.id, each.name) for each in self.collection.models.all_names_and_ids()
            ),
            "guids": dict(self.collection.db.all("select guid, id from notes")),
        }


def lost(before: dict[str, object], after: dict[str, object]) -> list[str]:
    """What of `Member.holds` is no longer as it was; new cards and notes are no loss."""
    found = [
        f"card {card} was {row}, is {after['cards'].get(card)}"
        for card, row in before["cards"].items()
        if after["cards"].get(card) != row
    ]
    found += [
        f"note {guid} has a new id"
        for guid, note in before["guids"].items()
        if after["guids"].get(guid) != note
    ]
    same = ("reviews", "schema")
    found += [f"{what} changed" for what in same if before[what] != after[what]]
    if [i for i, _ in after["note types"]] != [i for i, _ in before["note types"]]:
        found.append(f"note types are {after['note types']}")
    return found
