"""Collections that a stranger may have made: from any bytes, one with a hostile schema, hostile
rows and damaged pages.

Most bytes decide something, so that a fuzzer that changes one changes one thing. What SQLite itself
refuses to make is left out.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import TypeVar

_Thing = TypeVar("_Thing")

TABLES = {
    "notes": ("id", "guid", "mid", "mod", "tags", "flds"),
    "cards": ("nid", "did", "odid", "due"),
    "col": ("models", "decks"),
    "notetypes": ("id", "name"),
    "fields": ("ntid", "ord", "name"),
    "decks": ("id", "name"),
}
TYPES = ("", "INTEGER", "TEXT", "BLOB", "REAL", "INTEGER PRIMARY KEY", "TEXT UNIQUE")
PLAIN = ("",) * 20
CONDITIONS = (
    *(*PLAIN, "NOT NULL", "DEFAULT (random())", "DEFAULT (zeroblob(99999999))"),
    *("AS (1) STORED", "AS (foreign_to_sqlite(1)) VIRTUAL", "AS (randomblob(9999999))"),
    *("COLLATE unicase", "COLLATE nocase", "CHECK (foreign_to_sqlite(1))", "REFERENCES notes (id)"),
)
ENDLESS = """VIEW {0} AS
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
SELECT i AS id, i AS guid, i AS mid, i AS mod, i AS tags, i AS flds FROM n"""
INSTEAD = (
    *(*PLAIN, ENDLESS, "VIEW {0} AS SELECT 1 AS {1}", "VIEW {0} AS SELECT * FROM {0}"),
    *("VIRTUAL TABLE {0} USING fts5({1})", "VIRTUAL TABLE {0} USING rtree(id, a, b)"),
    "VIRTUAL TABLE {0} USING fts4({1})",
)
BESIDE = (
    "CREATE TRIGGER t{0} AFTER INSERT ON notes BEGIN DELETE FROM notes; END",
    "CREATE TRIGGER t{0} INSTEAD OF DELETE ON cards BEGIN SELECT foreign_to_sqlite(1); END",
    "CREATE INDEX i{0} ON notes (foreign_to_sqlite(id))",
    "CREATE INDEX i{0} ON notes (flds COLLATE unicase) WHERE foreign_to_sqlite(id)",
    "CREATE UNIQUE INDEX i{0} ON cards (nid, did, odid, due)",
    "CREATE TABLE x{0} (a, b); INSERT INTO x{0} VALUES (1, zeroblob(1000))",
    "CREATE VIEW v{0} AS SELECT load_extension('x'), readfile('/etc/passwd')",
    "ANALYZE; UPDATE sqlite_stat1 SET stat = '0 -1 99999999999999999999 unordered sz=0'",
    "UPDATE sqlite_master SET rootpage = rootpage + 1",
    "UPDATE sqlite_master SET rootpage = 1 WHERE name = 'notes'",
    "UPDATE sqlite_master SET rootpage = -5",
    "UPDATE sqlite_master SET sql = 'CREATE TABLE notes (id' WHERE name = 'notes'",
    "UPDATE sqlite_master SET sql = replace(sql, 'notes', 'cards')",
    "UPDATE sqlite_master SET sql = replace(sql, 'guid', 'flds')",
    "UPDATE sqlite_master SET sql = 'CREATE TABLE notes AS SELECT 1' WHERE name = 'notes'",
    "UPDATE sqlite_master SET sql = replace(sql, ')', ') STRICT')",
    "UPDATE sqlite_master SET sql = replace(sql, ')', ') WITHOUT ROWID')",
    "UPDATE sqlite_master SET sql = CAST(x'fffe00' AS TEXT), name = CAST(x'ff' AS TEXT)",
    "UPDATE sqlite_master SET sql = NULL",
    "UPDATE sqlite_master SET type = 'table'",
    "UPDATE sqlite_master SET type = 'view', rootpage = 0 WHERE name = 'cards'",
    "INSERT INTO sqlite_master SELECT * FROM sqlite_master",
    "PRAGMA user_version = -1; PRAGMA application_id = -1",
)
VALUES = (
    *("NULL", "0", "1", "-1", "9223372036854775807", "-9223372036854775808", "1e308", "9e999"),
    *("''", "'a'", "x''", "x'ff'", "x'eda080'", "CAST(x'ff00fe' AS TEXT)", "char(0)", "char(31)"),
    *("zeroblob(100000)", "hex(zeroblob(50000))", "replace(hex(zeroblob(5000)), '0', char(31))"),
    *("char(55296)", "char(1114111, 8238, 1, 10, 13)", "'<script>alert(1)</script>'", "' a  b '"),
    *("'{}'", "'[]'", "'NaN'", "replace(hex(zeroblob(2000)), '0', '[')", "'1.5'", "'0x10'", "'١'"),
    *("1.5", "-0.0", "x'3100'", "'layers'", "'open'"),
    *(
        f"'{json}'"
        for json in (
            '{"1":1}',
            '{"1":{}}',
            '{"1":{"name":[],"flds":{}}}',
            '{"1":{"name":"a","flds":[{"name":"b"},{"name":9e999},3]}}',
            '{"-99999999999999999999":{"name":"a"},"9223372036854775807":{"name":"\\ud800"}}',
            '{"1":{"name":"a"},"1":{"name":"b"}}',
        )
    ),
)
ENCODINGS = ("UTF-8", "UTF-8", "UTF-16le", "UTF-16be")
PAGES = (512, 512, 1024, 4096, 65_536)


class _Choices:
    """What bytes decide; nothing more is chosen when they end."""

    def __init__(self, content: bytes) -> None:
        self._left = iter(content)

    def below(self, number: int) -> int:
        return next(self._left, 0) % number

    def of(self, things: Sequence[_Thing]) -> _Thing:
        return things[self.below(len(things))]


def database(content: bytes) -> bytes:
    """The bytes of a database."""
    choices = _Choices(content)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        connection.create_function("foreign_to_sqlite", 1, lambda value: value, deterministic=True)
        connection.execute(f"PRAGMA page_size = {choices.of(PAGES)}")
        connection.execute(f"PRAGMA encoding = '{choices.of(ENCODINGS)}'")
        connection.execute(f"PRAGMA auto_vacuum = {choices.below(3)}")
        for table, columns in _tables(choices):
            _make(connection, choices, table, columns)
        connection.execute("PRAGMA writable_schema = ON")
        for number in range(choices.of((0, 0, 1, 1, 2, 3))):
            with suppress(sqlite3.Error):
                connection.executescript(choices.of(BESIDE).format(number))
        made = bytearray(connection.serialize())
    for _ in range(choices.of((0, 0, 0, 1, 4, 12))):
        at = choices.below(256) << 8 | choices.below(256)
        made[at % len(made)] = choices.below(256)
    return bytes(made)


def _tables(choices: _Choices) -> list[tuple[str, tuple[str, ...]]]:
    """The tables of old collections, of new ones, or any."""
    names = choices.of(
        (
            ("notes", "cards", "col"),
            ("notes", "cards", "notetypes", "fields", "decks"),
            tuple(TABLES),
        )
    )
    return [(name, TABLES[name]) for name in names]


def _make(
    connection: sqlite3.Connection, choices: _Choices, table: str, columns: tuple[str, ...]
) -> None:
    if instead := choices.of(INSTEAD):
        statement = f"CREATE {instead.format(table, ', '.join(columns))}"
    else:
        described = (f"{name} {choices.of(TYPES)} {choices.of(CONDITIONS)}" for name in columns)
        end = choices.of(("", "", "", " STRICT", " WITHOUT ROWID"))
        statement = f"CREATE TABLE {table} ({', '.join(described)}){end}"
    plain = f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(columns)})"
    for each in (statement, plain):
        with suppress(sqlite3.Error):
            connection.execute(each)
    for _ in range(choices.below(5)):
        values = ", ".join(choices.of(VALUES) for _ in columns)
        with suppress(sqlite3.Error):
            connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})")
