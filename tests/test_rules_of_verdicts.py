"""What lets the rule about verdicts pass over a reason soon lets no conclusion pass."""

from itertools import product

import pytest

from builder.rules.form import verdicts
from builder.wordings import prose_of

_PARTS = [
    "Вывод: нет", "**итог** – да", "Thus, the answer is wrong", "Итак, вердикт: верно", "слово",
    " ", "\n", "`x`", "$x$", "\\(x\\)", "<br>", "<!-- x -->", "&nbsp;", "![x](y)", "[x][y]",
    "https://x.yz ", "```\nx\n```\n",
]  # fmt: skip


@pytest.mark.parametrize("length", [1, 2, 3])
def test_whatever_concludes_is_looked_at(length):
    reasons = ["".join(parts) for parts in product(_PARTS, repeat=length)]
    found = [text for text in reasons if verdicts._CONCLUSION.search("\n" + prose_of(text))]
    assert len(found) > length
    assert [text for text in found if not verdicts._may_conclude("\n" + text)] == []
