import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from builder.templating import css_string, data_uri, render, tight_style


def rendered(text: str, name: str = "card.html", **values: object) -> str:
    return render({name: text}, name, **values)


def test_braces_are_left_to_anki():
    source = "{{#Option 1}}<li>{{Option 1}}</li>{{/Option 1}} {% raw %} {# x #}"
    assert rendered(source) == source


def test_values_blocks_comments_and_includes_are_marked_with_percent():
    templates = {
        "a.html": '<%# unseen %><% for n in [1, 2] %><%= n %>,<% endfor %><% include "b.html" %>',
        "b.html": "<%= word %>",
    }
    assert render(templates, "a.html", word="x") == "1,2,x"


def test_a_value_is_escaped_in_html_alone():
    assert rendered("<p><%= word %></p>", word="<&>") == "<p>&lt;&amp;&gt;</p>"
    assert rendered("<%= word %>", "card.js", word="<&>") == "<&>"


def test_a_name_without_a_value_is_an_error():
    with pytest.raises(UndefinedError):
        rendered("<%= wrod %>")


def test_what_only_readers_of_a_template_need_does_not_reach_the_card():
    source = (
        '  <p class="bd" title="a b">x</p>\n\n/* why\n   so */\n  // a note\n  <b>http://y</b>\n'
    )
    assert rendered(source) == '<p class=bd title="a b">x</p>\n<b>http://y</b>'


def test_a_style_sheet_keeps_what_its_spaces_mean():
    source = """
    /* a comment */
    .a > .b, .a ~ .c { margin: 0 calc(1px + 2px); font: 400 1rem/1.5 "Segoe UI", serif; }
    @media (min-width: 640px) { a:hover { color: red; } }
    """
    assert tight_style(source) == (
        '.a>.b,.a~.c{margin:0 calc(1px + 2px);font:400 1rem/1.5 "Segoe UI",serif}\n'
        "@media (min-width:640px){a:hover{color:red}}"
    )


@given(st.text())
def test_nothing_in_a_css_string_is_mistaken_for_css(text):
    quoted = css_string(text)
    assert not set(quoted[1:-1]) & set('"\n<>{};:,~')
    assert tight_style(f"a{{content:{quoted}}}") == f"a{{content:{quoted}}}"


def test_a_picture_becomes_an_address_within_the_style_sheet():
    picture = "<svg viewBox='0 0 9 9'>\n  <path d='M1 2h5' fill='#000'/>\n</svg>\n"
    assert data_uri(picture) == (
        "url(\"data:image/svg+xml,%3Csvg viewBox='0 0 9 9'%3E"
        "%3Cpath d='M1 2h5' fill='%23000'/%3E%3C/svg%3E\")"
    )
