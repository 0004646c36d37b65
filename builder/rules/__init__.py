"""Checks of what was read, one function per rule; its docstring is the rule's page.

A rule needs no entry in any list. It is a public function of a module below this package, called
as the fault that it finds, with underscores for dashes, and marked by what it looks at:

    @each_question(INFO)    yields the findings about one `Item`
    @each_page(WARNING)     yields those about the `Quiz` of a file and its `Page`
    @whole_source(ERROR)    yields those about the questions of all files, as `entries.Compared`
    @told(ERROR)            has a page only: the finding is made elsewhere, such as while reading

The severity is what the finding has unless `deck.toml` says otherwise. Rules below `form` tell
what is wrong; rules below `quality` tell what test theory advises against.
"""

from __future__ import annotations

import inspect
import pkgutil
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from builder.diagnostics import Diagnostic, Place, Related, Severity
from builder.items import Item, Quiz
from builder.rules.references import REFERENCES
from builder.scan import Page
from builder.values import Record

if TYPE_CHECKING:
    from builder.rules.entries import Compared

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

QUALITY = "quality"


class Finding(Record):
    """What a rule found. `message` is a short phrase without a full stop, `hint` what to type."""

    place: Place
    message: str
    hint: str = ""
    related: tuple[Related, ...] = ()


class Scope(Enum):
    """What a rule looks at."""

    QUESTION = "question"
    PAGE = "page"
    SOURCE = "source"
    ELSEWHERE = "elsewhere"


class Rule(Record):
    """A rule: its name, what its findings weigh by default, its page, and the check itself.

    `of_quality` says that it tells what test theory advises against, not what is wrong.
    """

    name: str
    severity: Severity
    scope: Scope
    of_quality: bool
    page: str
    check: Callable[..., Iterable[Finding]]

    @property
    def summary(self) -> str:
        """The first sentence of the page, without its full stop."""
        return self.page.partition("\n\n")[0].replace("\n", " ").partition(". ")[0].rstrip(".")

    def findings(self, *looked_at: object) -> Iterator[Diagnostic]:
        return map(self.told, self.check(*looked_at))

    def told(self, found: Finding) -> Diagnostic:
        return Diagnostic(
            self.name, self.severity, found.message, found.place, found.hint, found.related
        )


_Check = TypeVar("_Check", bound=Callable[..., Any])
_Marking = Callable[[_Check], _Check]
_MARK = "_rule_of"


def _marking(scope: Scope) -> Callable[[Severity], _Marking[Any]]:
    def with_severity(severity: Severity) -> _Marking[Any]:
        def mark(check: _Check) -> _Check:
            setattr(check, _MARK, (severity, scope))
            return check

        return mark

    return with_severity


each_question: Callable[[Severity], _Marking[Callable[[Item], Iterable[Finding]]]]
each_question = _marking(Scope.QUESTION)
each_page: Callable[[Severity], _Marking[Callable[[Quiz, Page], Iterable[Finding]]]]
each_page = _marking(Scope.PAGE)
whole_source: Callable[[Severity], _Marking[Callable[[Sequence[Compared]], Iterable[Finding]]]]
whole_source = _marking(Scope.SOURCE)
told: Callable[[Severity], _Marking[Callable[[], None]]]
told = _marking(Scope.ELSEWHERE)


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by name, in the order of their names."""
    found: dict[str, Rule] = {}
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        members = vars(import_module(module.name))
        for name, member in members.items():
            if getattr(member, "__module__", "") != module.name or not hasattr(member, _MARK):
                continue
            severity, scope = getattr(member, _MARK)
            rule = name.replace("_", "-")
            assert rule not in found, f"two rules are called {rule}"
            page = _with_references(inspect.cleandoc(member.__doc__ or ""))
            of_quality = module.name.startswith(f"{__name__}.{QUALITY}.")
            found[rule] = Rule(rule, severity, scope, of_quality, page, member)
    return dict(sorted(found.items()))


def _with_references(page: str) -> str:
    """A page, and below it in full what it cites."""
    flat = " ".join(page.split())
    cited = [full for short, full in REFERENCES.items() if short in flat]
    return "\n\n".join([page, *(textwrap.fill(full, 96, break_on_hyphens=False) for full in cited)])


Levels = Mapping[str, Severity | None]
"""What the findings of a rule weigh, by its name; None says that they are not told."""


def wanted(levels: Levels, least: Severity = INFO) -> tuple[Rule, ...]:
    """The rules whose findings weigh as much as `least` or more."""
    weights = ((rule, levels.get(rule.name, rule.severity)) for rule in rules().values())
    return tuple(rule for rule, level in weights if level and level.weight >= least.weight)


def check_page(quiz: Quiz, page: Page, chosen: Iterable[Rule]) -> Iterator[Diagnostic]:
    """What the chosen rules find in one file."""
    rules_of: defaultdict[Scope, list[Rule]] = defaultdict(list)
    for rule in chosen:
        rules_of[rule.scope].append(rule)
    for rule in rules_of[Scope.PAGE]:
        yield from rule.findings(quiz, page)
    checks = [(rule, rule.check) for rule in rules_of[Scope.QUESTION]]
    for item in quiz.items:
        for rule, check in checks:
            for found in check(item):
                yield rule.told(found)


def check_source(questions: Sequence[Compared], chosen: Iterable[Rule]) -> Iterator[Diagnostic]:
    """What the chosen rules find in all files together."""
    for rule in chosen:
        if rule.scope is Scope.SOURCE:
            yield from rule.findings(questions)
