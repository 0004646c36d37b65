"""Rules: what each lets pass and what it finds, and that each has a page for every reader."""

import ast
import re

import pytest
from command import ROOT
from hypothesis import given
from hypothesis import strategies as st
from rule_documents import FOLDER, examples, said

from builder.allowing import allowances, told
from builder.chance import chi_squared_p
from builder.diagnostics import Diagnostic, Place, Severity
from builder.media import TOO_LARGE
from builder.phrases import phrases
from builder.prose import ENGLISH
from builder.reading import read
from builder.rendering import render_questions
from builder.rules import Scope, rules, wanted
from builder.rules.twins import CANDIDATES, MOST_HOLDERS, candidates
from builder.source import Source

DOCUMENTS = sorted(FOLDER.glob("*.md"))
EXAMPLES = [(document, example) for document in DOCUMENTS for example in examples(document)]
NO_DOCUMENT = {
    "large-media": "its file would have 100 MB: test_a_file_that_cannot_be_synced_is_told",
}


# Documents -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "example"), EXAMPLES, ids=[f"{d.stem}, {e.name}" for d, e in EXAMPLES]
)
def test_a_rule_says_what_its_document_shows(document, example):
    assert said(document.stem, example.files) == example.expected


def test_every_rule_has_a_document():
    assert {document.stem for document in DOCUMENTS} == set(rules()) - NO_DOCUMENT.keys()


def test_a_file_that_cannot_be_synced_is_told():
    picture = b"GIF89a".ljust(TOO_LARGE)
    reading = read(Source("a.md", "## Что на схеме? ![схема](net.gif)\n\nСеть.\n"))
    shown = render_questions(reading, lambda _file, _name: picture, ENGLISH)
    assert [(found.rule, found.place.column) for found in shown.diagnostics] == [
        ("large-media", 27)
    ]
    assert shown.questions[0].stem.html == "Что на схеме? схема"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_a_document_shows_first_what_is_let_pass_and_then_what_is_found(document):
    shown = [(e.name.partition(",")[0], bool(e.expected)) for e in examples(document)]
    silent = [found for heading, found in shown if heading == "Silent"]
    found = [found for heading, found in shown if heading == "Found"]
    assert [heading for heading, _ in shown] == ["Silent"] * len(silent) + ["Found"] * len(found)
    assert (any(silent), all(found), len(silent) > 0, len(found) > 0) == (False, True, True, True)


# Pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", rules().values(), ids=list(rules()))
def test_a_page_says_what_is_wrong_in_a_line_and_what_to_write_instead(rule):
    first, _, rest = rule.page.partition("\n\n")
    assert first.endswith(".")
    assert len(first) < 100
    assert "Instead:" in rest


@pytest.mark.parametrize(
    "rule", [r for r in rules().values() if r.of_quality], ids=lambda r: r.name
)
def test_the_page_of_a_quality_rule_cites_its_source_in_full(rule):
    assert re.search(r"^Source: .*\(\d{4}\)", rule.page, re.MULTILINE)
    assert re.search(r"\d+\(\d+\),\s\d+-\d+\.", rule.page)


def names_told(tree):
    """Names that code gives to findings: `report.error("name", …)`, `Diagnostic("name", …)`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        reports = isinstance(called, ast.Attribute) and called.attr in ("error", "warning", "info")
        makes = isinstance(called, ast.Name) and called.id == "Diagnostic"
        if reports or makes:
            yield from written(node.args[0])


def written(node):
    """The text of a literal; what is filled in later stands as `*`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(getattr(part, "value", "*") if isinstance(part, ast.Constant) else "*"
                      for part in node.values)  # fmt: skip


TOLD = sorted(
    {
        (name, path.relative_to(ROOT).as_posix())
        for path in (ROOT / "builder").rglob("*.py")
        for name in names_told(ast.parse(path.read_text(encoding="utf-8")))
        if re.fullmatch(r"[a-z*]+(-[a-z*]+)+", name) or name == "undecodable"
    }
)


LITERALS = {
    node.value
    for path in (ROOT / "builder").rglob("*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}


@pytest.mark.parametrize(
    "rule", [r for r in rules().values() if r.scope is Scope.ELSEWHERE], ids=lambda r: r.name
)
def test_every_page_is_of_a_finding_that_is_told_somewhere(rule):
    patterns = {name.replace("*", "[a-z-]+") for name, _ in TOLD if "*" in name}
    assert rule.name in LITERALS or any(re.fullmatch(p, rule.name) for p in patterns)


# Weights and allowances ------------------------------------------------------------------------


def finding(line, rule="longest-key", severity=Severity.INFO):
    return Diagnostic(rule, severity, "…", Place("a.md", line, 1, line, 2))


def test_only_rules_that_weigh_enough_are_run():
    names = {rule.name for rule in wanted({"longest-key": Severity.ERROR}, Severity.WARNING)}
    assert ("longest-key" in names, "stem-echo" in names, "no-stem" in names) == (True, False, True)
    assert "broken-link" not in {rule.name for rule in wanted({"broken-link": None})}


def test_quality_is_information_unless_it_is_weighed_otherwise():
    assert {rule.severity for rule in rules().values() if rule.of_quality} == {Severity.INFO}


ALLOWING = """\
## Вопрос 1
<!-- allow: longest-key -->

Что?
* ✅ да <!-- allow: longest-key, stem-echo -->
* ❌ нет
"""


@pytest.mark.parametrize(
    ("rule", "lines"), [("longest-key", {1, 6}), ("stem-echo", {1, 2, 3, 4, 6})]
)
def test_a_comment_allows_a_finding_beside_it_or_on_the_next_line_that_holds_anything(rule, lines):
    source = Source("a.md", ALLOWING)
    found = [finding(line, rule) for line in range(1, 7)]
    left = told(found, {"a.md": allowances(source)}, {})
    assert {each.place.line for each in left} == lines


def test_levels_turn_findings_off_or_weigh_them_anew():
    levels = {"longest-key": Severity.ERROR, "stem-echo": None}
    left = told([finding(1), finding(2, "stem-echo"), finding(3, "other")], {}, levels)
    assert [(each.rule, each.severity) for each in left] == [
        ("longest-key", Severity.ERROR),
        ("other", Severity.INFO),
    ]


@given(st.text(alphabet="<!- alow:\n,e\t>", max_size=60))
def test_any_text_may_hold_comments(text):
    source = Source("a.md", text)
    for allowance in allowances(source):
        assert text[allowance.span.start : allowance.span.end] == allowance.rule


# What the rules are made of --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statistic", "freedom", "p"),
    [
        # the 5 % and 1 % points of tables (Abramowitz and Stegun, table 26.8)
        (3.841, 1, 0.05),
        (6.635, 1, 0.01),
        (5.991, 2, 0.05),
        (7.815, 3, 0.05),
        (11.345, 3, 0.01),
        (18.307, 10, 0.05),
        (124.342, 100, 0.05),
        (0.115, 3, 0.99),
        (0, 5, 1),
    ],
)
def test_p_is_that_of_the_tables(statistic, freedom, p):
    assert chi_squared_p(statistic, freedom) == pytest.approx(p, rel=0.002)


@given(st.floats(0, 1e4), st.integers(1, 60))
def test_p_is_a_probability_and_falls_with_the_statistic(statistic, freedom):
    p = chi_squared_p(statistic, freedom)
    assert 0 <= p <= 1
    assert chi_squared_p(statistic + 1, freedom) <= p + 1e-12


@pytest.mark.parametrize(
    ("written", "text", "found"),
    [
        ("all of? the? above|below", "All the above", "All the above"),
        ("all of? the? above|below", "all of  the\nbelow", "all of  the\nbelow"),
        ("all of? the? above|below", "all abovementioned", None),
        ("выбер* все", "Выберите все", "Выберите все"),
        ("все перечисленн*", "Всё перечисленное", "Всё перечисленное"),
        ("which … is", "which of them is", "which of them is"),
        ("which … is", "which of the very many is", None),
        ("none", "nonesuch", None),
    ],
)
def test_phrases_are_found_as_people_write_them(written, text, found):
    match = phrases(written).pattern.search(text)
    assert (match[0] if match else None) == found


# Comparing all questions -----------------------------------------------------------------------


def pairs_compared(sets):
    return sum(1 for _ in candidates([(n, frozenset(each)) for n, each in enumerate(sets)]))


@pytest.mark.parametrize(
    "sets",
    [
        [{"what", "is", f"word{n}"} for n in range(4000)],
        [{f"a{n % 7}", f"b{n % 11}", f"c{n % 13}", f"d{n}"} for n in range(4000)],
        [{*"abcdefgh", f"word{n}"} for n in range(4000)],
    ],
    ids=["common words", "words in common with some", "nearly all in common"],
)
def test_comparing_grows_with_questions_and_not_with_their_square(sets):
    assert pairs_compared(sets) <= 10 * MOST_HOLDERS * len(sets)


@given(st.lists(st.frozensets(st.sampled_from("abcdefg"), min_size=1), max_size=12))
def test_no_pair_that_shares_enough_is_left_out(sets):
    compared = set(candidates(list(enumerate(sets))))
    for n, later in enumerate(sets):
        for m, earlier in enumerate(sets[:n]):
            if len(earlier & later) >= CANDIDATES * len(earlier | later):
                assert (m, n) in compared
