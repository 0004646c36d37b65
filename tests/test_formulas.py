"""Formulas as MathJax sets them that Anki carries, in Chromium: those that are meant, no others."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import lacking
from reviewer import chromium

from builder.html import clean
from builder.prose import render

ADDRESS = "http://anki.test/"
PAGE = f"""<!doctype html><meta charset="utf-8"><body><div id="qa"></div>
<script src="{ADDRESS}_anki/js/mathjax.js"></script>
<script src="{ADDRESS}_anki/js/vendor/mathjax/tex-chtml-full.js"></script>"""
TYPESET = """async (html) => {
  const qa = document.getElementById('qa');
  qa.innerHTML = html;
  await MathJax.startup.promise;
  await MathJax.typesetPromise([qa]);
  return qa.querySelectorAll('mjx-container').length;
}"""
MADE = "[href], [onclick], [class*=evil], [id=evil], [style*=url], [style*=fixed], iframe, script"


@pytest.fixture(scope="module")
def page():
    found = find_spec("_aqt")
    if found is None or not found.submodule_search_locations:
        lacking("MathJax as Anki has it comes with the package aqt")
    web = Path(found.submodule_search_locations[0]) / "data" / "web"

    def serve(route):
        path = route.request.url.removeprefix(ADDRESS + "_anki/")
        if route.request.url == ADDRESS:
            route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
        elif (web / path).is_file():
            route.fulfill(path=web / path)
        else:
            route.abort()

    with chromium() as browser:
        page = browser.new_page()
        page.route("**/*", serve)
        page.goto(ADDRESS)
        yield page


def formulas(page, markdown):
    """How many formulas Anki's MathJax finds in a fragment."""
    return page.evaluate(TYPESET, clean(render(markdown)).html)


@pytest.mark.parametrize(
    ("markdown", "count"),
    [
        ("$x_1 < x_2$ и $a \\& b$", 2),
        ("$$E = mc^2$$", 1),
        ("\\(x\\) и \\[x^2\\]", 2),
        ("- $$\n  a\n  - b\n  $$", 1),
        ("| a |\n|---|\n| $x$ |", 1),
        ("<p>\\(x\\)</p>", 1),
    ],
)
def test_a_formula_is_set(page, markdown, count):
    assert formulas(page, markdown) == count


@pytest.mark.parametrize(
    "markdown",
    [
        "`\\(x\\)`",
        "```\n\\(x\\) \\[y\\]\n```",
        "    \\(x\\)",
        "\\\\(x\\\\) и \\\\[y\\\\]",
        "\\&#92;(x\\&#92;)",
        "$5 и $6",
    ],
)
def test_code_and_text_are_no_formula(page, markdown):
    assert formulas(page, markdown) == 0


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\class{evil}{x}",
        r"\cssId{evil}{x}",
        r"\style{position:fixed}{x}",
        r"\bbox[background:url(//e.org)]{x}",
        r"\mmlToken{mi}[href='javascript:alert(1)']{x}",
        r"\require{html}\href{https://e.org}{x}",
        r"\def\h{\href}\h{https://e.org}{x}",
        r"\let\h\href\h{https://e.org}{x}",
        r"\csname href\endcsname{https://e.org}{x}",
        r"\text{\href{https://e.org}{x}}",
        r"\unicode{x3c}script>",
        r"\enclose{circle}[href='https://e.org']{x}",
        r"\color{red;background:url(//e.org)}{x}",
        "</script><script>alert(1)</script>",
        "\\hr<wbr>ef{https://e.org}{x}",
        "\\&#104;ref{https://e.org}{x}",
    ],
)
@pytest.mark.parametrize(
    "written", ["${}$", "$${}$$", "\\({}\\)", "<p>\\({}\\)</p>", "<p>\\[{}\\]"]
)
def test_a_formula_makes_nothing_but_a_formula(page, tex, written):
    formulas(page, written.replace("{}", tex))
    assert page.locator("#qa").locator(MADE).count() == 0
