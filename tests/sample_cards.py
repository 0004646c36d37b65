"""Questions that tests of cards study: the seed's, one with code, an open one."""

from builder.model import RenderedOption, RenderedQuestion, Rich, Verdict


def rich(html: str) -> Rich:
    return Rich(html, html)


def box(kind: str, html: str) -> str:
    """What may be wide, as prose.py wraps it."""
    return (
        f'<div class="bd-scroll bd-{kind}" tabindex="0" role="group" aria-label="Код">{html}</div>'
    )


def option(text: str, verdict: str, summary: str = "", why: str = "", label: str = ""):
    return RenderedOption(rich(text), Verdict(verdict), rich(summary), rich(why), label)


LAYERS = RenderedQuestion(
    title="Задание 1",
    stem=rich("Какие из следующих слоев нейронной сети не обновляются при backpropagation?"),
    instruction=rich("Выберите все подходящие ответы из списка:"),
    options=(
        option(
            "MaxPooling",
            "correct",
            "<strong>не обновляется</strong>",
            "<ul>\n<li>Операция: выбирает максимальное значение в окне.</li>\n"
            "<li>Нет обучаемых параметров.</li>\n</ul>\n"
            "<p>👉 Чисто функциональный слой.</p>\n<p><strong>Вывод:</strong> Подходит.</p>",
        ),
        option(
            "Полносвязный слой",
            "wrong",
            "<strong>обновляется</strong>",
            "<ul>\n<li>Имеет матрицу весов и вектор смещений.</li>\n</ul>\n"
            "<p><strong>Вывод:</strong> Не подходит.</p>",
        ),
        option("Dropout", "correct", "<strong>не обновляется</strong>", "<p>Нет параметров.</p>"),
        option(
            "Слой свертки",
            "wrong",
            "<strong>обновляется</strong>",
            "<ul>\n<li>Имеет ядра (фильтры) — это обучаемые веса.</li>\n"
            "<li>Градиенты считаются по фильтрам, веса обновляются.</li>\n</ul>\n"
            "<p><strong>Вывод:</strong> Не подходит.</p>",
        ),
        option(
            "Batch Normalization",
            "disputed",
            "<strong>зависит от реализации</strong>",
            "<ul>\n<li>Вычисляет среднее и дисперсию по батчу.</li>\n"
            "<li>Имеет <strong>два обучаемых параметра</strong>: "
            "<code>gamma</code> и <code>beta</code>.\n<ul>\n"
            "<li>В этом случае: <strong>обновляется</strong>.</li>\n</ul>\n</li>\n</ul>",
        ),
        option(
            "ReLU",
            "correct",
            "<strong>не обновляется</strong>",
            "<ul>\n<li>Активационная функция: <code>f(x) = max(0, x)</code></li>\n</ul>",
        ),
    ),
    explanation=rich(
        "<p>При обратном распространении ошибки (<strong>backpropagation</strong>) обновляются "
        "<strong>только те компоненты модели, которые имеют обучаемые параметры</strong>.</p>\n"
        "<p>Некоторые слои выполняют чисто функциональные преобразования.</p>"
    ),
)

CODE = box(
    "code",
    '<pre><code><span class="kn">import</span> <span class="nn">torch.nn.functional</span> '
    '<span class="k">as</span> <span class="nn">F</span>\n\n'
    'q <span class="o">=</span> torch.randn(<span class="mi">8</span>, <span class="mi">12</span>, '
    '<span class="mi">128</span>, <span class="mi">64</span>)          '
    '<span class="c1"># батч, головы, длина, d_k</span>\n'
    "scores = q @ k.transpose(-2, -1) / q.size(-1) ** 0.5</code></pre>",
)
FORMULA = box(
    "math",
    "\\[\\mathrm{Attention}(Q, K, V) = "
    "\\mathrm{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d_k}}\\right)V\\]",
)
TABLE = box(
    "table",
    "<table><thead><tr><th>Шаг</th><th>Выражение</th><th>Батч</th><th>Головы</th><th>Запросы</th>"
    "<th>Ключи</th><th>Элементов</th></tr></thead><tbody><tr><td>Оценки</td>"
    "<td><code>q&nbsp;@&nbsp;kᵀ</code></td><td>8</td><td>12</td><td>128</td><td>256</td>"
    "<td>3&nbsp;145&nbsp;728</td></tr></tbody></table>",
)

SHAPES = RenderedQuestion(
    title="Задание 7",
    stem=rich(f"<p>Какую форму имеет <code>out</code> после выполнения кода?</p>\n{CODE}"),
    options=(
        option("<code>(8, 12, 128, 64)</code>", "wrong", why="<p>До перестановки.</p>"),
        option("<code>(8, 128, 768)</code>", "correct", why="<p>12 · 64 = 768.</p>"),
        option(
            "<code>(8, 128, 256)</code>: softmax по последней оси оставляет для каждого из 128 "
            "запросов распределение по 256 ключам, а reshape лишь собирает головы вместе, не "
            "меняя последней размерности",
            "wrong",
            why="<p>Последняя ось 256 есть только у <code>weights</code>.</p>",
        ),
        option(
            "Код завершится ошибкой: после <code>transpose</code> нужен <code>contiguous()</code>",
            "wrong",
        ),
    ),
    explanation=rich(
        f"<p>Код считает внимание для 12 голов сразу:</p>\n{FORMULA}\n"
        f"<p>Запросов 128, ключей 256.</p>\n{TABLE}"
    ),
)

OPEN = RenderedQuestion(
    title="Задание 9",
    stem=rich("Почему в attention скалярные произведения делят на корень из размерности ключа?"),
    explanation=rich(
        "<p>Если компоненты <em>q</em> и <em>k</em> независимы, дисперсия их произведения растёт "
        f"вместе с размерностью \\(d_k\\):</p>\n{FORMULA}\n{CODE}"
    ),
)
