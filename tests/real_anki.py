"""What the tests ask of real Anki: import a package, study it, and say what is wrong with it.

It needs nothing but the package `anki`, and runs with that of 2023 as well:

    python tests/real_anki.py PACKAGE [UPDATE]

prints what `verify` finds, as JSON, on the last line: on a busy machine Anki prints before it
which of its calls were slow.
"""

import json
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries that Anki brings along
        from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
except ImportError:
    from conftest import lacking

    lacking("the tests with real Anki need the package anki")

FAULTS = re.compile(
    r"template has a problem|front of this card is blank|no cloze .{0,40} found"
    r"|latex image generation is disabled",
    re.IGNORECASE,
)
STYLE = re.compile(r"\A<style>.*?</style>", re.DOTALL)
SCHEDULE = "id,nid,did,ord,type,queue,due,ivl,factor,reps,lapses,left,odue,odid,flags,data"


def answer(printed: str) -> object:
    """What a program that runs Anki prints as JSON at its end."""
    return json.loads(printed.splitlines()[-1])


@contextmanager
def new_collection() -> Iterator[Collection]:
    """A collection of Anki's as a new user has it, for as long as the block lasts."""
    with TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            yield collection
        finally:
            collection.close()


def import_package(collection: Collection, package: Path, **options: object) -> dict[str, int]:
    """Imports as a double click does; gives how many notes were new, updated, and so on."""
    request = ImportAnkiPackageRequest(
        package_path=str(package.absolute()), options=ImportAnkiPackageOptions(**options)
    )
    log = collection.import_anki_package(request).log
    collection.models._clear_cache()  # Anki's Python part does not notice that types changed
    counted = {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate")}
    return counted | {"conflicting": len(log.conflicting)}


def sides(collection: Collection, card: int) -> tuple[str, str]:
    """Front and back of a card as Anki renders them, without the style sheet before each."""
    found = collection.get_card(card)
    return STYLE.sub("", found.question()), STYLE.sub("", found.answer())


def contents(collection: Collection) -> dict[str, list[list[object]]]:
    """Everything that members see or study: notes, cards, decks and note types."""
    return {
        "notes": collection.db.all("select id,guid,mid,mod,tags,flds,sfld,csum from notes"),
        "cards": collection.db.all(f"select {SCHEDULE},mod from cards"),
        "decks": [[each.id, each.name] for each in collection.decks.all_names_and_ids()],
        "note types": [
            [each.id, each.name, json.dumps(collection.models.get(each.id)["flds"])]
            for each in collection.models.all_names_and_ids()
        ],
    }


def faults(collection: Collection) -> list[str]:
    """What a member would find wrong with the cards, fields, media and database."""
    found: list[str] = []
    for card in collection.find_cards(""):
        found += [
            f"card {card}: {fault[0]}"
            for side in sides(collection, card)
            if (fault := FAULTS.search(side))
        ]
    found += [f"note {each.note_id} has empty cards" for each in collection.get_empty_cards().notes]
    found += [f"missing media: {name}" for name in collection.media.check().missing]
    cardless = "select id from notes where id not in (select nid from cards)"
    found += [f"note {note} has no cards" for note in collection.db.list(cardless)]
    twice = "select guid from notes group by guid having count() > 1"
    found += [f"two notes have the guid {guid}" for guid in collection.db.list(twice)]
    before = contents(collection)
    message, fine = collection.fix_integrity()
    after = contents(collection)
    if not fine:
        found.append(f"Check Database: {message}")
    found += [f"Check Database changed {what}" for what in before if before[what] != after[what]]
    return found


def schedule(collection: Collection) -> dict[int, list[object]]:
    """The columns of every card that a member would hate to lose, by card id."""
    return {row[0]: row[1:] for row in collection.db.all(f"select {SCHEDULE} from cards")}


def review(collection: Collection, cards: int = 8) -> int:
    """Answers up to so many cards of each deck: again, hard, good, easy in turn."""
    answered = 0
    for deck in collection.db.list("select distinct did from cards"):
        collection.decks.set_current(deck)
        for ease in (1, 2, 3, 4) * (cards // 4):
            queued = collection.sched.get_queued_cards(fetch_limit=1).cards
            if not queued:
                break
            card = collection.get_card(queued[0].card.id)
            card.start_timer()
            collection.sched.answerCard(card, ease)
            answered += 1
    return answered


def study(collection: Collection, cards: int = 8) -> int:
    """Reviews as `review` does, then checks the database: what it says later is of packages.

    Anki notes the time of an answer before it writes the log, and Check Database sets it anew by
    the log, which may be a second later. When it does, the next sync is one-way.
    """
    answered = review(collection, cards)
    collection.fix_integrity()
    return answered


def verify(package: Path, update: Path | None = None) -> list[str]:
    """Everything wrong with a package, and with importing its update over it, as a member would.

    Imported into a new collection, looked at, studied, imported again; then the update, which
    must lose no card, schedule or review, and force no full sync.
    """
    with new_collection() as collection:
        import_package(collection, package)
        found = faults(collection)
        if not study(collection):
            found.append("nothing to study")
        again = import_package(collection, package)
        if again["new"] or again["updated"] or again["conflicting"]:
            found.append(f"importing it again is not without effect: {again}")
        if update:
            found += _update_faults(collection, update)
        return found


def _update_faults(collection: Collection, update: Path) -> list[str]:
    def kept() -> dict[str, object]:
        return {
            "reviews": collection.db.all("select * from revlog"),
            "the schema (a full sync is forced)": collection.db.scalar("select scm from col"),
            "the note types": [each.id for each in collection.models.all_names_and_ids()],
        }

    cards, others = schedule(collection), kept()
    notes = dict(collection.db.all("select guid, id from notes"))
    log = import_package(collection, update)
    found = [f"the update leaves {log['conflicting']} notes behind"] * bool(log["conflicting"])
    new = schedule(collection)
    found += [f"card {card} is lost" for card in cards if card not in new]
    found += [
        f"card {card} is rescheduled" for card in cards if new.get(card) not in (None, cards[card])
    ]
    found += [f"the update changed {what}" for what, was in others.items() if kept()[what] != was]
    ids = dict(collection.db.all("select guid, id from notes"))
    found += [f"note {guid} has a new id" for guid, note in notes.items() if ids.get(guid) != note]
    return found + faults(collection)


if __name__ == "__main__":
    print(json.dumps(verify(*map(Path, sys.argv[1:]))))
